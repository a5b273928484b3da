"""What becomes of the files of a batch: each held against the chain of its report, in the order of revisions, not of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.cell import Cell
from forms.exchange import MERGED, Arrival, BatchLine, Decision, Link, Opened, Received, ReportKey, decide
from forms.org_unit import UnitKey
from forms.ports import Work
from forms.report import Change


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file on its way through the rules. Thousands wait for the last, so only what is stored is kept of each.

    `decision`: what its content alone decided; None leaves it to the lineage.
    """

    path: str
    opened: Opened | None = None
    decision: Decision | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    news_listed: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.decision is not None and self.decision.arrival is Arrival.REFUSED


class Lineage:
    """Decides candidates against the chains of the ledger, growing them as it goes, so that a stick that holds both
    a report and its correction gives the same result in any order of files."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._chains: dict[ReportKey, dict[UnitKey, list[Link]]] = {}

    def decided(
        self, candidates: Sequence[Candidate], waiting: Sequence[Candidate]
    ) -> tuple[list[Received], tuple[BatchLine, ...]]:
        """What is stored, and a line for each candidate. `waiting` are packages parked before: one that may be accepted
        now, because its predecessor or its programme has come, is stored and told after the others."""
        packages = [candidate for candidate in (*candidates, *waiting) if candidate.opened and not candidate.is_refused]
        named = {digest for c in packages if c.opened for digest in (c.opened.digest, c.opened.supersedes) if digest}
        stored = dict(self._work.received.kept(named))
        decisions: dict[int, Decision] = {}
        kept: list[Received] = []
        for candidate in sorted(packages, key=_order):
            assert candidate.opened is not None
            decision = self._one(candidate, candidate.opened, stored)
            decisions[id(candidate)] = decision
            if decision.arrival is not Arrival.SAME:
                kept.append(_received(candidate, candidate.opened, decision))
                stored[candidate.opened.digest] = decision.arrival
        lines = [_line(candidate, decisions.get(id(candidate)) or self._refused(candidate)) for candidate in candidates]
        freed = [candidate for candidate in waiting if id(candidate) in decisions]
        lines += [_line(c, decisions[id(c)]) for c in freed if decisions[id(c)].arrival is not Arrival.SAME]
        return kept, tuple(lines)

    def _refused(self, candidate: Candidate) -> Decision | None:
        """What was accepted before its key was revoked stays accepted."""
        opened = candidate.opened
        if opened and any(link.digest == opened.digest for link in self._chain(opened)):
            return decide(opened, self._chain(opened))
        return candidate.decision

    def _one(self, candidate: Candidate, opened: Opened, stored: dict[str, Arrival]) -> Decision:
        chain = self._chain(opened)
        held = stored.get(opened.supersedes or "") is Arrival.QUARANTINED
        settled = decide(opened, chain, follows_held=held)
        decision = candidate.decision or settled
        if settled.arrival is Arrival.SAME:
            return settled
        if stored.get(opened.digest) is decision.arrival:
            return Decision(Arrival.SAME, "SAME", "Gói này đã nhận trước đây và vẫn đang giữ lại; không thay đổi gì.")
        if decision.arrival in MERGED:
            chain.append(Link(opened.digest, opened.revision))
        return decision

    def _chain(self, opened: Opened) -> list[Link]:
        if opened.key not in self._chains:
            found = self._work.received.chains(opened.key)
            self._chains[opened.key] = {unit: list(links) for unit, links in found.items()}
        return self._chains[opened.key].setdefault(opened.unit, [])


def _order(candidate: Candidate) -> tuple[object, ...]:
    opened = candidate.opened
    assert opened is not None
    return (opened.unit, opened.key, opened.revision, opened.digest)


def _received(candidate: Candidate, opened: Opened, decision: Decision) -> Received:
    return Received(opened, decision.arrival, decision.code, candidate.cells, candidate.news_listed)


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
    )
