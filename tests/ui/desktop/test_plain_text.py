"""What others wrote is shown letter by letter. Qt takes what looks like HTML for rich text by itself, in labels, tooltips and
message boxes, and then opens the files that it names.

    a commune's note:  <img src="/home/…/picture.png">      shown so; no picture, and no file is opened
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtGui import Qt as _Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QMessageBox,
    QTextBrowser,
    QTextEdit,
    QToolTip,
    QWidget,
)

import ui.desktop
from forms.all_services import Services, open_services
from forms.checks import all_checks
from forms.errors import AppError
from forms.model.cell import given as amount
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import EnrolledKey, Office
from forms.model.period import Period
from forms.model.task import Nomination, Nominee, Task, TaskState
from main import workbench
from tests import fakes
from tests.ui.desktop.parts import UNITS, FakeAsk
from tests.ui.desktop.rich import Opened, read_as_more
from tests.ui.desktop.sticks import StickProgram
from ui.desktop.crash import CrashBox
from ui.desktop.dialogs import WindowDialogs
from ui.desktop.ledger_view import pages_for
from ui.desktop.main_window import MainWindow
from ui.desktop.packages.presenter import KeySheet
from ui.desktop.packages.view import sheet_pdf
from ui.desktop.shell import Location
from ui.desktop.sign_in.view import CoverView
from ui.desktop.widgets.text import Label, plain

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
MAGENTA = QColor("#ff00ff")
ROOT = Path(ui.desktop.__file__).parent
Q4, YEAR = Period("2025-Q4"), Period("2025")
MODULES = [importlib.import_module(one.name) for one in pkgutil.walk_packages([str(ROOT)], "ui.desktop.")]


# ── what may be written ────────────────────────────────────────────────────────────────────────────────────────────────────

# Each of these reads rich text by itself, or is rich text; the one module in which it may stand.
_READERS = {
    "QLabel": "widgets/text.py",
    "setToolTip": "widgets/text.py",
    "setWhatsThis": "widgets/text.py",
    "showText": "widgets/text.py",
    "setTextFormat": "widgets/text.py",
    "QMessageBox": "dialogs.py",
    "QInputDialog": "dialogs.py",
    "setInformativeText": "dialogs.py",
    "QErrorMessage": "",
    "QProgressDialog": "",
    "QSplashScreen": "",
    "QWhatsThis": "",
    "QWizard": "",
    "QFormLayout": "",  # makes labels of its own for the words of a row
    "QToolButton": "",  # shows the words of its action as a tooltip
    "QAction": "",
    "setStatusTip": "",
    "setTabToolTip": "texts/view.py",  # words of ours
    "setMarkdown": "",
    "insertHtml": "",
    "setHtml": "approval/view.py packages/view.py widgets/prose_document.py",
}


def strays(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            names.add(node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""))
        elif isinstance(node, ast.ClassDef):
            names |= {base.id for base in node.bases if isinstance(base, ast.Name)}
    here = file.relative_to(ROOT).as_posix()
    return {f"{here}: {name}" for name in names if name in _READERS and here not in _READERS[name]}


def test_what_reads_rich_text_by_itself_stands_in_one_place():
    assert set().union(*map(strays, ROOT.rglob("*.py"))) == set()


def test_whatever_gives_tooltips_to_a_list_gives_plain_ones():
    """Only these models answer for one; each is walked below, with hostile words in it."""
    asked = {
        file.relative_to(ROOT).as_posix()
        for file in ROOT.rglob("*.py")
        if re.search("ToolTipRole|StatusTipRole|WhatsThisRole", file.read_text("utf-8"))
    }
    models = [
        "widgets/listing.py",
        "receiving/unit_tree_view.py",
        "news/panels.py",
        "entry/grid_model.py",
        "texts/tasks.py",
    ]
    assert asked == set(models)
    plain = re.compile(r"widgets.text import .*\bplain\b")
    assert [name for name in models if not plain.search((ROOT / name).read_text("utf-8"))] == []


def test_every_class_of_labels_is_plain():
    classes = {one for module in MODULES for _, one in inspect.getmembers(module, inspect.isclass)}
    labels = {one for one in classes if issubclass(one, QLabel) and one.__module__.startswith("ui.desktop")}
    assert len(labels) > 5
    assert {one for one in labels if not issubclass(one, Label)} == set()


def test_every_class_that_shows_a_document_fetches_nothing():
    classes = {one for module in MODULES for _, one in inspect.getmembers(module, inspect.isclass)}
    shows = {one for one in classes if issubclass(one, QTextEdit) and one.__module__.startswith("ui.desktop")}
    assert len(shows) > 2
    assert {one for one in shows if one.loadResource is QTextEdit.loadResource} == set()


# ── the words that Qt would take for more ──────────────────────────────────────────────────────────────────────────────────

_TAGS = [
    "<img src='/x'>",
    "<b>",
    "<IMG\tSRC=x>",
    "<br/>",
    "<a href=x>",
    "<?xml ?><p>",
    "<!doctype html>",
    "&lt;b&gt;",
    "<qt>",
    "< b>",
]


@given(st.lists(st.sampled_from([*_TAGS, "a", " ", "\n", "&", "<", ">", "đ", "b", "/", "!"]), max_size=8).map("".join))
@example(" <b>")
@example("\n\n<table>")
@example("5 < 6 <img src=x>")
def test_no_words_are_taken_for_rich_text(text):
    assert not _Qt.mightBeRichText(plain(text))
    assert plain(text).replace("\u2060", "") == text
    assert plain("Nữ < nam & thuế") == "Nữ < nam & thuế", "what nobody takes for more stays as it is"


# ── the window with hostile words in all that others write ─────────────────────────────────────────────────────────────────


@pytest.fixture
def picture(tmp_path) -> Path:
    file = tmp_path / "anh.png"
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(MAGENTA)
    assert image.save(str(file))
    return file


@pytest.fixture
def opened_file(picture) -> Iterator[Opened]:
    """Asked after every test: only the control may have looked at it before."""
    file = Opened(picture)
    yield file
    assert not file.seen()
    file.close()


@pytest.fixture
def hostile(picture, opened_file) -> str:
    """Named whole, and as the address that it has."""
    return f'<img src="{picture}"><b>đậm</b><img src="{picture.as_uri()}">'


def shows_the_picture(widget: QWidget) -> bool:
    """Whether a patch of the picture's colour is seen: of pure magenta there is nothing else in the window."""
    image = widget.grab().toImage()
    return any(
        image.pixelColor(x, y) == MAGENTA for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    )


@pytest.mark.parametrize("how", ["label", "tooltip", "browser"])
def test_the_control_what_is_qts_own_opens_the_file(qtbot, hostile, opened_file, how):
    """Else the tests below would see nothing whatever the window did."""
    if how == "tooltip":
        QToolTip.showText(QPoint(5, 5), hostile)
        settle()
        (shown,) = [top for top in QApplication.topLevelWidgets() if top.inherits("QTipLabel")]
    elif how == "label":
        shown = QLabel(hostile)
    else:
        shown = QTextBrowser()
        shown.setHtml(hostile)
    assert shows_the_picture(shown)
    assert opened_file.seen() or not Opened.knows
    assert read_as_more(shown)
    if how == "tooltip":
        QToolTip.showText(QPoint(5, 5), "x")  # and the label of Qt's own forgets it
        QToolTip.hideText()
    shiboken6.delete(shown)


def test_our_label_shows_the_letters(qtbot, hostile):
    for label in (Label(hostile), Label()):
        qtbot.addWidget(label)
        label.setText(hostile)
        assert not shows_the_picture(label)
        assert label.text() == hostile


@dataclass
class Sent:
    """A summing office, and a stick with the package of a commune that wrote hostile words into everything."""

    office: Services
    commune: Services
    program: StickProgram
    words: str


@pytest.fixture
def sent(hostile, tmp_path) -> Sent:
    paper = sheet_pdf(KeySheet(hostile, hostile, hostile, hostile, hostile, hostile))
    program = StickProgram(home=tmp_path / "so", paper=paper)
    commune = _desk(program, "19804", hostile)
    fill(commune, hostile)
    for period in (Q4, YEAR):
        commune.sealing.seal("nq28_hue", period, commune.ledger.signers(), hostile)
    office = _desk(program, "46", hostile, collates=True)
    with office.ledger.begin() as work:
        for person in commune.ledger.state.people:
            work.register.add(
                EnrolledKey(
                    person.keyid,
                    person.public_key,
                    commune.office.unit,
                    hostile,
                    person.name,
                    person.title,
                    person.role,
                    program.now,
                )
            )
    for report, sealed in commune.sealing.every():
        program.stick[Path(f"/stick/{hostile.replace('/', '_')}{report.period.label}.bdg")] = sealed.raw
    program.stick[Path("/stick/hong.bdg")] = b"?"
    return Sent(office, commune, program, hostile)


def _desk(program: StickProgram, code: str, words: str, *, collates: bool = False) -> Services:
    """Unit, persons and titles are called what the hostile words say."""
    unit = UNITS.get(code, program.now.date())
    office = Office(unit.key, f"{words} {unit.full_name}", collates, unit.parent, kind=unit.kind)
    people = tuple(
        replace(person, name=f"{words} {person.name}", title=words) for person in fakes.FakeLedger(office).state.people
    )
    ledger = fakes.FakeLedger(office, people)
    ledger.folder = program.home
    return open_services(program, ledger)


def fill(desk: Services, words: str) -> None:
    """Reports of a quarter and of a year, with these words wherever words go."""
    for day in (1, 3, 5, 7):
        item = NewsItem(
            "", date(2025, 10, day), f"{words} {day}", NewsKind.BRIEF, ("website",), author=words, evidence=words
        )
        desk.news.save(item)
    entry, report = desk.entry, desk.entry.open("nq28_hue", YEAR)
    typed = [(name, replace(amount(3), note=words)) for name in report.expected_cells]
    report = entry.put_cells(report, typed)
    for spec in report.form.narratives:
        report = entry.put_narrative(report, spec.id, f"{words}\n**{words}**")
    for id in report.form.tasks:
        task = Task(id, TaskState.DONE, 100, product=words, result=words, evidence=words, finished=date(2025, 6, 1))
        report = entry.put_task(report, task)
    if report.form.nominations:
        entry.put_nominations(report, [Nomination(Nominee.PERSON, words, "", words)])
    for period in (Q4, YEAR):
        report = entry.open("nq28_hue", period)
        for found in _findings(desk, report):
            if found.level == "warning":
                report = entry.explain(report, found.check, words)


def _findings(desk: Services, report):
    return all_checks.find(report, desk.entry.context(report))


@pytest.fixture
def opened(qtbot, sent):
    made = []

    def make(desk: Services) -> MainWindow:
        window = MainWindow(sent.program, workbench, FakeAsk())
        window.open_ledger(desk.ledger)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


REPORTS = [page.id for page in pages_for(collates=False)]
SUMS = [page.id for page in pages_for(collates=True)]


def assert_words(window: QWidget) -> None:
    settle()
    assert read_as_more(window) == []
    assert not shows_the_picture(window)


@pytest.mark.parametrize("period", [Q4, YEAR], ids=["quarter", "year"])
def test_no_page_of_who_wrote_it_reads_it_as_more_than_words(opened, sent, period):
    window = opened(sent.commune)
    window.go("entry", str(Location("nq28_hue", period)))
    for page in REPORTS:
        window.go(page)
        assert_words(window)


def test_a_draft_with_such_words_is_words_on_every_page(opened, sent):
    """Also what is typed and not taken, and what is wrong."""
    sent.commune.entry.reopen("nq28_hue", YEAR)
    window = opened(sent.commune)
    for page in REPORTS:
        window.go(page, str(Location("nq28_hue", YEAR)) if page in ("entry", "texts", "printing") else "")
        if page == "entry":
            screen = window.workbench.screen_shown
            screen._presenter.put("population.female", sent.words)
            screen._show_sheet()
            settle()
            for top in QApplication.topLevelWidgets():
                if top.isVisible():
                    assert_words(top)
        assert_words(window)


def test_no_page_of_who_receives_it_reads_it_as_more_than_words(opened, sent, qtbot):
    window = opened(sent.office)
    window.go("receiving", str(Location("nq28_hue", YEAR)))
    receiving = window.workbench.screen_shown
    receiving.brought([Path("/stick")])
    qtbot.waitUntil(receiving._preview.isVisible)
    rows = receiving._preview._list.model().rowCount()
    assert rows == 3
    for number in range(rows):
        receiving._preview._list.selectRow(number)
        assert_words(window)
    receiving._preview._receive.click()
    qtbot.waitUntil(receiving._tabs.isVisible)
    for tab in range(receiving._tabs.count()):
        receiving._tabs.setCurrentIndex(tab)
        assert_words(window)

    def unit_is_shown() -> bool:
        receiving._presenter.look_at("19804")  # once its sums have come
        return receiving._unit.isVisible()

    qtbot.waitUntil(unit_is_shown)
    assert_words(window)
    for page in SUMS:
        window.go(page, str(Location("nq28_hue", YEAR)) if page in ("entry", "texts", "printing", "receiving") else "")
        assert_words(window)


def test_a_tooltip_is_shown_as_words(opened, sent, qtbot):
    """As Qt shows it when the mouse rests: over a widget, and over a line of a list."""
    window = opened(sent.commune)
    window.go("home")
    settle()
    tipped = [one for one in window.findChildren(QWidget) if "img" in one.toolTip() and one.isVisible()]
    assert tipped, "the person at the foot of the rail has one"
    for one in tipped:
        at = QPoint(2, 2)
        QApplication.sendEvent(one, QHelpEvent(QEvent.Type.ToolTip, at, one.mapToGlobal(at)))
        settle()
        tip = next(top for top in QApplication.topLevelWidgets() if top.inherits("QTipLabel"))
        assert QToolTip.isVisible()
        assert not shows_the_picture(tip)
        assert sent.words in QToolTip.text().replace("\u2060", "")
    QToolTip.hideText()


@pytest.mark.parametrize("act", ["confirm", "refused", "inform"])
def test_a_question_shows_it_as_words(qtbot, hostile, act):
    seen = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, look)
            return
        try:
            seen.append((read_as_more(box), shows_the_picture(box), box.text() + box.informativeText()))
        finally:
            box.done(0)

    QTimer.singleShot(0, look)
    ask = WindowDialogs(None)
    {
        "confirm": lambda: ask.confirm(hostile, hostile, "Làm"),
        "refused": lambda: ask.refused(AppError("CODE", hostile, hostile)),
        "inform": lambda: ask.inform(hostile, hostile),
    }[act]()
    ((more, picture, words),) = seen
    assert (more, picture) == ([], False)
    assert hostile in words.replace("\u2060", "")


def test_the_crash_box_names_its_folder_in_words(qtbot, hostile):
    box = CrashBox("0.1.0", lambda: Path(hostile), lambda: None)._box(ValueError("x"), Path(hostile) / "loi.txt")
    qtbot.addWidget(box)
    box.show()
    settle()
    assert (read_as_more(box), shows_the_picture(box)) == ([], False)


def test_the_cover_and_the_status_bar_show_words(opened, sent):
    window = opened(sent.commune)
    window.toast(sent.words)
    settle()
    assert not shows_the_picture(window)
    sent.program.house.ledgers[sent.program.home] = sent.commune.ledger
    window.lock()
    settle()
    assert isinstance(window._stage.currentWidget(), CoverView)
    assert (read_as_more(window), shows_the_picture(window)) == ([], False)


def test_a_list_widget_gives_the_whole_line_back(opened, sent):
    """Its lines are laid out anew from what they say, not from their tooltips."""
    window = opened(sent.commune)
    window.go("entry", str(Location("nq28_hue", YEAR)))
    settle()
    for listed in window.workbench.screen_shown.findChildren(QListWidget):
        for number in range(listed.count()):
            assert "\u2060" not in listed.item(number).text()
