"""Decides what the list of commendations shows and what a typed row becomes. Each act can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Protocol

from forms.model.finding import Finding, Refused
from forms.model.form import NominationSpec
from forms.model.report import Report
from forms.model.task import NOMINEE_TITLES, Nomination, Nominee
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.texts.sections import OpenReport

COLUMNS = (
    ListColumnHead("TT", 44, "centre"),
    ListColumnHead("Loại", 92),
    ListColumnHead("Tên tập thể, cá nhân"),
    ListColumnHead("Hình thức", 210),
    ListColumnHead("Thành tích", 92),
)
Rows = tuple[Nomination, ...]
_WHERE = "nomination:"  # where a row waits that the ledger has not; with a plus by its place on the screen
_NAMELESS = "chưa có tên nên chưa cất. Gõ tên tập thể hoặc cá nhân."


@dataclass(frozen=True, slots=True)
class ListEdit:
    """One act on the list, before and after."""

    words: str
    old: Rows
    new: Rows


class ListFace(Protocol):
    def forget(self) -> None:
        """Another report: what was typed of the last one is of no account."""

    def show_list(self, rows: Sequence[ListRow], counted: str, chosen: int) -> None: ...
    def show_row(self, row: Nomination | None, number: int, *, closed: bool) -> None:
        """The chosen row to fill; None when the list is empty."""

    def show_spec(self, spec: NominationSpec) -> None: ...
    def begin(self) -> None:
        """The keys go into the name of the chosen row."""


class NominationPresenter:
    """A row without a name stays on the screen and is stored as soon as it has one. `push` as in TaskPresenter."""

    def __init__(
        self, face: ListFace, opened: OpenReport, push: Callable[[ListEdit], None], refuse: Callable[[str], None]
    ) -> None:
        self._face, self._open, self._push, self._refuse = face, opened, push, refuse
        self._rows: Rows = ()
        self._was_refused = False
        self._at = 0  # the chosen row; -1 where none is

    def start(self) -> None:
        """Another report."""
        waiting = next((one for where, one in self._open.waiting.all.items() if where.startswith(_WHERE)), None)
        self._rows, self._at = self._open.report.nominations, 0
        if waiting is not None and not self._open.is_closed:
            self._rows = _read(waiting.data)
        self._face.forget()
        if (spec := self._open.report.form.nominations) is not None:
            self._face.show_spec(spec)

    def show(self) -> None:
        self._at = min(self._at, len(self._rows) - 1)
        self._face.show_list(nomination_rows(self._rows, self._open.found), counted(self._rows), self._at)
        self._show_row()

    def choose(self, at: int) -> None:
        if at != self._at and 0 <= at < len(self._rows):
            self._at = at
            self._show_row()

    def go_to(self, number: str) -> bool:
        """Stand on the row of the report with that number, or with a plus on that row of the screen; False where there is
        none."""
        if number.startswith("+") and number[1:].isdecimal() and 0 < int(number[1:]) <= len(self._rows):
            self._at = int(number[1:]) - 1
            self.show()
            self._face.begin()
            return True
        places = [at for at, one in enumerate(self._rows) if one.name.strip()]
        if not number.isdecimal() or not 0 < int(number) <= len(places):
            return False
        self._at = places[int(number) - 1]
        self.show()
        self._face.begin()
        return True

    def add(self) -> None:
        """A row below the chosen one, like it in kind and form. It is nobody's act until it has a name."""
        if self._open.is_closed:
            return
        empty = next((at for at, one in enumerate(self._rows) if not one.name.strip()), None)
        if empty is None:
            like = self._rows[self._at] if self._rows else Nomination(Nominee.COLLECTIVE, "")
            empty = self._at + 1 if self._at >= 0 else len(self._rows)
            self._rows = (*self._rows[:empty], Nomination(like.kind, "", like.form), *self._rows[empty:])
        self._at = empty
        self.show()
        self._face.begin()

    def put(self, at: int, typed: Nomination) -> None:
        """A row as it stands in the fields."""
        if not 0 <= at < len(self._rows) or self._rows[at] == typed:
            return
        rows = (*self._rows[:at], typed, *self._rows[at + 1 :])
        if not typed.name.strip() and not self._rows[at].name.strip():
            self._rows = rows
            self._wait(at, "")
            self.show()
            if typed.ground.strip():
                self._refuse(f"Dòng {at + 1} {_NAMELESS}")
        else:
            self._change("sửa đề nghị khen thưởng", rows)

    def write_ground(self, at: int, text: str) -> str | None:
        """The ground of a row. How it is stored; None when it was refused."""
        if not 0 <= at < len(self._rows):
            return None
        self.put(at, replace(self._rows[at], ground=text))
        return None if self._was_refused else self._rows[at].ground

    def set_kind(self, kind: Nominee) -> None:
        if self._at >= 0 and not self._open.is_closed:
            self.put(self._at, replace(self._rows[self._at], kind=kind))

    def remove(self) -> None:
        """The chosen row. None is chosen then: a key too many takes no other."""
        if self._at >= 0 and not self._open.is_closed:
            rows = (*self._rows[: self._at], *self._rows[self._at + 1 :])
            self._change("xóa đề nghị khen thưởng", rows)

    def move(self, by: int) -> None:
        """The chosen row changes places with its neighbour."""
        to = self._at + by
        if self._open.is_closed or self._at < 0 or not 0 <= to < len(self._rows):
            return
        rows = list(self._rows)
        rows[self._at], rows[to] = rows[to], rows[self._at]
        self._change("chuyển dòng khen thưởng", tuple(rows))
        self._at = to
        self.show()

    def take(self, rows: Rows) -> bool:
        """Do one side of an edit on the ledger. False when it was refused, and has been said."""
        entry = self._open.desk.entry
        changed = (at for at, (one, other) in enumerate(zip(self._rows, rows, strict=False)) if one != other)
        self._at = -1 if len(rows) < len(self._rows) else next(changed, len(rows) - 1)
        at, self._rows, self._was_refused = self._at, rows, False
        if named(rows) == self._open.report.nominations:
            self._wait(at, "")
            self.show()
            return True

        def put(report: Report) -> Report:
            after = entry.put_nominations(report, named(rows))
            self._rows = _as_stored(rows, after.nominations)
            return after

        done = self._open.store(put)
        self._was_refused = not done
        self._wait(at, "" if done else self._open.why_refused)
        return done

    def _wait(self, at: int, why: str) -> None:
        """The rows that the ledger has not: one that it refused, one without a name of which something is told."""
        nameless = [n for n, row in enumerate(self._rows) if row.ground.strip() and not row.name.strip()]
        at, why = (at, why) if why else (nameless[0], f"Dòng này {_NAMELESS}") if nameless else (-1, "")
        where = f"{_WHERE}+{at + 1}"
        self._open.answer(*(one for one in self._open.waiting.all if one.startswith(_WHERE) and one != where))
        if why:
            row = self._rows[at] if 0 <= at < len(self._rows) else Nomination(Nominee.COLLECTIVE, "")
            refused = Refused(f"Đề nghị khen thưởng, dòng {at + 1}", row.name or row.ground, why, _written(self._rows))
            self._open.refuse(where, refused)
        else:
            self._open.answer(where)

    def _change(self, words: str, rows: Rows) -> None:
        self._push(ListEdit(words, self._rows, rows))

    def _show_row(self) -> None:
        row = self._rows[self._at] if 0 <= self._at < len(self._rows) else None
        self._face.show_row(row, self._at, closed=self._open.is_closed)


def named(rows: Sequence[Nomination]) -> Rows:
    """Those that can be stored."""
    return tuple(one for one in rows if one.name.strip())


def counted(rows: Sequence[Nomination]) -> str:
    """ "Tập thể 3 · Cá nhân 5" """
    parts = [f"{NOMINEE_TITLES[kind]} {sum(one.kind is kind for one in named(rows))}" for kind in Nominee]
    nameless = len(rows) - len(named(rows))
    return " · ".join([*parts, *([f"{nameless} dòng chưa có tên"] if nameless else [])])


def nomination_rows(rows: Sequence[Nomination], found: Sequence[Finding]) -> list[ListRow]:
    """Each row by its place on the screen; what is wrong is told by its number in the report."""
    made, number = [], 0
    for at, one in enumerate(rows):
        has_name = bool(one.name.strip())
        number += has_name
        here = {f"{_WHERE}+{at + 1}", *([f"{_WHERE}{number}"] if has_name else [])}
        wrong = [f for f in found if f.spot in here and (f.blocks or f.level == "hint")]
        sign = wrong[0].level if wrong else ""
        name = ListItem(one.name, "plain", sign) if has_name else ListItem("chưa có tên", "muted", sign)
        ground = ListItem("Đã ghi", "good") if one.ground.strip() else ListItem("Chưa ghi", "warning")
        note = "\n".join(part for part in (one.name, one.form, one.ground) if part)
        made.append(row(str(at), f"{at + 1}", NOMINEE_TITLES[one.kind], name, one.form, ground, note=note))
    return made


def _written(rows: Rows) -> str:
    return json.dumps([astuple(row) for row in rows], ensure_ascii=False)


def _read(data: str) -> Rows:
    """What `_written` gave."""
    return tuple(Nomination(Nominee(kind), name, form, ground) for kind, name, form, ground in json.loads(data))


def _as_stored(rows: Rows, stored: Rows) -> Rows:
    """The rows with their texts as the ledger has them."""
    listed = iter(stored)
    return tuple(next(listed) if one.name.strip() else one for one in rows)
