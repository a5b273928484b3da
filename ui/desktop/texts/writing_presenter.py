"""The written sections: which is open, how far each is, what becomes of its text, what was written last time and what the units
below wrote. No Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from forms.model.count import Role
from forms.model.finding import Finding
from forms.model.form import Form, NarrativeSpec
from forms.model.live_field import has_fields, resolved
from forms.model.report import Report
from forms.model.rich_text import RichText, parse
from forms.prose.live_numbers import tell
from forms.prose.sentences import draft
from forms.prose.unit_narratives import Compiled, Folded, named
from forms.services import reports_on_offer
from forms.services.report_session import Entries
from forms.services.unit_narratives import Gathered, Progress
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.texts.open_texts import OpenTexts

NOTHING = "Không có."
UNIT_COLUMNS = (ListColumnHead("Nội dung"), ListColumnHead("Số đơn vị", 88, "right"), ListColumnHead("Đơn vị", 250))


def ordered(made: Compiled) -> list[Folded]:
    """Those of most units first."""
    return sorted(made.paragraphs, key=lambda one: -len(one.units))


def rows(made: Compiled) -> list[ListRow]:
    return [
        row(str(at), one.text, f"{len(one.units)}", ListItem(named(one.units), "muted"), note=_note(one))
        for at, one in enumerate(ordered(made))
    ]


def units_counted(made: Compiled) -> str:
    """ "12 đơn vị viết · 3 ghi “không có” · 5 không viết" """
    told = [f"{made.told} đơn vị viết"]
    told += [f"{len(made.none)} ghi “không có”"] if made.none else []
    told += [f"{len(made.silent)} không viết"] if made.silent else []
    return " · ".join(told)


def advice(made: Compiled, gathered: Gathered) -> str:
    """What the list is, and what is not in it."""
    unread = f" Không đọc được gói của {named(gathered.unread)}." if gathered.unread else ""
    if not made.paragraphs:
        return "Chưa có đơn vị nào viết gì ở mục này." + unread
    return "Đoạn nhiều đơn vị viết giống nhau chỉ hiện một lần, ghi đủ nguồn; khác con số thì để riêng." + unread


def _note(one: Folded) -> str:
    """Everybody's own words, where they are not the very same."""
    if len({source.text for source in one.sources}) == 1:
        return "; ".join(one.units)
    return "\n".join(f"{source.unit}: {source.text}" for source in one.sources[:12])


COLUMNS = (ListColumnHead("Mục"), ListColumnHead("Tình trạng", 92))
_GENERAL = "Chung cho cả báo cáo"


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier report says in the same section; `period` in words, empty where there is none."""

    prose: RichText
    period: str = ""


def section_rows(report: Report, found: Sequence[Finding]) -> list[ListRow]:
    """A row for each section, under the title of its objective where sections have one."""
    rows: list[ListRow] = []
    for number, specs in groupby(report.form.narratives, key=lambda spec: spec.section):
        if any(spec.section for spec in report.form.narratives):
            rows.append(heading(objective(report.form, number)))
        rows += [_row(spec, report, found) for spec in specs]
    return rows


def objective(form: Form, number: str) -> str:
    title = next((section.title for section in form.sections if number and section.number == number), "")
    if not title:
        return _GENERAL
    return title if title.startswith(("Mục tiêu", number)) else f"{number}. {title}"


def state_of(spec: NarrativeSpec, text: str) -> ListItem:
    """How far a section is, in a word or two."""
    prose = parse(text)
    if not text.strip():
        return ListItem("Phải viết", "warning") if spec.required else ListItem("Trống", "muted")
    if prose.says_none:
        return ListItem("“Không có”", "good")
    return ListItem(f"{prose.word_count} từ", "good")


def next_empty(report: Report, after: str) -> str:
    """The id of the empty section that follows, those that must be written before all others; empty when none is left."""
    specs = [spec for spec in report.form.narratives if not report.narratives.get(spec.id, "").strip()]
    wanted = [spec.id for spec in specs if spec.required] or [spec.id for spec in specs]
    ids = [spec.id for spec in report.form.narratives]
    here = ids.index(after) if after in ids else -1
    return next((id for id in wanted if ids.index(id) > here), wanted[0] if wanted else "")


def before(id: str, earlier: Iterable[Report]) -> Before:
    """The newest earlier report that says something there."""
    for report in earlier:
        if text := report.narratives.get(id, "").strip():
            return Before(parse(text), reports_on_offer.capitalised(report.period.words))
    return Before(RichText())


def length(spec: NarrativeSpec, prose: RichText) -> tuple[str, str]:
    """How long the text is, as it is typed, and the tone of those words; letters are told where the limit is near."""
    words, letters = f"{prose.word_count} từ", len(prose.plain)
    if letters * 10 >= spec.limit * 8:
        letters = len(prose.marked.strip())
    if letters > spec.limit:
        return f"{words} · dài {letters}/{spec.limit} ký tự, chưa cất được. Rút gọn bớt.", "error"
    if letters * 10 >= spec.limit * 8:
        return f"{words} · {letters}/{spec.limit} ký tự", "warning"
    return words, "muted"


def compared(prose: RichText, other: Before) -> str:
    """The length beside that of the earlier text."""
    mine, its = prose.word_count, other.prose.word_count
    if not mine:
        return f"{its} từ"
    more = "dài bằng bài này" if mine == its else f"bài này {'dài' if mine > its else 'ngắn'} hơn {abs(mine - its)} từ"
    return f"{its} từ, {more}"


def _row(spec: NarrativeSpec, report: Report, found: Sequence[Finding]) -> ListRow:
    text = report.narratives.get(spec.id, "")
    wrong = [one for one in found if one.spot == f"text:{spec.id}" and one.blocks and not one.says_blank]
    state = state_of(spec, text)
    if wrong:
        state = ListItem(state.text, "error" if wrong[0].level == "error" else "warning", wrong[0].level)
    must = " *" if spec.required else ""
    note = f"{spec.number}. {spec.title}{' (phải viết)' if spec.required else ''}\n{spec.help}".strip()
    return row(spec.id, f"{spec.number}. {spec.title}{must}", state, note=note)


@dataclass(frozen=True)
class WritingPage:
    """`rows`: None leaves the list as it is. `text` of the section as stored, and what was typed there and not taken. `anew`:
    another report, nothing that was typed in the last one can be undone. `begin`: the keys go into the text."""

    rows: Sequence[ListRow] | None
    spec: NarrativeSpec | None
    text: str = ""
    refused: str | None = None
    before: Before | None = None
    has_units: bool = False
    closed: bool = False
    anew: bool = False
    begin: bool = False


@dataclass(frozen=True)
class TypedText:
    """How long the text is that is being typed, beside that of last time; with its live numbers told, where it has any."""

    length: str
    tone: str
    compared: str
    told: RichText | None


class WritingPresenter:
    def __init__(self, show: Callable[[WritingPage], None], opened: OpenTexts) -> None:
        self._show, self._open = show, opened
        self._id, self._anew = "", False
        self._before = Before(RichText())

    @property
    def section(self) -> NarrativeSpec | None:
        return next((spec for spec in self._open.report.form.narratives if spec.id == self._id), None)

    def start(self) -> None:
        """Another report: the first section that is still to be written, else the first; of a closed one the first."""
        specs = self._open.report.form.narratives
        empty = "" if self._open.is_closed else next_empty(self._open.report, "")
        self._id, self._anew = empty or (specs[0].id if specs else ""), True
        self._before = before(self._id, self._open.session.before)

    def show(self, *, rows: bool = True, begin: bool = False) -> None:
        spec, opened = self.section, self._open
        listed = section_rows(opened.report, opened.found) if rows else None
        anew, self._anew = self._anew, False
        if spec is None:
            self._show(WritingPage(listed, None, anew=anew))
            return
        text, refused = opened.report.narratives.get(spec.id, ""), opened.session.waiting.text(f"text:{spec.id}")
        units, closed = opened.report.role is Role.SUMMING, opened.is_closed
        self._show(WritingPage(listed, spec, text, refused, self._before, units, closed, anew, begin))

    def choose(self, id: str) -> None:
        """Of the list."""
        if id and id != self._id:
            self._id = id
            self._before = before(id, self._open.session.before)
            self.show(rows=False)

    def go_to(self, id: str) -> None:
        """Stand in a section, where the report has one of that id."""
        if id in {spec.id for spec in self._open.report.form.narratives}:
            self._id = id
            self._before = before(id, self._open.session.before)
            self.show(begin=True)

    def step(self, by: int) -> None:
        """To the section that follows or goes before."""
        ids = [spec.id for spec in self._open.report.form.narratives]
        place = ids.index(self._id) + by if self._id in ids else 0
        if 0 <= place < len(ids):
            self.go_to(ids[place])

    def write(self, id: str, text: str) -> str | None:
        """The text of a section as typed. How it is stored; None when it was refused."""
        done = self._open.take(Entries(texts=((id, text),)))
        return self._open.report.narratives.get(id, "") if done else None

    def typing(self, prose: RichText) -> TypedText | None:
        """While it is typed; None without a section."""
        if (spec := self.section) is None:
            return None
        figures, text, told = self._open.session.figures, prose.marked, None
        if figures is not None and not self._open.is_closed and has_fields(text):
            told = parse(resolved(text, lambda field: tell(field, figures)))
        beside = compared(prose, self._before) if self._before.period else ""
        return TypedText(*length(spec, prose), beside, told)

    def drafted(self, prose: RichText) -> tuple[RichText, str]:
        """Sentences from the figures that the text does not have yet; else why there are none."""
        figures, spec = self._open.session.figures, self.section
        if spec is None or self._open.is_closed:
            return RichText(), ""
        told = draft(self._open.report, figures, spec) if figures else ()
        if not told:
            return RichText(), "Chưa có số liệu để soạn câu cho mục này. Nhập số liệu của mục tiêu trước."
        written = {line.words.strip() for line in prose.lines}
        new = [sentence for sentence in told if sentence not in written]
        return parse("\n".join(new)), "" if new else "Mục này đã có đủ các câu soạn từ số liệu."

    def gather(self, progress: Progress) -> Gathered:
        """What the units below wrote; long work."""
        return self._open.gather(progress)

    def answer_none(self, prose: RichText) -> str:
        """ "Không có" by one key, into an empty section only. Why it was not done, or empty."""
        if self.section is None or self._open.is_closed:
            return ""
        if prose.plain.strip():
            return "Mục này đang có lời văn. Xóa hết lời văn rồi mới ghi “Không có”." if not prose.says_none else ""
        self.write(self._id, NOTHING)
        self.show()
        return ""
