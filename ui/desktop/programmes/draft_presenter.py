"""Decides the changing of a draft: which of its fields are listed, what is typed into one, what is new against the pack
that it was copied from, and its end: released for good, or discarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms.all_services import Services
from forms.errors import AppError
from forms.model.count import Role
from forms.model.finding import Refused
from forms.model.indicator import Operator
from forms.model.period import PeriodKind
from forms.model.text import fold, quoted
from forms.programmes.pack import Pack, PackEdit
from forms.programmes.pack_edits import (
    agency_added,
    changed,
    deadline_added,
    line_added,
    mentions,
    removed,
    target_added,
)
from forms.programmes.pack_outline import (
    OPERATOR_TITLES,
    Block,
    FieldKind,
    Outline,
    PackChange,
    PackField,
    PackPart,
    outline,
)
from forms.services.refused_entries import RefusedHere
from ui.desktop.programmes.presenter import change_rows, unsure
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.shell import Shell, accepted

FIELD_COLUMNS = (ListColumnHead("Mục", 226), ListColumnHead("Giá trị"), ListColumnHead("Bản gốc", 140))
TARGETS, CHANGED, ALL = "target", "changed", "all"
# What may be listed alone: kinds of blocks (forms/programmes/pack_outline.py).
SIGHTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Mốc phải đạt", TARGETS, ("target",)),
    ("Hạn gửi báo cáo", "deadline", ("deadline",)),
    ("Tên, văn bản, tin bài", "head", ("programme", "objective", "news")),
    ("Chỉ tiêu, số liệu", "rows", ("indicator", "count")),
    ("Nhiệm vụ", "task", ("task",)),
    ("Lời văn, khen thưởng", "texts", ("narrative", "nominations")),
    ("Tên biểu, câu kiểm tra", "forms", ("form", "section", "check", "cross")),
    ("Cơ quan, ai báo cáo", "agency", ("agency", "agency_name", "reporting_line")),
)
_KINDS = {id: kinds for _, id, kinds in SIGHTS}
_MAY_GO = {
    "target": "mốc này",
    "deadline": "hạn gửi này",
    "agency": "cơ quan này",
    "agency_name": "tên này",
    "reporting_line": "dòng này",
}
_SHORT = 120  # characters of a value in the list; the whole of it stands in the field below


@dataclass(frozen=True, slots=True)
class Typing:
    """The field under the cursor, ready to be changed. `value`: a tick or text; `options` of a choice: (words, value);
    `before`: how it stands in the pack it was copied from, where that is different; `goes`: what may be taken away."""

    id: str
    title: str
    where: str
    kind: FieldKind
    value: str | bool
    limit: int
    options: tuple[tuple[str, str], ...]
    before: str
    goes: str
    refused: str | None = None  # as it was typed, where that was not taken


@dataclass(frozen=True, slots=True)
class DraftTable:
    """The fields that are listed, the one under the cursor, and what may be added beside it: target, deadline, agency or
    nothing. `changes`: how many fields are different from the pack it was copied from."""

    title: str = ""
    note: str = ""
    changes: int = 0
    rows: tuple[ListRow, ...] = ()
    counted: str = ""
    chosen: str = ""
    typing: Typing | None = None
    adding: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BeforeRelease:
    """What is different, to be read before it is for good."""

    title: str
    words: str
    rows: tuple[ListRow, ...]


class DraftPresenter:
    """`show` gets the table whenever it changes: with the same rows, or the same field, where those stay; `closed` is called
    when there is no draft any more."""

    def __init__(
        self, desk: Services, frame: Shell, show: Callable[[DraftTable], object], closed: Callable[[], object]
    ) -> None:
        self._desk, self._frame, self._show, self._closed = desk, frame, show, closed
        self._sight, self._query = TARGETS, ""
        self._table = DraftTable()
        self._pack: Pack | None = None
        self._outline, self._changes = Outline((), {}), tuple[PackChange, ...]()
        self._waiting = RefusedHere(desk.refusals, "", {})

    def open(self, pack: Pack) -> None:
        self._sight, self._query, self._table = TARGETS, "", DraftTable()
        name = f"draft/{pack.id}/{pack.version}"
        self._waiting = RefusedHere(self._desk.refusals, name, self._desk.refusals.of(name))
        self._take(pack)

    def narrow(self, sight: str, query: str) -> None:
        """Only blocks of these kinds, or what was changed; only what holds the words, marks or none."""
        self._sight, self._query = sight, fold(query.strip())
        self._list(self._table.chosen)

    def choose(self, id: str) -> None:
        waiting, field, part = self._waiting.all.get(id), self._outline.fields.get(id), self._part_of(id)
        self._say(
            waiting.why if waiting else "",
            chosen=id,
            typing=self._typing(field) if field else None,
            adding=part.adds if part else "",
        )

    def put(self, id: str, typed: str | bool) -> bool:
        """Into the draft at once; False when refused, and the reason is shown beside the field."""
        field = self._outline.fields[id]
        before = field.value
        if refusal := self._change(lambda: changed(self._outline, id, typed)):
            rows = self._table.rows
            if isinstance(typed, str):
                self._waiting.keep(id, Refused(field.spec.title, typed, refusal))
                rows = tuple(self._rows())  # the field that somebody types into is left alone
            self._say(refusal, rows=rows)
            return False
        self.let_go(id)
        if field.spec.key == "minimum" and before != self._outline.fields[id].value:
            self._warn_of(int(before))
        return True

    def let_go(self, id: str) -> None:
        """What was refused there is wanted no more, or something was taken in its place."""
        if self._waiting.answer([id]):
            self._list(self._table.chosen)

    def add_target(self, year: str, amount: str) -> str:
        """Beside the others of the indicator under the cursor. The refusal's words; empty when it was added."""
        return self._add(lambda part: target_added(part, year, amount))

    def add_deadline(self, role: Role, kind: PeriodKind, day: str, receiver: str) -> str:
        return self._add(lambda part: deadline_added(self._outline, part, role, kind, day, receiver))

    def add_agency(self, title: str, of: str, since: str) -> str:
        """A new one; or, `of` one that there is, its name from a day on."""
        return self._add(lambda part: agency_added(self._outline, part, title, of, since))

    def add_line(self, kinds: tuple[str, ...], receiver: str, first_day: str, last_day: str) -> str:
        return self._add(lambda _part: line_added(self._outline, kinds, receiver, first_day, last_day))

    @property
    def agencies(self) -> tuple[tuple[str, str], ...]:
        """(title, id)."""
        return tuple((title, id) for id, title in self._outline.agencies.items())

    def remove(self) -> None:
        """The target, deadline or agency under the cursor, once confirmed."""
        block = self._block_of(self._table.chosen)
        if block is None or block.kind not in _MAY_GO:
            return
        if self._frame.ask.confirm(f"Bỏ {_MAY_GO[block.kind]}?", f"{block.title} sẽ không còn trong bản soạn.", "Bỏ"):
            self._say(self._change(lambda: (removed(self._outline, block),)))

    def ask_release(self) -> BeforeRelease | None:
        """None while something that was typed waits to be put right: then that is shown."""
        assert self._pack
        for id, one in self._waiting.all.items():
            if id in self._outline.fields:
                self._sight, self._query = ALL, ""
                self._list(id)
                self._say(f"Chưa phát hành được: {one.label} ghi {quoted(one.text)} chưa nhận. {one.why}")
                return None
        origin = self._desk.programmes.origin(self._pack)
        against = f"So với {origin.folder}" if origin else "Không còn biết bản gốc"
        words = f"{against}: {self._counted()}. {unsure(self._pack.programme())} Phát hành rồi thì bản này không sửa được nữa."
        title = f"Phát hành {self._pack.programme().short_title}, phiên bản {self._pack.version}"
        return BeforeRelease(title, words, tuple(change_rows(self._changes)))

    def release(self) -> None:
        pack = self._pack
        assert pack
        programme = accepted(self._frame.ask, lambda: self._desk.programmes.release(pack))
        if programme is None:
            return
        self._closed()
        self._frame.toast(f"Đã phát hành {programme.short_title}, phiên bản {programme.version}.")
        self._frame.reopen("programmes", programme.id)

    def discard(self) -> None:
        """The draft goes, once confirmed."""
        assert self._pack
        name = self._pack.programme().short_title
        words = f"Mất {len(self._changes)} mục đã sửa." if self._changes else "Bản soạn chưa sửa mục nào."
        if not self._frame.ask.confirm(f"Bỏ bản soạn {name}?", words, "Bỏ bản soạn"):
            return
        try:
            self._desk.programmes.discard(self._pack)
            self._waiting.answer(tuple(self._waiting.all))
        except AppError as error:
            self._frame.ask.refused(error)
            return
        self._closed()
        self._frame.toast(f"Đã bỏ bản soạn {name}.")

    def _add(self, make: Callable[[PackPart], PackEdit]) -> str:
        """To the part in which the cursor stands."""
        part = self._part_of(self._table.chosen)
        return self._change(lambda: (make(part),)) if part else ""

    def _change(self, edits: Callable[[], Sequence[PackEdit]]) -> str:
        """These edits, which may be refused already while they are made; the refusal's words."""
        assert self._pack
        try:
            made = edits()
            pack = self._desk.drafting.change(self._pack, made) if made else self._pack
        except AppError as error:
            return error.message
        self._take(pack)
        return ""

    def _take(self, pack: Pack) -> None:
        self._pack, self._outline = pack, outline(pack.files)
        self._changes = self._desk.drafting.changes(pack)
        note = f"Bản soạn, mã {pack.id}, phiên bản {pack.version} · {self._counted()} so với bản gốc"
        self._table = replace(self._table, title=pack.programme().title, note=note, changes=len(self._changes))
        self._list(self._table.chosen)

    def _list(self, chosen: str) -> None:
        """Everything anew, with the cursor on the same field where it is still listed."""
        rows = tuple(self._rows())
        fields = [one.id for one in rows if not one.is_heading]
        self._table = replace(self._table, rows=rows, counted=f"{len(fields)} mục")
        self.choose(chosen if chosen in fields else next(iter(fields), ""))

    def _say(self, problem: str, **others: Any) -> None:
        self._table = replace(self._table, problem=problem, **others)
        self._show(self._table)

    def _rows(self) -> Iterator[ListRow]:
        """Under the name of each block what of it may be changed."""
        before = {change.field: change.old for change in self._changes}
        new = {change.field for change in self._changes}
        for part in self._outline.parts:
            for block in part.blocks:
                fields = [one for one in block.fields if self._is_seen(part, block, one, new)]
                if fields:
                    yield heading(_called(part, block))
                yield from (self._row(field, block.id in new, before) for field in fields)

    def _is_seen(self, part: PackPart, block: Block, field: PackField, new: set[str]) -> bool:
        if field.spec.kind is FieldKind.FIXED:
            return False
        if self._sight == CHANGED and not new & {field.id, block.id}:
            return False
        if self._sight in _KINDS and block.kind not in _KINDS[self._sight]:
            return False
        words = f"{_called(part, block)} {field.spec.title} {self._outline.words(field)}"
        return self._query in fold(words)

    def _row(self, field: PackField, is_new: bool, before: dict[str, str]) -> ListRow:
        value, was = self._outline.words(field), ListItem("")
        if is_new or field.id in before:
            was = ListItem("(mới)" if is_new else _cut(before[field.id]) or "(không có)", "accent")
        shown = ListItem(_cut(value)) if value else ListItem("(để trống)", "muted")
        if (refused := self._waiting.text(field.id)) is not None:
            shown = ListItem(f"{_cut(refused)} (chưa nhận)", "error", "error")
        return row(field.id, field.spec.title.partition(" (")[0], shown, was, note=value)

    def _typing(self, field: PackField) -> Typing:
        spec, value = field.spec, self._outline.words(field)
        block, part = self._block_of(field.id), self._part_of(field.id)
        options: tuple[tuple[str, str], ...] = ()
        if spec.kind is FieldKind.OPERATOR:
            options, value = tuple((OPERATOR_TITLES[one], one.value) for one in Operator), str(field.value)
        was = next((change.old for change in self._changes if change.field == field.id), "")
        return Typing(
            field.id,
            spec.title,
            _called(part, block) if part and block else "",
            spec.kind,
            bool(field.value) if spec.kind is FieldKind.YES else value,
            spec.limit,
            options,
            was,
            _MAY_GO.get(block.kind, "") if block else "",
            self._waiting.text(field.id),
        )

    def _block_of(self, field: str) -> Block | None:
        found = self._outline.fields.get(field)
        return next((one for one in self._outline.blocks.values() if found in one.fields), None) if found else None

    def _part_of(self, field: str) -> PackPart | None:
        block = self._block_of(field)
        return next((part for part in self._outline.parts if block in part.blocks), None)

    def _warn_of(self, number: int) -> None:
        """Texts that still speak of the old number are put right by hand."""
        if spoken := mentions(self._outline, number):
            self._say(
                f"Đã ghi. Câu chữ còn nhắc {number} tin, bài ở: {'; '.join(dict.fromkeys(spoken))}. Sửa tiếp ở đó."
            )

    def _counted(self) -> str:
        return f"{len(self._changes)} mục khác" if self._changes else "không đổi mục nào"


def _called(part: PackPart, block: Block) -> str:
    return f"{part.title} › {block.title}" if block.title else part.title


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHORT else f"{plain[: _SHORT - 1]}…"
