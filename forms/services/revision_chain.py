"""What becomes of the files of a batch: each held against the chain of its report, in the order of revisions, not of files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from forms.exchange.arrival_rules import contested, decide
from forms.exchange.statements import (
    MERGED,
    Arrival,
    BatchLine,
    Decision,
    Kept,
    Link,
    OpenedPackage,
    Received,
    ReportKey,
    Warned,
)
from forms.model.cell import Cell
from forms.model.org_unit import UnitKey
from forms.model.report import Change
from forms.ports import Work


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file on its way through the rules. Thousands wait for the last, so only what is stored is kept of each.

    `decision`: what its content alone decided; None leaves it to the lineage.
    """

    path: str
    opened: OpenedPackage | None = None
    decision: Decision | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    news_listed: bool = False
    changes: tuple[Change, ...] = ()
    warnings: tuple[Warned, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.decision is not None and self.decision.arrival is Arrival.REFUSED


_Package = tuple[Candidate, OpenedPackage]
_Claim = tuple[UnitKey, ReportKey, int, str | None]
_UNDECIDED = Decision(Arrival.PARKED, "", "")  # of a package whose turn has not come


class Lineage:
    """Walks a batch by the rules of forms/exchange/arrival_rules.py, in the order of revisions, so that the order of its files
    decides nothing. Chains grow as it goes: a stick that holds a report and its correction has both accepted."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._chains: dict[ReportKey, dict[UnitKey, list[Link]]] = {}
        self._kept: dict[str, Kept] = {}  # what the ledger keeps and what this batch adds to it, by digest
        self._here: dict[str, Kept] = {}  # the packages of this batch before anything is decided of them
        self._decisions: dict[int, Decision] = {}
        self._stored: list[Received] = []

    def decided(
        self, candidates: Sequence[Candidate], waiting: Sequence[Candidate]
    ) -> tuple[list[Received], tuple[BatchLine, ...]]:
        """What is stored, and a line for each candidate. `waiting` are packages parked before: one that is decided
        otherwise now, because its predecessor or its programme has come, is stored and told after the others."""
        packages = [package for package in map(_package, (*candidates, *waiting)) if package]
        named = {digest for _, opened in packages for digest in (opened.digest, opened.supersedes) if digest}
        self._kept = dict(self._work.received.kept(named))
        self._here = {opened.digest: _kept(opened, _UNDECIDED) for _, opened in packages}
        for _, rivals in groupby(sorted(packages, key=_order), key=_place):
            self._decide(list(rivals))
        lines = [_line(one, self._decisions.get(id(one)) or self._refused(one)) for one in candidates]
        freed = [one for one in waiting if id(one) in self._decisions]
        lines += [_line(o, self._decisions[id(o)]) for o in freed if self._decisions[id(o)].arrival is not Arrival.SAME]
        return self._stored, tuple(lines)

    def _refused(self, candidate: Candidate) -> Decision | None:
        """What was accepted before its key was revoked stays accepted."""
        opened = candidate.opened
        if opened and any(link.digest == opened.digest for link in self._chain(opened)):
            return decide(opened, self._chain(opened), None)
        return candidate.decision

    def _decide(self, rivals: Sequence[_Package]) -> None:
        """All packages of one line and revision at once: where two could take the place, neither does (rule 13). Who takes
        it is settled first, so that the others find it taken, as they will the next time they are brought."""
        found = {opened.digest: self._one(candidate, opened).arrival for candidate, opened in rivals}
        taking = {opened.digest: opened for _, opened in rivals if found[opened.digest] in MERGED}
        is_contested = len(taking) > 1 or any(map(self._has_rival, taking.values()))
        for candidate, opened in sorted(rivals, key=lambda package: package[1].digest not in taking):
            disputed = is_contested and opened.digest in taking
            decision = contested(opened.revision) if disputed else self._one(candidate, opened)
            self._decisions[id(candidate)] = self._settled(candidate, opened, decision)

    def _one(self, candidate: Candidate, opened: OpenedPackage) -> Decision:
        named = opened.supersedes or ""
        predecessor = self._kept.get(named) or self._here.get(named)
        return candidate.decision or decide(opened, self._chain(opened), predecessor)

    def _settled(self, candidate: Candidate, opened: OpenedPackage, decision: Decision) -> Decision:
        """The decision, stored if it is new."""
        before = self._kept.get(opened.digest)
        if before and before.arrival in MERGED:
            return decide(opened, self._chain(opened), None)
        if before and (before.arrival, before.code) == (decision.arrival, decision.code):
            return Decision(Arrival.SAME, "SAME", "Gói này đã nhận trước đây và vẫn đang giữ lại; không thay đổi gì.")
        self._stored.append(Received(opened, decision.arrival, decision.code, candidate.cells, candidate.news_listed))
        self._kept[opened.digest] = _kept(opened, decision)
        if decision.arrival in MERGED:
            self._chain(opened).append(Link(opened.digest, opened.revision))
        return decision

    def _has_rival(self, opened: OpenedPackage) -> bool:
        return any(
            digest != opened.digest
            for digest in self._conflicts[opened.unit, opened.key, opened.revision, opened.supersedes]
        )

    @cached_property
    def _conflicts(self) -> Mapping[_Claim, Sequence[str]]:
        """What the ledger keeps in conflict, by the place that each would take. Read only when something is accepted."""
        found: dict[_Claim, list[str]] = defaultdict(list)
        for one in self._work.received.conflicts():
            found[one.unit, one.key, one.revision, one.supersedes].append(one.digest)
        return found

    def _chain(self, opened: OpenedPackage) -> list[Link]:
        if opened.key not in self._chains:
            found = self._work.received.chains(opened.key)
            self._chains[opened.key] = {unit: list(links) for unit, links in found.items()}
        return self._chains[opened.key].setdefault(opened.unit, [])


def _package(candidate: Candidate) -> _Package | None:
    return None if candidate.opened is None or candidate.is_refused else (candidate, candidate.opened)


def _place(package: _Package) -> tuple[UnitKey, ReportKey, int]:
    opened = package[1]
    return (opened.unit, opened.key, opened.revision)


def _order(package: _Package) -> tuple[object, ...]:
    return (*_place(package), package[1].digest)


def _kept(opened: OpenedPackage, decision: Decision) -> Kept:
    return Kept(
        opened.digest,
        opened.unit,
        opened.key,
        opened.revision,
        opened.supersedes,
        decision.arrival,
        decision.code,
    )


def _line(candidate: Candidate, decision: Decision | None) -> BatchLine:
    assert decision is not None
    opened = candidate.opened
    if opened is None:
        return BatchLine(candidate.path, decision.arrival, decision.code, decision.message)
    return BatchLine(
        candidate.path,
        decision.arrival,
        decision.code,
        decision.message,
        opened.unit.code,
        opened.unit_name,
        opened.key.period,
        opened.revision,
        opened.digest,
        candidate.changes,
        opened.key,
        candidate.warnings,
        opened.in_pdf,
    )
