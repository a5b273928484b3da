"""Pages on which a person says how a foreign workbook is read: which cell of the form stands where in it, or which column of a
list holds what and what its words mean. Under both: the saved ways, the name this one is kept as, and on to the preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from forms.all_services import Services
from forms.model.news_item import CHANNEL_TITLES, KIND_TITLES
from forms.workbooks.sheet_map import NewsField
from ui.desktop.importing.mapping_presenter import (
    COLUMNS,
    DAY_TITLES,
    FIELD_TITLES,
    MOST_WORDS,
    NEW,
    CellsPresenter,
    CellsShown,
    ColumnsPresenter,
    ColumnsShown,
    SavedWays,
)
from ui.desktop.importing.presenter import ImportPresenter, MapWanted
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, LineField, labelled
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import HeadingLabel, Label, MutedLabel, ProblemLabel

_PROPOSED = "Lập mới theo tiêu đề trong tệp"


def _wide_choice(name: str, options: tuple[tuple[str, object], ...] = ()) -> ChoiceField:
    """One whose words come out of a workbook and may be longer than its room."""
    made = ChoiceField(name, options)
    made.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def _refill(field: ChoiceField, options: Sequence[tuple[str, object]], chosen: object) -> None:
    field.offer(options)
    field.choose(chosen)


class KeepBar(QWidget):
    def __init__(
        self,
        choose: Callable[[str], object],
        drop: Callable[[], object],
        go: Callable[[str], object],
        back: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self._shown: SavedWays | None = None
        self._saved, self._name = ChoiceField("Bảng đối chiếu"), LineField("Cất dưới tên")
        self._drop = Button("Bỏ bảng này…", drop, "quiet")
        self._go = Button("Cất và xem trước", lambda: go(self._name.text()), "primary")
        self._saved.activated.connect(lambda _: choose(self._saved.currentData()))
        self._name.returnPressed.connect(lambda: go(self._name.text()))
        self._saved.setMinimumWidth(280)
        self._name.setMinimumWidth(280)
        fields = (labelled("&Bảng đối chiếu", self._saved), labelled("Cất dưới tê&n", self._name))
        names = hbox(*fields, self._drop, None, spacing=12)
        foot = hbox(Button("Chọn tệp khác", back, "quiet"), None, Button("Bỏ, chưa nhập", leave), self._go, spacing=8)
        vbox(names, foot, spacing=8, on=self)

    def show_saved(self, saved: SavedWays) -> bool:
        """Whether it is another choice than before; else what was typed stays."""
        if saved is self._shown:
            return False
        self._shown = saved
        _refill(self._saved, (*((one, one) for one in saved.names), (_PROPOSED, NEW)), saved.chosen)
        self._name.setText(saved.name)
        self._drop.setVisible(bool(saved.chosen))
        return True

    def stand(self) -> None:
        self._go.setFocus()


_SIDE = 330
_NOWHERE = ("chưa chọn", None)
_NOT_CHOSEN = ("chọn một chỗ…", None)


class CellsPage(QWidget):
    def __init__(self, desk: Services, frame: Shell, importing: ImportPresenter, leave: Callable[[], object]) -> None:
        super().__init__()
        self._presenter = CellsPresenter(self.show_page, desk, frame, importing)
        self._rows: object = None  # those that are shown
        self._file, self._words, self._problem = MutedLabel(), MutedLabel(), ProblemLabel()
        self._list, self._news = Listing("Các ô của biểu", wraps=True), QCheckBox()
        self._sheet, self._head = _wide_choice("Sheet"), _wide_choice("Dòng tiêu đề cột")
        self._row, self._column = _wide_choice("Dòng"), _wide_choice("Cột")
        self._why, self._offers = MutedLabel(), _wide_choice("Chỗ có thể là")
        self._offers.view().setMinimumWidth(2 * _SIDE)  # a candidate is chosen by its whole line
        self._offers_line = labelled("&Chỗ có thể là", self._offers)
        self._clear = Button("Bảng tính không có ô này", self._presenter.clear, "quiet")
        self._keep = KeepBar(self._presenter.choose, self._presenter.drop, self._presenter.go, importing.back, leave)
        self._offers.activated.connect(lambda _: self._pick())
        self._list.chosen.connect(self._presenter.stand)
        self._list.opened.connect(lambda _: (self._offers if self._offers.isVisible() else self._row).setFocus())
        self._sheet.activated.connect(lambda _: self._presenter.turn(self._sheet.currentData()))
        self._head.activated.connect(lambda _: self._presenter.head(self._head.currentData()))
        for one in (self._row, self._column):
            one.activated.connect(lambda _: self._point())
        self._news.clicked.connect(self._presenter.with_news)
        side = Card()
        side.setFixedWidth(_SIDE)
        self._why.setWordWrap(True)
        fields = (
            ("&Sheet", self._sheet),
            ("&Dòng", self._row),
            ("&Cột", self._column),
            ("&Tiêu đề các cột ở dòng", self._head),
        )
        places = [labelled(words, field) for words, field in fields]
        add_to(side.column, HeadingLabel("Ô đang chọn nằm ở"), self._why, self._offers_line, *places, self._clear, None)
        title = HeadingLabel("Bảng tính này không phải mẫu của phần mềm: số nào nằm ở đâu?")
        both = hbox((self._list, 1), side, spacing=12)
        vbox(self._file, title, self._words, (both, 1), self._news, self._problem, self._keep, spacing=8, on=self)

    def begin(self, wanted: MapWanted) -> None:
        report = wanted.report
        self._file.setText(f"{wanted.source.path.name} → biểu {report.form.number}, {report.period.words}")
        self._presenter.begin(report, wanted.source, wanted.mapping)
        if self._presenter.knows_any:
            self._keep.stand()
        else:
            self._list.setFocus()

    def show_page(self, shown: CellsShown) -> None:
        if self._keep.show_saved(shown.saved):
            self._news.setText(f"Nhập cả danh mục tin, bài ở {shown.saved.news}")
            self._news.setVisible(bool(shown.saved.news))
            self._news.setChecked(bool(shown.saved.news))
        self._words.setText(shown.words)
        if shown.rows is not self._rows:
            self._rows = shown.rows
            self._list.show_rows(COLUMNS, shown.rows, shown.cell, quiet=True)
        self._problem.say(shown.problem)
        if (pointing := shown.pointing) is None:
            return
        at = pointing.at
        _refill(self._sheet, pointing.sheets, at.sheet)
        _refill(self._head, pointing.rows, at.head)
        _refill(self._row, (_NOWHERE, *pointing.rows), at.row)
        _refill(self._column, (_NOWHERE, *pointing.columns), at.column)
        self._clear.setEnabled(at.row is not None)
        self._why.setText(pointing.why)
        _refill(self._offers, (_NOT_CHOSEN, *pointing.offers), pointing.picked)
        for one in (self._why, self._offers_line):
            one.setVisible(bool(pointing.offers))

    def _point(self) -> None:
        row, column = self._row.currentData(), self._column.currentData()
        if row is not None and column is not None:
            self._presenter.point(row, column)
        elif self._clear.isEnabled():
            self._presenter.clear()

    def _pick(self) -> None:
        number = self._offers.currentData()
        if number is not None:
            self._presenter.pick(number)


_ACROSS = 4  # fields beside each other
_UNCLEAR = ("chưa rõ", None)
_NO_COLUMN, _IN_COLUMN = "không có cột này", "theo cột trong danh sách"


class ColumnsPage(QWidget):
    def __init__(self, desk: Services, frame: Shell, importing: ImportPresenter, leave: Callable[[], object]) -> None:
        super().__init__()
        self._presenter = ColumnsPresenter(self.show_page, desk, frame, importing)
        self._file, self._problem = MutedLabel(), ProblemLabel()
        self._sheet, self._head = _wide_choice("Sheet"), _wide_choice("Tên các cột ở dòng")
        self._fields = {field: _wide_choice(title) for field, title in FIELD_TITLES.items()}
        self._days = _wide_choice("Ngày viết theo", tuple((title, order) for order, title in DAY_TITLES.items()))
        kinds = tuple((title, kind) for kind, title in KIND_TITLES.items())
        channels = tuple((title, id) for id, title in CHANNEL_TITLES.items())
        self._kind = _wide_choice("Loại của mọi tin", ((_IN_COLUMN, None), *kinds))
        self._channel = _wide_choice("Kênh của mọi tin", ((_IN_COLUMN, ""), *channels))
        self._meanings = _Meanings(self._presenter)
        self._keep = KeepBar(self._presenter.choose, self._presenter.drop, self._presenter.go, importing.back, leave)
        self._sheet.activated.connect(lambda _: self._presenter.turn(self._sheet.currentData()))
        self._head.activated.connect(lambda _: self._presenter.head(self._head.currentData()))
        for field, choice in self._fields.items():
            choice.activated.connect(lambda _, of=field, by=choice: self._presenter.put(of, by.currentData()))
        self._days.activated.connect(lambda _: self._presenter.days(self._days.currentData()))
        for choice in (self._kind, self._channel):
            choice.activated.connect(
                lambda _: self._presenter.every(self._kind.currentData(), self._channel.currentData())
            )
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
        add_to(self._inside.column, self._meanings, card, None)  # what is asked about stands first
        title = HeadingLabel("Cột nào trong danh sách ghi gì?")
        vbox(self._file, title, (self._inside, 1), self._problem, self._keep, spacing=8, on=self)

    def begin(self, wanted: MapWanted) -> None:
        self._file.setText(f"{wanted.source.path.name} → tin, bài {wanted.report.period.words}")
        self._presenter.begin(wanted.report, wanted.source, wanted.mapping)
        if not self._presenter.knows_enough:
            self._fields[NewsField.DATE].setFocus()
        elif not self._meanings.stand():
            self._keep.stand()

    def show_page(self, shown: ColumnsShown) -> None:
        self._keep.show_saved(shown.saved)
        self._problem.say(shown.problem)
        columns = shown.columns
        if shown.options:
            _refill(self._sheet, shown.options.sheets, columns.sheet)
            _refill(self._head, shown.options.rows, shown.options.head)
            titles = tuple((title, title) for title in shown.options.titles)
            for field, choice in self._fields.items():
                _refill(choice, ((_NO_COLUMN, ""), *titles), columns.columns.get(field, ""))
        for choice, value in ((self._days, columns.days), (self._kind, columns.kind), (self._channel, columns.channel)):
            choice.choose(value)
        self._meanings.show_words(shown.kinds, shown.channels, shown.told)


class _Meanings(Card):
    """Words of the list, each with a choice of what it means. The rows stay: a word that is clear makes room for the next."""

    def __init__(self, presenter: ColumnsPresenter) -> None:
        super().__init__()
        self._presenter, self._told = presenter, MutedLabel()
        self._rows = [(Label(), _wide_choice("")) for _ in range(MOST_WORDS)]
        self._tells: list[Callable[[Any], None]] = []
        add_to(self.column, HeadingLabel("Chữ chưa rõ"), self._told)
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
            _refill(choice, (_UNCLEAR, *((title, meant) for meant, title in titles.items())), None)
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
