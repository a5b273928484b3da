"""`./run pictures [DEMO]`: the pictures of docs/pictures, drawn without a screen at 1366×768.

The offices are practice ones: the first-run wizard's own, and the summing office of `demo` (the folder DEMO, or a new
one in a temporary place). The clock stands still, so that the same program gives the same pictures but for the keys.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QWidget

import main
from ui.desktop.app import application, open_window
from ui.desktop.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = (1366, 768)
TODAY = datetime(2025, 12, 18, 9, 5, tzinfo=UTC)
OFFICE_PASSWORD = "thu-tong-hop"


class StillProgram(main.MainApplication):
    """The product with its clock stopped on a day of the fourth quarter."""

    def clock(self) -> datetime:
        return TODAY


class Camera:
    """Draws what the window shows, once everything that was asked for has been done."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, widget: QWidget, name: str) -> None:
        self.settle()
        widget.grab().save(str(self._folder / f"{name}.png"))
        print(f"{name}.png", file=sys.stderr)

    def settle(self) -> None:
        for _ in range(4):
            QThreadPool.globalInstance().waitForDone()
            self._app.processEvents()
            time.sleep(0.02)


def main_pictures(arguments: list[str]) -> int:
    app = application()
    camera = Camera(app, PICTURES)
    given = Path(arguments[0]).absolute() if arguments else None
    # The status bar tells where the ledger is: relative paths, so that no picture shows a folder of this machine.
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        demo = shutil.copytree(given, "demo") if given else _demo(Path("demo"))
        _commune(camera, Path())
        _office(camera, Path(demo))
    return 0


def _demo(folder: Path) -> Path:
    with contextlib.redirect_stdout(io.StringIO()) as told:
        code = main.main(["demo", str(folder), "--json"])
    if code:
        sys.exit(f"demo: {json.loads(told.getvalue())}")
    return folder


@contextlib.contextmanager
def _window(home: Path) -> Iterator[MainWindow]:
    window = open_window(StillProgram(home), main.first_run, main.workbench)
    window.resize(*SIZE)
    window.show()
    try:
        yield window
    finally:
        window.close()


def _commune(camera: Camera, place: Path) -> None:
    """The first run, then the practice ledger of a ward: what a commune's officer sees."""
    with _window(place / "so") as window:
        camera.take(window, "wizard-start")
        _press(window, "Bắt đầu sổ của đơn vị")
        QTest.keyClick(_type(window, "Tìm đơn vị", "phu xuan hue"), Qt.Key.Key_Return)
        camera.take(window, "wizard-unit")
        _press(window, "Quay lại")
        _press(window, "Dùng thử với dữ liệu mẫu")
        camera.take(window, "wizard-practice")
        _press(window, "Vào sổ")
        camera.take(window, "home")
        window.go("news", "2025-Q4")
        _type(window, "Ngày đăng, phát đầu", "12/12/2025")
        _type(window, "Tên tin, bài", "Tổng kết Tháng hành động vì bình đẳng giới")
        camera.take(window, "news")
        window.go("entry", "2025#people_reached.male")
        camera.take(window, "grid")
        _over(
            window,
            camera,
            "indicator-sheet",
            lambda: QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1),
        )
        _over(window, camera, "excel", lambda: _press(window, "Dùng &Excel…"))
        window.go("entry", "2025-Q3")
        _over(window, camera, "seal", lambda: _press(window, "Niêm phong…"))
        window.go("texts", "nq28_hue/2025/calendar#")
        camera.take(window, "texts")
        window.go("printing", "2025-Q3")
        camera.take(window, "preview")
        window.go("programmes")
        camera.take(window, "programmes")
        window.go("settings")
        camera.take(window, "settings")
        for theme in ("dark", "contrast"):
            window.look(theme, 100)
            window.go("entry", "2025#victims_found.female")
            camera.take(window, f"grid-{theme}")


def _office(camera: Camera, demo: Path) -> None:
    """The demo's summing office over its forty communes."""
    home = demo / "so-tong-hop"
    with _window(home) as window:
        camera.take(window, "sign-in")
        _press(window, "Quên mật khẩu?")
        camera.take(window, "recovery")
        window.open_ledger(window.program.house.open(home, OFFICE_PASSWORD))
        camera.take(window, "office-home")
        window.go("receiving", "2025-Q4")
        camera.take(window, "receiving")
        window.go("printing", "2025-Q4")
        camera.take(window, "office-preview")


def _over(window: MainWindow, camera: Camera, name: str, act: Callable[[], object]) -> None:
    """A dialog over the window: drawn by itself, then closed."""
    known = set(window.findChildren(QDialog))
    act()
    camera.settle()
    for dialog in set(window.findChildren(QDialog)) - known:
        camera.take(dialog, name)
        dialog.close()


def _press(window: QWidget, words: str) -> None:
    for button in window.findChildren(QPushButton):
        if button.text() == words and button.isVisible():
            button.click()
            return
    raise LookupError(words)


def _type(window: QWidget, name: str, text: str) -> QLineEdit:
    for field in window.findChildren(QLineEdit):
        if field.accessibleName() == name and field.isVisible() and not isinstance(field.parent(), QComboBox):
            field.setText(text)
            field.textEdited.emit(text)
            return field
    raise LookupError(name)


if __name__ == "__main__":
    sys.exit(main_pictures(sys.argv[1:]))
