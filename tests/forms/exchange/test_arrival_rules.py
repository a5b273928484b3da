"""The rules of forms/exchange/arrival_rules.py one by one: what becomes of an arrival, by digest, number and predecessor."""

from __future__ import annotations

from datetime import date

import pytest

from forms.exchange.arrival_rules import decide
from forms.exchange.statements import Arrival, Kept, Link, OpenedPackage, ReportKey
from forms.model.org_unit import UnitKey
from forms.model.period import Basis

KEY = ReportKey("nq28_hue", "quarter_news", "2025-Q4", Basis.CALENDAR)
UNIT = UnitKey("19804", date(2025, 7, 1))


def package(digest: str, revision: int, supersedes: str | None) -> OpenedPackage:
    return OpenedPackage(digest, "", UNIT, "Phường", KEY, 1, "s", 1, revision, supersedes, 1, False, (), "1.0", {}, b"")


def kept(digest: str, revision: int, arrival: Arrival, unit: UnitKey = UNIT, key: ReportKey = KEY) -> Kept:
    return Kept(digest, unit, key, revision, None, arrival, arrival.name)


def held(digest: str, revision: int) -> Kept:
    return kept(digest, revision, Arrival.QUARANTINED)


def parked(digest: str, revision: int) -> Kept:
    return kept(digest, revision, Arrival.PARKED)


def conflict(digest: str, revision: int) -> Kept:
    return kept(digest, revision, Arrival.CONFLICT)


OF_ANOTHER_UNIT = kept("o", 1, Arrival.NEW, unit=UNIT._replace(code="19774"))
OF_THE_UNIT_BEFORE = kept("o", 1, Arrival.NEW, unit=UNIT._replace(valid_from=date(2025, 1, 1)))
OF_ANOTHER_PERIOD = kept("o", 1, Arrival.NEW, key=KEY._replace(period="2025-Q3"))
OF_ANOTHER_BASIS = kept("o", 1, Arrival.NEW, key=KEY._replace(basis=Basis.ND09))
HELD_ELSEWHERE = kept("o", 1, Arrival.QUARANTINED, unit=UNIT._replace(code="19774"))


@pytest.mark.parametrize(
    ("accepted", "arrival", "predecessor", "expected"),
    [
        # 1
        ("a", ("a", 1, None), None, "same SAME"),
        ("ab", ("a", 1, None), None, "same SAME"),
        # 4
        ("a", ("b", 2, "o"), OF_ANOTHER_UNIT, "conflict PREDECESSOR_OTHER"),
        ("", ("b", 2, "o"), OF_ANOTHER_UNIT, "conflict PREDECESSOR_OTHER"),
        ("a", ("b", 2, "o"), OF_THE_UNIT_BEFORE, "conflict PREDECESSOR_OTHER"),
        ("a", ("b", 2, "o"), OF_ANOTHER_PERIOD, "conflict PREDECESSOR_OTHER"),
        ("a", ("b", 2, "o"), OF_ANOTHER_BASIS, "conflict PREDECESSOR_OTHER"),
        ("a", ("b", 2, "o"), HELD_ELSEWHERE, "conflict PREDECESSOR_OTHER"),
        ("a", ("z", 98, "o"), HELD_ELSEWHERE, "conflict PREDECESSOR_OTHER"),
        # 5
        ("", ("a", 1, None), None, "new NEW"),
        # 6
        ("a", ("b", 2, "a"), None, "correction CORRECTION"),
        ("ab", ("c", 3, "b"), None, "correction CORRECTION"),
        # 7
        ("a", ("x", 1, None), None, "conflict CONFLICT"),
        ("ab", ("x", 2, "a"), None, "conflict CONFLICT"),
        ("ab", ("x", 2, "?"), None, "conflict CONFLICT"),
        # 8
        ("ab", ("x", 3, "a"), None, "conflict CONFLICT"),
        ("abc", ("x", 98, "a"), None, "conflict CONFLICT"),
        # 9
        ("a", ("x", 3, "a"), None, "quarantined REVISION_JUMP"),
        ("a", ("z", 98, "b"), held("b", 2), "quarantined REVISION_JUMP"),
        ("ab", ("z", 98, "f"), held("f", 2), "quarantined REVISION_JUMP"),
        ("a", ("z", 98, "b"), conflict("b", 2), "quarantined REVISION_JUMP"),
        ("a", ("z", 3, "b"), held("b", 3), "quarantined REVISION_JUMP"),
        ("", ("z", 98, "b"), held("b", 2), "quarantined REVISION_JUMP"),
        ("a", ("z", 7, "?"), None, "quarantined REVISION_JUMP"),
        ("", ("z", 6, "?"), None, "quarantined REVISION_JUMP"),
        ("a", ("z", 10**9, "a"), None, "quarantined REVISION_JUMP"),
        ("a", ("z", 100, "y"), held("y", 99), "quarantined REVISION_JUMP"),
        # 10
        ("ab", ("x", 3, "f"), held("f", 2), "conflict CONFLICT"),  # fork_4: it follows an empty copy of revision 2
        ("ab", ("x", 3, "f"), parked("f", 2), "conflict CONFLICT"),
        ("ab", ("x", 4, "f"), conflict("f", 3), "conflict CONFLICT"),
        # 11
        ("a", ("c", 3, "b"), held("b", 2), "parked PREDECESSOR_HELD"),
        ("", ("b", 2, "a"), held("a", 1), "parked PREDECESSOR_HELD"),
        ("a", ("d", 4, "c"), parked("c", 3), "parked PREDECESSOR_HELD"),
        # 12
        ("a", ("c", 3, "b"), None, "parked PREDECESSOR_MISSING"),
        ("", ("b", 2, "a"), None, "parked PREDECESSOR_MISSING"),
        ("a", ("b", 2, "?"), None, "parked PREDECESSOR_MISSING"),
        ("a", ("b", 6, "?"), None, "parked PREDECESSOR_MISSING"),
    ],
)
def test_what_becomes_of_an_arrival(accepted, arrival, predecessor, expected):
    links = [Link(digest, number) for number, digest in enumerate(accepted, 1)]
    decision = decide(package(*arrival), links, predecessor)
    assert f"{decision.arrival} {decision.code}" == expected


def test_the_hundredth_revision_waits_for_a_person():
    links = [Link(str(number), number) for number in range(1, 100)]
    assert decide(package("x", 100, "99"), links, None).code == "REVISION_JUMP"


def test_every_sentence_says_what_now():
    for arrival, predecessor in ((("x", 1, None), None), (("z", 7, "?"), None), (("c", 3, "b"), held("b", 2))):
        assert decide(package(*arrival), [Link("a", 1)], predecessor).message.count(".") >= 2
