"""The first run: finding our unit, the persons, the recovery code; practice; and the sign-in after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from exports import json_import
from forms.all_services import open_services
from forms.errors import InputRefused, StorageError
from forms.model.office import PersonRole
from forms.model.period import Period
from forms.programmes.catalogue import Catalogue, parse_pack
from main import first_run
from tests.span_form import AGENCIES, SPAN
from tests.ui.desktop.parts import CATALOGUE, PASSWORD, RECOVERY, FakeAsk, FakeProgram
from ui.desktop.app import Startup
from ui.desktop.sign_in.view import SignInView
from ui.desktop.wizard.presenter import OTHER, UNNAMED, TypedPerson, WizardPresenter
from ui.desktop.wizard.view import WizardView

GOOD = TypedPerson("Lê Thị Hoa", "Công chức", "bốn từ dễ nhớ", "bốn từ dễ nhớ")


class Program(FakeProgram):
    def read_import(self, data):
        return json_import.read(data)


@pytest.fixture
def program():
    return Program()


@pytest.fixture
def wizard(program):
    return WizardPresenter(program)


def choose(wizard, query):
    """The first that is found."""
    return wizard.choose(wizard.search(query)[0][0])


def ticked(chosen):
    return [offer.id for offer in chosen.programmes if offer.ticked]


@pytest.mark.parametrize("query", ["phu xuan hue", "Phú Xuân Huế", "19753"])
def test_our_unit_is_found_with_and_without_marks_and_by_code(wizard, query):
    unit, above = wizard.search(query)[0]
    assert (unit.full_name, above) == ("Phường Phú Xuân", "Thành phố Huế")


def test_a_ward_reports_and_a_province_sums_up_unless_said_otherwise(wizard):
    assert [choose(wizard, query).collates for query in ("19753", "46")] == [False, True]


@pytest.mark.parametrize(("query", "programme"), [("19753", "nq28_hue"), ("00004", "nq28")])
def test_the_plan_of_the_place_is_proposed_and_all_are_offered(wizard, query, programme):
    chosen = choose(wizard, query)
    assert ticked(chosen) == [programme]
    assert {"nq28", "nq28_hue"} <= {offer.id for offer in chosen.programmes}


def test_under_other_words_what_was_chosen_is_chosen_no_more(wizard):
    assert wizard.drop() == ""
    choose(wizard, "19753")
    assert "bỏ chọn Phường Phú Xuân, Thành phố Huế" in wizard.drop()
    with pytest.raises(InputRefused, match="Chưa chọn đơn vị"):
        wizard.check_unit("", ["nq28_hue"])


def test_one_does_not_go_on_without_a_programme(wizard):
    choose(wizard, "19753")
    with pytest.raises(InputRefused, match="ít nhất một chương trình"):
        wizard.check_unit("", [])


@pytest.fixture
def province(wizard, program):
    """Huế is chosen; a plan of its own names two agencies and the communes."""
    pack = parse_pack("small.v1", {name: text.encode() for name, text in PLAN.items()})
    program.catalogue = Catalogue((*CATALOGUE.programmes, pack))
    return choose(wizard, "46")


@pytest.fixture
def hue(wizard, province):
    return wizard


PLAN = {
    "programme.toml": AGENCIES.replace('issuing_unit = ""', 'issuing_unit = "46"').replace("2025", "2030"),
    "span.toml": SPAN,
}


def test_an_agency_of_the_province_is_chosen_by_the_name_that_the_plan_gives_it(hue, province):
    assert province.is_province
    assert set(province.agencies) >= {"Sở Y tế", "Sở Nội vụ"}
    chosen = hue.choose_agency("Sở Y tế")
    assert (chosen.words, chosen.code) == ("Sở Y tế, Thành phố Huế", "46-SYT")
    assert hue.choose_agency(" Sở Y tế ") is None, "it was chosen already"


def test_what_a_plan_asks_of_the_agency_is_told_and_the_plan_is_ticked(hue):
    def small(agency):
        (offer,) = [one for one in hue.choose_agency(agency).programmes if one.id == "small"]
        return offer.note, offer.ticked

    assert small("Sở Y tế") == ("Sở Y tế: 1 chỉ tiêu, 1 nhiệm vụ", True)
    assert small("Sở Tư pháp") == (UNNAMED, False)


def test_an_agency_that_no_plan_names_is_told_that_nobody_will_wait_for_it(hue):
    """Written otherwise it is still the plan's own: “SỞ Y TẾ TP. HUẾ”."""
    assert hue.choose_agency("SỞ Y TẾ TP. HUẾ").warning == ""
    chosen = hue.choose_agency("Hội Làm vườn")
    assert "không nêu tên cơ quan này" in chosen.warning
    hue.check_unit(chosen.code, ["nq28_hue"])


def test_an_agency_is_founded_as_a_unit_of_its_own_and_follows_what_was_ticked(hue, program):
    hue.check_unit("46-SYT", ticked(hue.choose_agency("Sở Y tế")))
    hue.found([(PersonRole.SOLE, GOOD)], collates=False, code="46-SYT", programmes=["small"])
    desk = open_services(program, hue.ledger)
    assert (desk.office.name, desk.office.kind, desk.office.parent) == ("Sở Y tế", "agency", "46")
    assert [one.id for one in desk.programmes.followed()] == ["small"]
    (form,) = {choice.form.id: choice.form for choice in desk.on_offer.own(program.now.date())}.values()
    assert set(form.counts) == {"reached", "population"}


@pytest.mark.parametrize(("code", "said"), [("46", "đã thuộc về"), ("mã số", "không hợp lệ"), ("", "không hợp lệ")])
def test_a_code_that_no_unit_may_have_is_said_before_the_persons_are_asked(hue, code, said):
    chosen = hue.choose_agency("Sở Y tế")
    with pytest.raises(InputRefused, match=said):
        hue.check_unit(code, ticked(chosen))


def test_an_agency_that_is_not_listed_is_named_first(hue):
    assert hue.choose_agency(OTHER).words == "Gõ tên cơ quan của Thành phố Huế"
    with pytest.raises(InputRefused, match="Gõ tên cơ quan"):
        hue.check_unit("", ["nq28_hue"])


def test_the_province_itself_may_be_chosen_again(hue):
    hue.choose_agency("Sở Y tế")
    chosen = hue.choose_agency("")
    assert (chosen.words, chosen.code) == ("Thành phố Huế (mã 46)", "")
    hue.found([(PersonRole.SOLE, GOOD)], collates=True, code="", programmes=["nq28_hue"])
    assert hue.ledger.state.office.name == "Thành phố Huế"


def test_one_does_not_go_on_without_a_unit(wizard):
    with pytest.raises(InputRefused, match="Chưa chọn đơn vị"):
        wizard.check_unit("", ["nq28_hue"])


def found(wizard, *people):
    choose(wizard, "19753")
    wizard.check_unit("", ["nq28_hue"])
    return wizard.found(list(people), collates=False, code="", programmes=["nq28_hue"])


def test_two_persons_make_the_ledger_and_the_code_is_shown_before_entering(wizard, program):
    assert found(wizard, (PersonRole.PREPARER, GOOD), (PersonRole.HEAD, GOOD)) == RECOVERY
    assert wizard.ledger.state.office.name == "Phường Phú Xuân"
    assert program.home in program.house.ledgers


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (TypedPerson("Hoa", "", "bốn từ dễ nhớ", "bốn từ dễ quên"), "không giống nhau"),
        (TypedPerson("Hoa", "", "ngắn", "ngắn"), "ít nhất 8"),
        (TypedPerson(" ", "", "bốn từ dễ nhớ", "bốn từ dễ nhớ"), "họ và tên"),
    ],
)
def test_what_is_wrong_with_a_person_is_said_and_nothing_is_made(wizard, program, typed, said):
    with pytest.raises(InputRefused, match=said):
        found(wizard, (PersonRole.PREPARER, GOOD), (PersonRole.HEAD, typed))
    assert program.house.ledgers == {}


def test_the_practice_ledger_lies_beside_the_real_one_and_is_filled(wizard, program):
    wizard.practise()
    assert program.home not in program.house.ledgers
    desk = open_services(program, wizard.ledger)
    assert desk.office.practice
    assert len(desk.news.list(Period("2025-Q3"))) == 4
    assert desk.entry.open("nq28_hue", Period("2024")).cell("population.female").amount == 6015


def test_the_code_can_be_written_to_a_file_for_printing(wizard, program):
    wizard.write_code(Path("/tmp/ma.txt"), "ABCD-EFGH")
    assert "ABCD-EFGH" in program.written[Path("/tmp/ma.txt")].decode()


class Window:
    def __init__(self):
        self.ask, self.door, self.ledger = FakeAsk(), None, None

    def show_door(self, door):
        self.door = door

    def open_ledger(self, ledger):
        self.ledger = ledger


def test_the_whole_first_run_by_keyboard(qtbot, program):
    window = Window()
    Startup(program, window, first_run).open()
    view = window.door
    qtbot.addWidget(view)
    view.resize(1366, 768)
    with qtbot.waitExposed(view):
        view.show()
    assert isinstance(view, WizardView)
    view._start.column.itemAt(0).widget().setFocus()
    QTest.keyClick(view._start.column.itemAt(0).widget(), Qt.Key.Key_Space)
    QTest.keyClicks(view._unit._query, "phu xuan hue")
    QTest.keyClick(view._unit._query, Qt.Key.Key_Return)
    QTest.keyClick(view._unit._list, Qt.Key.Key_Return)
    for person, name in ((view._people._first, "Lê Thị Hoa"), (view._people._second, "Trần Minh")):
        for field, text in zip(
            (person._name, person._title, person._password, person._again), (name, "", PASSWORD, PASSWORD), strict=True
        ):
            field.setText(text)
    QTest.keyClick(view._on, Qt.Key.Key_Space)
    assert view._code.isVisible()
    assert not view._on.isEnabled()
    QTest.keyClick(view._code._noted, Qt.Key.Key_Space)
    QTest.keyClick(view._on, Qt.Key.Key_Space)
    assert window.ledger.state.office.name == "Phường Phú Xuân"


@pytest.fixture
def founded(wizard, program):
    found(wizard, (PersonRole.PREPARER, GOOD), (PersonRole.HEAD, GOOD))
    return program


def signed_in(qtbot, program):
    window = Window()
    Startup(program, window, first_run).open()
    qtbot.addWidget(window.door)
    return window


def test_the_next_start_asks_for_a_password(qtbot, founded):
    window = signed_in(qtbot, founded)
    assert isinstance(window.door, SignInView)
    window.door._password.setText("sai")
    QTest.keyClick(window.door._password, Qt.Key.Key_Return)
    assert "không đúng" in window.door._problem.text()
    window.door._password.setText(PASSWORD)
    QTest.keyClick(window.door._password, Qt.Key.Key_Return)
    assert window.ledger is not None


def test_a_forgotten_password_is_replaced_by_the_printed_code(qtbot, founded):
    window = signed_in(qtbot, founded)
    door = window.door
    door._forgotten.click()
    for code, again, said in (("sai", "bốn từ dễ nhớ", "không mở được"), (RECOVERY, "khác", "không giống nhau")):
        for field, text in ((door._code, code), (door._new, "bốn từ dễ nhớ"), (door._again, again)):
            field.setText(text)
        door._enter.click()
        assert said in door._problem.text()
    door._again.setText("bốn từ dễ nhớ")
    QTest.keyClick(door._again, Qt.Key.Key_Return)
    assert founded.house.recovered == (founded.house.ledgers[founded.home].person.keyid, "bốn từ dễ nhớ")
    assert window.ledger is not None


@pytest.mark.parametrize("code", ["LEDGER_BUSY", "LEDGER_DAMAGED", "LEDGER_NEWER"])
def test_a_ledger_that_cannot_be_opened_says_why_in_place(qtbot, founded, code):
    founded.house.problem = StorageError(code, f"Không mở được sổ: {code}.")
    window = signed_in(qtbot, founded)
    assert code in window.door._problem.text()
