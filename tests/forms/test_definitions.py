"""The programme packs that are shipped say what the plans say, and can be read, typed and checked."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from forms.catalogue import DEFINITIONS, Catalogue, load_all
from forms.count import Role
from forms.expression import Lack
from forms.indicator import IndicatorKind
from forms.news import NewsKind
from forms.periods import Period
from forms.programme import Programme
from forms.spec import Form

ROOT = Path(__file__).parents[2]
PLAN_HUE = (Path(__file__).parent / "plan_hue.txt").read_text(encoding="utf-8")

# Operator and amount of every chỉ tiêu, copied from the documents and not from the packs.
HUE_2025 = """
1.1 >=60  2.1 >=50  2.2 <30  2.3 >=30  3.1 <=2  3.2a >=80  3.2b >=50  3.3 =100  3.4 =100  4.1 <=109  4.2 <15  4.3 <=18
4.4 >=1  5.1 =1  5.2a >90  5.2b ≈85  5.3 >30  5.4a >50  5.4b >=30  6.1 >=60  6.2 =100  6.3 =100  6.4 =100
"""
NATIONAL_2025 = """
1.1 >=60  2.1 >=50  2.2 <30  2.3 >=27  3.1 <=1.7  3.2a >=80  3.2b >=50  3.3 =100  3.4 >=70  4.1 <=111  4.2 <=42
4.3 <=18  4.4 >=40  5.1 =1  5.2a >90  5.2b ≈85  5.3 >30  5.4a >=50  5.4b >=30  6.1 >=60  6.2 =100  6.3 =100  6.4 =100
"""
NATIONAL_2030 = """
1.1 >=75  2.1 ≈60  2.2 <25  2.3 >=30  3.1 <=1.4  3.2a >=90  3.2b >=70  3.3 =100  3.4 =100  4.1 <=109  4.2 <42  4.3 <18
4.4 >=70  5.1 =1  5.2a ≈99  5.2b >=90  5.3 >=40  5.4a >=50  5.4b >=35  6.1 >=80  6.2 =100  6.3 =100  6.4 =100
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_all()


@pytest.fixture(scope="module", params=["nq28", "nq28_hue"])
def programme(request: pytest.FixtureRequest, catalogue: Catalogue) -> Programme:
    return catalogue.programme(request.param)


@pytest.fixture(scope="module")
def yearly(programme: Programme) -> Form:
    found = programme.form("year_indicators")
    assert found is not None
    return found


def texts(thing: object) -> Iterator[str]:
    """Every text inside a definition, however deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from (text for value in thing.values() for text in texts(value))
    elif isinstance(thing, tuple):
        yield from (text for item in thing for text in texts(item))
    elif is_dataclass(thing):
        yield from (text for f in fields(thing) for text in texts(getattr(thing, f.name)))


def milestones(form: Form, year: int) -> dict[str, str]:
    return {i.number: f"{t.operator}{t.amount}" for i in form.indicators.values() for t in i.targets if t.year == year}


def table(text: str) -> dict[str, str]:
    return dict(zip(text.split()[::2], text.split()[1::2], strict=True))


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


def test_every_pack_on_the_disk_is_loaded(catalogue: Catalogue) -> None:
    assert {f"{p.id}.v{p.version}" for p in catalogue.programmes} == {
        d.name for d in DEFINITIONS.iterdir() if d.is_dir()
    }
    assert {p.id for p in catalogue.programmes} >= {"nq28", "nq28_hue"}


def test_a_programme_has_six_objectives_and_the_yearly_form_a_section_for_each(
    programme: Programme, yearly: Form
) -> None:
    assert [(o.number, o.title) for o in programme.objectives] == [(s.number, s.title) for s in yearly.sections]
    assert [o.number for o in programme.objectives] == list("123456")


def test_twenty_indicators_are_measured_by_twenty_three_figures_in_printed_order(yearly: Form) -> None:
    printed = [i.number for i in yearly.indicators.values()]
    assert len(printed) == 23
    assert len({number.rstrip("ab") for number in printed}) == 20
    assert printed == sorted(printed)
    assert printed == list(table(HUE_2025))


def test_rows_stand_in_the_section_of_their_objective_and_no_number_twice(yearly: Form) -> None:
    numbers = [row.number for section in yearly.sections for row in section.rows]
    assert len(numbers) == len(set(numbers))
    assert all(row.number.startswith(f"{section.number}.") for section in yearly.sections for row in section.rows)


def test_an_indicator_stands_below_the_counts_it_is_calculated_from(programme: Programme) -> None:
    for form in programme.forms:
        above: set[str] = set()
        for row in (row for section in form.sections for row in section.rows):
            if row.id in form.counts:
                above |= {row.id, *form.counts[row.id].cells}
                continue
            read = form.indicators[row.id].formula or form.indicators[row.id].rule
            assert read is not None
            assert set(read.names) <= above, row.id


def test_the_targets_are_those_of_the_documents(catalogue: Catalogue) -> None:
    hue, national = (catalogue.programme(id).form("year_indicators") for id in ("nq28_hue", "nq28"))
    assert hue is not None
    assert national is not None
    assert milestones(hue, 2025) == table(HUE_2025)
    assert milestones(hue, 2030) == {}
    assert milestones(national, 2025) == table(NATIONAL_2025)
    assert milestones(national, 2030) == table(NATIONAL_2030)


def test_the_words_of_a_hue_target_are_the_plans_own(catalogue: Catalogue) -> None:
    """“100% … từ năm 2025 trở đi” leaves out a middle: its pieces stand in one sentence of the plan, in this order."""
    sentences = [s.casefold() for s in re.split(r"(?<=[.;])\s", PLAN_HUE)]
    for form in catalogue.programme("nq28_hue").forms:
        for indicator in form.indicators.values():
            for target in indicator.targets:
                pattern = ".+".join(re.escape(piece.casefold()) for piece in target.words.split(" … "))
                assert any(re.search(pattern, sentence) for sentence in sentences), target.words


def test_a_targets_words_say_its_amount(programme: Programme) -> None:
    """ "42/100.000" says 42; "còn 1,7 lần" says 1.7; a milestone only says from when on."""
    for form in programme.forms:
        for indicator in form.indicators.values():
            for target in indicator.targets:
                said = target.words.replace("một", "1")
                wanted = re.escape(str(target.amount).replace(".", ","))
                assert indicator.kind is IndicatorKind.YES_NO or re.search(rf"(?<![\d,.]){wanted}(?![\d,])", said), said


def test_all_text_is_nfc_and_tidy(programme: Programme) -> None:
    for text in texts(programme):
        assert unicodedata.is_normalized("NFC", text), text
        assert text == text.strip(), text
        assert "  " not in text, text
        assert "\n" not in text, text
        assert not re.search(r" [,.;:!?)]|\( ", text), text


def test_a_check_says_what_is_wrong_and_what_to_do_now(programme: Programme) -> None:
    remedy = re.compile(r"\b(nhập lại|kiểm tra|đối chiếu|bổ sung|ghi lý do)\b", re.IGNORECASE)
    for form in programme.forms:
        for check in form.checks:
            assert remedy.search(check.message.partition(". ")[2]), check.id
            assert check.message.endswith(".")
            if check.level == "warning":
                assert "ghi lý do" in check.message, check.id


def test_a_check_is_asked_of_those_who_type_its_cells(programme: Programme) -> None:
    for form in programme.forms:
        for check in form.checks:
            for name in check.expect.names:
                count = form.counts[name.partition(".")[0]]
                assert set(check.filled_by) - {Role.AGENCY} <= set(count.filled_by) or form.has_news, (check.id, name)


def test_no_part_may_exceed_its_whole(yearly: Form) -> None:
    """Every share of one count in another is guarded, part by part where both are broken down alike."""
    guards = {check.expect.text for check in yearly.checks}
    for indicator in yearly.indicators.values():
        if indicator.measure != "%" or indicator.formula is None:
            continue
        top, bottom = indicator.formula.names
        if top.partition(".")[0] == bottom:
            continue  # women among all: the whole is the sum of the typed parts
        parts = yearly.counts[top].by
        tails = [f".{part}" for part in parts.parts] if parts else [""]
        assert {f"{top}{tail} <= {bottom}{tail}" for tail in tails} <= guards, indicator.number


def test_violence_trafficking_and_maternal_deaths_are_sensitive_down_to_their_counts(yearly: Form) -> None:
    marked = {i.number for i in yearly.indicators.values() if i.sensitive}
    assert marked == {"3.2a", "3.2b", "3.3", "4.2"}
    shared = {"live_births"}
    for indicator in yearly.indicators.values():
        if indicator.sensitive and indicator.formula:
            assert all(yearly.counts[name].sensitive for name in indicator.formula.names if name not in shared)


def test_lower_is_better_where_the_plan_asks_for_less(yearly: Form) -> None:
    for indicator in yearly.indicators.values():
        asks_for_less = all(t.operator in ("<", "<=") for t in indicator.targets)
        assert (indicator.direction == "lower") is asks_for_less, indicator.number


def test_survey_results_are_typed_above_and_maternal_mortality_is_computed_above(yearly: Form) -> None:
    for indicator in yearly.indicators.values():
        if indicator.kind in (IndicatorKind.SURVEY, IndicatorKind.YES_NO):
            assert indicator.computed_by == (Role.SUMMING,)
            assert indicator.formula
            assert all(yearly.counts[name].filled_by == (Role.SUMMING,) for name in indicator.formula.names)
    assert yearly.indicators["maternal_mortality"].computed_by == (Role.SUMMING,)
    assert "maternal_deaths" in yearly.cells_for(Role.REPORTING)


def test_boys_and_girls_must_each_complete_school(yearly: Form) -> None:
    by_part = {i.number: tuple(i.each_part.parts) for i in yearly.indicators.values() if i.each_part}
    assert by_part == {"5.2a": ("boys", "girls"), "5.2b": ("boys", "girls")}


@pytest.mark.parametrize(("boys", "girls", "ratio"), [(112, 100, Decimal(112)), (3, 0, Lack.NOT_ARISEN)])
def test_no_girl_born_makes_the_ratio_at_birth_not_arisen(yearly: Form, boys: int, girls: int, ratio: object) -> None:
    born = {"live_births.boys": Decimal(boys), "live_births.girls": Decimal(girls)}
    formula = yearly.indicators["sex_ratio_at_birth"].formula
    assert formula
    assert formula.evaluate(born.__getitem__) == ratio


@pytest.mark.parametrize(("quarters", "met"), [((4, 4, 4, 4), True), ((9, 9, 3, 9), False)])
def test_a_rich_quarter_does_not_make_up_for_a_poor_one(yearly: Form, quarters: tuple[int, ...], met: bool) -> None:
    counted = {f"news_q{n}": Decimal(news) for n, news in enumerate(quarters, 1)}
    rule = yearly.indicators["communes_with_news"].rule
    assert rule
    assert rule.holds(counted.__getitem__) is met


def test_the_minimum_of_news_is_the_same_in_rule_checks_and_forms(programme: Programme, yearly: Form) -> None:
    assert programme.news is not None
    enough = f"news_counted >= {programme.news.minimum}"
    news = next(form for form in programme.forms if form.period_kind is programme.news.period_kind)
    assert news
    assert news.has_news
    rule = news.indicators["communes_with_news"].rule
    assert rule
    assert rule.text == enough
    assert enough in [check.expect.text for check in news.checks]
    assert [(c.from_news, c.quarter) for c in yearly.counts.values() if c.from_news] == [
        ("counted", n) for n in (1, 2, 3, 4)
    ]
    assert set(programme.news.counted_kinds) <= set(NewsKind)


def test_what_is_from_memory_is_marked_and_what_is_verified_names_its_document(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes:
        for form in programme.forms:
            for indicator in form.indicators.values():
                assert indicator.source, indicator.id
                if "chưa đối chiếu" in indicator.source:
                    assert not any(target.verified for target in indicator.targets), indicator.id
    national = catalogue.programme("nq28").form("year_indicators")
    assert national
    open_2030 = {i.number for i in national.indicators.values() for t in i.targets if t.year == 2030 and not t.verified}
    assert open_2030 == {"4.3", "4.4", "5.2b", "5.3", "5.4a", "5.4b", "6.2", "6.3", "6.4"}


def test_both_packs_ask_a_commune_for_the_same_cells(catalogue: Catalogue) -> None:
    """A province that localises the strategy can still be summed up nationally; only 4.4 is measured otherwise."""
    hue, national = (catalogue.programme(id).form("year_indicators") for id in ("nq28_hue", "nq28"))
    assert hue
    assert national
    assert hue.cells_for(Role.REPORTING) == national.cells_for(Role.REPORTING)
    assert set(hue.counts) ^ set(national.counts) == {"pilot_facilities", "provinces_with_pilot", "provinces"}


def test_hue_deadlines_keep_the_plans_words(catalogue: Catalogue) -> None:
    """“Trước ngày 30/11” is met on 29/11 at the latest."""
    hue = catalogue.programme("nq28_hue")
    commune, province = hue.deadline(Role.REPORTING), hue.deadline(Role.SUMMING)
    assert commune
    assert province
    assert (commune.words, commune.due(Period("2025"))) == ("trước ngày 30/11", date(2025, 11, 29))
    assert (province.words, province.due(Period("2025"))) == ("trước ngày 10/12 hàng năm", date(2025, 12, 9))


def test_a_year_works_towards_the_next_milestone(catalogue: Catalogue) -> None:
    """2022 → 2025; 2026 → 2030; after the last one, the last one."""
    national = catalogue.programme("nq28").form("year_indicators")
    assert national
    found = [national.indicators["share_reached"].target_for(year) for year in (2022, 2025, 2026, 2031)]
    assert [target and target.year for target in found] == [2025, 2025, 2030, 2030]


def test_parsed_words_are_the_specs_own_kinds(yearly: Form) -> None:
    for indicator in yearly.indicators.values():
        assert isinstance(indicator.kind, StrEnum)
        assert all(isinstance(target.operator, StrEnum) for target in indicator.targets)
