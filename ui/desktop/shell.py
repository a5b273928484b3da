"""What a screen may ask of the window around it. No Qt: presenters use it too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from forms.errors import AppError
from forms.model.location import Location

__all__ = ["Dialogs", "Job", "Location", "Progress", "Shell", "accepted", "page_of"]
_OF_TEXTS = ("text:", "task:", "nomination:")


def page_of(spot: str) -> str:
    """The screen on which a spot is filled."""
    return "texts" if spot.startswith(_OF_TEXTS) else "news" if spot.startswith("news:") else "entry"


class Dialogs(Protocol):
    """Every question that stops the person until it is answered (ui/desktop/dialogs.py)."""

    def confirm(self, title: str, text: str, yes: str) -> bool:
        """`yes` is the verb on the button that goes on; the other one always says Không."""

    def refused(self, error: AppError) -> None:
        """What happened, where, what to do now."""

    def inform(self, title: str, text: str) -> None: ...
    def text(self, title: str, label: str, value: str = "") -> str | None:
        """A short text; None when given up."""

    def folder(self, title: str) -> Path | None: ...
    def open_files(self, title: str, pattern: str) -> list[Path]: ...
    def printer(self, pages: int) -> Any:
        """A printer for so many pages, set up by the person (QPrinter); None when given up."""

    def save_file(self, title: str, name: str, pattern: str) -> Path | None: ...
    def open_folder(self, folder: Path) -> None:
        """In the system's own file window."""


Result = TypeVar("Result")


def accepted(ask: Dialogs, act: Callable[[], Result]) -> Result | None:
    """What the act gives; None where it was refused, which has been said then."""
    try:
        return act()
    except AppError as error:
        ask.refused(error)
        return None


class Job:
    """Long work under way: cancelled, it ends at its next step, by raising Cancelled there."""

    is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


Progress = Callable[[int, int], None]  # (done, total); raises Cancelled when the person stopped the work


class Shell(Protocol):
    """The window as a screen sees it."""

    @property
    def ask(self) -> Dialogs: ...
    def toast(self, text: str) -> None:
        """Something went well: shown for four seconds and kept in the status bar."""

    def go(self, page: str, place: str = "") -> None:
        """Another screen; `place` is what it is to show, in that screen's own words (`2025-Q4`)."""

    @property
    def working(self) -> Location | None:
        """The report that is being worked on: there is one for all pages. None until one was opened."""

    def work_on(self, place: Location) -> None:
        """A page shows this report now, because somebody chose it: every other page follows."""

    def work(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> Job:
        """Long work off the window's thread, with progress and cancel. A refusal is shown here, and so is a bug."""

    def look(self, theme: str, text_percent: int) -> None:
        """Another palette or text size, kept for next time."""

    def reopen(self, page: str = "", place: str = "") -> None:
        """Rail and screens anew over the same ledger: its packs or its persons have changed; then a page, or the same."""
