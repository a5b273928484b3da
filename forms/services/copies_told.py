"""What an office is told when an accepted report repeats another one: another unit's of the same period, or the unit's own of
the period before. It is added up all the same; a person looks at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from forms.copies import Total, amounts_of, is_copy, is_telling, same_figures, total_of
from forms.exchange import MERGED, BatchLine, Received, ReportKey, Warned
from forms.org_unit import UnitKey
from forms.periods import Period
from forms.ports import Work
from forms.report import Report

_NAMED = 3  # units in one sentence


@dataclass(frozen=True, slots=True)
class _Other:
    """A report that an arrival may repeat; `here` when it came with the same batch."""

    unit: UnitKey
    digest: str
    here: Received | None = None


@dataclass(frozen=True)
class CopiesTold:
    """`named`: what our catalogue calls a unit. `reread`: the whole report in the bytes of a package; None where this
    program cannot understand it any more."""

    work: Work
    named: Callable[[UnitKey], str]
    reread: Callable[[bytes], Report | None]

    def told(self, kept: Sequence[Received], lines: Sequence[BatchLine]) -> tuple[BatchLine, ...]:
        """The lines, with what is to be said of each accepted package."""
        accepted = [one for one in kept if one.arrival in MERGED]
        by_key: dict[ReportKey, list[Received]] = defaultdict(list)
        for one in accepted:
            by_key[one.opened.key].append(one)
        said: dict[str, list[Warned]] = defaultdict(list)
        for key, group in by_key.items():
            before = key._replace(period=Period.parse(key.period, key.basis).previous().label)
            beside, earlier = self._known(key, group), self._known(before, by_key.get(before, ()))
            for one in group:
                total = total_of(amounts_of(one.cells))
                if total is not None:
                    said[one.opened.digest] += self._beside(one, beside.get(total, ()))
                    said[one.opened.digest] += self._earlier(one, earlier.get(total, ()), before)
        return tuple(
            replace(line, warnings=tuple(said[line.digest]))
            if line.arrival in MERGED and said.get(line.digest)
            else line
            for line in lines
        )

    def _known(self, key: ReportKey, arriving: Iterable[Received]) -> dict[Total, list[_Other]]:
        """What stands for each unit once the batch is stored, by what its figures come to."""
        newest = {one.opened.unit: one for one in sorted(arriving, key=lambda one: one.opened.revision)}
        found: dict[Total, list[_Other]] = defaultdict(list)
        for unit, digest, total in self.work.received.totals(key):
            if unit not in newest:
                found[total].append(_Other(unit, digest))
        for unit, one in newest.items():
            if (mine := total_of(amounts_of(one.cells))) is not None:
                found[mine].append(_Other(unit, one.opened.digest, one))
        return found

    def _beside(self, one: Received, others: Iterable[_Other]) -> Iterable[Warned]:
        same = [other.unit for other in others if other.unit != one.opened.unit and self._repeats(one, other)]
        if same:
            names = ", ".join(self.named(unit) for unit in same[:_NAMED])
            more = f" và {len(same) - _NAMED} đơn vị nữa" if len(same) > _NAMED else ""
            message = (
                f"Số liệu giống hệt báo cáo cùng kỳ của {names}{more}. Hỏi xem có gửi nhầm báo cáo của nhau không."
            )
            yield Warned("SAME_AS_OTHER", message)

    def _earlier(self, one: Received, others: Iterable[_Other], before: ReportKey) -> Iterable[Warned]:
        if any(other.unit == one.opened.unit and self._repeats(one, other) for other in others):
            report = self.reread(one.opened.raw)
            reason = report.explanations.get("same_as_before", "") if report else ""
            said = f"Đơn vị ghi lý do: {reason}" if reason else "Đơn vị không ghi lý do; hỏi lại."
            words = Period.parse(before.period, before.basis).words
            yield Warned("SAME_AS_BEFORE", f"Số liệu giống hệt {words} của chính đơn vị. {said}")

    def _repeats(self, one: Received, other: _Other) -> bool:
        cells = other.here.cells if other.here else self.work.received.cells(other.digest)
        if not same_figures(one.cells, cells):
            return False
        if is_telling(one.cells):
            return True
        raw = other.here.opened.raw if other.here else self.work.received.raw(other.digest)
        mine, theirs = self.reread(one.opened.raw), self.reread(raw) if raw else None
        return mine is not None and theirs is not None and is_copy(mine, theirs)
