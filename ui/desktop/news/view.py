"""The news ledger: counters, the line that is typed on, the list; or the totals of a period that has no list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from forms.all_services import Services
from forms.application import Application
from forms.model.news_item import NewsItem
from forms.model.period import Period
from ui.desktop import keys, theme
from ui.desktop.importing.dialog import open_news_list
from ui.desktop.news.evidence import Dock
from ui.desktop.news.panels import Boards, Filters, NewsModel, NewsTable
from ui.desktop.news.presenter import NewsPresenter, NewsRow, QuarterBoard
from ui.desktop.news.totals import PeriodPicker, TotalsTable
from ui.desktop.news.totals_presenter import TotalsPage, TotalsPresenter
from ui.desktop.shell import Location, Shell
from ui.desktop.undo import UndoStack
from ui.desktop.widgets.cards import Button, FileDrop, icon
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import MutedLabel, ProblemLabel

_NOTHING = "Chưa có tin, bài nào trong kỳ này. Gõ ngày ở dòng trên rồi Enter; Enter ở ô cuối là cất."
_NOT_FOUND = "Không có tin, bài nào khớp với những gì đang tìm. Esc trong ô tìm, hoặc “Bỏ lọc”, để xem tất cả."


class NewsView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Tin, bài")
        self._frame, self._undo = frame, UndoStack(self)
        self._is_new = True  # another period: nobody has chosen anything in it yet
        self._presenter = NewsPresenter(self, desk, program, self._undo.act)
        self.dock = Dock(desk, program, frame.ask, self._presenter)
        self.totals = TotalsTable(lambda: frame.go("entry", self.totals.presenter.place()))
        self.totals.presenter = TotalsPresenter(self._show_totals, self.totals.show_problem, desk, self._undo.act)
        self._periods, self.boards = PeriodPicker(), Boards()
        self._turn = Button("", self._turn_totals, "quiet")
        self._excel = Button(
            "Nhập danh sách từ Excel…",
            lambda: open_news_list(self, desk, program, frame, self._presenter.place, self._listed),
        )
        self._closed, self._reopen = ProblemLabel(), Button("Mở bản thay thế", self._reopen_asked)
        look = theme.current()
        self._model = NewsModel(icon("warning", look.warning), icon("clip", look.muted), self)
        self.table = NewsTable(self._model)
        self._nothing = MutedLabel("", self.table.viewport())
        self._actions = self._make_actions()
        self.filters = Filters(self._actions)
        self._lay_out()
        self._connect()

    def entered(self, place: str) -> None:
        self._presenter.start(place)
        self._begin()

    def left(self) -> None:
        self.totals.keep()

    def show_period(self, years: Sequence[int], period: Period) -> None:
        self._is_new = True
        self._periods.show_period(years, period)
        programmes = [programme for one in self._presenter.standards.all for programme in one.programmes]
        topics = {one.number: one.title for programme in programmes for one in programme.objectives}
        self.dock.line.show_topics(tuple((f"{number}. {title}", number) for number, title in topics.items()))

    def show_rows(self, rows: Sequence[NewsRow], of: int, stand_on: str) -> None:
        here, near = stand_on or self._here(), self.table.currentIndex().row()
        self._model.show_rows(rows)
        self.filters.show_found(len(rows), of)
        self._nothing.setText("" if rows else _NOT_FOUND if of else _NOTHING)
        self._nothing.setVisible(not rows)
        place = self._model.place_of(here)
        if place >= 0 or (rows and self._is_new):
            place = max(place, 0)
            self.table.selectRow(place)
            self.table.scrollTo(self._model.index(place, 0))
        elif rows:
            self.table.stand_near(near)
        self._is_new = self._is_new and not rows
        self._dress_actions()
        self.dock.refresh()
        self.totals.presenter.show(self._presenter.period, self._presenter.reports, self._presenter.book)

    def show_boards(self, boards: Sequence[QuarterBoard]) -> None:
        if not self.totals.presenter.is_on:
            self.boards.show_boards(boards)

    def show_reports(self, places: Sequence[Location]) -> None:
        if places:
            working = self._frame.working
            place = working if working is not None and working in places else places[0]
            self.report = place
            self._frame.work_on(place)

    def show_closed(self, words: str, can_reopen: bool, all_days: bool) -> None:
        self._closed.say(words)
        self._reopen.setVisible(can_reopen)
        self.dock.close_days(all_days)

    def _show_totals(self, page: TotalsPage) -> None:
        self._turn.setText(page.offer)
        self._turn.setVisible(bool(page.offer))
        was_on = not self.totals.isHidden()
        self.totals.setVisible(page.totals is not None)
        for widget in (self.dock, self.filters, self.table):
            widget.setVisible(page.totals is None)
        if page.totals is not None:
            self.totals.show_totals(page.totals)
            self.boards.show_boards(page.boards)
        elif was_on:
            self._presenter.count()

    def refuse(self, words: str) -> None:
        self.dock.refuse(words)

    def said(self, words: str) -> None:
        self._frame.toast(words)

    def _begin(self) -> None:
        """Where the keys go first."""
        if self.totals.presenter.is_on:
            self.totals.begin()
        elif self.dock.is_open:
            self.dock.begin()
        else:
            self.dock.show_line()
            self.table.setFocus()

    def _choose(self, period: Period) -> None:
        self.left()
        self._presenter.choose(period)
        self.dock.show_line()
        self.dock.line.presenter.begin_anew()

    def _turn_totals(self) -> None:
        if not self.totals.presenter.has_typed or self._frame.ask.confirm(
            "Ghi từng tin, bài?", "Các số tổng đã gõ của kỳ này sẽ được xóa. Ctrl+Z lấy lại được.", "Ghi từng tin, bài"
        ):
            self.totals.presenter.turn()
            self._begin()

    def _reopen_asked(self) -> None:
        if self._frame.ask.confirm(
            "Mở bản thay thế?", "Báo cáo đã niêm phong vẫn giữ nguyên; sửa xong phải niêm phong và gửi lại.", "Mở"
        ):
            self._presenter.reopen()
            self._begin()

    def _listed(self, place: Location) -> None:
        self._undo.clear()  # what lay before the list cannot be taken back under it
        self.entered(str(place))

    def _back_to_list(self) -> None:
        self.dock.show_line()
        if self._model.rowCount():
            self.table.setFocus()
        elif self.dock.is_open:
            self.dock.line.begin("date")

    def _here(self) -> str:
        row = self._chosen
        return row.id if row else ""

    @property
    def _chosen(self) -> NewsRow | None:
        """The row that the keys above the list act upon."""
        return self._model.row_at(self._model.index(self.table.chosen_row, 0))

    def _with_item(self, act: Callable[[NewsItem], None]) -> None:
        """Only where something may be changed, with the row one stands on."""
        item = self._presenter.book.get(self._here())
        if item is not None and self.dock.is_open and not self.totals.presenter.is_on:
            act(item)

    def _repeat(self) -> None:
        self._with_item(self.dock.repeat)

    def _merge(self) -> None:
        """While an item is typed: it is an airing of the one it looks like. In the list: the two are one."""
        if not self.dock.merge_typed():
            self._with_item(self.dock.merge)

    def _edit(self) -> None:
        self._with_item(self.dock.edit)

    def _show_files(self) -> None:
        """Also of a sealed report: they are then only looked at."""
        if (item := self._presenter.book.get(self._here())) and not self.totals.presenter.is_on:
            self.dock.show_files(item)

    def _dropped(self, paths: Sequence[Path]) -> None:
        """Files let go anywhere else on the screen show the item one stands on."""
        self._show_files()
        if self.dock.evidence.isVisible():
            self.dock.evidence.take(paths)

    def _paste(self) -> None:
        self._show_files()
        if self.dock.evidence.isVisible():
            self.dock.evidence.paste(QGuiApplication.clipboard().mimeData())

    def _delete(self) -> None:
        self._with_item(lambda item: self._presenter.delete(item.id))
        self._back_to_list()

    def _new(self) -> None:
        if self.dock.is_open and not self.totals.presenter.is_on:
            self.dock.new()

    def _again(self) -> None:
        if self.dock.is_open and not self.totals.presenter.is_on:
            self.dock.again()

    def _next_twin(self) -> None:
        place = self._model.next_twin(self.table.currentIndex().row())
        if place >= 0:
            self.table.selectRow(place)
            self.table.setFocus()
        else:
            self._frame.toast("Không có tin, bài nào giống nhau trong danh mục.")

    def _dress_actions(self) -> None:
        row = self._chosen
        for button in self._actions:
            button.setEnabled(row is not None)
        self._actions[2].setEnabled(row is not None and bool(row.twin))

    def _make_actions(self) -> list[Button]:
        made: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Sửa (F2)", self._edit),
            ("Phát lại (F5)", self._repeat),
            ("Gộp (F6)", self._merge),
            ("Tệp (F4)", self._show_files),
            ("Xóa (Del)", self._delete),
        )
        return [Button(words, act, "quiet") for words, act in made]

    def _connect(self) -> None:
        self._periods.chosen.connect(self._choose)
        self.filters.wanted.connect(self._presenter.look_for)
        for leaving in (self.filters.to_list, self.dock.done):
            leaving.connect(self._back_to_list)
        self.table.activated.connect(self._edit)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._dress_actions())
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._align())
        acts = {
            "Ctrl+S": self.dock.line.save,
            "Ctrl+N": self._new,
            "F9": self._new,
            "Ctrl+D": self._again,
            "Ctrl+F": self.filters.search,
            "Ctrl+L": self.filters.turn,
            "Ctrl+Z": self._undo.undo,
            "Ctrl+Y": self._undo.redo,
            "Ctrl+PgUp": lambda: self._presenter.turn(-1),
            "Ctrl+PgDown": lambda: self._presenter.turn(1),
            "F3": self.dock.line.turn_details,
            "F4": self._show_files,
            "F5": self._repeat,
            "F6": self._merge,
            "F7": self._next_twin,
        }
        keys.bind(self, acts)
        keys.bind(self.table, {"F2": self._edit, "Delete": self._delete, "Ctrl+V": self._paste}, here=True)
        FileDrop(self, self._dropped)

    def _align(self) -> None:
        self.dock.line.set_widths(self.table.widths)

    def _lay_out(self) -> None:
        for tool in (self._turn, self._excel, self._periods):
            self.tools.addWidget(tool)
        self.body.setSpacing(10)
        add_to(self.body, self.boards, hbox((self._closed, 1), self._reopen), self.dock, self.filters)
        add_to(self.body, (self.table, 1), (self.totals, 1))
        self.totals.hide()
        self._reopen.hide()
        vbox((self._nothing, Qt.AlignmentFlag.AlignTop), margins=(12, 14, 12, 12), on=self.table.viewport())
        self._align()
