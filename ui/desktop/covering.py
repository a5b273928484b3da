"""What else stands on the screen when the window is covered: dialogs are answered with no, menus are put away."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget

from ui.desktop.widgets.waiting import Waiting


def put_away_what_is_open(window: QWidget) -> None:
    """Whatever a dialog asked stays undone, and passwords typed into it are gone."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None and popup.isVisible():
        popup.close()
    for one in QApplication.topLevelWidgets():
        if one is window or isinstance(one, Waiting | QMainWindow) or not one.isVisible():
            continue
        if isinstance(one, QDialog):
            one.reject()
        else:
            one.close()


def forget_the_small_picture(window: QWidget) -> None:
    """A window that is put away shows its last look beside the task bar; shown anew it has none."""
    if window.isMinimized():
        window.hide()
        window.showMinimized()
