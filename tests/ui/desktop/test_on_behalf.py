"""Nhập thay in the window: paper typed in the dialog of a unit, empty workbooks written, a folder of workbooks received."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from forms.exchange.brought_files import Incoming
from forms.model.cell import given
from forms.model.period import Period
from tests.ui.desktop.parts import FakeAsk, FakeFrame, FakeProgram, desk_of
from ui.desktop.app import application
from ui.desktop.on_behalf.presenter import export_templates
from ui.desktop.on_behalf.view import enter_on_behalf
from ui.desktop.shell import Location

PLACE = Location("nq28_hue", Period("2025-Q4"))
SCAN = Path("/stick/giấy.pdf")
CELLS = ("news_counted", "news_brief", "news_own", "news_airings")


@pytest.fixture(scope="session")
def qapp():
    return application()


class ScanProgram(FakeProgram):
    def read_files(self, paths):
        return tuple(Incoming(str(path), b"%PDF-1.4 scan") for path in paths)

    def template(self, report, programme, office, due, to="") -> bytes:
        return f"{office.name} → {to}".encode()


class ScanAsk(FakeAsk):
    def open_files(self, title, pattern, start=None):
        return [SCAN]


@pytest.fixture
def hue(qtbot):
    program = ScanProgram()
    return program, desk_of(program, "46", collates=True), FakeFrame(ScanAsk())


def opened(qtbot, hue, code: str = "19804"):
    program, desk, frame = hue
    done: list[str] = []
    over = QWidget()
    qtbot.addWidget(over)
    frame.over = over  # stays as long as the frame does
    dialog = enter_on_behalf(over, desk, program, frame, PLACE, code, lambda: done.append(code))
    return dialog, done


def typed(dialog, **cells: int) -> None:
    entry = dialog.presenter.typed.entry
    report = entry.open(PLACE.programme, PLACE.period)
    entry.put_cells(report, [(name, given(amount)) for name, amount in cells.items()])


def take(qtbot, dialog) -> None:
    found = (b for b in dialog.findChildren(QAbstractButton) if b.text() == "Cất bản nhập thay")
    qtbot.mouseClick(next(found), Qt.MouseButton.LeftButton)


def test_paper_is_typed_in_the_units_own_grid_and_counts_with_its_scan(qtbot, hue):
    _, desk, frame = hue
    dialog, done = opened(qtbot, hue)
    assert "Phường Hương An" in dialog.windowTitle()
    typed(dialog, **dict.fromkeys(CELLS, 4), news_feature=0, news_relayed=0)
    take(qtbot, dialog)
    assert (done, frame.ask.asked) == (["19804"], [])
    status = desk.summaries.status("nq28_hue", PLACE.period)
    assert [unit.code for unit in status.on_behalf] == ["19804"]
    (entry,) = desk.on_behalf.history("nq28_hue", PLACE.period, "19804")
    assert desk.on_behalf.source(entry.entry.digest) == ("giấy.pdf", b"%PDF-1.4 scan")


def test_what_was_typed_waits_for_the_next_time(qtbot, hue):
    """Closed half way: nothing counts, and nothing is lost."""
    _, desk, _ = hue
    dialog, done = opened(qtbot, hue)
    typed(dialog, news_counted=4)
    dialog.reject()
    again, _ = opened(qtbot, hue)
    assert again.presenter.typed.entry.open(PLACE.programme, PLACE.period).cell("news_counted").amount == 4
    assert (done, desk.summaries.status("nq28_hue", PLACE.period).received) == ([], ())
    assert desk.entry.begun() == ()  # our own reports know nothing of it


def test_a_second_entry_is_confirmed_before_it_replaces_the_first(qtbot, hue):
    _, desk, frame = hue
    for amount in (4, 6):
        dialog, _ = opened(qtbot, hue)
        typed(dialog, **dict.fromkeys(CELLS, amount), news_feature=0, news_relayed=0)
        take(qtbot, dialog)
    assert frame.ask.asked == ["Thay bản nhập thay trước?"]
    assert len(desk.on_behalf.history("nq28_hue", PLACE.period, "19804")) == 2


def test_a_figure_that_somebody_changed_in_the_ledger_is_found(qtbot, hue):
    """The rows that are added up against the report as it was entered."""
    _, desk, _ = hue
    dialog, _ = opened(qtbot, hue)
    typed(dialog, **dict.fromkeys(CELLS, 4), news_feature=0, news_relayed=0)
    take(qtbot, dialog)
    assert desk.inspection.inspect().is_sound
    ((batch, kept),) = desk.ledger.state.on_behalf
    desk.ledger.state.on_behalf = [(batch, replace(kept, cells={**kept.cells, "news_counted": given(9)}))]
    assert "nhập thay 2025-Q4 của Phường Hương An" in desk.inspection.inspect().problems[0]


def test_nothing_can_be_sealed_there(qtbot, hue):
    dialog, _ = opened(qtbot, hue)
    dialog.show()
    seen = {button.text().replace("&", "") for button in dialog.findChildren(QAbstractButton) if button.isVisible()}
    assert "Cất bản nhập thay" in seen
    assert not {"Niêm phong…", "Xuất gói…", "Mở bản thay thế", "Dùng Excel…"} & seen


def test_a_unit_of_elsewhere_is_refused_in_words(qtbot, hue):
    dialog, _ = opened(qtbot, hue, "00004")
    assert (dialog, hue[2].ask.asked) == (None, ["UNIT_NOT_BELOW"])


def test_empty_workbooks_are_written_for_all_that_have_not_sent(hue):
    program, desk, frame = hue
    export_templates(desk, program, frame, PLACE)
    assert len(program.written) == 40
    name = next(path.name for path in program.written if path.name.startswith("19804"))
    assert name == "19804_phuong-huong-an_2025-Q4_nq28_hue.xlsx"
    assert program.written[Path("/tmp") / name] == "Phường Hương An → Thành phố Huế".encode()
    program.written.clear()
    export_templates(desk, program, frame, PLACE, ["19804"])
    assert len(program.written) == 1
