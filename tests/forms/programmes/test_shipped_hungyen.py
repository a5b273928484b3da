"""QĐ 2282/QĐ-TTg, Hưng Yên's plan for it, and QĐ 1790/QĐ-TTg: targets, the derogation, who reports on what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.checks import all_checks
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.programme_role import form_at, unit_post
from forms.services.practice import SOMEBODY, filled
from forms.summary.totals import results, single
from forms.summary.verdict import Verdict
from tests.forms.programmes.shipped import catalogue, form, milestones, plan, says, table

HUNG_YEN, COMMUNICATION = plan("hungyen"), plan("qd1790")
YEAR = Period("2025")


@pytest.mark.parametrize("id", ["qd2282", "qd2282_hungyen"])
def test_three_indicators_have_targets_for_2025_and_2030(id: str) -> None:
    leaders = form(id, "year_leaders")
    assert milestones(leaders, 2025) == table("1.1 >=60  1.2 >=40  1.3 >=75")
    assert milestones(leaders, 2030) == table("1.1 >=75  1.2 >=50  1.3 >=90")
    for indicator in leaders.indicators.values():
        assert all(target.verified and says(HUNG_YEN, target.words) for target in indicator.targets)


def test_the_plan_and_the_programme_ask_for_the_same_counts() -> None:
    """Hưng Yên leaves the fourth target out, which has no number and is from memory."""
    national, hung_yen = form("qd2282", "year_leaders"), form("qd2282_hungyen", "year_leaders")
    assert set(hung_yen.counts) < set(national.counts)
    assert set(national.counts) - set(hung_yen.counts) == {"minority_led_agencies", "minority_area_agencies"}
    fourth = national.indicators["minority_led_share"]
    assert (fourth.number, fourth.verified, fourth.targets) == ("1.4", False, ())


def test_every_duty_of_part_four_is_a_task_in_the_plans_words() -> None:
    part = HUNG_YEN[HUNG_YEN.index("IV. TỔ CHỨC THỰC HIỆN") :]
    tasks = form("qd2282_hungyen", "year_leaders").tasks
    assert [task.title for task in tasks.values() if task.title not in part] == []
    points = [line[3:].rstrip(".") for line in part.splitlines() if line[:2] in ("a)", "b)", "c)")]
    reporting = [point for point in points if point.startswith("Hằng năm đánh giá tình hình")]
    assert len(reporting) == 1  # which is this very form
    assert {*points} - {*reporting} - {task.title for task in tasks.values()} == set()


def test_hung_yen_reports_before_the_fifteenth_of_november() -> None:
    programme = catalogue().programme("qd2282_hungyen")
    deadline = deadline_of(programme, Role.REPORTING)
    assert deadline
    assert says(HUNG_YEN, deadline.words)
    assert says(HUNG_YEN, "(qua Sở Nội vụ tổng hợp)")
    assert last_day(deadline, YEAR) == date(2025, 11, 14)


def test_every_agency_reports_on_itself_and_sees_its_own_duties() -> None:
    programme, leaders = catalogue().programme("qd2282_hungyen"), form("qd2282_hungyen", "year_leaders")
    post = unit_post(programme, "Sở Y tế tỉnh Hưng Yên", "agency")
    assert post.role is Role.REPORTING
    assert all("agency" in programme.reporters_on(leaders, day) for day in (date(2024, 12, 31), date(2025, 12, 31)))
    seen = form_at(leaders, post)
    assert seen.counts == leaders.counts
    assert set(seen.tasks) == {"own_plan"}


# --- the derogation


def sector(women: int, men: int, own: str, reason: str = "") -> Report:
    """A unit with so many women and men and a target of its own."""
    leaders = form("qd2282_hungyen", "year_leaders")
    content = filled(leaders, Role.REPORTING, YEAR)
    cells = {**content.cells, "staff.female": given(women), "staff.male": given(men)}
    if own:
        cells["own_target"] = given(Decimal(own))
    explanations = {"derogation_reason": reason} if reason else {}
    report = Report(
        leaders, SOMEBODY, Role.REPORTING, YEAR, as_of=YEAR.last, cells=cells, narratives=content.narratives
    )
    return replace(report, tasks=content.tasks, explanations=explanations)


@pytest.mark.parametrize(
    ("women", "men", "own", "reason", "blocking"),
    [
        (20, 80, "", "", []),  # a sector with few women that keeps the plan's target
        (29, 71, "45", "Ngành đặc thù", []),
        (29, 71, "45", "", ["derogation_reason"]),
        (30, 70, "45", "Ngành đặc thù", ["derogation_not_open"]),
        (60, 40, "", "", []),
    ],
)
def test_a_target_of_ones_own_is_for_fewer_than_thirty_women_in_a_hundred(
    women: int, men: int, own: str, reason: str, blocking: list[str]
) -> None:
    """“tỷ lệ nữ … thấp dưới 30% có thể điều chỉnh mục tiêu”"""
    report = sector(women, men, own, reason)
    assert [f.check for f in all_checks.find(report) if f.blocks] == blocking


NOBODY_KNOWS = Cell(CellState.NOT_COLLECTED, note="chưa thống kê")


@pytest.mark.parametrize(
    ("women", "men"),
    [
        (NOBODY_KNOWS, NOBODY_KNOWS),
        (NOBODY_KNOWS, given(80)),
        (Cell(CellState.NOT_APPLICABLE), Cell(CellState.NOT_APPLICABLE)),
        (Cell(CellState.NOT_APPLICABLE), given(80)),
        (given(0), given(0)),
        (Cell(CellState.NONE), Cell(CellState.NONE)),
        (Cell(), Cell()),
    ],
    ids=["not collected", "women not collected", "not applicable", "women not applicable", "0", "none", "blank"],
)
def test_a_target_of_ones_own_is_not_open_to_whoever_does_not_show_how_few_women_there_are(
    women: Cell, men: Cell
) -> None:
    """Without the staff nobody can say that fewer than 30 in a hundred are women, and no reason stands in for it."""
    report = sector(0, 0, "45", "Ngành đặc thù")
    report = replace(report, cells={**report.cells, "staff.female": women, "staff.male": men})
    (asked,) = [one for one in all_checks.find(report) if one.check == "derogation_not_open"]
    assert (asked.level, asked.blocks) == ("error", True)
    assert "Chưa đủ số liệu" in asked.message
    assert any(one.check == "derogation_not_open" for one in all_checks.errors(report)), "above as well"


@pytest.mark.parametrize("own", [Cell(), Cell(CellState.NONE), Cell(CellState.NOT_APPLICABLE)])
@pytest.mark.parametrize("women", [given(60), NOBODY_KNOWS])
def test_without_a_target_of_ones_own_nothing_is_asked_of_the_staff(own: Cell, women: Cell) -> None:
    report = sector(60, 40, "")
    report = replace(report, cells={**report.cells, "own_target": own, "staff.female": women})
    assert not [one for one in all_checks.find(report) if one.check.startswith("derogation")]


def test_no_woman_at_all_is_fewer_than_thirty() -> None:
    report = sector(0, 80, "45", "Ngành đặc thù")
    report = replace(report, cells={**report.cells, "staff.female": Cell(CellState.NONE)})
    assert not [one for one in all_checks.find(report) if one.check.startswith("derogation") and one.blocks]


@pytest.mark.parametrize(("own", "verdict"), [("", Verdict.NOT_MET), ("45", Verdict.MET)])
def test_a_unit_is_judged_by_its_own_target(own: str, verdict: Verdict) -> None:
    """1 of 2 bodies led by women: 50 %, below the plan's 60 and above the unit's 45."""
    report = sector(20, 80, own, "Ngành đặc thù")
    bodies = {"council": (0, 1), "committee": (1, 1), "office": (0, 0)}
    cells: dict[str, Cell] = dict(report.cells)
    for body, (led, all_) in bodies.items():
        cells |= {f"women_led_agencies.{body}": given(led), f"agencies.{body}": given(all_)}
    found = results(single(report.form, report.unit, report.role, cells), 2025)
    assert next(one for one in found if one.indicator.number == "1.1").verdict is verdict


# --- the communication programme


def test_the_communication_programme_has_five_targets_in_its_own_words() -> None:
    page = form("qd1790", "year_communication")
    assert milestones(page, 2025) == table("2 =100  4 >=70  5 >=95")
    assert milestones(page, 2030) == table("1 =100  3 >=10  4 >=90  5 =100")
    for indicator in page.indicators.values():
        assert all(says(COMMUNICATION, target.words) for target in indicator.targets), indicator.number


def test_a_commune_answers_what_it_knows() -> None:
    page = form("qd1790", "year_communication")
    assert page.cells_for(Role.REPORTING) == ("events", "month_planned", "conventions_fair", "conventions")
    assert page.required_for(Role.SUMMING) == {"events"}  # the province's own; surveys and media are the agencies'
