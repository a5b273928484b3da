"""A form of 60 rows opened, typed through and left: what a hand on the keyboard waits for, and what the wheel changes.

45 counts by sex and 15 indicators of them; every cell gets two figures and Enter. A key is done when its cell, the computed
rows, the findings and the picture of the window are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import main
from benchmarks.comparison import MEMORY, OWN_TIME, Comparison, percentile
from benchmarks.office import OFFICER
from forms.all_services import open_services
from forms.checks import all_checks
from forms.model.office import Office
from forms.model.period import Period
from forms.programmes.catalogue import Catalogue, load_all, parse_pack
from main import MainApplication
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.wrapping import LIGHT
from ui.desktop.app import application, open_window
from ui.desktop.entry.grid import EntryGrid
from ui.desktop.main_window import MainWindow
from ui.desktop.shell import Location

COUNTS, INDICATORS = 45, 15
KEY_LIMIT_MS, CHECK_LIMIT_MS = 50, 20
UNIT, YEAR = "19804", Period("2025")
_PROGRAMME = """
id = "sixty"
version = 1
title = "Biểu sáu mươi dòng"
short_title = "Sáu mươi dòng"
document = ""
issuer = ""
issuing_unit = ""
first_year = 2021
last_year = 2030
source = "phép đo"
"""
_HEAD = """
id = "year"
number = "01"
version = 1
title = "Biểu sáu mươi dòng"
period_kind = "year"
[breakdown.sex]
title = "Giới tính"
female = "Nữ"
male = "Nam"
[[section]]
number = "1"
title = "Một phần"
"""
_COUNT = '[[section.row]]\ncount = "c{0}"\nnumber = "{0}"\ntitle = "Số người thứ {0}"\nmeasure = "người"\nby = "sex"\n'
_INDICATOR = """[[section.row]]
indicator = "i{0}"
number = "{0}"
title = "Tỷ lệ nữ thứ {0}"
measure = "%"
kind = "formula"
owner = "Sở Nội vụ"
definition = "Nữ trên tổng số."
source = "phép đo"
formula = "100 * c{0}.female / c{0}"
[[section.row.target]]
year = 2025
operator = ">="
amount = "30"
words = "Từ 30%"
"""


class SixtyRows(MainApplication):
    """The product with a programme more."""

    @cached_property
    def catalogue(self) -> Catalogue:
        rows = [_COUNT.format(n) for n in range(COUNTS)] + [_INDICATOR.format(n) for n in range(INDICATORS)]
        files = {"programme.toml": _PROGRAMME.encode(), "year.toml": (_HEAD + "".join(rows)).encode()}
        return Catalogue((*load_all().programmes, parse_pack("sixty.v1", files)))

    @cached_property
    def house(self) -> SqlLedgerStore:
        return SqlLedgerStore(self.clock, bring_up_to_date, LIGHT)


def run() -> list[Comparison]:
    """The p99 of a key, of the check of the whole form, the seconds to open it, and the figures that the wheel changed."""
    with _window() as window:
        opening, typing, turned, checks = _measured(window)
    cells = COUNTS * 2
    return [
        Comparison(
            f"mở biểu 60 dòng ({cells} ô), đến khi vẽ xong", "ms", opening, None, "", None, at_least=False
        ),
        Comparison(
            "một phím trong biểu 60 dòng, đến khi vẽ xong, p99", "ms", percentile(typing, 99), None,
            f"trung vị {percentile(typing, 50):.1f} ms, {len(typing)} phím", KEY_LIMIT_MS, at_least=False,
        ),
        Comparison(
            "kiểm tra cả biểu 60 dòng, p99", "ms", percentile(checks, 99), None,
            f"trung vị {percentile(checks, 50):.1f} ms", CHECK_LIMIT_MS, at_least=False,
        ),
        Comparison("số bị con lăn đổi", "ô", turned, None, f"lăn trên {cells} ô", 0, at_least=False),
    ]  # fmt: skip


def _measured(window: MainWindow) -> tuple[float, list[float], int, list[float]]:
    assert window.workbench is not None
    desk = window.workbench.desk
    opening = _milliseconds(lambda: window.go("entry", str(Location("sixty", YEAR))))
    grid = window.findChild(EntryGrid)
    assert grid is not None
    typing, turned = [], 0
    for number in range(COUNTS * 2):
        keys = [Qt.Key(Qt.Key.Key_1 + number % 9), Qt.Key.Key_0, Qt.Key.Key_Return]
        typing += [_milliseconds(partial(_press, window, key)) for key in keys]
        before = desk.entry.open("sixty", YEAR)
        _roll_over(_focus(window))
        _roll_over(grid.viewport())
        turned += desk.entry.open("sixty", YEAR) != before
    report = desk.entry.open("sixty", YEAR)
    assert len(report.cells) == COUNTS * 2, "not every cell was typed"
    context = desk.entry.context(report)
    checks = [_milliseconds(lambda: all_checks.find(report, context)) for _ in range(300)]
    return opening, typing, turned, checks


@contextmanager
def _window() -> Iterator[MainWindow]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        program = SixtyRows(Path(folder) / "so")
        unit = program.units.get(UNIT, program.clock().date())
        office = Office(unit.key, unit.full_name, parent=unit.parent, programme="sixty", kind=unit.kind)
        ledger, _ = program.house.create(program.home, office, [OFFICER])
        open_services(program, ledger).programmes.follow(("sixty",))
        window = open_window(program, main.first_run, main.workbench)
        window.resize(1366, 768)
        window.show()
        window.open_ledger(ledger)
        QApplication.processEvents()
        yield window
        window.close()


def _focus(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window


def _press(window: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(_focus(window), key)


def _roll_over(place: QWidget) -> None:
    """The mouse's wheel, one notch down."""
    notch, none = QPoint(0, -120), Qt.MouseButton.NoButton
    centre = QPointF(place.rect().center())
    at = QPointF(place.mapToGlobal(centre.toPoint()))
    held = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        place, QWheelEvent(centre, at, notch, notch, none, held, Qt.ScrollPhase.NoScrollPhase, False)
    )
    QApplication.processEvents()


def _milliseconds(act: Callable[[], object]) -> float:
    started = OWN_TIME()
    act()
    QApplication.processEvents()
    return (OWN_TIME() - started) * 1000
