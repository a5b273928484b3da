"""Which column of a foreign list holds what, and what its words for kinds and channels mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from forms.mapping.sheet_map import NewsColumns, NewsField
from forms.news import CHANNEL_TITLES, KIND_TITLES
from forms.report import Report
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.screens.importing.choosing import refill, wide_choice
from ui.desktop.screens.importing.columns_presenter import (
    DAY_TITLES,
    FIELD_TITLES,
    MOST_WORDS,
    ColumnsPresenter,
    Options,
)
from ui.desktop.screens.importing.keep_bar import KeepBar
from ui.desktop.screens.importing.presenter import ImportPresenter, Source
from ui.desktop.widgets.card import Card, Scrolling
from ui.desktop.widgets.fields import Choice, labelled
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Heading, Muted, Problem

_ACROSS = 4  # fields beside each other
_UNCLEAR = ("chưa rõ", None)
_NO_COLUMN, _IN_COLUMN = "không có cột này", "theo cột trong danh sách"


class ColumnsPage(QWidget):
    def __init__(self, desk: Desk, frame: Frame, importing: ImportPresenter, leave: Callable[[], object]) -> None:
        super().__init__()
        self._presenter = ColumnsPresenter(self, desk, frame, importing)
        self._file, self._problem = Muted(), Problem()
        self._sheet, self._head = wide_choice("Sheet"), wide_choice("Tên các cột ở dòng")
        self._fields = {field: wide_choice(title) for field, title in FIELD_TITLES.items()}
        self._days = wide_choice("Ngày viết theo", tuple((title, order) for order, title in DAY_TITLES.items()))
        kinds = tuple((title, kind) for kind, title in KIND_TITLES.items())
        channels = tuple((title, id) for id, title in CHANNEL_TITLES.items())
        self._kind = wide_choice("Loại của mọi tin", ((_IN_COLUMN, None), *kinds))
        self._channel = wide_choice("Kênh của mọi tin", ((_IN_COLUMN, ""), *channels))
        self._meanings = _Meanings(self._presenter)
        self._keep = KeepBar(self._presenter.choose, self._presenter.drop, self._presenter.go, importing.back, leave)
        self._connect()
        self._lay_out()

    def begin(self, report: Report, source: Source, mapping: str) -> None:
        self._file.setText(f"{source.path.name} → tin, bài {report.period.words}")
        self._presenter.begin(report, source, mapping)
        if not self._presenter.knows_enough:
            self._fields[NewsField.DATE].setFocus()
        elif not self._meanings.stand():
            self._keep.stand()

    def show_saved(self, names: Sequence[str], chosen: str, name: str) -> None:
        self._keep.show_saved(names, chosen, name)

    def show_columns(self, options: Options, columns: NewsColumns) -> None:
        refill(self._sheet, options.sheets, columns.sheet)
        refill(self._head, options.rows, options.head)
        titles = tuple((title, title) for title in options.titles)
        for field, choice in self._fields.items():
            refill(choice, ((_NO_COLUMN, ""), *titles), columns.columns.get(field, ""))
        for choice, value in ((self._days, columns.days), (self._kind, columns.kind), (self._channel, columns.channel)):
            choice.choose(value)

    def show_words(self, kinds: Sequence[str], channels: Sequence[str], told: str) -> None:
        self._meanings.show_words(kinds, channels, told)

    def show_problem(self, text: str) -> None:
        self._problem.say(text)

    def _connect(self) -> None:
        self._sheet.activated.connect(lambda _: self._presenter.turn(self._sheet.currentData()))
        self._head.activated.connect(lambda _: self._presenter.head(self._head.currentData()))
        for field, choice in self._fields.items():
            choice.activated.connect(partial(self._put, field, choice))
        self._days.activated.connect(lambda _: self._presenter.days(self._days.currentData()))
        for choice in (self._kind, self._channel):
            choice.activated.connect(
                lambda _: self._presenter.every(self._kind.currentData(), self._channel.currentData())
            )

    def _put(self, field: NewsField, choice: Choice, _index: int) -> None:
        self._presenter.put(field, choice.currentData())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields = [("&Sheet", self._sheet), ("&Tên các cột ở dòng", self._head), ("N&gày viết theo", self._days)]
        fields += [(FIELD_TITLES[field], choice) for field, choice in self._fields.items()]
        fields += [("Loại của mọi tin", self._kind), ("Kênh của mọi tin", self._channel)]
        for number, (words, choice) in enumerate(fields):
            grid.addWidget(labelled(words, choice), number // _ACROSS, number % _ACROSS)
            grid.setColumnStretch(number % _ACROSS, 1)
        card = Card()
        card.column.addLayout(grid)
        self._inside = Scrolling()
        for widget in (self._meanings, card):  # what is asked about stands first
            self._inside.column.addWidget(widget)
        self._inside.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._file)
        column.addWidget(Heading("Cột nào trong danh sách ghi gì?"))
        column.addWidget(self._inside, 1)
        column.addWidget(self._problem)
        column.addWidget(self._keep)


class _Meanings(Card):
    """Words of the list, each with a choice of what it means. The rows stay: a word that is clear makes room for the next."""

    def __init__(self, presenter: ColumnsPresenter) -> None:
        super().__init__()
        self._presenter, self._told = presenter, Muted()
        self._rows = [(Label(), wide_choice("")) for _ in range(MOST_WORDS)]
        self._tells: list[Callable[[Any], None]] = []
        self.column.addWidget(Heading("Chữ chưa rõ"))
        self.column.addWidget(self._told)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for number, (label, choice) in enumerate(self._rows):
            choice.activated.connect(partial(self._tell, number))
            grid.addWidget(label, number, 0)
            grid.addWidget(choice, number, 1)
        self.column.addLayout(grid)

    def show_words(self, kinds: Sequence[str], channels: Sequence[str], told: str) -> None:
        self._told.setText(told)
        self._tells = [partial(self._presenter.mean_kind, word) for word in kinds]
        self._tells += [partial(self._presenter.mean_channel, word) for word in channels]
        asked: list[tuple[str, Mapping[Any, str]]] = [(f"“{word}” là loại", KIND_TITLES) for word in kinds]
        asked += [(f"“{word}” là kênh", CHANNEL_TITLES) for word in channels]
        for number, (label, choice) in enumerate(self._rows):
            words, titles = asked[number] if number < len(asked) else ("", {})
            label.setText(words)
            choice.setAccessibleName(words)
            refill(choice, (_UNCLEAR, *((title, meant) for meant, title in titles.items())), None)
            for one in (label, choice):
                one.setVisible(bool(words))
        self.setVisible(bool(told))

    def stand(self) -> bool:
        """On the first word; whether there is one."""
        if self._tells:
            self._rows[0][1].setFocus()
        return bool(self._tells)

    def _tell(self, number: int, _index: int) -> None:
        meant = self._rows[number][1].currentData()
        if meant is not None:
            self._tells[number](meant)
