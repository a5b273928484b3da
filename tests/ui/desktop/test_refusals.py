"""What nobody on the way has shown: a refusal is said in its own words, and leaves nothing open behind it."""

from __future__ import annotations

import pytest

from forms.errors import StorageError
from main import workbench
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from ui.desktop.crash import CrashBox
from ui.desktop.dialogs import WindowDialogs
from ui.desktop.main_window import MainWindow

DAMAGED = StorageError("LEDGER_DAMAGED", "Tệp sổ bị hỏng. Hãy phục hồi từ bản sao lưu gần nhất.", "ledger.db")


def test_a_refusal_that_reaches_the_crash_box_is_no_crash(qapp, tmp_path, monkeypatch):
    """A page of the database that is first read when a screen opens may turn out damaged."""
    said = []
    monkeypatch.setattr(WindowDialogs, "refused", lambda _ask, error: said.append(error))
    CrashBox("0.1.0", lambda: tmp_path, lambda: None)._tell(DAMAGED)
    assert said == [DAMAGED]
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_cannot_be_read_after_all_is_closed_again(qtbot, tmp_path, monkeypatch):
    """Otherwise the next try to sign in would find it busy."""
    program = FakeProgram(home=tmp_path / "so")
    ledger = desk_of(program).ledger
    closed = []

    def damaged():
        raise DAMAGED

    monkeypatch.setattr(ledger, "begin", damaged)
    monkeypatch.setattr(ledger, "close", lambda: closed.append(True))
    window = MainWindow(program, workbench, FakeAsk())
    qtbot.addWidget(window)
    with pytest.raises(StorageError):
        window.open_ledger(ledger)
    assert closed == [True]
    assert window.workbench is None
