"""A draft of a programme as one table: each field with its value, and beside it the one under the cursor to be changed.

What is typed is kept when the field is left or by Enter, and refused beside it. Before the release what is different is read.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QStackedWidget, QWidget

from forms.all_services import Services
from forms.org_units.unit_words import kinds_called
from forms.programmes.pack import Pack
from forms.programmes.pack_outline import KIND_TITLES, ROLE_TITLES, FieldKind
from ui.desktop.programmes.draft_presenter import (
    ALL,
    CHANGED,
    FIELD_COLUMNS,
    SIGHTS,
    BeforeRelease,
    DraftPresenter,
    DraftTable,
    Typing,
)
from ui.desktop.programmes.presenter import CHANGE_COLUMNS
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField, keys_inside, labelled
from ui.desktop.widgets.layout import FormDialog, add_to, hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import MutedLabel, ProblemLabel, WrappedLabel

_ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_ADDS = {
    "target": "Thêm mốc…",
    "deadline": "Thêm hạn gửi…",
    "agency": "Thêm cơ quan, tên…",
    "reporting_line": "Thêm ai báo cáo…",
}
_TOP = Qt.AlignmentFlag.AlignTop
REPORTER_KINDS = (("commune", "ward", "township", "special_zone"), ("district",), ("agency",), ("province", "city"))
_ADD_TITLES = {
    "target": "Thêm mốc phải đạt",
    "deadline": "Thêm hạn gửi báo cáo",
    "agency": "Thêm cơ quan",
    "reporting_line": "Thêm dòng ai báo cáo",
}


class AddDialog(FormDialog):
    """A milestone, a deadline or an agency that a draft lacks."""

    def __init__(self, kind: str, presenter: DraftPresenter, parent: QWidget) -> None:
        super().__init__(_ADD_TITLES[kind], 440, parent)
        role = ChoiceField("Của ai", tuple((words, role) for role, words in ROLE_TITLES.items()))
        which = ChoiceField("Báo cáo nào", tuple((words, kind) for kind, words in KIND_TITLES.items()))
        fields: dict[str, tuple[LineField | ChoiceField, ...]] = {
            "target": (LineField("Năm của mốc", "2030"), LineField("Mức phải đạt", "60")),
            "deadline": (role, which, LineField("Trước ngày (ngày/tháng)", "30/11"), LineField("Nơi nhận")),
            "agency": (
                LineField("Tên cơ quan"),
                ChoiceField("Là tên sau này của", (("(cơ quan mới)", ""), *presenter.agencies)),
                LineField("Từ ngày", "01/03/2025"),
            ),
            "reporting_line": (
                ChoiceField("Loại đơn vị", tuple((kinds_called(kinds), kinds) for kinds in REPORTER_KINDS)),
                LineField("Gửi về"),
                LineField("Từ ngày", "01/07/2025"),
                LineField("Đến hết ngày", "30/06/2025"),
            ),
        }
        adds: dict[str, Callable[..., str]] = {
            "target": presenter.add_target,
            "deadline": presenter.add_deadline,
            "agency": presenter.add_agency,
            "reporting_line": presenter.add_line,
        }
        self._fields, self._add = fields[kind], adds[kind]
        for field in self._fields:
            if isinstance(field, LineField):
                field.returnPressed.connect(self._try)
        asked = (labelled(field.accessibleName(), field) for field in self._fields)
        self.lay_out(*asked, act=Button("Thêm", self._try, "primary"))
        self._fields[0].setFocus()

    def _try(self) -> None:
        typed = [one.text() if isinstance(one, LineField) else one.currentData() for one in self._fields]
        refusal = self._add(*typed)
        self.problem.say(refusal)
        if not refusal:
            self.accept()


class FieldCard(Card):
    """The field under the cursor. `put` (id, value) says whether it was taken; `back` gives the keys to the list; `let_go`
    (id): what was refused there is wanted no more."""

    def __init__(
        self,
        put: Callable[[str, str | bool], bool],
        back: Callable[[], object],
        let_go: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._put, self._back, self._let_go, self._id, self._shown = put, back, let_go, "", ""
        self._title, self._where, self._before = WrappedLabel(), MutedLabel(), MutedLabel()
        self._title.setProperty("tone", "heading")
        self._problem, self._keys = ProblemLabel(), MutedLabel()
        self._line, self._text = LineField("Giá trị"), QPlainTextEdit()
        self._choice, self._tick = ChoiceField("Giá trị"), QCheckBox("Có")
        self._places: tuple[QWidget, ...] = (self._line, self._text, self._choice, self._tick)
        self._here: QWidget = self._line
        self._keep = Button("Ghi", self._enter)
        self.add, self.drop = Button("", self._back), Button("", self._back, "danger")
        self._lay_out()

    def show_field(self, typing: Typing | None) -> None:
        self._keep.setVisible(typing is not None and typing.kind not in (FieldKind.YES, FieldKind.OPERATOR))
        self.drop.setVisible(typing is not None and bool(typing.goes))
        self._id = typing.id if typing else ""
        self._title.setText(typing.title if typing else "Không có mục nào")
        self._where.setText(typing.where if typing else "Xem phần khác, hoặc tìm chữ khác.")
        self._before.setVisible(typing is not None and bool(typing.before))
        self._keys.setVisible(typing is not None)
        if typing is None:
            self._show_place(None)
        else:
            self.drop.setText(f"Bỏ {typing.goes}…")
            self._before.setText(f"Bản gốc: {typing.before}")
            self._show_value(typing)

    def show_adding(self, kind: str) -> None:
        self.add.setText(_ADDS.get(kind, ""))
        self.add.setVisible(kind in _ADDS)

    def say(self, words: str) -> None:
        self._problem.say(words)

    def begin(self) -> None:
        """The keys go to the value."""
        if self._id:
            self._here.setFocus()
            if self._here is self._line:
                self._line.selectAll()

    def settle(self) -> bool:
        """What was typed is taken now; False when it is refused."""
        return self._typed() == self._shown or not self._id or self._put(self._id, self._typed())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and (watched is not self._text or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                self._enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._give_up()
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _ELSEWHERE:
            self.settle()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        if self.settle():
            self._back()

    def _give_up(self) -> None:
        if self._here is self._text:
            self._text.setPlainText(self._shown)
        else:
            self._line.setText(self._shown)
        self._problem.say("")
        self._let_go(self._id)
        self._back()

    def _typed(self) -> str:
        """Of a line or a text; ticks and choices are taken as they are made."""
        if self._here is self._line:
            return self._line.text()
        return self._text.toPlainText() if self._here is self._text else self._shown

    def _show_value(self, typing: Typing) -> None:
        place: QWidget = self._line
        match typing.kind:
            case FieldKind.YES:
                place, self._shown = self._tick, ""
                self._tick.setChecked(bool(typing.value))
            case FieldKind.OPERATOR:
                place, self._shown = self._choice, ""
                self._choice.offer(typing.options)
                self._choice.choose(typing.value)
            case FieldKind.TEXT:
                place, self._shown = self._text, str(typing.value)
                self._text.setPlainText(self._shown if typing.refused is None else typing.refused)
            case _:
                self._shown = str(typing.value)
                self._line.setText(self._shown if typing.refused is None else typing.refused)
        place.setAccessibleName(typing.title)
        self._show_place(place)
        done = {self._tick: "Phím cách: đổi", self._choice: "↑ ↓: đổi", self._text: "Ctrl+Enter: ghi"}
        self._keys.setText(f"{done.get(place, 'Enter: ghi')} · Esc: thôi, về danh sách")

    def _show_place(self, place: QWidget | None) -> None:
        """One that stays is not hidden in between: it would lose the keys."""
        self._here = place or self._here
        for one in self._places:
            one.setVisible(one is place)

    def _lay_out(self) -> None:
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Giá trị")
        self._tick.clicked.connect(lambda on: self._put(self._id, on))
        self._choice.activated.connect(lambda: self._put(self._id, self._choice.currentData()))
        for place in self._places:
            place.installEventFilter(self)
        places = ((place, 1 if place is self._text else 0) for place in self._places)
        below = vbox(self._problem, self._before, self._keep, self.add, self.drop, None, self._keys, spacing=10)
        add_to(self.column, self._title, self._where, *places, (below, 1))


class ReleasePage(QWidget):
    """What is different from the pack it was copied from: read before it is released for good."""

    def __init__(self, release: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._words = WrappedLabel(), MutedLabel()
        self._title.setProperty("tone", "heading")
        self._list = Listing("Những mục đã sửa", wraps=True)
        keys_inside(self, Qt.Key.Key_Escape, back)
        names = vbox(self._title, self._words, spacing=2)
        buttons = ((Button("Sửa tiếp", back), _TOP), (Button("Phát hành", release, "primary"), _TOP))
        vbox(hbox((names, 1), *buttons, spacing=8), (self._list, 1), spacing=12, on=self)

    def show_changes(self, before: BeforeRelease) -> None:
        self._title.setText(before.title)
        self._words.setText(before.words)
        self._list.show_rows(CHANGE_COLUMNS, before.rows, before.rows[0].id if before.rows else "")
        self._list.setFocus()  # a Space too many must not release


class DraftPage(QStackedWidget):
    """The table, or what is different before the release. `back` shows the list of programmes again."""

    def __init__(self, desk: Services, frame: Shell, back: Callable[[], object]) -> None:
        super().__init__()
        self._presenter, self._back = DraftPresenter(desk, frame, self._show, back), back
        self._shown = DraftTable()
        self._title, self._note, self._counted = WrappedLabel(), MutedLabel(), MutedLabel()
        sights = (*((words, id) for words, id, _ in SIGHTS), ("Đã sửa", CHANGED), ("Tất cả", ALL))
        self._sight = ChoiceField("Xem phần", sights)
        self._query = LineField("Tìm mục", "Tìm không cần gõ dấu (Ctrl+F)")
        self._list = Listing("Các mục của bản soạn")
        self._field = FieldCard(self._presenter.put, self._list.setFocus, self._presenter.let_go)
        self._release = ReleasePage(self._presenter.release, self._to_table)
        self._table = self._laid_out()
        self.addWidget(self._table)
        self.addWidget(self._release)
        self._connect()

    def open(self, pack: Pack) -> None:
        self._sight.setCurrentIndex(0)
        self._query.clear()
        self.setCurrentWidget(self._table)
        self._presenter.open(pack)
        self._list.setFocus()

    def settle(self) -> bool:
        """What is being typed is kept; False when it is refused."""
        return self._field.settle()

    def _show(self, table: DraftTable) -> None:
        before, self._shown = self._shown, table
        self._title.setText(table.title)
        self._note.setText(table.note)
        if table.rows is not before.rows:
            self._list.show_rows(FIELD_COLUMNS, table.rows, table.chosen, quiet=True)
            self._counted.setText(table.counted)
        self._field.say(table.problem)
        if table.typing is not before.typing or not table.typing:
            self._field.show_field(table.typing)
        self._field.show_adding(table.adding)

    def _ask_release(self) -> None:
        if self.settle() and (before := self._presenter.ask_release()):
            self.setCurrentWidget(self._release)
            self._release.show_changes(before)

    def _add(self) -> None:
        dialog = AddDialog(self._shown.adding, self._presenter, self.window())
        dialog.finished.connect(lambda _: self._list.setFocus())
        dialog.open()

    def _to_table(self) -> None:
        self.setCurrentWidget(self._table)
        self._list.setFocus()

    def _narrow(self) -> None:
        self._presenter.narrow(self._sight.currentData(), self._query.text())

    def _leave(self) -> None:
        if self.settle():
            self._back()

    def _connect(self) -> None:
        self._list.chosen.connect(self._presenter.choose)
        self._list.opened.connect(lambda _: self._field.begin())
        self._list.setAccessibleDescription("Enter: sửa mục này")
        self._sight.activated.connect(self._narrow)
        self._query.textChanged.connect(self._narrow)
        self._field.add.clicked.connect(self._add)
        self._field.drop.clicked.connect(self._presenter.remove)
        keys_inside(self._table, QKeySequence.StandardKey.Find, self._query.setFocus)
        keys_inside(self._list, Qt.Key.Key_F2, self._field.begin)
        keys_inside(self._list, Qt.Key.Key_Escape, self._leave)

    def _laid_out(self) -> QWidget:
        page = QWidget()
        self._title.setProperty("tone", "heading")
        self._counted.setWordWrap(False)
        buttons = (
            Button("Về danh sách", self._leave),
            Button("Bỏ bản soạn…", self._presenter.discard, "danger"),
            Button("Phát hành…", self._ask_release, "primary"),
        )
        names = vbox(self._title, self._note, spacing=2)
        head = hbox((names, 1), *((button, _TOP) for button in buttons), spacing=8)
        tools = hbox(self._sight, (self._query, 1), self._counted, spacing=10)
        both = hbox((self._list, 7), (self._field, 4), spacing=16)
        vbox(head, tools, (both, 1), spacing=12, on=page)
        return page
