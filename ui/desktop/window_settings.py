"""What is kept of the window beside the ledger, in its folder: theme, text size, whose it is, who was there last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ui.desktop import theme


def window_settings(folder: Path) -> QSettings:
    """A file of the folder; what is missing there is as if never chosen. `person` is the keyid of who was signed in last,
    `office` whose ledger it is: told at the next sign-in, when the ledger itself cannot be read yet."""
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def dress(folder: Path) -> None:
    """The theme and text size kept in the folder, or the usual ones."""
    settings = window_settings(folder)
    chosen = theme.THEMES.get(str(settings.value("theme", "")), theme.LIGHT)
    percent = str(settings.value("text_percent", ""))
    _put_on(chosen, int(percent) if percent.isdecimal() else 100)


def change_look(folder: Path | None, theme_id: str, text_percent: int) -> None:
    """Another theme and text size at once, kept where there is a folder."""
    _put_on(theme.THEMES[theme_id], text_percent)
    if folder:
        remember(folder, theme=theme_id, text_percent=text_percent)


def remember(folder: Path, **values: str | int) -> None:
    settings = window_settings(folder)
    for name, value in values.items():
        settings.setValue(name, value)


def _put_on(chosen: theme.Theme, percent: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, chosen, percent)
