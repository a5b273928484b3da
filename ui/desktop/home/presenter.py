"""Decides what the home page says: what must be done, by when, what is wrong. The most urgent comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from ui.desktop import reports_on_offer
from ui.desktop.home.todo import TodoItem, TodoList

_NAMED = 3  # programmes that are called by name


class HomeFace(Protocol):
    def show_day(self, words: str, note: str) -> None: ...
    def show_duties(self, duties: Sequence[TodoItem]) -> None: ...
    def show_before(self, duties: Sequence[TodoItem] | None) -> None:
        """The earlier periods; None while nobody has asked for them."""


class HomePresenter:
    def __init__(self, face: HomeFace, desk: Services, program: Application) -> None:
        self._face, self._desk = face, desk
        self._duties = TodoList(desk, program)
        self._shows_before = False

    def refresh(self) -> None:
        today = self._duties.today
        self._face.show_day(f"Hôm nay, {today:%d/%m/%Y}", self._followed(today))
        self._face.show_duties(self._duties.now())
        self._show_before()

    def turn_before(self) -> None:
        """Show the earlier periods, or put them away again."""
        self._shows_before = not self._shows_before
        self._show_before()

    def _show_before(self) -> None:
        self._face.show_before(self._duties.before() if self._shows_before else None)

    def _followed(self, today: date) -> str:
        followed = self._desk.programmes.followed()
        over = [programme.short_title for programme in followed if reports_on_offer.is_over(programme, today)]
        if over:
            return f"{', '.join(over)} đã hết kỳ; đang hiện các kỳ của năm cuối."
        names = [programme.short_title for programme in followed]
        more = f" và {len(names) - _NAMED} chương trình khác" if len(names) > _NAMED else ""
        return f"{' · '.join(names[:_NAMED])}{more}"
