"""Corrections as they arrive, through the real format: what follows what, whatever the seals say."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from forms.model.cell import Cell, CellState, given
from forms.programmes.catalogue import Catalogue
from tests.exports.package.above import Above, Commune, classes, codes

PHU_XUAN, KIM_LONG, THUY_XUAN = Commune("19804"), Commune("19774"), Commune("19813")
NOTHING = {
    name: Cell(CellState.NOT_COLLECTED, note="chưa theo dõi") for name in PHU_XUAN.report().cells
}  # a report without a figure: held


@pytest.fixture
def above() -> Above:
    return Above(PHU_XUAN, KIM_LONG, THUY_XUAN)


def chain(*items: int | None) -> list[tuple[str, bytes]]:
    """Revisions of Phú Xuân, each naming the one before; None is one without any figure."""
    made: list[tuple[str, bytes]] = []
    for revision, many in enumerate(items, 1):
        before = made[-1][0] if made else None
        cells = NOTHING if many is None else {}
        made.append(PHU_XUAN.sealed(PHU_XUAN.report(many or 0, revision, before, **cells)))
    return made


def follower(revision: int, before: str, items: int = 9, commune: Commune = PHU_XUAN) -> tuple[str, bytes]:
    return commune.sealed(commune.report(items, revision, before))


def test_a_fork_never_becomes_a_correction(above: Above) -> None:
    """
    R1 ── R2        accepted
      └── R2x ── R3x    an empty report from a copy of the ledger, and what was sealed on it
    """
    (first, r1), (_, r2) = chain(4, 5)
    copied, r2x = PHU_XUAN.sealed(PHU_XUAN.report(0, 2, first, **NOTHING))
    _, r3x = follower(3, copied)
    assert [codes(above.receive(file)) for file in (r1, r2, r2x, r3x)] == [
        ["NEW"],
        ["CORRECTION"],
        ["BLANK"],
        ["CONFLICT"],
    ]
    assert above.figures() == {"19804": given(5)}


def test_the_fork_in_any_order_of_files_and_in_any_two_sticks(above: Above) -> None:
    (first, r1), (second, r2) = chain(4, 5)
    copied, r2x = PHU_XUAN.sealed(PHU_XUAN.report(0, 2, first, **NOTHING))
    files = r1, r2, r2x, follower(3, copied)[1], follower(3, second, items=6)[1]
    for order in permutations(files):
        for cut in range(len(order)):
            above.ledger.state.received = []
            above.receive(*order[:cut])
            above.receive(*order[cut:])
            assert above.figures() == {"19804": given(6)}


@pytest.mark.parametrize("revision", [3, 4, 98])
def test_what_follows_a_held_package_is_no_correction(above: Above, revision: int) -> None:
    """R1 accepted, R2 without a figure held; R3, R4 or R98 names R2."""
    (_, r1), (second, r2) = chain(4, None)
    _, later = follower(revision, second)
    assert [codes(above.receive(file)) for file in (r1, r2)] == [["NEW"], ["BLANK"]]
    expected = "PREDECESSOR_HELD" if revision == 3 else "REVISION_JUMP"
    assert (codes(above.preview(later)), codes(above.receive(later))) == ([expected], [expected])
    assert codes(above.receive(later)) == ["SAME"]
    assert above.figures() == {"19804": given(4)}


def test_what_follows_a_held_first_report_waits_too(above: Above) -> None:
    (_, r1), (_, r2) = chain(None, 4)
    assert codes(above.receive(r1, r2)) == ["BLANK", "PREDECESSOR_HELD"]
    assert above.figures() == {}


@pytest.mark.parametrize("items", [7, None], ids=["accepted", "held"])
@pytest.mark.parametrize("neighbour", [KIM_LONG, THUY_XUAN], ids=["of a lower code", "of a higher code"])
def test_another_units_package_is_no_predecessor(above: Above, neighbour: Commune, items: int | None) -> None:
    """A neighbour's R1 is here, accepted or held; Phú Xuân's R2 names it."""
    cells = NOTHING if items is None else {}
    other, theirs = neighbour.sealed(neighbour.report(items or 0, **cells))
    _, ours = follower(2, other)
    for files in ((theirs, ours), (ours, theirs)):  # a stick, in either order
        above.ledger.state.received = []
        told = dict(zip(files, codes(above.receive(*files)), strict=True))
        assert told[ours] == "PREDECESSOR_OTHER"
    assert "19804" not in above.figures()


def test_another_periods_package_is_no_predecessor(above: Above) -> None:
    """The same unit's report of the same quarter by the windows of NĐ 09, accepted or not, is another report."""
    (first, r1), _ = chain(4, 5)
    report = PHU_XUAN.report(9, 2, first)
    other = type(report.period)(report.period.label, type(report.period.basis)("nd09"))
    _, ours = PHU_XUAN.sealed(replace(report, period=other))
    above.receive(r1)
    assert codes(above.receive(ours)) == ["PREDECESSOR_OTHER"]


def test_two_first_reports_on_one_stick_are_a_question(above: Above) -> None:
    """A ledger was founded twice: 4 items or 7? The office does not choose by the order of files, nor by digest."""
    ours, theirs = chain(4)[0][1], chain(7)[0][1]
    for files in ((ours, theirs), (theirs, ours)):
        above.ledger.state.received = []
        batch = above.receive(*files)
        assert (classes(batch), above.figures()) == (["conflict", "conflict"], {})
        assert codes(above.receive(*files)) == ["SAME", "SAME"]
        assert codes(above.receive(ours)) == ["SAME"]  # leaving one out does not decide it
    assert above.receiving.undo(batch.id or "") == 2
    assert (codes(above.receive(ours)), above.figures()) == (["NEW"], {"19804": given(4)})


def test_a_second_first_report_on_a_later_stick_changes_nothing(above: Above) -> None:
    ours, theirs = chain(4)[0][1], chain(7)[0][1]
    assert (codes(above.receive(ours)), codes(above.receive(theirs))) == (["NEW"], ["CONFLICT"])
    assert above.figures() == {"19804": given(4)}


def test_two_corrections_that_waited_for_the_same_report_are_a_question(above: Above) -> None:
    ((first, r1),) = chain(4)
    assert codes(above.receive(follower(2, first, 5)[1])) == ["PREDECESSOR_MISSING"]
    assert codes(above.receive(follower(2, first, 6)[1])) == ["PREDECESSOR_MISSING"]
    assert codes(above.receive(r1)) == ["NEW", "CONFLICT", "CONFLICT"]
    assert above.figures() == {"19804": given(4)}


def test_what_waited_for_a_fork_is_in_conflict_when_the_place_is_taken(above: Above) -> None:
    """R3x waits for the held R2x; then the true R2 comes."""
    (first, r1), (_, r2) = chain(4, 5)
    copied, r2x = PHU_XUAN.sealed(PHU_XUAN.report(0, 2, first, **NOTHING))
    above.receive(r1, r2x)
    assert codes(above.receive(follower(3, copied)[1])) == ["PREDECESSOR_HELD"]
    assert codes(above.receive(r2)) == ["CORRECTION", "CONFLICT"]
    assert above.figures() == {"19804": given(5)}


def test_who_comes_with_the_one_that_takes_the_place_finds_it_taken(above: Above) -> None:
    """R2 follows R1; another R2 of the same stick follows nothing that is here. A second time nothing is news."""
    (_, r1), (_, r2) = chain(4, 5)
    stray = follower(2, "f" * 64)[1]
    for files in ((r2, stray), (stray, r2)):
        above.ledger.state.received = []
        above.receive(r1)
        told = dict(zip(files, codes(above.receive(*files)), strict=True))
        assert (told[r2], told[stray]) == ("CORRECTION", "CONFLICT")
        assert codes(above.receive(*files)) == ["SAME", "SAME"]


def test_what_was_accepted_stays_known_when_its_programme_is_gone(above: Above) -> None:
    """An older program opens the ledger: the package is no news, and no question."""
    ((_, r1),) = chain(4)
    above.receive(r1)
    above.receiving._catalogue = Catalogue(())
    assert codes(above.receive(r1)) == ["SAME"]
