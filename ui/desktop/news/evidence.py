"""The place above the list of news: the line that is typed on, or for a moment what is done with one item: it was published again,
two items are one, the files that show it (attached by a button, dropped or pasted; opened, taken away).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFocusEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.news_item import NewsItem
from ui.desktop.news.entry_line import CHANNEL_OF_KEY, KEY_OF_CHANNEL, Chips, EntryLine, KeyField, channel_options
from ui.desktop.news.entry_line_presenter import LinePresenter, channel_words, toggled
from ui.desktop.news.evidence_presenter import PATTERN, EvidencePresenter, FilesPage
from ui.desktop.news.presenter import NewsPresenter, called
from ui.desktop.shell import Dialogs
from ui.desktop.widgets.cards import Button, Card, FileDrop
from ui.desktop.widgets.fields import ChoiceField, LineField, labelled
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, ProblemLabel

_CHANNELS_WIDTH, _AIRINGS_WIDTH = 300, 90


class QuestionStrip(Card):
    """Esc, or the button that says so, leaves everything as it was."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column.setContentsMargins(18, 10, 18, 12)
        self.column.setSpacing(8)
        self.heading, self.problem = HeadingLabel(), ProblemLabel()
        self._give_up = Button("Thôi (Esc)", self.done.emit)
        self.column.addWidget(self.heading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return True
        return super().eventFilter(watched, event)

    def _watch(self, *fields: QWidget) -> None:
        for field in fields:
            field.installEventFilter(self)


class RepeatStrip(QuestionStrip):
    """`repeat(id, channels, airings)` says whether it was kept."""

    def __init__(self, repeat: Callable[[str, Sequence[str], int], bool]) -> None:
        super().__init__()
        self._repeat, self._id = repeat, ""
        self._had: tuple[str, ...] = ()
        self._added: tuple[str, ...] = ()
        self._places = KeyField("Thêm kênh", "".join(CHANNEL_OF_KEY), "Phím số 1 đến 8 chọn hay bỏ kênh")
        self._chips, self._airings = Chips(channel_options(), self._take_channel), LineField("Thêm số lượt")
        self._keep = Button("Ghi lượt phát", self._act, "primary")
        self._places.keyed.connect(self._take_channel)
        self._lay_out()
        self._watch(self._places, self._airings, self._keep, self._give_up)

    def show_item(self, item: NewsItem) -> None:
        self._id, self._had, self._added = item.id, item.channels, ()
        self.heading.setText(f"Phát lại {called(item)}")
        self._airings.setText("1")
        self.problem.say("")
        self._show_channels()
        self._places.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self._places:
                self._airings.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if watched is self._airings:
                self._act()
                return True
        return super().eventFilter(watched, event)

    def _take_channel(self, key: str) -> None:
        channel = CHANNEL_OF_KEY[key]
        if channel not in self._had:
            self._added = toggled(self._added, channel)
            self._show_channels()

    def _show_channels(self) -> None:
        self._places.show_text(channel_words(self._added) or "không thêm kênh")
        self._chips.show_chosen(
            (KEY_OF_CHANNEL[channel] for channel in self._added), (KEY_OF_CHANNEL[channel] for channel in self._had)
        )

    def _act(self) -> None:
        text = self._airings.text().strip()
        if not text.isascii() or not text.isdecimal():
            self.problem.say("Số lượt thêm phải là số nguyên, ví dụ 2. Gõ lại.")
            self._airings.setFocus()
        elif self._repeat(self._id, self._added, int(text)):
            self.done.emit()

    def _lay_out(self) -> None:
        places, airings = labelled("Thêm &kênh", self._places), labelled("Thêm lượt", self._airings)
        places.setFixedWidth(_CHANNELS_WIDTH)
        airings.setFixedWidth(_AIRINGS_WIDTH)
        below = Qt.AlignmentFlag.AlignBottom
        row = hbox(places, airings, (self._keep, below), (self._give_up, below), None, spacing=8)
        told = MutedLabel("Vẫn là một tin, bài: không tính thêm vào số tin, chỉ thêm kênh và lượt phát.")
        add_to(self.column, row, self._chips, told, self.problem)


class MergeStrip(QuestionStrip):
    """`merge(id, other)` says whether it was done."""

    def __init__(self, merge: Callable[[str, str], bool]) -> None:
        super().__init__()
        self._merge, self._id = merge, ""
        self._others = ChoiceField("Tin giống")
        self._keep = Button("Gộp thành lượt phát", self._act, "primary")
        told = MutedLabel(
            "Tin đăng trước được giữ, với kênh, lượt phát và minh chứng của cả hai; tin kia bỏ khỏi sổ. Ctrl+Z lấy lại được."
        )
        add_to(self.column, hbox((self._others, 1), self._keep, self._give_up, spacing=8), told)
        self._watch(self._others, self._keep, self._give_up)

    def show_items(self, item: NewsItem, twins: Sequence[NewsItem]) -> None:
        self._id = item.id
        self.heading.setText(f"Gộp {called(item)} với:")
        self._others.clear()
        for twin in twins:
            channels = channel_words(twin.channels)
            self._others.addItem(f"{twin.date:%d/%m/%Y} · {twin.title} · {channels} · {twin.airings} lượt", twin.id)
        self._others.setCurrentIndex(0)
        self._keep.setFocus()

    def _act(self) -> None:
        if self._merge(self._id, self._others.currentData()):
            self.done.emit()


_LIST_HEIGHT = 104
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_PASTED = "anh-chup-man-hinh.png"


class EvidenceStrip(QuestionStrip):
    """`presenter` is set once both are made. `opened` shows a file with the desktop's program;
    `closed`: files are only looked at."""

    def __init__(self, ask: Dialogs, opened: Callable[[Path], object] | None = None) -> None:
        super().__init__()
        self._ask, self._opened = ask, opened or _open_on_desktop
        self.presenter: EvidencePresenter
        self._full, self.closed = False, False
        self._files, self._limits = QListWidget(), MutedLabel()
        self._files.setAccessibleName("Tệp minh chứng")
        self._files.setFixedHeight(_LIST_HEIGHT)
        self._add = Button("Đính kèm tệp…", self._choose)
        self._show, self._drop = Button("Mở", self._open), Button("Bỏ tệp", self._detach, "danger")
        self._give_up.setText("Xong (Esc)")
        self._lay_out()
        self._files.itemActivated.connect(lambda _: self._open())
        self._files.itemSelectionChanged.connect(self._dress)
        self._watch(self._files, self._add, self._show, self._drop, self._give_up)
        FileDrop(self, self.take)

    def begin(self) -> None:
        """Where the keys go: to the files, or to the adding of the first."""
        if self._files.count() and not self._chosen():
            self._files.setCurrentRow(0)
        self._take_keys()

    def _take_keys(self) -> None:
        (self._files if self._files.count() or self.closed else self._add).setFocus()

    def show_files(self, page: FilesPage) -> None:
        """The file that was chosen stays so, wherever it stands now; else none is chosen."""
        chosen = self._chosen()
        self.heading.setText(page.heading)
        self._limits.setText(page.limits)
        self._files.clear()
        for digest, words in page.files:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, digest)
            self._files.addItem(item)
            if digest == chosen:
                self._files.setCurrentItem(item)
        self._full = page.full
        self._dress()
        self.problem.say("")

    def refuse(self, words: str) -> None:
        self.problem.say(words)

    def open_file(self, path: Path) -> None:
        self._opened(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        came = watched is self._files and isinstance(event, QFocusEvent) and event.gotFocus()
        if came and event.reason() in _BY_TAB and self._files.count() and not self._chosen():
            self._files.setCurrentRow(max(self._files.currentRow(), 0))  # by Tab one stands on a file
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste(QGuiApplication.clipboard().mimeData())
                return True
            if event.key() == Qt.Key.Key_Delete and watched is self._files:
                self._detach()
                return True
        return super().eventFilter(watched, event)

    def paste(self, held: QMimeData) -> None:
        """Files that were copied, or a picture of the screen."""
        if self.closed:
            return
        paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if paths:
            self.presenter.attach_files(paths)
        elif held.hasImage():
            self.presenter.attach(_PASTED, _png(QImage(held.imageData())))
        else:
            self.refuse("Không có tệp hay ảnh nào để dán. Chép (Ctrl+C) tệp PDF, JPEG, PNG hoặc chụp màn hình rồi dán.")

    def _choose(self) -> None:
        self.take(self._ask.open_files("Chọn tệp minh chứng", PATTERN))
        self.begin()

    def take(self, paths: Sequence[Path]) -> None:
        if not self.closed:
            self.presenter.attach_files(paths)

    def _open(self) -> None:
        if digest := self._chosen():
            self.presenter.open(digest)

    def _detach(self) -> None:
        if (digest := self._chosen()) and not self.closed:
            self.presenter.detach(digest)
            self._take_keys()

    def _chosen(self) -> str:
        return next((str(item.data(Qt.ItemDataRole.UserRole)) for item in self._files.selectedItems()), "")

    def _dress(self) -> None:
        self._add.setEnabled(not self._full and not self.closed)
        self._show.setEnabled(bool(self._chosen()))
        self._drop.setEnabled(bool(self._chosen()) and not self.closed)

    def _lay_out(self) -> None:
        pairs = (self._add, self._give_up), (self._show, self._drop)
        columns = [vbox(*pair, None, spacing=6) for pair in pairs]
        add_to(self.column, hbox((self._files, 1), 4, *columns, spacing=6), self._limits, self.problem)


def _png(picture: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(held.data())


def _open_on_desktop(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Dock(QWidget):
    """`done`: back to the list. Nothing is changed here while the days of the period are closed (`close_days`)."""

    done = Signal()

    def __init__(self, desk: Services, program: Application, ask: Dialogs, screen: NewsPresenter) -> None:
        super().__init__()
        self._screen = screen
        self.line, self.evidence = EntryLine(), EvidenceStrip(ask)
        self.line.presenter = LinePresenter(self.line, screen, ask, desk.refusals)
        files = self.evidence
        files.presenter = EvidencePresenter(files.show_files, files.refuse, files.open_file, desk, program, screen)
        self.repeating, self.merging = RepeatStrip(screen.repeat), MergeStrip(screen.merge)
        self._strips: tuple[QWidget, ...] = (self.line, self.repeating, self.merging, self.evidence)
        vbox(*self._strips, on=self)
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
