"""Communes under districts under a province, as until 30/6/2025: what is added up is what each answerer said of itself.

46 Thừa Thiên Huế      own part
  479 Hương Thủy       own part   communes 19960 19966 19969
  480 Hương Trà        own part   communes 19996 20005 20008
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from forms.checks import all_checks
from forms.errors import NotAllowed
from forms.exchange.statements import Envelope
from forms.model.cell import Cell, CellState, given
from forms.model.period import Period
from tests.fakes import clock

from .conftest import Desk

Y2024, DAY = Period("2024"), date(2024, 12, 31)
COMMUNES = {"479": ("19960", "19966", "19969"), "480": ("19996", "20005", "20008")}


@dataclass
class Tree:
    """The province, its districts and their communes; every key is known above."""

    desks: dict[str, Desk]

    def send(self, code: str, **typed: int) -> bytes:
        """A report of 2024: led (cells of HĐND and UBND that a woman leads), all (how many there are of each), committed
        and organisations of 6.2; nothing arose in every other cell."""
        desk = self.desks[code]
        report = desk.entry.open("nq28_hue", Y2024)
        cells: dict[str, Cell] = dict.fromkeys(report.expected_cells, Cell(CellState.NONE))
        for body in ("council", "committee"):
            cells |= {f"women_led_agencies.{body}": given(typed["led"]), f"agencies.{body}": given(1)}
        cells |= {"organisations_committed": given(typed["committed"]), "organisations": given(typed["organisations"])}
        report = desk.entry.put_cells(report, list(cells.items()))
        for finding in all_checks.blocking(all_checks.find(report, desk.entry.context(report))):
            report = desk.entry.explain(report, finding.check, "kỳ thử")
        return desk.sealing.seal("nq28_hue", Y2024, desk.ledger.signers(), "đính chính")[1].raw

    def correct(self, code: str, **typed: int) -> bytes:
        """A further report of 2024 in place of the last one."""
        self.desks[code].entry.reopen("nq28_hue", Y2024)
        return self.send(code, **typed)

    def results(self, code: str):
        made = self.desks[code].summaries.sum_up("nq28_hue", Y2024)
        return {one.indicator.number: one for one in made.results}


@pytest.fixture
def tree(make, units) -> Tree:
    desks = {}
    for code in ("46", *COMMUNES, *(code for below in COMMUNES.values() for code in below)):
        unit = units.get(code, DAY)
        desk = make(code, unit.full_name, collates=code in ("46", *COMMUNES), since=unit.valid_from, kind=unit.kind)
        desks[code] = desk
    for district, below in COMMUNES.items():
        for code in below:
            desks[district].trust(desks[code])
        desks["46"].trust(desks[district])
    return Tree(desks)


def fill(tree: Tree) -> dict[str, bytes]:
    """Commune k = 1..6: k mod 2 of its HĐND and of its UBND led by women, 8 of 10 organisations committed. Each district:
    1 of 1 and 1 of 1, 40 of 45."""
    communes = [code for below in COMMUNES.values() for code in below]
    sent = {code: tree.send(code, led=k % 2, committed=8, organisations=10) for k, code in enumerate(communes, 1)}
    return sent | {code: tree.send(code, led=1, committed=40, organisations=45) for code in COMMUNES}


def at_province(tree: Tree) -> tuple[Decimal, str, Decimal]:
    """1.1, how it stands so far (most districts of the province are silent here), 6.2."""
    found = tree.results("46")
    return found["1.1"].quantity, found["1.1"].so_far.value, round(found["6.2"].quantity, 1)


RIGHT = (Decimal("62.5"), "met", Decimal("85.3"))  # 10/16 and 128/150


def test_the_districts_own_parts_are_added_to_what_their_communes_sent(tree):
    """1.1: (3 + 2) × 2 of (6 + 2) × 2 = 10/16; 6.2: (48 + 80) of (60 + 90) = 128/150."""
    for below in COMMUNES.values():
        for code in below:
            tree.desks["46"].trust(tree.desks[code])
    batch = tree.desks["46"].receive(*fill(tree).values())
    assert {line.code for line in batch.lines} == {"NEW"}
    assert at_province(tree) == RIGHT


def forwarded(tree: Tree, district: str, sent: dict[str, bytes]) -> bytes:
    desk = tree.desks[district]
    desk.receive(*(sent[code] for code in COMMUNES[district]))
    return desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[1])[0].raw


def test_a_district_forwards_the_packages_of_its_communes_and_its_own_part(tree):
    """The province knows the districts' keys alone; each vouches for those of its communes."""
    sent = fill(tree)
    bundles = [forwarded(tree, district, sent) for district in COMMUNES]
    lines = tree.desks["46"].receive(*bundles).lines
    assert [(line.unit, line.arrival.value) for line in lines[:2]] == [("479", "new"), ("480", "new")]
    assert {line.unit for line in lines[2:]} == {*sent}
    assert {line.arrival.value for line in lines} == {"new"}
    assert at_province(tree) == RIGHT


def test_what_came_in_a_bundle_and_by_itself_counts_once(tree):
    sent = fill(tree)
    bundles = [forwarded(tree, district, sent) for district in COMMUNES]
    above = tree.desks["46"]
    above.receive(*bundles)
    assert {line.arrival.value for line in above.receive(*sent.values(), *bundles).lines} == {"same"}
    assert at_province(tree) == RIGHT


def bundled(tree: Tree, district: str, sent: dict[str, bytes], *more: bytes) -> bytes:
    """The district's bundle with further files put in."""
    forwarded(tree, district, sent)
    desk = tree.desks[district]
    with desk.ledger.begin() as work:
        content = desk.forwarding._content(work, "nq28_hue", Y2024)
    content = replace(content, originals=(*content.originals, *more))
    codec, office = desk.forwarding._codec, desk.ledger.state.office
    envelope = Envelope("f" * 32, office.name, 9, "0" * 64, 1, clock(), "1.0.0", False)
    return codec.write_bundle(content, envelope, office, desk.ledger.signers()[1]).raw


def refused(tree: Tree, bundle: bytes) -> list[str]:
    """The codes of what is refused of a bundle; the rest of it counts as it always does."""
    lines = tree.desks["46"].receive(bundle).lines
    assert {line.unit for line in lines if line.arrival.value == "new"} == {"479", *COMMUNES["479"]}
    return [line.code for line in lines if line.arrival.value == "refused"]


def test_a_district_vouches_for_its_own_communes_alone(tree):
    """479 forwards a package of a commune of 480 as well, whose key the province does not know."""
    sent = fill(tree)
    assert refused(tree, bundled(tree, "479", sent, sent[COMMUNES["480"][0]])) == ["KEY_UNKNOWN"]


def test_a_commune_of_another_district_does_not_come_in_this_bundle(tree):
    """The province knows that commune's key: two districts that bring the same commune are told apart by their territory."""
    sent, stray = fill(tree), COMMUNES["480"][0]
    tree.desks["46"].trust(tree.desks[stray])
    assert refused(tree, bundled(tree, "479", sent, sent[stray])) == ["BUNDLE_TERRITORY"]
    assert {line.code for line in tree.desks["46"].receive(forwarded(tree, "480", sent)).lines} == {"NEW"}
    assert at_province(tree) == RIGHT


def test_an_original_that_is_damaged_spoils_none_beside_it(tree):
    sent = fill(tree)
    assert refused(tree, bundled(tree, "479", sent, b"chep hong")) == ["CONTAINER"]


def test_a_bundle_does_not_lie_in_itself(tree):
    """479 puts its first bundle into its second one."""
    sent = fill(tree)
    assert refused(tree, bundled(tree, "479", sent, bundled(tree, "479", sent))) == ["BUNDLE_INSIDE_ITSELF"]


def test_an_original_that_is_put_in_twice_counts_once(tree):
    sent = fill(tree)
    tree.desks["46"].receive(bundled(tree, "479", sent, sent[COMMUNES["479"][0]]), forwarded(tree, "480", sent))
    assert at_province(tree) == RIGHT


def test_who_is_missing_is_told_by_the_bundle(tree):
    sent = fill(tree)
    absent = COMMUNES["479"][0]
    del sent[absent]
    desk = tree.desks["479"]
    desk.receive(*(sent[code] for code in COMMUNES["479"] if code in sent))
    _, content = desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[1])
    assert absent in {one.unit.code for one in content.missing}


def test_a_later_bundle_brings_what_came_late(tree):
    sent = fill(tree)
    late = COMMUNES["479"][2]
    desk, above = tree.desks["479"], tree.desks["46"]
    desk.receive(*(sent[code] for code in COMMUNES["479"] if code != late))
    first, _ = desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[1])
    desk.receive(sent[late])
    second, content = desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[1])
    assert (content.revision, content.supersedes) == (2, first.digest)
    above.receive(first.raw)
    bundle, *originals = above.receive(second.raw).lines
    assert (bundle.unit, bundle.arrival.value) == ("479", "correction")
    assert {line.unit: line.arrival.value for line in originals} == dict.fromkeys(("479", *COMMUNES["479"]), "same") | {
        late: "new"
    }


def test_a_correction_is_forwarded_with_what_it_corrects(tree):
    """19960 and the district correct their reports before the district forwards for the first time."""
    sent = fill(tree)
    first, desk, above = COMMUNES["479"][0], tree.desks["479"], tree.desks["46"]
    desk.receive(*(sent[code] for code in COMMUNES["479"]))
    desk.receive(tree.correct(first, led=0, committed=9, organisations=10))
    tree.correct("479", led=1, committed=41, organisations=45)
    lines = above.receive(desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[1])[0].raw).lines
    assert {line.arrival.value for line in lines} <= {"new", "correction"}
    assert round(tree.results("46")["6.2"].quantity, 1) == round(Decimal(6600) / 75, 1)  # 9 + 8 + 8 + 41 of 75


def test_the_own_part_is_sealed_before_the_office_forwards(tree):
    desk = tree.desks["479"]
    desk.receive(tree.send(COMMUNES["479"][0], led=1, committed=8, organisations=10))
    with pytest.raises(NotAllowed) as caught:
        desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[1])
    assert caught.value.code == "BUNDLE_OWN_PART"


def test_a_preparer_does_not_forward(tree):
    desk = tree.desks["479"]
    with pytest.raises(NotAllowed) as caught:
        desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[0])
    assert caught.value.code == "BUNDLE_HEAD_ONLY"


def test_undoing_the_batch_takes_the_bundle_back_too(tree):
    above = tree.desks["46"]
    sent = fill(tree)
    bundle = forwarded(tree, "479", sent)
    above.receiving.undo(above.receive(bundle).id)
    assert {line.arrival.value for line in above.receive(bundle).lines} == {"new"}


def test_an_own_part_that_nobody_asks_for_is_answered_by_asking_for_the_bundle(tree):
    """The quarter asks nothing of a district itself."""
    desk, above = tree.desks["479"], tree.desks["46"]
    quarter = Period("2024-Q4")
    raw = desk.sealing.seal("nq28_hue", quarter, desk.ledger.signers())[1].raw
    assert [(line.arrival.value, line.code) for line in above.receive(raw).lines] == [("quarantined", "BUNDLE_WANTED")]
