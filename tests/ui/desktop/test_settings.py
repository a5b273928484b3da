"""Cài đặt: the due day of a quarter, persons, password, backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import StorageError
from forms.model.office import PersonRole
from forms.model.org_unit import OrgUnit
from forms.model.period import Period
from forms.services.inspection import Inspected
from tests.ui.desktop.parts import FakeFrame, FakeProgram, desk_of
from ui.desktop.settings.presenter import ALL, SettingsPresenter, TypedNewPerson
from ui.desktop.settings.view import SettingsView

GOOD = TypedNewPerson("Trần Minh", "Phó Chủ tịch", PersonRole.HEAD, "bốn từ dễ nhớ", "bốn từ dễ nhớ")


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


@pytest.fixture
def frame():
    return FakeFrame()


@pytest.fixture
def settings(desk, frame):
    presenter = SettingsPresenter(desk, FakeProgram(), frame)
    presenter.page()
    return presenter


def quarter_due(desk):
    """Of the third quarter of 2025, which ends on 30 September."""
    day = desk.summaries.due("nq28_hue", Period("2025-Q3"))
    return day and f"{day:%d/%m/%Y}"


def test_the_facts_name_the_unit_the_one_above_and_the_folder(settings):
    facts = dict(settings.page().facts)
    assert facts["Đơn vị"] == "Phường Hương An (mã 19804)"
    assert facts["Cấp trên"] == "Thành phố Huế"
    assert "Thư mục sổ" in facts


def test_a_quarter_is_due_so_many_days_after_its_end(settings, desk):
    assert settings.set_due(ALL, " 10 ") == ""
    assert quarter_due(desk) == "10/10/2025"
    settings.set_due(ALL, "")
    assert quarter_due(desk) is None


@pytest.mark.parametrize("typed", ["-1", "91", "mười", "1,5", "٣"])
def test_a_due_day_that_is_none_is_refused(settings, desk, typed):
    refusal = settings.set_due(ALL, typed)
    assert settings.due(ALL) == (typed, "chưa đặt", refusal)
    assert refusal
    assert quarter_due(desk) is None


def test_a_programme_may_have_a_day_of_its_own_and_else_that_of_all_holds(settings, desk):
    quarter = next(id for words, id in settings.page().due_choices if "quý" in words and id)
    settings.set_due(ALL, "10")
    assert settings.due(quarter) == ("", "như chung: 10", "")
    settings.set_due(quarter, "5")
    assert quarter_due(desk) == "05/10/2025"
    settings.set_due(quarter, "")
    assert quarter_due(desk) == "10/10/2025"
    assert desk.summaries.quarter_due() == 10


def test_the_yearly_report_is_due_by_the_plan_and_not_chosen_here(settings):
    assert not [words for words, _ in settings.page().due_choices if "năm" in words]


def test_a_form_a_period_and_a_unit_may_have_a_day_of_their_own(settings, desk):
    """The unit's own day stands before that of the period, and that before the form's."""
    quarter = next(of for words, of in settings.page().form_choices if of[1] == "quarter_news")
    assert settings.set_own_day(quarter, "", "", "5") == ""
    assert quarter_due(desk) == "05/10/2025"
    assert settings.set_own_day(quarter, "2025-Q3", "", "08/10/2025") == ""
    assert quarter_due(desk) == "08/10/2025"
    assert settings.set_own_day(quarter, "2025-Q3", "19804", "12/10/2025") == ""
    assert quarter_due(desk) == "12/10/2025"
    assert any(one.endswith("quý III năm 2025, đơn vị mã 19804: hết 12/10/2025") for one in settings.page().own_days)
    for period, unit in (("2025-Q3", "19804"), ("2025-Q3", ""), ("", "")):
        assert settings.set_own_day(quarter, period, unit, "") == ""
    assert (quarter_due(desk), settings.page().own_days) == (None, ())


@pytest.mark.parametrize(
    ("period", "unit", "typed"),
    [("", "", "08/10/2025"), ("2025-Q9", "", "5"), ("", "99999", "5"), ("", "", "sớm"), ("", "", ""), ("", "", "999")],
)
def test_a_day_of_its_own_that_cannot_hold_is_refused(settings, desk, period, unit, typed):
    quarter = next(of for words, of in settings.page().form_choices if of[1] == "quarter_news")
    assert settings.set_own_day(quarter, period, unit, typed)
    assert settings.page().own_days == ()


def test_the_minutes_of_the_lock_are_set_within_an_hour(settings, desk):
    page = settings.page()
    assert (page.lock, page.may_be_never) == ("10", False)
    assert settings.set_lock(" 15 ") == ""
    assert desk.locking.minutes() == 15
    for typed in ("0", "61", "mười", ""):
        refusal = settings.set_lock(typed)
        assert refusal
        assert (settings.page().lock, settings.page().lock_problem) == (typed, refusal)
    assert desk.locking.minutes() == 15


def test_a_person_is_added_with_a_role(settings):
    assert settings.add_person(GOOD) == ""
    assert "Trần Minh, Phó Chủ tịch – Thủ trưởng đơn vị" in settings.page().people


@pytest.mark.parametrize("again", ["khác hẳn đấy", ""])
def test_two_different_passwords_add_nobody(settings, again):
    before = settings.page().people
    assert "không giống nhau" in settings.add_person(TypedNewPerson("A", "", PersonRole.HEAD, "bốn từ dễ nhớ", again))
    assert settings.page().people == before


def test_ones_own_password_is_changed_when_it_is_long_enough(settings, desk):
    assert settings.change_password(TypedNewPerson("", "", PersonRole.HEAD, "ngắn", "ngắn"))
    assert settings.change_password(GOOD) == ""
    assert desk.ledger.changed_to == "bốn từ dễ nhớ"


def test_a_backup_that_fails_says_so(settings, frame, desk, monkeypatch):
    def full(_target):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    monkeypatch.setattr(desk.ledger, "backup", full)
    assert settings.back_up(Path("/tmp/so.sbdbackup")) == "Ổ đĩa đầy."
    assert frame.said == []


def test_the_ledger_is_compared_with_its_packages(settings, frame):
    assert settings.inspected(settings.inspect()) == ""
    assert "Đã đối chiếu 0 gói" in frame.said[-1]
    assert settings.inspected(Inspected(2, ("Gói 2025-Q4 đã bị sửa.",))) == "Gói 2025-Q4 đã bị sửa."
    assert len(frame.said) == 1


def test_a_theme_is_tried_at_once(qtbot, desk):
    frame = FakeFrame()
    view = SettingsView(desk, FakeProgram(), frame)
    qtbot.addWidget(view)
    view._theme.choose("contrast")
    view._theme.activated.emit(2)
    assert frame.looks == [("contrast", 100)]


def test_a_second_person_and_other_minutes_draw_the_rail_anew(qtbot, desk):
    frame = FakeFrame()
    view = SettingsView(desk, FakeProgram(), frame)
    qtbot.addWidget(view)
    view.entered("")
    view._lock.setText("20")
    view._set_lock()
    view._lock.setText("200")
    view._set_lock()
    assert frame.said == ["Sổ tự khóa sau 20 phút vắng người.", "reopened"]


def test_which_of_two_units_answers_as_an_agency_is_chosen_with_a_reason(frame):
    """Two offices called Sở Y tế, of which the plan means one."""
    desk = desk_of(FakeProgram(), "46", collates=True)
    for code in ("SYT", "SYT2"):
        desk.units.add(OrgUnit(code, "Sở Y tế", "Sở Y tế", "agency", "46", desk.office.unit.valid_from))
    settings = SettingsPresenter(desk, FakeProgram(), frame)
    asked = dict(settings.page().questions)
    (question,) = [one for words, one in asked.items() if one.asked.agency.id == "health"]
    assert [unit.code for unit in question.asked.units] == ["SYT", "SYT2"]
    assert settings.choose_answerer(question, "SYT2", "") == "Ghi lý do chọn đơn vị trả lời."
    assert settings.choose_answerer(question, "SYT2", "SYT đã nhập vào SYT2") == ""
    assert not [one for _, one in settings.page().questions if one.asked.agency.id == "health"]
