"""The lineage rules: what becomes of an arrival, by revision and predecessor, never by clock or file name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange import Arrival, Link, Opened, ReportKey, decide
from forms.org_unit import UnitKey
from forms.periods import Basis

KEY = ReportKey("nq28_hue", "quarter_news", "2025-Q4", Basis.CALENDAR)
UNIT = UnitKey("19804", date(2025, 7, 1))


def package(digest: str, revision: int, supersedes: str | None) -> Opened:
    return Opened(digest, "", UNIT, "Phường", KEY, 1, "s", 1, revision, supersedes, 1, False, (), "1.0", {}, b"")


@pytest.mark.parametrize(
    ("chain", "arrival", "expected", "code"),
    [
        ("", ("a", 1, None), Arrival.NEW, "NEW"),
        ("a", ("a", 1, None), Arrival.SAME, "SAME"),
        ("a", ("b", 2, "a"), Arrival.CORRECTION, "CORRECTION"),
        ("ab", ("a", 1, None), Arrival.SAME, "SAME"),
        ("a", ("x", 1, None), Arrival.CONFLICT, "CONFLICT"),
        ("ab", ("x", 2, "a"), Arrival.CONFLICT, "CONFLICT"),
        ("ab", ("x", 3, "a"), Arrival.CONFLICT, "CONFLICT"),
        ("a", ("c", 3, "b"), Arrival.PARKED, "PREDECESSOR_MISSING"),
        ("", ("b", 2, "a"), Arrival.PARKED, "PREDECESSOR_MISSING"),
        ("a", ("b", 2, "z"), Arrival.PARKED, "PREDECESSOR_MISSING"),
        ("a", ("z", 10**9, "a"), Arrival.QUARANTINED, "REVISION_JUMP"),
    ],
)
def test_what_becomes_of_an_arrival(chain, arrival, expected, code):
    links = [Link(digest, number) for number, digest in enumerate(chain, 1)]
    decision = decide(package(*arrival), links)
    assert (decision.arrival, decision.code) == (expected, code)


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 4), st.sampled_from([None, *"abcdef"])), max_size=20)
)
def test_a_chain_only_grows_at_its_end_and_never_forks(arrivals):
    """Whatever comes, in whatever order: revisions run 1, 2, 3 … and each follows the one before."""
    chain: list[Link] = []
    for digest, revision, supersedes in arrivals:
        decision = decide(package(digest, revision, supersedes), chain)
        if decision.arrival in (Arrival.NEW, Arrival.CORRECTION):
            assert supersedes == (chain[-1].digest if chain else None)
            chain.append(Link(digest, revision))
    assert [link.revision for link in chain] == list(range(1, len(chain) + 1))
    assert len({link.digest for link in chain}) == len(chain)
