"""Choosing the report that is worked on, and what a page says that has nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from forms.errors import InputRefused
from forms.model.period import Basis, Period
from forms.programmes.catalogue import Catalogue
from forms.services import reports_on_offer
from forms.services.reports_on_offer import ReportOnOffer as Offered
from forms.services.reports_on_offer import of_place
from ui.desktop.shell import Location
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.fields import ChoiceField, keys_inside
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.text import MutedLabel, set_tip

_NARROWEST, _ARROW = 150, 66  # pixels; what a list needs beside its words


class ReportPicker(QWidget):
    """Programme, form and period, each only where there is something to choose. `chosen` brings the Place that a person
    picked; what is shown by `show` is not told. `entered`: Enter, the choice is
    made and the keys are to go into the report."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[Offered, ...] = ()
        self._programmes, self._forms = ChoiceField("Chương trình"), ChoiceField("Biểu")
        self._periods = ChoiceField("Kỳ báo cáo")
        hbox(self._programmes, self._forms, self._periods, spacing=8, on=self)
        for long in (self._programmes, self._forms):
            long.setMinimumWidth(_NARROWEST)  # a long title is cut where there is no room, the period never
        for enter in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            keys_inside(self, enter, self.entered.emit)
        self._programmes.activated.connect(lambda _: self._turn(self._programmes.currentData()))
        self._forms.activated.connect(lambda _: self._turn(self._forms.currentData()))
        self._periods.activated.connect(lambda _: self._tell(self._forms.currentData(), self._periods.currentData()))

    def show_offered(self, offered: Sequence[Offered], place: Location) -> None:
        """`place` is one that is offered."""
        self._offered = tuple(offered)
        here = of_place(self._offered, place)
        firsts = {choice.programme.id: choice for choice in reversed(self._offered)}
        mine = [choice for choice in self._offered if choice.programme.id == here.programme.id]
        programmes = [(choice.programme.short_title, choice) for choice in reversed(firsts.values())]
        _fill(self._programmes, programmes, firsts[place.programme])
        _fill(self._forms, [(f"{choice.form.number} · {choice.form.title}", choice) for choice in mine], here)
        _fill(self._periods, [(_words(period), period) for period in here.periods], place.period)
        widest = max(self.fontMetrics().horizontalAdvance(_words(period)) for period in here.periods)
        self._periods.setMinimumWidth(widest + _ARROW)
        self._programmes.setVisible(len(firsts) > 1)
        self._forms.setVisible(len(mine) > 1)

    def _turn(self, choice: Offered) -> None:
        """To another form: the newest period of it that is over, the year's end or the same window where it has it."""
        now = self._periods.currentData()
        same = next((p for p in choice.periods if now is not None and p.holds(now.last)), choice.periods[0])
        self._tell(choice, same)

    def _tell(self, choice: Offered, period: Period) -> None:
        self.chosen.emit(Location(choice.programme.id, period))


def _fill(field: ChoiceField, options: Sequence[tuple[str, object]], chosen: object) -> None:
    field.offer(options)
    field.choose(chosen)
    set_tip(field, field.currentText())


def report_words(place: Location, catalogue: Catalogue) -> tuple[str, str]:
    """The period of a report, and its form and programme: "Quý IV năm 2025", "Biểu 01 · Kế hoạch 2021-2025"."""
    try:
        programme = catalogue.programme(place.programme)
        form = catalogue.form_for(place.programme, place.period)
    except InputRefused:  # a pack that is not here
        return _words(place.period), place.programme
    return _words(place.period), f"Biểu {form.number} · {programme.short_title}"


def _words(period: Period) -> str:
    """A window that is not the calendar's is told with its days."""
    words = reports_on_offer.capitalised(period.words)
    return words if period.basis is Basis.CALENDAR else f"{words} ({period.first:%d/%m} - {period.last:%d/%m})"


class Nothing(QWidget):
    """What a page says that has nothing of the report that is worked on. `opened` is told the other report that may be
    opened
    instead; only a person opens it."""

    def __init__(self, opened: Callable[[Any], object]) -> None:
        super().__init__()
        self._opened = opened
        self._other: Location | None = None
        self._words, self._open = MutedLabel(), Button("", lambda: self._opened(self._other))
        vbox(self._words, (self._open, Qt.AlignmentFlag.AlignLeft), None, spacing=10, on=self)

    def say(self, words: str, other: Location | None = None) -> None:
        self._other = other
        self._words.setText(words)
        self._open.setText(f"Mở {other.period.words}" if other else "")
        self._open.setVisible(other is not None)
        self.show()

    def take_keys(self) -> None:
        self._open.setFocus()
