"""The fields of an item that are seldom needed: evidence in words, who made it, its length, why it counts or does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.news.typed import Typed
from ui.desktop.widgets.fields import Choice, Line, labelled

_NARROW = 108


class Details(QWidget):
    """`suggests` says what the rule makes of the line, so that the tick follows until it is touched."""

    changed = Signal()

    def __init__(self, suggests: Callable[[], bool]) -> None:
        super().__init__()
        self._suggests = suggests
        self._evidence = Line("Minh chứng", "đường dẫn, số trang sổ phát thanh…")
        self._author, self._topic = Line("Người thực hiện"), Choice("Chủ đề", (("", ""),))
        self._minutes, self._words = Line("Thời lượng (phút)"), Line("Số chữ")
        self._counted, self._reason = QCheckBox("Tính vào số tin, bài"), Line("Lý do tính khác quy tắc")
        self._lay_out()
        for field in (self._evidence, self._author, self._minutes, self._words, self._reason):
            field.textEdited.connect(self.changed)
        self._topic.activated.connect(self.changed)
        self._counted.toggled.connect(self._show_reason)
        self._counted.clicked.connect(self.changed)

    @property
    def fields(self) -> dict[str, QWidget]:
        """In the order in which Enter goes through them."""
        return {
            "evidence": self._evidence,
            "author": self._author,
            "topic": self._topic,
            "minutes": self._minutes,
            "words": self._words,
            "counted": self._counted,
            "reason": self._reason,
        }

    def show_topics(self, topics: tuple[tuple[str, str], ...]) -> None:
        """(words, number) of the objectives of the programme."""
        chosen = self._topic.currentData()
        self._topic.clear()
        for words, number in (("Không ghi", ""), *topics):
            self._topic.addItem(words, number)
        self._show_topic(chosen or "")

    def show_typed(self, typed: Typed) -> None:
        for field, text in (
            (self._evidence, typed.evidence),
            (self._author, typed.author),
            (self._minutes, typed.minutes),
            (self._words, typed.words),
            (self._reason, typed.reason),
        ):
            field.setText(text)
        self._show_topic(typed.topic)
        self._counted.setChecked(typed.counted)
        self._show_reason()

    def into(self, typed: Typed) -> Typed:
        return replace(
            typed,
            evidence=self._evidence.text(),
            author=self._author.text(),
            topic=self._topic.currentData() or "",
            minutes=self._minutes.text(),
            words=self._words.text(),
            counted=self._counted.isChecked(),
            reason=self._reason.text(),
        )

    def follow_rule(self) -> None:
        """The kind or the origin was changed."""
        self._counted.setChecked(self._suggests())
        self._show_reason()

    def _show_topic(self, topic: str) -> None:
        """Also one that the programme does not know."""
        self._topic.choose(topic)
        if self._topic.currentData() != topic:
            self._topic.addItem(topic, topic)
            self._topic.choose(topic)

    def _show_reason(self) -> None:
        self._reason.setEnabled(self._counted.isChecked() != self._suggests() or bool(self._reason.text()))

    def _lay_out(self) -> None:
        self._topic.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._topic.setMinimumContentsLength(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(
            _row(
                (labelled("&Minh chứng", self._evidence), 4),
                (labelled("N&gười thực hiện", self._author), 2),
                (labelled("Chủ đề", self._topic), 3),
            )
        )
        minutes, words = labelled("Phút", self._minutes), labelled("Số chữ", self._words)
        for narrow in (minutes, words):
            narrow.setFixedWidth(_NARROW)
        box = QWidget()
        tick = QVBoxLayout(box)
        tick.setContentsMargins(0, 0, 0, 4)
        tick.addStretch(1)
        tick.addWidget(self._counted)
        column.addLayout(
            _row((minutes, 0), (words, 0), (box, 0), (labelled("Lý &do tính khác quy tắc", self._reason), 1))
        )


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
    return row
