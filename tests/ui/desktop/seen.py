"""What somebody sees in a window: its words, and the things on it by what they are and how they are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget, QWidget

from ui.desktop.widgets.text import ProblemLabel

Thing = TypeVar("Thing", bound=QWidget)


def every(around: QWidget, kind: type[Thing], name: str = "") -> Iterator[Thing]:
    """The visible ones of that kind; with `name` those that a reader of the screen calls so."""
    for one in around.findChildren(kind):
        if one.isVisible() and (not name or one.accessibleName() == name):
            yield one


def the(around: QWidget, kind: type[Thing], name: str = "") -> Thing:
    """The only one."""
    (found,) = every(around, kind, name)
    return found


def button(around: QWidget, words: str) -> QAbstractButton:
    """The visible button with these words."""
    (found,) = (one for one in every(around, QAbstractButton) if one.text().replace("&", "") == words)
    return found


def label(around: QWidget, start: str) -> QLabel:
    """The visible text that begins so."""
    (found,) = (one for one in every(around, QLabel) if one.text().startswith(start))
    return found


def words(around: QWidget) -> str:
    """Every text that is shown."""
    return "\n".join(one.text() for one in every(around, QLabel))


def refusal(around: QWidget) -> str:
    """What was not taken, and why; empty where all is well."""
    return "\n".join(one.text() for one in every(around, ProblemLabel))


def tooltips(around: QWidget) -> list[str]:
    """Of every line of every list."""
    lists = list(every(around, QListWidget))
    return [one.item(number).toolTip() for one in lists for number in range(one.count())]
