"""What is kept of the window beside the ledger, in its folder: theme, text size, whose it is, who was there last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ui.desktop import theme


def dress(folder: Path) -> None:
    """The theme and text size kept in the folder, or the usual ones."""
    settings = window_settings(folder)
    chosen = theme.THEMES.get(str(settings.value("theme", "")), theme.LIGHT)
    percent = str(settings.value("text_percent", ""))
    theme.apply(_app(), chosen, int(percent) if percent.isdecimal() else 100)


def change_look(folder: Path | None, theme_id: str, text_percent: int) -> None:
    """Another theme and text size at once, kept where there is a folder."""
    theme.apply(_app(), theme.THEMES[theme_id], text_percent)
    if folder:
        settings = window_settings(folder)
        settings.setValue("theme", theme_id)
        settings.setValue("text_percent", text_percent)


def last_person(folder: Path) -> str:
    """The keyid of who was signed in last; empty when nobody is known."""
    return str(window_settings(folder).value("person", ""))


def last_office(folder: Path) -> str:
    """Whose ledger it was found to be when it was open, with its province; empty before it was opened here."""
    return str(window_settings(folder).value("office", ""))


def remember(folder: Path, keyid: str, office: str) -> None:
    """Who is there, and whose ledger it is: told at the next sign-in, when the ledger itself cannot be read yet."""
    settings = window_settings(folder)
    settings.setValue("person", keyid)
    settings.setValue("office", office)


def window_settings(folder: Path) -> QSettings:
    """A file of the folder; what is missing there is as if never chosen."""
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
