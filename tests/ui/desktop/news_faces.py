"""Faces of the news screen that only remember, and a screen without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from forms.all_services import Services
from forms.model.news_item import NewsItem, NewsKind
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme import Programme
from tests.ui.desktop.parts import CATALOGUE, FakeAsk, FakeProgram, desk_of
from ui.desktop.news.entry_line_presenter import LinePresenter
from ui.desktop.news.presenter import NewsPresenter

KEPT = NewsItem("", date(2025, 10, 5), "Hội thi nấu ăn", NewsKind.BRIEF, ("loudspeaker",))


@dataclass
class MoreProgram(FakeProgram):
    """With packs of a test beside the shipped ones."""

    more: tuple[Programme, ...] = ()

    @cached_property
    def catalogue(self) -> Catalogue:
        return CATALOGUE.with_packs(self.more)


@dataclass
class Face:
    """NewsListView and LineView."""

    problem: tuple[str, str] = ("", "")
    closed: tuple[str, bool, bool] = ("", False, False)
    refused: str = ""
    heard: str = ""
    twin: tuple[str, str] = ("", "")
    echo: str = ""
    began: str = ""
    stood_on: str = ""
    rows: list[Any] = field(default_factory=list)
    boards: list[Any] = field(default_factory=list)

    def show_period(self, years, period) -> None:
        self.years, self.period = list(years), period.label

    def show_rows(self, rows, of, stand_on) -> None:
        self.rows, self.of, self.stood_on = list(rows), of, stand_on

    def show_boards(self, boards) -> None:
        self.boards = list(boards)

    def show_closed(self, words, can_reopen, all_days) -> None:
        self.closed = (words, can_reopen, all_days)

    def refuse(self, words) -> None:
        self.refused = words

    def said(self, words) -> None:
        self.heard = words

    def show_line(self, typed, editing) -> None:
        self.line, self.editing = typed, editing

    def show_reports(self, places) -> None:
        self.places = places

    def show_stored(self, words) -> None:
        self.stored = words

    def show_echo(self, words) -> None:
        self.echo = words

    def show_twin(self, id, words) -> None:
        self.twin = (id, words)

    def show_problem(self, field, words) -> None:
        self.problem = (field, words)

    def begin(self, field) -> None:
        self.began = field

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.rows]

    @property
    def counter(self) -> str:
        return f"{self.boards[0].big} {self.boards[0].words}"


class Stack:
    """The undo stack of a window: (do, undo) of each act."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.undone: list[Any] = []

    def push(self, words: str, do: Callable[[], bool], undo: Callable[[], bool]) -> bool:
        if do():
            self.done.append((do, undo))
            self.undone.clear()
            return True
        return False

    def undo(self) -> None:
        self.undone.append(self.done.pop())
        assert self.undone[-1][1]()

    def redo(self) -> None:
        self.done.append(self.undone.pop())
        assert self.done[-1][0]()


class Screen:
    """The presenters of the news screen over a ledger in memory, showing quý IV năm 2025."""

    def __init__(self, *more: Programme, place: str = "2025-Q4") -> None:
        self.program = MoreProgram(more=more)
        self.desk: Services = desk_of(self.program)
        if more:
            self.desk.programmes.follow([programme.id for programme in more])
        self.face, self.stack = Face(), Stack()
        self.news = NewsPresenter(self.face, self.desk, self.program, self.stack.push)
        self.line = LinePresenter(self.face, self.news, FakeAsk(), self.desk.refusals)
        self.news.start(place)
        self.line.new()

    def items(self) -> tuple[NewsItem, ...]:
        return self.desk.news.list(self.news.period)
