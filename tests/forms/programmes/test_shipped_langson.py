"""Lạng Sơn's plan for Chỉ thị 21-CT/TW: six groups, the duties of fourteen agencies, a report each year."""

from __future__ import annotations

import re
from datetime import date

from forms.model.count import Role
from forms.model.period import Period
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.programme_role import form_at, unit_post
from tests.forms.programmes.shipped import catalogue, form, plan, says

PLAN = plan("langson")
LAST = "own_plan"  # of the closing paragraph, without a number of its own


def test_the_six_groups_are_headed_as_printed() -> None:
    programme = catalogue().programme("ct21_langson")
    assert [objective.number for objective in programme.objectives] == list("123456")
    for objective in programme.objectives:
        assert f"{objective.number}. {objective.title}" in PLAN


def test_every_duty_of_part_five_is_a_task_in_the_plans_words() -> None:
    part = PLAN[PLAN.index("V. TỔ CHỨC THỰC HIỆN") :]
    tasks = form("ct21_langson", "year_directive").tasks
    assert [task.title for task in tasks.values() if task.title.casefold() not in part.casefold()] == []
    bullets = [line[2:].rstrip(".") for line in part.splitlines() if line.startswith("- ")]
    told = [task.title for task in tasks.values()]
    assert len(bullets) == 20
    assert [bullet for bullet in bullets if not any(title in bullet for title in told)] == []


def test_a_task_carries_the_number_of_its_agency_and_bullet() -> None:
    """14. UBND các huyện, thành phố | - … → 14.1 | - … → 14.2"""
    tasks = form("ct21_langson", "year_directive").tasks
    assert {task.number.partition(".")[0] for task in tasks.values()} - {"15"} == {str(n) for n in range(1, 15)}
    for task in tasks.values():
        if task.id != LAST:
            assert re.search(
                rf"^{task.number.partition('.')[0]}\. (Đề nghị )?{re.escape(task.lead)}", PLAN, re.MULTILINE
            ), task.lead


def test_the_report_is_due_as_the_plan_says() -> None:
    programme = catalogue().programme("ct21_langson")
    deadline = deadline_of(programme, Role.AGENCY)
    assert deadline
    assert says(PLAN, deadline.words)
    assert last_day(deadline, Period("2025")) == date(2025, 11, 9)


def test_no_figure_passes_for_the_plans_own() -> None:
    """The plan prescribes no form: every count is the program's proposal and says where its words come from."""
    for count in form("ct21_langson", "year_directive").counts.values():
        assert not count.verified
        assert "chưa đối chiếu" in count.source
        assert re.search(r"mục (III\.[1-6]|V\.\d+)", count.source), count.id


def test_an_agency_counts_its_own_field_and_a_commune_its_own_work() -> None:
    programme, page = catalogue().programme("ct21_langson"), form("ct21_langson", "year_directive")

    def seen(name: str, kind: str) -> tuple[list[str], list[str]]:
        mine = form_at(page, unit_post(programme, name, kind))
        return [count.number for count in mine.counts.values()], [task.number for task in mine.tasks.values()]

    assert seen("Công an tỉnh Lạng Sơn", "agency") == (["4.6"], ["9", "15"])
    assert seen("Sở Tài chính tỉnh Lạng Sơn", "agency") == (
        ["2.3"],
        ["3", "4", "15"],
    )  # it took over the planning office
    counts, tasks = seen("Xã Thất Khê", "commune")
    assert tasks == ["14.1", "14.2", "15"]
    assert form_at(page, unit_post(programme, "Xã Thất Khê", "commune")).cells_for(Role.REPORTING) == page.cells_for(
        Role.REPORTING
    )
    assert "5.1" in counts
