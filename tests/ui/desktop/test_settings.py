"""Cài đặt: the due day of a quarter, persons, password, backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import StorageError
from forms.model.office import PersonRole
from forms.model.period import Period
from forms.services.inspection import Inspected
from tests.ui.desktop.parts import FakeFrame, FakeProgram, desk_of
from ui.desktop.settings.presenter import SettingsPresenter, TypedNewPerson
from ui.desktop.settings.view import SettingsView

GOOD = TypedNewPerson("Trần Minh", "Phó Chủ tịch", PersonRole.HEAD, "bốn từ dễ nhớ", "bốn từ dễ nhớ")


class FakeFace:
    def __init__(self):
        self.problems, self.said = {}, ""

    def show_facts(self, facts):
        self.facts = dict(facts)

    def show_people(self, people):
        self.people = people

    def show_due_choices(self, choices, chosen):
        self.due_choices = choices

    def show_due(self, days, otherwise):
        self.due = (days, otherwise)

    def show_lock(self, minutes, may_be_never):
        self.lock = (minutes, may_be_never)

    def show_journal(self, words):
        self.journal = words

    def show_problem(self, where, words):
        self.problems[where] = words

    def done(self, words):
        self.said = words


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


@pytest.fixture
def face():
    return FakeFace()


@pytest.fixture
def settings(face, desk):
    presenter = SettingsPresenter(face, desk, FakeProgram())
    presenter.refresh()
    return presenter


def test_the_facts_name_the_unit_the_one_above_and_the_folder(settings, face):
    assert face.facts["Đơn vị"] == "Phường Hương An (mã 19804)"
    assert face.facts["Cấp trên"] == "Thành phố Huế"
    assert "Thư mục sổ" in face.facts


def test_a_quarter_is_due_so_many_days_after_its_end(settings, face, desk):
    settings.set_due(" 10 ")
    assert f"{desk.summaries.due('nq28_hue', Period('2025-Q3')):%d/%m/%Y}" == "10/10/2025"
    settings.set_due("")
    assert desk.summaries.due("nq28_hue", Period("2025-Q3")) is None


@pytest.mark.parametrize("typed", ["-1", "91", "mười", "1,5", "٣"])
def test_a_due_day_that_is_none_is_refused(settings, face, desk, typed):
    settings.set_due(typed)
    assert face.problems["due"]
    assert desk.summaries.due("nq28_hue", Period("2025-Q3")) is None


def test_a_programme_may_have_a_day_of_its_own_and_else_that_of_all_holds(settings, face, desk):
    quarter = next(id for words, id in face.due_choices if "quý" in words and id)
    settings.set_due("10")
    settings.choose_due(quarter)
    assert face.due == ("", "như chung: 10")
    settings.set_due("5")
    assert f"{desk.summaries.due('nq28_hue', Period('2025-Q3')):%d/%m/%Y}" == "05/10/2025"
    settings.set_due("")
    assert f"{desk.summaries.due('nq28_hue', Period('2025-Q3')):%d/%m/%Y}" == "10/10/2025"
    assert desk.summaries.quarter_due() == 10


def test_the_yearly_report_is_due_by_the_plan_and_not_chosen_here(settings, face):
    assert not [words for words, _ in face.due_choices if "năm" in words]


def test_the_minutes_of_the_lock_are_set_within_an_hour(settings, face, desk):
    assert face.lock == ("10", False)
    assert settings.set_lock(" 15 ")
    assert desk.locking.minutes() == 15
    for typed in ("0", "61", "mười", ""):
        assert not settings.set_lock(typed)
        assert face.problems["lock"]
    assert desk.locking.minutes() == 15


def test_a_person_is_added_with_a_role(settings, face):
    assert settings.add_person(GOOD)
    assert "Trần Minh, Phó Chủ tịch – Thủ trưởng đơn vị" in face.people


@pytest.mark.parametrize("again", ["khác hẳn đấy", ""])
def test_two_different_passwords_add_nobody(settings, face, again):
    before = face.people
    assert not settings.add_person(TypedNewPerson("A", "", PersonRole.HEAD, "bốn từ dễ nhớ", again))
    assert "không giống nhau" in face.problems["person"]
    assert face.people == before


def test_ones_own_password_is_changed_when_it_is_long_enough(settings, face, desk):
    assert not settings.change_password(TypedNewPerson("", "", PersonRole.HEAD, "ngắn", "ngắn"))
    assert settings.change_password(GOOD)
    assert desk.ledger.changed_to == "bốn từ dễ nhớ"


def test_a_backup_that_fails_says_so(settings, face, desk, monkeypatch):
    def full(_target):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    monkeypatch.setattr(desk.ledger, "backup", full)
    settings.back_up(Path("/tmp/so.sbdbackup"))
    assert (face.problems["backup"], face.said) == ("Ổ đĩa đầy.", "")


def test_the_ledger_is_compared_with_its_packages(settings, face):
    settings.inspected(settings.inspect())
    assert "Đã đối chiếu 0 gói" in face.said
    settings.inspected(Inspected(2, ("Gói 2025-Q4 đã bị sửa.",)))
    assert face.problems["backup"] == "Gói 2025-Q4 đã bị sửa."


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
