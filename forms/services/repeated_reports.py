"""What an office is told when an accepted report repeats another one: another unit's of the same period, or the unit's own of
the period before. It is added up all the same; a person looks at it.

Thousands are compared at once, so what is compared gets dearer step by step, and only within a group that is still alike:
what the figures come to, the figures, and where these are few (forms/model/report_copies.py) what stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from forms.exchange.statements import MERGED, BatchLine, Received, ReportKey, Warned
from forms.model.cell import Cell
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.report_copies import Total, amounts_of, figures_of, is_much, is_telling, total_of
from forms.ports import Codec, Work

_NAMED = 3  # units in one sentence
_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class _Entry:
    """What stands for a unit once the batch is stored; `is_new` when it came with it."""

    unit: UnitKey
    digest: str
    total: Total
    cells: Callable[[], Mapping[str, Cell]]
    raw: Callable[[], bytes]
    is_new: bool


@dataclass(frozen=True)
class CopiesTold:
    """`named`: what our catalogue calls a unit. `reread`: the whole report in the bytes of a package; None where this
    program cannot understand it any more."""

    work: Work
    codec: Codec
    named: Callable[[UnitKey], str]
    reread: Callable[[bytes], Report | None]

    def told(self, kept: Sequence[Received], lines: Sequence[BatchLine]) -> tuple[BatchLine, ...]:
        """The lines, with what is to be said of each accepted package."""
        arrived: dict[ReportKey, list[Received]] = defaultdict(list)
        for one in kept:
            if one.arrival in MERGED:
                arrived[one.opened.key].append(one)
        said: dict[str, list[Warned]] = defaultdict(list)
        for key, group in arrived.items():
            entries = tuple(self._entries(key, group))
            before = key._replace(period=Period.parse(key.period, key.basis).previous().label)
            for digest, warned in (*self._beside(entries), *self._earlier(entries, before, arrived.get(before, ()))):
                said[digest].append(warned)
        return tuple(
            replace(line, warnings=(*line.warnings, *said[line.digest])) if line.digest in said else line
            for line in lines
        )

    def _entries(self, key: ReportKey, arrived: Iterable[Received]) -> Iterator[_Entry]:
        newest = {one.opened.unit: one for one in sorted(arrived, key=lambda one: one.opened.revision)}
        for unit, digest, total, read in self.work.received.totals(key):
            if unit not in newest:
                yield _Entry(unit, digest, total, read, partial(self._stored, digest), False)
        for unit, one in newest.items():
            total_now = total_of(amounts_of(one.cells))
            if total_now is not None:
                cells, raw = partial(_itself, one.cells), partial(_itself, one.opened.raw)
                yield _Entry(unit, one.opened.digest, total_now, cells, raw, True)

    def _stored(self, digest: str) -> bytes:
        raw = self.work.received.raw(digest)
        assert raw is not None  # an accepted package keeps its bytes
        return raw

    def _beside(self, entries: Iterable[_Entry]) -> Iterator[tuple[str, Warned]]:
        for alike in self._alike(entries):
            for one in alike:
                if one.is_new:
                    yield one.digest, self._same_as(alike, one)

    def _alike(self, entries: Iterable[_Entry]) -> Iterator[list[_Entry]]:
        for some in _groups(entries, lambda one: one.total):
            for same in _groups(some, lambda one: figures_of(one.cells())):
                cells = same[0].cells()
                if is_telling(cells):
                    yield same
                    continue
                for group in _groups(same, self._said_beside):
                    if is_much(cells, self._said_beside(group[0])):
                        yield group

    def _said_beside(self, one: _Entry) -> bytes:
        return self.codec.beside_figures(one.raw())

    def _same_as(self, alike: Sequence[_Entry], one: _Entry) -> Warned:
        others = [other.unit for other in alike[: _NAMED + 1] if other.unit != one.unit][:_NAMED]
        left = len(alike) - 1 - len(others)
        more = f" và {left} đơn vị nữa" if left else ""
        names = ", ".join(map(self.named, others))
        return Warned(
            "SAME_AS_OTHER",
            f"Số liệu giống hệt báo cáo cùng kỳ của {names}{more}. Hỏi xem có gửi nhầm báo cáo của nhau không.",
        )

    def _earlier(
        self, entries: Iterable[_Entry], before: ReportKey, arrived: Iterable[Received]
    ) -> Iterator[tuple[str, Warned]]:
        fresh = {one.unit: one for one in entries if one.is_new}
        words = Period.parse(before.period, before.basis).words
        for old in self._entries(before, arrived) if fresh else ():
            one = fresh.get(old.unit)
            if one is not None and any(len(pair) > 1 for pair in self._alike((one, replace(old, is_new=False)))):
                reason = self._reason(one.raw())
                said = f"Đơn vị ghi lý do: {reason}" if reason else "Đơn vị không ghi lý do; hỏi lại."
                yield one.digest, Warned("SAME_AS_BEFORE", f"Số liệu giống hệt {words} của chính đơn vị. {said}")

    def _reason(self, raw: bytes) -> str:
        """What the unit gave for it, as it is sealed."""
        report = self.reread(raw)
        return report.explanations.get("same_as_before", "") if report else ""


def _itself(value: _Value) -> _Value:
    return value


def _groups(entries: Iterable[_Entry], key: Callable[[_Entry], _Key]) -> Iterator[list[_Entry]]:
    """Those that are alike in this, where something new is among several."""
    found: dict[_Key, list[_Entry]] = defaultdict(list)
    for one in entries:
        found[key(one)].append(one)
    return (group for group in found.values() if len(group) > 1 and any(one.is_new for one in group))
