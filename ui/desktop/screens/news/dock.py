"""The place above the list: the line that is typed on, or for a moment what is done with one item of the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from forms.news import NewsItem
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Ask
from ui.desktop.screens.news.evidence import EvidenceStrip
from ui.desktop.screens.news.evidence_presenter import EvidencePresenter
from ui.desktop.screens.news.line import EntryLine
from ui.desktop.screens.news.line_presenter import LinePresenter
from ui.desktop.screens.news.presenter import NewsPresenter
from ui.desktop.screens.news.strips import MergeStrip, RepeatStrip


class Dock(QWidget):
    """`done`: back to the list. Nothing is changed here while the days of the period are closed (`close_days`)."""

    done = Signal()

    def __init__(self, desk: Desk, program: Program, ask: Ask, screen: NewsPresenter) -> None:
        super().__init__()
        self._screen = screen
        self.line, self.evidence = EntryLine(), EvidenceStrip(ask)
        self.line.presenter = LinePresenter(self.line, screen, ask)
        self.evidence.presenter = EvidencePresenter(self.evidence, desk, program, screen)
        self.repeating, self.merging = RepeatStrip(screen.repeat), MergeStrip(screen.merge)
        self._strips: tuple[QWidget, ...] = (self.line, self.repeating, self.merging, self.evidence)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for strip in self._strips:
            column.addWidget(strip)
        for strip in (self.repeating, self.merging, self.evidence):
            strip.done.connect(self.done)
        self.line.to_list.connect(self.done)
        self.show_line()

    @property
    def is_open(self) -> bool:
        return self.line.isEnabled()

    def close_days(self, closed: bool) -> None:
        self.line.setEnabled(not closed)

    def show_line(self) -> None:
        self._show(self.line)

    def new(self) -> None:
        self.show_line()
        self.line.presenter.new()
        self.line.begin("date")

    def begin(self) -> None:
        """On the way back to the screen."""
        self.show_line()
        if self.line.presenter.begin_anew():
            self.line.go_on()
        else:
            self.line.begin("date")

    def again(self) -> None:
        self.show_line()
        self.line.presenter.again()
        self.line.begin("date")

    def edit(self, item: NewsItem) -> None:
        self.show_line()
        self.line.presenter.edit(item.id)
        self.line.begin("date")

    def repeat(self, item: NewsItem) -> None:
        self._show(self.repeating)
        self.repeating.show_item(item)

    def merge(self, item: NewsItem) -> None:
        if twins := self._screen.book.twins.of(item.id):
            self._show(self.merging)
            self.merging.show_items(item, twins)

    def merge_typed(self) -> bool:
        """What is being typed is an airing of the item it looks like; False where nothing like that is typed."""
        focused = QApplication.focusWidget()
        if focused is None or not self.line.isAncestorOf(focused) or not self.line.has_twin:
            return False
        self.line.presenter.as_airings(self.line.typed())
        return True

    def show_files(self, item: NewsItem) -> None:
        self.evidence.closed = not self.is_open
        self._show(self.evidence)
        self.evidence.presenter.show(item.id)
        self.evidence.begin()

    def refresh(self) -> None:
        """A step was done or taken back."""
        if self.evidence.isVisible():
            self.evidence.presenter.refresh()

    def refuse(self, words: str) -> None:
        if self.evidence.isVisible():
            self.evidence.refuse(words)
        else:
            self.show_line()
            self.line.show_problem("", words)

    def _show(self, strip: QWidget) -> None:
        for one in self._strips:
            one.setVisible(one is strip)
