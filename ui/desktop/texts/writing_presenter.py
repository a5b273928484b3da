"""Decides what the written sections show: which one is open, what becomes of its text, what was written last time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from forms.model.count import Role
from forms.model.finding import Refused
from forms.model.form import NarrativeSpec
from forms.model.live_field import has_fields, resolved
from forms.model.rich_text import RichText, parse
from forms.prose.live_numbers import tell
from forms.prose.sentences import draft
from forms.services.unit_narratives import Gathered, Progress
from ui.desktop.rows import ListRow
from ui.desktop.texts.sections import Before, OpenReport, before, compared, length, next_empty, section_rows

NOTHING = "Không có."


class WritingFace(Protocol):
    def forget(self) -> None:
        """Another report: nothing that was typed in the last one can be undone."""

    def show_sections(self, rows: Sequence[ListRow], chosen: str) -> None: ...
    def show_section(self, spec: NarrativeSpec, text: str, refused: str | None, *, closed: bool) -> None:
        """The section to write, as stored, or as it was typed and not taken; a text that is being typed stays."""

    def show_before(self, before: Before) -> None: ...
    def show_length(self, words: str, tone: str, compared: str) -> None: ...
    def show_below(self, *, offered: bool) -> None:
        """Whether what the units below wrote can be looked at."""

    def show_told(self, told: RichText | None) -> None:
        """The text with its live numbers told; None where it has none."""

    def begin(self) -> None:
        """The keys go into the text."""


class WritingPresenter:
    def __init__(self, face: WritingFace, opened: OpenReport) -> None:
        self._face, self._open = face, opened
        self._id = ""
        self._before = Before(RichText())

    @property
    def section(self) -> NarrativeSpec | None:
        return next((spec for spec in self._open.report.form.narratives if spec.id == self._id), None)

    def start(self) -> None:
        """Another report: the first section that is still to be written, else the first; of a closed one the first."""
        specs = self._open.report.form.narratives
        empty = "" if self._open.is_closed else next_empty(self._open.report, "")
        self._id = empty or (specs[0].id if specs else "")
        self._face.forget()
        self._look_back()

    def show(self) -> None:
        self._face.show_sections(section_rows(self._open.report, self._open.found), self._id)
        self._show_section()

    def choose(self, id: str) -> None:
        if id and id != self._id:
            self._id = id
            self._look_back()
            self._show_section()

    def go_to(self, id: str) -> bool:
        """Stand in a section; False where the report has none of that id."""
        if id not in {spec.id for spec in self._open.report.form.narratives}:
            return False
        self.choose(id)
        self.show()
        self._face.begin()
        return True

    def step(self, by: int) -> None:
        """To the section that follows or goes before."""
        ids = [spec.id for spec in self._open.report.form.narratives]
        place = ids.index(self._id) + by if self._id in ids else 0
        if 0 <= place < len(ids):
            self.go_to(ids[place])

    def write(self, id: str, text: str) -> str | None:
        """The text of a section as typed. How it is stored; None when it was refused."""
        entry = self._open.desk.entry
        if self._open.store(lambda report: entry.put_narrative(report, id, text)):
            self._open.answer(f"text:{id}")
            return self._open.report.narratives.get(id, "")
        spec = next(one for one in self._open.report.form.narratives if one.id == id)
        self._open.refuse(f"text:{id}", Refused(f"Mục {spec.number}. {spec.title}", text, self._open.why_refused))
        return None

    def typing(self, prose: RichText) -> None:
        if (spec := self.section) is not None:
            words, tone = length(spec, prose)
            self._face.show_length(words, tone, compared(prose, self._before) if self._before.period else "")
            self._face.show_told(self._told(prose))

    def drafted(self, prose: RichText) -> tuple[RichText, str]:
        """Sentences from the figures that the text does not have yet; else why there are none."""
        figures, spec = self._open.figures, self.section
        if spec is None or self._open.is_closed:
            return RichText(), ""
        told = draft(self._open.report, figures, spec) if figures else ()
        if not told:
            return RichText(), "Chưa có số liệu để soạn câu cho mục này. Nhập số liệu của mục tiêu trước."
        written = {line.words.strip() for line in prose.lines}
        new = [sentence for sentence in told if sentence not in written]
        return parse("\n".join(new)), "" if new else "Mục này đã có đủ các câu soạn từ số liệu."

    @property
    def sums_up(self) -> bool:
        """Whether units below write the same sections."""
        return self._open.report.role is Role.SUMMING

    def gather(self, progress: Progress) -> Gathered:
        """What the units below wrote; long work."""
        report = self._open.report
        return self._open.desk.gathering.gather(report.form.programme, report.period, progress)

    def _told(self, prose: RichText) -> RichText | None:
        figures, text = self._open.figures, prose.marked
        if figures is None or self._open.is_closed or not has_fields(text):
            return None
        return parse(resolved(text, lambda field: tell(field, figures)))

    def answer_none(self, prose: RichText) -> str:
        """ "Không có" by one key, into an empty section only. Why it was not done, or empty."""
        if self.section is None or self._open.is_closed:
            return ""
        if prose.plain.strip():
            return "Mục này đang có lời văn. Xóa hết lời văn rồi mới ghi “Không có”." if not prose.says_none else ""
        self.write(self._id, NOTHING)
        self.show()
        return ""

    def _look_back(self) -> None:
        self._before = before(self._id, self._open.earlier)

    def _show_section(self) -> None:
        spec, report = self.section, self._open.report
        if spec is not None:
            self._face.show_below(offered=self.sums_up)
            stored, refused = report.narratives.get(spec.id, ""), self._open.waiting.text(f"text:{spec.id}")
            self._face.show_section(spec, stored, refused, closed=self._open.is_closed)
            self._face.show_before(self._before)
