"""What the command line says: answers on stdout (text, or one JSON value), progress and troubles on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from forms.errors import AppError
from forms.services.receiving import Progress
from ui.cli import last_words
from ui.cli.streams import OutputLost, answer, beside

Row = Sequence[str]


class Output:
    """The two streams of one run. Foreign text, the names of files among it, is shown without control characters and never
    begins a line of its own."""

    def __init__(self, *, json: bool) -> None:
        self.json = json

    def say(self, *lines: str) -> None:
        """Lines of the answer, for people; nothing said is an empty line."""
        if not self.json:
            for line in lines or ("",):
                answer(line)

    def give(self, value: Mapping[str, Any]) -> None:
        """The answer, for machines."""
        if self.json:
            answer(json.dumps(value, ensure_ascii=False, default=_plain))

    def note(self, text: str) -> None:
        """Something beside the answer."""
        if not self.json:
            beside(text)

    def warn(self, text: str) -> None:
        """Something beside the answer that everybody has to know: on stderr, also with --json."""
        beside(text)

    def refuse(self, error: AppError) -> None:
        """Where the answer would stand; where that cannot be written, beside it."""
        if isinstance(error, OutputLost):
            last_words.drop_answers()
            beside(f"{error.message} ({error.code})")
        elif self.json:
            error_shape = {"code": error.code, "message": error.message, "where": error.where}
            try:
                self.give({"error": error_shape})
            except OutputLost:
                last_words.drop_answers()
                beside(f"{error.message} ({error.code})")
        else:
            place = f" Chỗ: {error.where}." if error.where and error.where not in error.message else ""
            beside(f"{error.message}{place} ({error.code})")

    def table(self, head: Row, rows: Sequence[Row], right: Collection[int] = ()) -> None:
        """Aligned columns; those in `right` are numbers."""
        lines = [head, *rows]
        widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
        for line in [head, ["─" * width for width in widths], *rows]:
            cells = [
                text.rjust(width) if at in right else text.ljust(width)
                for at, (text, width) in enumerate(zip(line, widths, strict=True))
            ]
            self.say("  ".join(cells).rstrip())

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """A function to call with (done, total): a bar on a terminal, a few lines elsewhere, nothing with --json."""
        if self.json or sys.stderr is None:
            yield lambda _done, _total: None  # nobody watches
        elif sys.stderr.isatty():
            with _bar() as bar:
                task = bar.add_task(title, total=None)
                yield lambda done, total: bar.update(task, completed=done, total=total)
        else:
            yield _Lines(title)


def picked(value: object, *names: str, **other: str) -> dict[str, Any]:
    """Some attributes of a value, for machines; `other` are those whose name there is another: publication="id"."""
    return {shown: getattr(value, name) for shown, name in {**dict(zip(names, names, strict=True)), **other}.items()}


def _plain(value: object) -> object:
    """What JSON has no form for: days and moments as ISO has them, records by their fields."""
    if isinstance(value, date):
        return value.isoformat()
    return asdict(value)  # type: ignore[call-overload]  # whatever else is given is a record


class _Lines:
    """Progress where no bar can be drawn: one line for each quarter of the way."""

    def __init__(self, title: str) -> None:
        self._title, self._told = title, 0

    def __call__(self, done: int, total: int) -> None:
        part = 4 * done // total if total else 4
        if part > self._told:
            self._told = part
            beside(f"{self._title}: {done}/{total}")


def _bar() -> Bar:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    return Bar(*columns, console=Console(stderr=True))
