"""Decides what the list of commendations shows and what a typed row becomes. Each act can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial

from forms.model.finding import Finding
from forms.model.form import NominationSpec
from forms.model.task import NOMINEE_TITLES, Nomination, Nominee
from forms.services.report_session import Entries, Push
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.texts.open_texts import OpenTexts

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


@dataclass(frozen=True)
class ListPage:
    """`rows`: None leaves the list as it is; `row`: the chosen one to fill, None when there is none. `spec`: another report, whose
    form asks for this; what was typed of the last one is of no account. `begin`: the keys go into the name of the chosen row."""

    rows: Sequence[ListRow] | None
    counted: str
    chosen: int
    row: Nomination | None
    closed: bool
    spec: NominationSpec | None = None
    begin: bool = False


class NominationPresenter:
    """A row without a name stays on the screen and is stored as soon as it has one."""

    def __init__(self, show: Callable[[ListPage], None], opened: OpenTexts, push: Push) -> None:
        self._show, self._open, self._push = show, opened, push
        self._rows: Rows = ()
        self._was_refused, self._anew = False, False
        self._at = 0  # the chosen row; -1 where none is

    def start(self) -> None:
        """Another report."""
        waiting = self._open.session.waiting.all.items()
        typed = next((one for where, one in waiting if where.startswith(_WHERE)), None)
        self._rows, self._at, self._anew = self._open.report.nominations, 0, True
        if typed is not None and not self._open.is_closed:
            self._rows = tuple(Nomination(Nominee(kind), *rest) for kind, *rest in json.loads(typed.data))

    def show(self, *, listed: bool = True, begin: bool = False) -> None:
        self._at = min(self._at, len(self._rows) - 1)
        rows = nomination_rows(self._rows, self._open.found) if listed else None
        row = self._rows[self._at] if 0 <= self._at < len(self._rows) else None
        spec = self._open.report.form.nominations if self._anew else None
        self._anew = False
        self._show(ListPage(rows, counted(self._rows), self._at, row, self._open.is_closed, spec, begin))

    def choose(self, at: int) -> None:
        """Of the list."""
        if at != self._at and 0 <= at < len(self._rows):
            self._at = at
            self.show(listed=False)

    def go_to(self, number: str) -> None:
        """Stand on the row of the report with that number, or with a plus on that row of the screen, where there is one."""
        on_screen = number.startswith("+")
        places = [at for at, one in enumerate(self._rows) if on_screen or one.name.strip()]
        plain = number.removeprefix("+")
        if plain.isdecimal() and 0 < int(plain) <= len(places):
            self._at = places[int(plain) - 1]
            self.show(begin=True)

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
        self.show(begin=True)

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
                self._open.say(f"Dòng {at + 1} {_NAMELESS}")
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
            self._change("xóa đề nghị khen thưởng", (*self._rows[: self._at], *self._rows[self._at + 1 :]))

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

    def _change(self, words: str, rows: Rows) -> None:
        self._push(words, partial(self._take, rows), partial(self._take, self._rows))

    def _take(self, rows: Rows) -> bool:
        """Do one side of an edit on the ledger. False when it was refused, and has been said."""
        changed = (at for at, (one, other) in enumerate(zip(self._rows, rows, strict=False)) if one != other)
        self._at = -1 if len(rows) < len(self._rows) else next(changed, len(rows) - 1)
        at, self._rows, self._was_refused = self._at, rows, False
        if named(rows) == self._open.report.nominations:
            self._wait(at, "")
            self.show()
            return True
        done = self._open.session.take(Entries(nominations=named(rows)))
        if done:  # the texts as the ledger has them
            stored = iter(self._open.report.nominations)
            self._rows = tuple(next(stored) if one.name.strip() else one for one in rows)
        self._was_refused = not done
        self._open.tell(done)
        self._wait(at, "" if done else self._open.session.why_refused)
        return done

    def _wait(self, at: int, why: str) -> None:
        """The rows that the ledger has not: one that it refused, one without a name of which something is told."""
        nameless = [n for n, row in enumerate(self._rows) if row.ground.strip() and not row.name.strip()]
        at, why = (at, why) if why else (nameless[0], f"Dòng này {_NAMELESS}") if nameless else (-1, "")
        where = f"{_WHERE}+{at + 1}"
        waiting = self._open.session.waiting.all
        self._open.answer(*(one for one in waiting if one.startswith(_WHERE) and (one != where or not why)))
        if why:
            row = self._rows[at] if 0 <= at < len(self._rows) else Nomination(Nominee.COLLECTIVE, "")
            typed = json.dumps([astuple(row) for row in self._rows], ensure_ascii=False)
            label = f"Đề nghị khen thưởng, dòng {at + 1}"
            self._open.refuse(where, label, row.name or row.ground, why, typed)


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
