"""Senders, thieves and copied ledgers against one office above, in any order: what Lineage does is held against a model.

The model keeps a flat list of decisions and says of each package which numbered rule of forms/exchange/arrival_rules.py holds, in
the plainest way; it shares nothing with the product but the names of the results.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from forms.errors import StorageError
from forms.exchange.statements import Arrival, Decision, OpenedPackage, ReportKey
from forms.model.org_unit import UnitKey
from forms.model.period import Basis
from forms.services.revision_chain import Candidate, Lineage

SOUND, DOUBTED, UNKNOWN, REFUSED = "sound", "doubted", "of an unknown programme", "refused"
LINES = tuple(
    (UnitKey(code, date(2025, 7, 1)), ReportKey("nq28_hue", "quarter_news", period, Basis.CALENDAR))
    for code, period in (("19774", "2025-Q4"), ("19804", "2025-Q3"), ("19804", "2025-Q4"))
)
NOW = datetime(2025, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Sent:
    """A package as the rules see it."""

    digest: str
    line: tuple[UnitKey, ReportKey]
    revision: int
    before: str | None
    content: str

    def opened(self) -> OpenedPackage:
        unit, key = self.line
        raw = self.digest.encode()
        return OpenedPackage(
            self.digest, "", unit, "Xã", key, 1, "0" * 64, 1, self.revision, self.before, 1, False, (), "1", {}, raw
        )  # fmt: skip


class Model:
    """`rows`: (batch, package, result, code), the latest last."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Sent, str, str]] = []
        self.learnt = False

    def latest(self) -> dict[str, tuple[Sent, str, str]]:
        return {sent.digest: (sent, result, code) for _, sent, result, code in self.rows}

    def accepted(self, line) -> list[Sent]:
        found = [sent for sent, result, _ in self.latest().values() if sent.line == line and result == "accepted"]
        return sorted(found, key=lambda sent: sent.revision)

    def content(self, sent: Sent) -> str:
        return SOUND if sent.content == UNKNOWN and self.learnt else sent.content

    def receive(self, batch: str, files: list[Sent]) -> dict[str, tuple[str, str]]:
        """What each digest is told as: (result, code)."""
        waiting = [sent for sent, result, _ in self.latest().values() if result == "parked"]
        pool = {sent.digest: sent for sent in (*files, *waiting) if sent.content != REFUSED}  # rule 2
        told = {sent.digest: ("refused", "REFUSED") for sent in files if sent.content == REFUSED}
        for line in LINES:
            for revision in sorted({sent.revision for sent in pool.values() if sent.line == line}):
                rivals = [sent for sent in pool.values() if (sent.line, sent.revision) == (line, revision)]
                told |= self.settle(batch, rivals, pool)
        return told

    def settle(self, batch: str, rivals: list[Sent], pool: dict[str, Sent]) -> dict[str, tuple[str, str]]:
        fits = [sent for sent in rivals if self.fits(sent)]
        conflicts = [sent for sent, result, _ in self.latest().values() if result == "conflict"]
        contested = any(_rival(sent, other) for sent in fits for other in (*fits, *conflicts))  # rule 13
        told = {}
        for sent in sorted(rivals, key=lambda one: one not in fits):
            if sent in fits:
                result = (
                    ("conflict", "CONFLICT")
                    if contested
                    else ("accepted", "NEW" if sent.revision == 1 else "CORRECTION")
                )
            else:
                result = self.otherwise(sent, pool)
            before = self.latest().get(sent.digest)
            if before and (before[1] == "accepted" or before[1:] == result):
                result = ("same", "SAME")
            else:
                self.rows.append((batch, sent, *result))
            told[sent.digest] = result
        return told

    def fits(self, sent: Sent) -> bool:
        """Rules 3, 5 and 6."""
        head = self.accepted(sent.line)[-1:]
        follows = (head[0].digest, head[0].revision + 1) if head else (None, 1)
        return self.content(sent) == SOUND and (sent.before, sent.revision) == follows and sent.revision <= 99

    def otherwise(self, sent: Sent, pool: dict[str, Sent]) -> tuple[str, str]:
        chain = self.accepted(sent.line)
        head = chain[-1].revision if chain else 0
        known = self.latest()
        named = known[sent.before][0] if sent.before in known else pool.get(sent.before or "")
        if sent in chain:
            return ("same", "SAME")  # 1
        if self.content(sent) == DOUBTED:
            return ("quarantined", "DOUBTED")  # 3
        if self.content(sent) == UNKNOWN:
            return ("parked", "UNKNOWN")  # 3
        if named and named.line != sent.line:
            return ("conflict", "PREDECESSOR_OTHER")  # 4
        if sent.revision <= head or named in chain[:-1]:
            return ("conflict", "CONFLICT")  # 7, 8
        leaps = sent.revision > head + 5 if named is None else sent.revision != named.revision + 1
        if leaps or sent.revision > 99:
            return ("quarantined", "REVISION_JUMP")  # 9
        if named is None:
            return ("parked", "PREDECESSOR_MISSING")  # 12
        if named.revision <= head or known.get(named.digest, (0, ""))[1] == "conflict":
            return ("conflict", "CONFLICT")  # 10
        return ("parked", "PREDECESSOR_HELD")  # 11


def _rival(sent: Sent, other: Sent) -> bool:
    """Another package that would take the same place."""
    claims = [(one.line, one.revision, one.before) for one in (sent, other)]
    return sent.digest != other.digest and claims[0] == claims[1]


RESULT = {Arrival.NEW: "accepted", Arrival.CORRECTION: "accepted"}
CONTENT = {
    DOUBTED: Decision(Arrival.QUARANTINED, "DOUBTED", ""),
    UNKNOWN: Decision(Arrival.PARKED, "UNKNOWN", ""),
    REFUSED: Decision(Arrival.REFUSED, "REFUSED", ""),
}


class LineageMachine(RuleBasedStateMachine):
    """`begin` opens a transaction of the office's ledger; subclasses say of which."""

    sent, batches = Bundle("sent"), Bundle("batches")

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.made: dict[str, Sent] = {}
        self.begin = self.ledger()

    def ledger(self) -> Callable[[], AbstractContextManager]:
        raise NotImplementedError

    def seal(self, line, revision: int, before: str | None, content: str) -> Sent:
        digest = hashlib.sha256(f"{len(self.made)}".encode()).hexdigest()
        self.made[digest] = Sent(digest, line, revision, before, content)
        return self.made[digest]

    @initialize(target=sent)
    def first_reports(self):
        return multiple(*(self.seal(line, 1, None, SOUND) for line in LINES))

    @rule(target=sent, line=st.sampled_from(LINES), content=st.sampled_from([SOUND, SOUND, DOUBTED, UNKNOWN, REFUSED]))
    def seal_first(self, line, content):
        return self.seal(line, 1, None, content)

    @rule(
        target=sent,
        before=sent,
        leap=st.sampled_from([1, 1, 1, 1, 2, 6, 96, -1]),
        content=st.sampled_from([SOUND, SOUND, SOUND, DOUBTED, UNKNOWN, REFUSED]),
        stolen=st.sampled_from([False, False, False, True]),
        line=st.sampled_from(LINES),
    )
    def seal_after(self, before: Sent, leap: int, content: str, stolen: bool, line):
        """A correction of a package that exists somewhere, perhaps of another unit's."""
        return self.seal(line if stolen else before.line, max(2, before.revision + leap), before.digest, content)

    @rule(target=sent, twin=sent, content=st.sampled_from([SOUND, SOUND, DOUBTED]))
    def seal_on_a_copied_ledger(self, twin: Sent, content: str):
        """Another package for the same place, from a copy of the ledger, and one that follows it."""
        fork = self.seal(twin.line, twin.revision, twin.before, content)
        return multiple(fork, self.seal(fork.line, fork.revision + 1, fork.digest, SOUND))

    @rule(target=sent, line=st.sampled_from(LINES), revision=st.sampled_from([2, 3, 7, 98]))
    def seal_after_nothing(self, line, revision):
        return self.seal(line, revision, "f" * 64, SOUND)

    @rule(target=batches, files=st.lists(sent, min_size=1, max_size=9), order=st.randoms(use_true_random=False))
    def receive(self, files: list[Sent], order):
        batch = f"b{len(self.model.rows)}-{order.getrandbits(64):x}"
        looked = self.lines(order.sample(files, len(files)), None)
        told = self.lines(files, batch)
        assert looked == told, "the order of files decides nothing, and a preview tells what receiving does"
        expected = self.model.receive(batch, files)
        assert told == {digest: result for digest, result in expected.items() if digest in told}
        untold = {result for digest, result in expected.items() if digest not in told}
        assert untold <= {("same", "SAME")}, "of what waits, only news is told"
        again = self.lines(files, f"{batch} again")
        assert {result for result, _ in again.values()} <= {"same", "refused"}, "the same stick again changes nothing"
        return batch

    @rule(batch=consumes(batches))
    def undo(self, batch: str):
        mine = {sent.digest for b, sent, result, _ in self.model.rows if b == batch and result == "accepted"}
        stored = any(b == batch for b, *_ in self.model.rows)
        built_on = any(b != batch and r == "accepted" and s.before in mine for b, s, r, _ in self.model.rows)
        code = "" if stored and not built_on else "BATCH_BUILT_ON" if stored else "BATCH_UNKNOWN"
        with self.begin() as work, pytest.raises(StorageError) if code else nullcontext() as refusal:
            work.received.undo(batch)
        assert code == (refusal.value.code if refusal else "")
        if not code:
            self.model.rows = [row for row in self.model.rows if row[0] != batch]

    @rule()
    def learn(self):
        """The programme that was missing is here now."""
        self.model.learnt = True

    @invariant()
    def chains_run_from_one_and_each_follows_the_one_before(self):
        with self.begin() as work:
            found = {(unit, key): links for _, key in LINES for unit, links in work.received.chains(key).items()}
        for line in LINES:
            links = found.get(line, ())
            assert [link.digest for link in links] == [sent.digest for sent in self.model.accepted(line)]
            assert [link.revision for link in links] == list(range(1, len(links) + 1))
            for number, link in enumerate(links):
                made = self.made[link.digest]
                assert made.before == (links[number - 1].digest if number else None)
                assert made.line == line
                assert self.model.content(made) == SOUND or made.content == UNKNOWN

    def lines(self, files: list[Sent], batch: str | None) -> dict[str, tuple[str, str]]:
        """What is told of each digest, duplicates of it aside; stored under `batch` unless None."""
        with self.begin() as work:
            waiting = [self.made[raw.decode()] for raw in work.received.waiting()]
            kept, lines = Lineage(work).decided([*map(self.candidate, files)], [*map(self.candidate, waiting)])
            assert len(lines) >= len(files), "each file is one line"
            if batch and kept:
                work.received.add(batch, NOW, "Người nhận", kept)
        told: dict[str, tuple[str, str]] = {}
        for line in lines:
            told.setdefault(line.digest or line.path, (RESULT.get(line.arrival, line.arrival.value), line.code))
        return told

    def candidate(self, sent: Sent) -> Candidate:
        return Candidate(sent.digest, sent.opened(), CONTENT.get(self.model.content(sent)))
