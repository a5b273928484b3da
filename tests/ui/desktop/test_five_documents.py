"""The five provincial documents: the same report typed into the window and filled into Excel is sealed as the same bytes.

window, keys only:  Nhập số liệu > Lời văn, nhiệm vụ > F12 > two passwords > …_R01.bdg     ┐
Excel:              template > openpyxl > import > seal > …_R01.bdg                        ┘ payload.json ==
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest

from exports.workbook.template_keys import defined_name
from forms.all_services import Services, open_services
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.period import Period
from forms.model.report import ImportedReport
from forms.model.task import NOMINEE_TITLES, TASK_STATE_TITLES, Nomination, Nominee, Task, TaskState
from forms.programmes.programme_role import form_at, office_post
from forms.services.practice import filled
from tests.ui.cli.conftest import Command, answered
from tests.ui.desktop.keyboard import ALT, CTRL, FolderAsk, Hands, Key, StillProgram, at_the_keyboard
from tests.ui.desktop.test_by_keyboard import HUNG, LAN
from ui.desktop.widgets.report_picker import ReportPicker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
GRID, DAY, BOARD = "Bảng nhập số liệu", "Số liệu tính đến ngày", "Bảng nhiệm vụ"
_FIRST_NOMINEE = 5  # the row of the workbook


@dataclass(frozen=True)
class Document:
    """One of the five as an office makes it: its programme, form, period, and the unit."""

    programme: str
    form: str
    period: Period
    unit: str
    collates: bool = True


DOCUMENTS = {
    "S1": Document("qd2351_hatinh", "summing_up", Period("2011..2020"), "42"),
    "S2": Document("nq28_hue", "year_indicators", Period("2025"), "19804", collates=False),
    "S3": Document("bvstbpn_hatinh", "year_tasks", Period("2019"), "42"),
    "S4": Document("ct21_langson", "year_directive", Period("2025"), "20"),
    "S5": Document("qd2282_hungyen", "year_leaders", Period("2025"), "33"),
}


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "usb").mkdir()
    return FolderAsk(tmp_path / "usb")


@pytest.fixture
def cli(capsys, monkeypatch) -> Command:
    monkeypatch.setenv("SBD_PASSWORD", LAN)
    monkeypatch.setenv("SBD_HEAD_PASSWORD", HUNG)
    return lambda *words: answered(capsys, [str(word) for word in words])


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_typed_into_the_window_or_filled_into_excel_it_is_the_same(name, qtbot, tmp_path, ask, cli, capsys):
    document = DOCUMENTS[name]
    wanted = founded(tmp_path / "so", document)
    shutil.copytree(tmp_path / "so", tmp_path / "excel")

    hands = at_the_keyboard(qtbot, tmp_path / "so", ask)
    hands.type(LAN)
    hands.press(Key.Key_Return)
    typed = Typist(hands, document, wanted)
    typed.all()
    hands.window.close()
    (by_keys,) = ask.place.iterdir()

    form = tmp_path / "phieu.xlsx"
    which = ("--programme", document.programme, "--period", document.period.label)
    assert cli("template", tmp_path / "excel", *which, "--out", form).code == 0
    fill(form, wanted)
    taken = cli("import", tmp_path / "excel", form, "--json").value
    assert (taken["cells"], taken["blocking"], taken["notes"]) == (len(wanted.cells), 0, [])
    sealed = cli("seal", tmp_path / "excel", *which, "--out", tmp_path / "goi", "--json")
    assert sealed.code == 0, sealed.text

    assert payload(by_keys) == payload(next((tmp_path / "goi").iterdir()))
    with capsys.disabled():
        print(f"\n{name} {document.programme}: {len(wanted.cells)} cells, {hands.keys} keys, {ask.dialogs} dialog")


def founded(folder: Path, document: Document) -> ImportedReport:
    """A new ledger of the document's office, and a sound report of it that nobody has typed yet."""
    program = StillProgram(folder)
    unit = program.units.get(document.unit, program.clock().date())
    people = [
        NewPerson("Nguyễn Thị Lan", "Công chức", PersonRole.PREPARER, LAN),
        NewPerson("Trần Văn Hùng", "Chủ tịch", PersonRole.HEAD, HUNG),
    ]
    office = Office(unit.key, unit.full_name, document.collates, unit.parent, document.programme, kind=unit.kind)
    ledger, _ = program.house.create(folder, office, people)
    desk = open_services(program, ledger)
    desk.programmes.follow((document.programme,))
    made = sound(desk, document)
    ledger.close()
    return made


def sound(desk: Services, document: Document) -> ImportedReport:
    programme = desk.catalogue.programme(document.programme)
    post = office_post(programme, desk.office)
    made = filled(form_at(programme.form(document.form), post), post.role, document.period)
    return made if made.cells else replace(made, as_of=None)  # a day that figures stand for


class Typist:
    """Fills the report in the window; not one call that is no key."""

    def __init__(self, hands: Hands, document: Document, wanted: ImportedReport) -> None:
        self.hands, self.document, self.wanted = hands, document, wanted

    def all(self) -> None:
        """A report without figures is made on the other screen alone."""
        if self.wanted.cells:
            self.hands.visit("entry")
            self.open_form()
            self.day()
            self.figures()
        self.hands.visit("texts")
        self.open_form()
        self.texts()
        self.tasks()
        self.nominations()
        self.seal()

    def open_form(self) -> None:
        """The form by its number, where there are several; the periods from the newest down to the wanted one."""
        picker: ReportPicker = self.screen._picker
        if picker._forms.isVisible():
            self.down("Biểu", lambda: self.place[0] == self.document.form)
        self.down("Kỳ báo cáo", lambda: self.place[1] == self.document.period)
        assert self.place == (self.document.form, self.document.period)

    def down(self, name: str, is_there: Callable[[], bool]) -> None:
        """In a list of the head, as far as it takes; then into the report."""
        if not is_there():
            self.hands.go_to(name, Key.Key_Backtab)
            while not is_there():
                self.hands.press(Key.Key_Down)
            self.hands.press(Key.Key_Return)

    def day(self) -> None:
        self.hands.go_to(DAY)
        self.hands.press(Key.Key_A, CTRL)
        self.letters(f"{self.wanted.as_of:%d/%m/%Y}")
        self.hands.press(Key.Key_Return)

    def figures(self) -> None:
        """F8 from blank to blank; it is over when F8 leads into the words."""
        self.hands.go_to(GRID, Key.Key_Backtab)
        left = dict(self.wanted.cells)
        while left:
            cell = self.screen._grid.cell
            if cell not in left:
                self.hands.press(Key.Key_F8)
                cell = self.screen._grid.cell
            self.letters(f"{left.pop(cell).amount}".replace(".", ","))
            self.hands.press(Key.Key_Return)

    def texts(self) -> None:
        """From the first section down; the screen opens with the first that must be written."""
        self.hands.press(Key.Key_PageUp, ALT, times=len(self.wanted.narratives))
        for id, text in self.wanted.narratives.items():
            assert self.screen._presenter.writing.section.id == id
            self.letters(text)
            self.hands.press(Key.Key_PageDown, ALT)

    def tasks(self) -> None:
        self.hands.press(Key.Key_PageDown, CTRL)
        for task in self.wanted.tasks:
            assert (self.hands.here, self.screen._board._table.id) == (BOARD, task.id)
            self.task(task)

    def task(self, task: Task) -> None:
        """H, its percent as offered, from when to when, and what came of it."""
        assert task.state is TaskState.DONE
        self.hands.press(Key.Key_H)
        self.hands.press(Key.Key_Return, CTRL)
        self.hands.press(Key.Key_Right, times=3)
        for day in (task.started, task.finished):
            self.letters(f"{day:%d/%m/%Y}")
            self.hands.press(Key.Key_Tab)
        self.hands.press(Key.Key_Left, times=5)
        self.hands.go_to("Kết quả")
        self.letters(task.result)
        self.hands.go_to(BOARD, Key.Key_Backtab)
        self.hands.press(Key.Key_Down)

    def nominations(self) -> None:
        if self.wanted.nominations:
            self.hands.press(Key.Key_PageDown, CTRL)
        for one in self.wanted.nominations:
            self.hands.press(Key.Key_Insert)
            self.nomination(one)

    def nomination(self, one: Nomination) -> None:
        if one.kind is Nominee.PERSON:
            self.hands.press(Key.Key_Backtab)
            self.hands.press(Key.Key_Down)
            self.hands.press(Key.Key_Return)
        self.letters(one.name)
        self.hands.press(Key.Key_Return)
        self.hands.press(Key.Key_A, CTRL)
        self.letters(one.form)
        self.hands.press(Key.Key_Return)
        self.letters(one.ground)

    def seal(self) -> None:
        self.hands.press(Key.Key_F12)
        assert self.hands.here.startswith("Mật khẩu")
        self.hands.type(LAN)
        self.hands.go_to("Mật khẩu của thủ trưởng đơn vị")
        self.hands.type(HUNG)
        self.hands.push("Niêm phong")

    def letters(self, text: str) -> None:
        """A word at one go: what the window does between two letters is tried elsewhere."""
        self.hands.at_one_go(text)

    @property
    def screen(self):
        return self.hands.window.workbench.screen_shown

    @property
    def place(self) -> tuple[str, Period]:
        report = self.screen._acts.report
        return report.form.id, report.period


def fill(file: Path, wanted: ImportedReport) -> None:
    """As a person would: each value into its cell, saved."""
    book = openpyxl.load_workbook(file)

    def put(name: str, value: object) -> None:
        sheet, where = next(iter(book.defined_names[defined_name(name)].destinations))
        book[sheet][where.replace("$", "")] = value

    if wanted.as_of:
        put("as_of", wanted.as_of)
    for cell, given in wanted.cells.items():
        put(f"so.{cell}", given.amount)
    for id, text in wanted.narratives.items():
        put(f"loi_van.{id}", text)
    for task in wanted.tasks:
        put(f"nv.{task.id}.state", TASK_STATE_TITLES[task.state])
        for field in ("percent", "started", "finished", "result"):
            put(f"nv.{task.id}.{field}", getattr(task, field))
    for row, one in enumerate(wanted.nominations, _FIRST_NOMINEE):
        for column, value in enumerate((NOMINEE_TITLES[one.kind], one.name, one.form, one.ground), 3):
            book["Khen thưởng"].cell(row, column, value)
    book.save(file)


def payload(package: Path) -> bytes:
    with zipfile.ZipFile(package) as opened:
        return opened.read("payload.json")
