"""Cài đặt: the due day of a quarter, persons, password, backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import StorageError
from forms.office import PersonRole
from forms.periods import Period
from tests.ui.desktop.parts import FakeFrame, FakeProgram, desk_of
from ui.desktop.screens.settings.presenter import Newcomer, SettingsPresenter
from ui.desktop.screens.settings.view import SettingsView

GOOD = Newcomer("Trần Minh", "Phó Chủ tịch", PersonRole.HEAD, "bốn từ dễ nhớ", "bốn từ dễ nhớ")


class FakeFace:
    def __init__(self):
        self.problems, self.said = {}, ""

    def show_facts(self, facts):
        self.facts = dict(facts)

    def show_people(self, people):
        self.people = people

    def show_due(self, days):
        self.due = days

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


def test_a_person_is_added_with_a_role(settings, face):
    assert settings.add_person(GOOD)
    assert "Trần Minh, Phó Chủ tịch – Thủ trưởng đơn vị" in face.people


@pytest.mark.parametrize("again", ["khác hẳn đấy", ""])
def test_two_different_passwords_add_nobody(settings, face, again):
    before = face.people
    assert not settings.add_person(Newcomer("A", "", PersonRole.HEAD, "bốn từ dễ nhớ", again))
    assert "không giống nhau" in face.problems["person"]
    assert face.people == before


def test_ones_own_password_is_changed_when_it_is_long_enough(settings, face, desk):
    assert not settings.change_password(Newcomer("", "", PersonRole.HEAD, "ngắn", "ngắn"))
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
    settings.inspected((2, ("Gói 2025-Q4 đã bị sửa.",)))
    assert face.problems["backup"] == "Gói 2025-Q4 đã bị sửa."


def test_a_theme_is_tried_at_once(qtbot, desk):
    frame = FakeFrame()
    view = SettingsView(desk, FakeProgram(), frame)
    qtbot.addWidget(view)
    view._theme.choose("contrast")
    view._theme.activated.emit(2)
    assert frame.looks == [("contrast", 100)]
