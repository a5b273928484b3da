"""Duyệt: what waits at the left, and beside it exactly what the head puts a seal on, with what can be done below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStackedWidget, QTextBrowser, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.text_diff import DiffOp, DiffPiece
from ui.desktop import theme
from ui.desktop.approval.presenter import (
    COLUMNS,
    ApprovalPage,
    ApprovalPresenter,
    AvailableAction,
    ReadGroup,
    ReadLine,
    ShownReport,
)
from ui.desktop.shell import Location, Shell
from ui.desktop.theme import Theme
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField, keys_inside
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, ProblemLabel, set_tip


class ApprovalActions(QWidget):
    def __init__(self, presenter: ApprovalPresenter) -> None:
        super().__init__()
        self._report = ""
        self._remark = LineField("Điều cần sửa", "Điều cần sửa")
        self._reason = LineField("Lý do đính chính", "Lý do đính chính, đi kèm từng ô đã sửa")
        self._head, self._wait, self._problem = ChoiceField("Thủ trưởng"), MutedLabel(), ProblemLabel()
        self._give_back = Button("Trả lại để sửa", lambda: presenter.give_back(self._remark.text()))
        self._print = Button("Xem bản in", presenter.print)
        set_tip(self._print, "Ctrl+P")
        self._take_back = Button("Lấy lại để sửa", presenter.take_back)
        self._hand_over = Button(
            "Chuyển thủ trưởng duyệt",
            lambda: presenter.hand_over(str(self._head.currentData() or ""), self._reason.text()),
            "primary",
        )
        self._approve = Button("Duyệt và niêm phong…", presenter.approve, "primary")
        self._of = {
            AvailableAction.APPROVE: (self._remark, self._give_back, self._approve),
            AvailableAction.LOOK: (self._wait,),
            AvailableAction.TAKE_BACK: (self._wait, self._take_back),
            AvailableAction.HAND_OVER: (self._reason, self._head, self._hand_over),
        }
        wide = ((one, 1) for one in (self._remark, self._reason, self._wait))
        narrow = (self._give_back, self._head, self._print, self._take_back, self._hand_over, self._approve)
        vbox(self._problem, hbox(*wide, *narrow, spacing=8), spacing=6, on=self)

    def show_acts(self, shown: ShownReport) -> None:
        mine = self._of[shown.stance]
        for widgets in self._of.values():
            for widget in widgets:
                widget.setVisible(widget in mine)
        self._reason.setVisible(shown.asks_reason)
        chosen = self._head.currentData()  # who was chosen stays so; where that person is gone, nobody is
        self._head.offer(shown.heads)
        if chosen is not None and len(shown.heads) > 1:
            self._head.choose(chosen)
        self._head.setVisible(len(shown.heads) > 1)
        if shown.id != self._report:  # of the same one, shown anew, what was written stays
            self._report = shown.id
            self._remark.clear()
            self._reason.clear()
        self._wait.setText("Đang chờ thủ trưởng duyệt; số liệu không sửa được.")

    def show_problem(self, text: str) -> None:
        self._problem.say(text)
        if text:
            self._remark.setFocus()


_LIST_WIDTH = 240
_UNCHOSEN = "Báo cáo đang làm không nằm trong danh sách này. Chọn một báo cáo ở bên trái để xem."


class ApprovalView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Duyệt", "Thủ trưởng xem đúng những gì đã thay đổi rồi niêm phong, hoặc trả lại.")
        self._frame, self._presenter = frame, ApprovalPresenter(self.show_page, desk, frame)
        self._page: ApprovalPage | None = None
        self._list, self._pills = Listing("Báo cáo chờ duyệt", wraps=True), hbox(spacing=8)
        self._title, self._note = HeadingLabel(), MutedLabel()
        self._paper, self._acts = ReportPaper(self._presenter.go_to), ApprovalActions(self._presenter)
        self._right, self._unchosen = QWidget(), MutedLabel(_UNCHOSEN)
        self._either, self._home = QStackedWidget(), Button("Về trang chủ", lambda: frame.go("home"))
        self._list.chosen.connect(self._choose)
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.horizontalHeader().hide()
        vbox(self._title, self._note, self._pills, (self._paper, 1), self._acts, spacing=8, on=self._right)
        page = QWidget()
        both = hbox(self._list, (self._right, 1), spacing=16, on=page)
        both.addWidget(self._unchosen, 1, Qt.AlignmentFlag.AlignTop)
        nothing, title = Card(), HeadingLabel("Không có báo cáo nào chờ duyệt")
        words = "Khi người lập biểu chuyển duyệt, báo cáo hiện ở đây cùng những gì đã thay đổi từ lần niêm phong trước."
        add_to(nothing.column, None, title, MutedLabel(words), (self._home, Qt.AlignmentFlag.AlignLeft))
        nothing.column.addStretch(2)
        self._either.addWidget(nothing)
        self._either.addWidget(page)
        self.body.addWidget(self._either, 1)
        keys_inside(self, QKeySequence.StandardKey.Print, self._presenter.print)

    def entered(self, place: str) -> None:
        self._presenter.start(place)

    def take_keys(self) -> None:
        """What changed is read first; Tab goes on to what can be done."""
        first = self._list if self._right.isHidden() else self._paper
        (first if self._either.currentIndex() else self._home).setFocus()

    def _choose(self, id: str) -> None:
        self._presenter.choose(id)
        if place := Location.read(id):
            self._frame.work_on(place)

    def show_page(self, page: ApprovalPage) -> None:
        before, self._page, shown = self._page, page, page.shown
        if before is None or page.rows is not before.rows:
            self._list.show_rows(COLUMNS, page.rows, page.chosen, quiet=True)
            self._either.setCurrentIndex(1 if page.rows else 0)
        self._acts.show_problem(page.problem)
        self._right.setVisible(shown is not None)
        self._unchosen.setVisible(shown is None)
        if shown is None or (before and shown is before.shown):
            return
        self._title.setText(shown.title)
        self._note.setText(shown.note)
        while item := self._pills.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for words, tone in shown.pills:
            self._pills.addWidget(Pill(words, tone))
        self._pills.addStretch(1)
        self._paper.show_html(as_html(shown.groups, theme.current()))
        self._acts.show_acts(shown)


class ReportPaper(QTextBrowser):
    """Read by the arrows and Page Down; a title leads to its place in the form. Tab leads out at once."""

    def __init__(self, wanted) -> None:
        super().__init__()
        self.setAccessibleName("Nội dung thay đổi")
        self.setOpenLinks(False)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.LinksAccessibleByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.anchorClicked.connect(lambda url: wanted(url.toString(QUrl.ComponentFormattingOption.FullyDecoded)))

    def loadResource(self, type: int, name: QUrl) -> object:
        """Nothing that a text names is fetched, from nowhere."""
        return None

    def show_html(self, html: str) -> None:
        self.setHtml(html)
        self.verticalScrollBar().setValue(0)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forwards)


_COMPARED = (46, 27, 27)  # per cent of the width: what, before, now
_TOLD = (46, 54)
_STRONG = "font-weight:600"
_FIGURE = 24  # letters of what is read as a figure


def as_html(groups: Sequence[ReadGroup], theme: Theme) -> str:
    """Everything that somebody typed is escaped."""
    if not groups:
        return f'<p style="color:{theme.muted}">Báo cáo chưa có nội dung nào.</p>'
    return "".join(
        f'<p style="margin:14px 0 4px 0; color:{theme.ink}; {_STRONG}">{escape(group.title)}</p>'
        '<table width="100%" cellspacing="0" cellpadding="6" style="border-collapse:collapse">'
        f"{_head(group, theme)}{''.join(_row(line, group.compares, theme) for line in group.lines)}</table>"
        for group in groups
    )


def _head(group: ReadGroup, theme: Theme) -> str:
    if not group.compares or all(line.prose for line in group.lines):
        return ""
    titles = ("", "Lần gửi trước", "Lần này")
    cells = "".join(
        f'<td width="{width}%" bgcolor="{theme.head}" style="color:{theme.muted}">{title}</td>'
        for title, width in zip(titles, _COMPARED, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _row(line: ReadLine, compares: bool, theme: Theme) -> str:
    edge = f"border-top:1px solid {theme.line}; vertical-align:top"
    if line.prose:
        text = "".join(_pieces(line.prose, theme))
        return f'<tr><td colspan="3" style="{edge}">{_title(line, theme)}<br>{text}</td></tr>'
    old = [f'<span style="color:{theme.muted}">{_text(line.old) or "chưa có"}</span>'] if compares else []
    told = zip((_title(line, theme), *old, _new(line.new, theme)), _COMPARED if compares else _TOLD, strict=True)
    cells = "".join(f'<td width="{width}%" style="{edge}">{cell}</td>' for cell, width in told)
    return f"<tr>{cells}</tr>"


def _title(line: ReadLine, theme: Theme) -> str:
    words = _text(line.title)
    if not line.spot:
        return f'<span style="color:{theme.ink}">{words}</span>'
    return f'<a href="{escape(line.spot, quote=True)}" style="color:{theme.ink}; text-decoration:none">{words}</a>'


def _new(text: str, theme: Theme) -> str:
    if not text:
        return f'<span style="color:{theme.error}">bỏ</span>'
    weight = _STRONG if len(text) <= _FIGURE else ""
    return f'<span style="color:{theme.ink}; {weight}">{_text(text)}</span>'


def _pieces(prose: Sequence[DiffPiece], theme: Theme) -> Iterator[str]:
    """What is all new is told by a word in front: marks on every line would only be hard to read."""
    if all(piece.fate is DiffOp.NEW for piece in prose):
        text = "".join(_text(piece.text) for piece in prose)
        yield f'<span style="color:{theme.good}; {_STRONG}">Mới:</span> <span style="color:{theme.ink}">{text}</span>'
        return
    for piece in prose:
        text = _text(piece.text)
        match piece.fate:
            case DiffOp.GONE:
                yield f'<s style="color:{theme.error}; background-color:{theme.error_soft}">{text}</s>'
            case DiffOp.NEW:
                yield f'<u style="color:{theme.good}; background-color:{theme.good_soft}">{text}</u>'
            case DiffOp.LEFT_OUT:
                yield f'<span style="color:{theme.muted}"> […] </span>'
            case DiffOp.SAME:
                yield f'<span style="color:{theme.ink}">{text}</span>'


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")
