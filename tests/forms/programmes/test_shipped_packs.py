"""Every programme pack that is shipped can be read, typed, checked and narrowed to each agency."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from forms.checks import all_checks
from forms.model.count import Role
from forms.model.form import Form
from forms.model.indicator import IndicatorKind
from forms.model.news_item import NewsKind
from forms.model.org_unit import KINDS
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.programmes.catalogue import DEFINITIONS
from forms.programmes.programme import Programme
from forms.programmes.programme_role import form_at
from forms.services.practice import SOMEBODY, filled
from tests.forms.programmes.shipped import catalogue, owned, posts, rows, texts

ROOT = Path(__file__).parents[3]
FORMS = [form for programme in catalogue().programmes for form in programme.forms]
NEWEST = [form for programme in catalogue().newest for form in programme.forms]
# A released definition is never edited: every package and every ledger that was filled under it names these bytes.
RELEASED = {
    "nq28.v1": "415870ef0f087bf8bdb9c98f59b3eef5792675dd36bcf3b61dbcbd0f7de6ddfa",
    "nq28_hue.v1": "e19aa7efd8772eab0b6af7a199524ed3d5668dfafb5448c7fd183d0cc2897572",
    "ct21_langson.v1": "338d6cda09ac7da457e54f626bf3589c92f93d3d71115228332239367e47b84d",
    "qd2282_hungyen.v1": "05799604f4bcd7a5daa87cd54c1acd4502822891f7d49eabd42ad87b4ab6ced0",
}
EXAMPLES = {PeriodKind.YEAR: "2025", PeriodKind.QUARTER: "2025-Q4", PeriodKind.MONTH: "2019-05"}

every_pack = pytest.mark.parametrize("programme", catalogue().programmes, ids=lambda p: f"{p.id}.v{p.version}")
newest_pack = pytest.mark.parametrize("programme", catalogue().newest, ids=lambda p: p.id)
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda f: f"{f.programme}.v{f.programme_version}-{f.id}")
newest_form = pytest.mark.parametrize("form", NEWEST, ids=lambda f: f"{f.programme}-{f.id}")


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="not a checkout")
def test_git_hands_out_the_same_bytes_on_windows() -> None:
    """Git for Windows turns line ends by default; the SHA-256 of a pack, and so every package, would be another."""
    files = [str(file.relative_to(ROOT)) for file in DEFINITIONS.rglob("*.toml")]
    told = subprocess.run(
        ["git", "check-attr", "eol", "--", *files], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert files
    assert {line.rpartition(": ")[2] for line in told.stdout.splitlines()} == {"lf"}
    assert not [file for file in files if b"\r" in (ROOT / file).read_bytes()]


def test_every_pack_on_the_disk_is_loaded() -> None:
    assert {f"{p.id}.v{p.version}" for p in catalogue().programmes} == {
        d.name for d in DEFINITIONS.iterdir() if d.is_dir()
    }


def test_a_released_pack_is_never_edited() -> None:
    shipped = {f"{p.id}.v{p.version}": p.sha256 for p in catalogue().programmes}
    assert {name: shipped.get(name) for name in RELEASED} == RELEASED


@every_pack
def test_all_text_is_nfc_and_tidy(programme: Programme) -> None:
    for text in texts(programme):
        assert unicodedata.is_normalized("NFC", text), text
        assert text == text.strip(), text
        assert "  " not in text, text
        assert "\n" not in text, text
        assert not re.search(r" [,.;:!?)]|\( ", text), text


@every_pack
def test_every_objective_has_its_rows_in_some_form(programme: Programme) -> None:
    headed = {(section.number, section.title) for form in programme.forms for section in form.sections if section.rows}
    assert {(objective.number, objective.title) for objective in programme.objectives} <= headed


@every_form
def test_no_number_stands_twice_among_the_rows(form: Form) -> None:
    numbers = [row.number for row in rows(form)]
    assert len(numbers) == len(set(numbers))


@every_form
def test_an_indicator_stands_below_the_counts_it_is_calculated_from(form: Form) -> None:
    above: set[str] = set()
    for row in rows(form):
        if row.id in form.counts:
            above |= {row.id, *form.counts[row.id].places}
        else:
            assert {*form.indicators[row.id].names, *filter(None, [form.indicators[row.id].own_target])} <= above, (
                row.id
            )


@every_form
def test_a_targets_words_say_its_amount(form: Form) -> None:
    """ "42/100.000" says 42; "còn 1,7 lần" says 1.7; a milestone only says from when on. That all units are meant where
    the words ask something of each is our reading, and marked so."""
    for indicator in form.indicators.values():
        for target in indicator.targets:
            if indicator.kind is IndicatorKind.YES_NO or "là cách hiểu" in target.source:
                continue
            wanted = re.escape(str(target.amount).replace(".", ","))
            assert re.search(rf"(?<![\d,.]){wanted}(?![\d,])", target.words.replace("một", "1")), target.words


@every_form
def test_what_was_not_compared_is_not_shown_as_verified(form: Form) -> None:
    """The mark is for people, `verified` is what the program prints by: they say the same."""
    marked = [*form.counts.values(), *form.tasks.values(), form]
    marked += [target for indicator in form.indicators.values() for target in indicator.targets]
    marked += [form.news_rule] if form.news_rule else []
    assert [one for one in marked if "chưa đối chiếu" in one.source and one.verified] == []
    for indicator in form.indicators.values():
        assert indicator.source, indicator.id
        assert "chưa đối chiếu" not in indicator.source or not any(t.verified for t in indicator.targets), indicator.id
    assert all(task.source for task in form.tasks.values())


@every_form
def test_a_check_says_what_is_wrong_and_what_to_do_now(form: Form) -> None:
    remedy = re.compile(r"\b(nhập lại|kiểm tra|đối chiếu|bổ sung|ghi lý do)\b", re.IGNORECASE)
    for check in form.checks:
        assert remedy.search(check.message.partition(". ")[2]), check.id
        assert check.message.endswith(".")
        if check.level == "warning":
            assert "ghi lý do" in check.message, check.id


@every_form
def test_a_check_is_asked_of_those_who_type_its_cells(form: Form) -> None:
    for check in form.checks:
        for name in check.expect.names:
            count = form.counts[name.partition(".")[0]]
            assert set(check.filled_by) - {Role.AGENCY} <= set(count.filled_by) or form.has_news, (check.id, name)


@every_form
def test_no_part_may_exceed_its_whole(form: Form) -> None:
    """Every share of one count in another is guarded, part by part where both are broken down alike."""
    guards = {check.expect.text for check in form.checks if check.level == "error"}
    for indicator in form.indicators.values():
        if indicator.measure != "%" or indicator.formula is None or len(indicator.names) < 2:
            continue
        top, bottom = indicator.formula.names
        if top.partition(".")[0] == bottom.partition(".")[0]:
            continue  # women among all: the whole is the sum of the typed parts
        parts = form.counts[top].by
        tails = [f".{part}" for part in parts.parts] if parts else [""]
        assert {f"{top}{tail} <= {bottom}{tail}" for tail in tails} <= guards, indicator.number


@every_form
def test_a_sensitive_share_is_made_of_sensitive_counts(form: Form) -> None:
    shared = {"live_births"}
    for indicator in form.indicators.values():
        if indicator.sensitive and indicator.formula:
            assert all(form.counts[name].sensitive for name in indicator.formula.names if name not in shared)


@every_form
def test_lower_is_better_where_the_plan_asks_for_less(form: Form) -> None:
    for indicator in form.indicators.values():
        asks_for_less = bool(indicator.targets) and all(t.operator in ("<", "<=") for t in indicator.targets)
        assert (indicator.direction == "lower") is asks_for_less, indicator.number


@every_form
def test_surveys_and_milestones_are_typed_where_they_are_known(form: Form) -> None:
    above = {Role.SUMMING, Role.AGENCY}
    for indicator in form.indicators.values():
        if indicator.kind in (IndicatorKind.SURVEY, IndicatorKind.YES_NO):
            assert set(indicator.computed_by) <= above
            assert indicator.formula
            assert all(set(form.counts[name].filled_by) <= above for name in indicator.formula.names)


@every_pack
def test_the_minimum_of_news_is_the_same_in_rule_checks_and_forms(programme: Programme) -> None:
    rule, listing = programme.news, [form for form in programme.forms if form.has_news]
    assert bool(rule) is bool(listing)
    for form in listing:
        assert rule is not None
        assert form.period_kind is rule.period_kind
        asked = [i.rule.text for i in form.indicators.values() if i.rule]
        assert len(asked) == 1
        assert asked[0].endswith(f" >= {rule.minimum}")
        assert asked[0] in [check.expect.text for check in form.checks]
        assert set(rule.counted_kinds) <= set(NewsKind)


@every_pack
def test_a_deadline_is_the_day_before_the_one_in_its_words(programme: Programme) -> None:
    for deadline in programme.deadlines:
        assert f"{deadline.day}/{deadline.month}" in deadline.words
        assert "trước ngày" in deadline.words


# --- agencies


@newest_pack
def test_every_agency_owns_something_and_everybody_is_of_a_kind_there_is(programme: Programme) -> None:
    for agency in programme.agencies:
        assert owned(programme, agency.id), agency.id
        assert set(agency.kinds) <= KINDS
    assert {kind for form in programme.forms for kind in programme.ever_reporters(form)} <= KINDS


@newest_form
def test_every_row_that_an_agency_fills_has_one(form: Form) -> None:
    for count in form.counts.values():
        assert count.agencies or Role.AGENCY not in count.filled_by, count.id
    for indicator in form.indicators.values():
        assert indicator.owner


@newest_pack
def test_every_row_and_task_is_asked_of_somebody_and_none_of_a_stranger(programme: Programme) -> None:
    for form in programme.forms:
        cells: set[str] = set()
        tasks: set[str] = set()
        for name, post in posts(programme):
            seen = form_at(form, post)
            cells |= set(seen.cells_for(post.role))
            tasks |= set(seen.tasks)
            if post.role is Role.AGENCY:
                assert all(post.agencies & set(row.agencies) for row in rows(seen)), name
            if post.role is not Role.SUMMING:
                assert all(not task.leads or post.agencies & set(task.leads) for task in seen.tasks.values()), name
        assert cells == set(form.count_of_cell)
        assert tasks == set(form.tasks)


@newest_pack
def test_a_narrowed_form_stays_computable(programme: Programme) -> None:
    for form in programme.forms:
        for name, post in posts(programme):
            seen = form_at(form, post)
            known = set(seen.counts) | {place for count in seen.counts.values() for place in count.places}
            assert all(set(i.names) <= known for i in seen.indicators.values()), name
            assert all(set(check.expect.names) <= known for check in seen.checks), name
            assert all(cross.count in seen.counts for cross in seen.crosses), name


# --- filled


@every_pack
def test_every_form_can_be_filled_and_sealed_by_everybody_who_fills_it(programme: Programme) -> None:
    """As the office sees it, under two seeds; nothing blocks, and nothing stays open."""
    for form in programme.forms:
        period = Period.parse(form.span or EXAMPLES[form.period_kind])
        for name, post in posts(programme):
            seen = form_at(form, post)
            if not seen.cells_for(post.role) and not seen.tasks:
                continue
            for seed in ("", "khác"):
                report = taken(seen, post.role, period, seed)
                assert [f.check for f in all_checks.find(report) if f.blocks] == [], (form.id, name)
                assert set(report.cells) >= report.required_cells


@newest_form
def test_a_filler_draws_other_figures_from_another_seed(form: Form) -> None:
    period = Period.parse(form.span or EXAMPLES[form.period_kind])
    for role in (role for role in Role if len(form.required_for(role)) > 1):
        drawn = [filled(form, role, period, seed).cells for seed in ("1", "1", "2")]
        assert drawn[0] == drawn[1] != drawn[2]


def taken(form: Form, role: Role, period: Period, seed: str) -> Report:
    content = filled(form, role, period, seed)
    report = Report(form, SOMEBODY, role, period, as_of=content.as_of)
    return replace(
        report,
        cells=content.cells,
        narratives=content.narratives,
        tasks=content.tasks,
        nominations=content.nominations,
        explanations=content.explanations,
    )


def test_a_derogation_and_a_proposal_are_nobodys_sum() -> None:
    for form in NEWEST:
        for count in form.counts.values():
            if count.id.startswith("proposed_") or count.id == "own_target":
                assert not count.adds_up
                assert not count.required
                assert count.measure != "%" or count.maximum == Decimal(100)
