"""What a district entered for its communes, at the province: once, under the district's name, for its own territory alone.

46 Thừa Thiên Huế   479 Hương Thủy: 19960 entered from paper   480 Hương Trà: 19996 is none of 479's
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forms.all_services import open_services
from forms.errors import InputRefused, NotAllowed
from forms.exchange.brought_files import Incoming, incoming
from forms.exchange.on_behalf import entry_digest
from forms.exchange.statements import Arrival, Envelope
from forms.model.cell import given
from forms.model.office import EnrolledKey
from forms.model.period import Period
from tests.ui.desktop.parts import UNITS, FakeProgram, desk_of

Q4 = Period("2024-Q4")
SCAN = Incoming("giấy.pdf", b"%PDF-1.4 scan")
NOW = datetime(2025, 1, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def program() -> FakeProgram:
    return FakeProgram(now=NOW)


@pytest.fixture
def district(program):
    return desk_of(program, "479", collates=True)


@pytest.fixture
def province(program, district):
    desk = desk_of(program, "46", collates=True)
    trust(desk, district)
    return desk


def trust(above, below) -> None:
    with above.ledger.begin() as work:
        for person in below.ledger.state.people:
            seat = below.office
            work.register.add(
                EnrolledKey(
                    person.keyid, person.public_key, seat.unit, seat.name, person.name, person.title, person.role, NOW
                )
            )


def paper(program, desk, code: str = "19960", amount: int = 4, *, replacing: bool = False):
    """`amount` items of `code`, typed from paper."""
    draft = desk.on_behalf.draft("nq28_hue", Q4, code)
    typed = open_services(program, desk.ledger, draft.begin)
    cells = dict.fromkeys(("news_counted", "news_brief", "news_own", "news_airings"), amount)
    report = typed.entry.open("nq28_hue", Q4)
    typed.entry.put_cells(
        report, [(name, given(n)) for name, n in (cells | {"news_feature": 0, "news_relayed": 0}).items()]
    )
    return desk.on_behalf.enter(draft, SCAN, "Lê Thị Huyện", replacing=replacing)


def forwarded(district) -> bytes:
    return district.forwarding.forward("nq28_hue", Q4, district.ledger.signers()[1])[0].raw


def received(desk, *files: bytes) -> list[tuple[str, str]]:
    batch = desk.receiving.receive(incoming((f"{n}.bdg", data) for n, data in enumerate(files)), "Người nhận")
    return [(line.arrival.value, line.code) for line in batch.lines]


def counted(desk):
    return {head.unit.code: head for head in desk.summaries.status("nq28_hue", Q4).heads.values()}


def test_it_counts_once_under_the_name_of_who_entered_it(program, district, province):
    assert paper(program, district).arrival is Arrival.ON_BEHALF
    bundle = forwarded(district)
    assert received(province, bundle) == [("new", "NEW"), ("on_behalf", "ON_BEHALF")]
    head = counted(province)["19960"]
    assert (head.source, head.cells["news_counted"].amount) == ("on_behalf", 4)
    assert head.by == f"Lê Thị Huyện, {district.office.name}"
    assert received(province, bundle) == [("same", "SAME"), ("same", "SAME")]


def test_a_newer_bundle_brings_what_the_district_corrected(program, district, province):
    paper(program, district)
    older = forwarded(district)
    program.now = NOW.replace(hour=10)
    paper(program, district, amount=6, replacing=True)
    assert received(province, forwarded(district))[1] == ("on_behalf", "ON_BEHALF")
    assert received(province, older)[1] == ("same", "ON_BEHALF_OLDER")
    assert counted(province)["19960"].cells["news_counted"].amount == 6


def test_what_was_entered_for_a_unit_of_another_territory_is_refused(program, district, province):
    paper(program, district)
    forwarded(district)
    opened = district.ledger.state.bundles[-1][2]
    (entry,) = opened.content.on_behalf
    foreign = replace(entry, unit=entry.unit._replace(unit=UNITS.get("19996", Q4.last).key))
    foreign = replace(foreign, digest=entry_digest(foreign))
    content = replace(opened.content, on_behalf=(entry, foreign), revision=9)
    envelope = Envelope(program.new_id(), district.office.name, 9, "", 0, NOW, "1", practice=False)
    raw = program.codec.write_bundle(content, envelope, district.office, district.ledger.signers()[1]).raw
    assert received(province, raw)[1:] == [("on_behalf", "ON_BEHALF"), ("refused", "BUNDLE_TERRITORY")]
    assert sorted(counted(province)) == ["19960"]


def test_what_the_commune_seals_stands_before_what_anybody_entered(program, district, province):
    """The district's entry, then the commune's own package: 5; nothing of the district's is forwarded any more."""
    commune = desk_of(program, "19960")
    trust(district, commune)
    report = commune.entry.open("nq28_hue", Q4)
    cells = dict.fromkeys(("news_counted", "news_brief", "news_own", "news_airings"), 5) | {
        "news_feature": 0,
        "news_relayed": 0,
    }
    commune.entry.put_cells(report, [(name, given(n)) for name, n in cells.items()])
    report = commune.entry.open("nq28_hue", Q4)
    for finding in commune.sealing.findings(report):
        if finding.blocks:
            commune.entry.explain(report, finding.check, "kỳ thử")
    package = commune.sealing.seal("nq28_hue", Q4, commune.ledger.signers())[1].raw
    paper(program, district)
    first = forwarded(district)
    assert received(district, package) == [("new", "NEW")]
    assert received(province, first)[1] == ("on_behalf", "ON_BEHALF")
    assert received(province, forwarded(district))[1:] == [("new", "NEW")]
    assert counted(province)["19960"].cells["news_counted"].amount == 5
    assert received(province, first)[1] == ("same", "ON_BEHALF_SEALED")
    with pytest.raises(InputRefused) as caught:
        paper(program, district, amount=6, replacing=True)
    assert caught.value.code == "ON_BEHALF_SEALED"


def test_taking_the_package_back_lets_the_entry_stand_again(program, district):
    paper(program, district)
    batch = district.receiving.batches()[0][0]
    assert sorted(counted(district)) == ["19960"]
    district.receiving.undo(batch)
    assert counted(district) == {}
    assert paper(program, district).arrival is Arrival.ON_BEHALF


def test_nothing_is_sealed_and_no_other_report_written_in_a_draft(program, district):
    draft = district.on_behalf.draft("nq28_hue", Q4, "19960")
    typed = open_services(program, district.ledger, draft.begin)
    report = typed.entry.open("nq28_hue", Period("2025"))
    with pytest.raises(NotAllowed) as caught:
        typed.entry.date(report, None, estimate=True)
    assert caught.value.code == "ON_BEHALF_OTHER"
    assert district.entry.begun() == ()


@pytest.mark.parametrize("code", ["19996", "46", "479"])
def test_nobody_is_entered_for_who_is_not_below(program, district, code):
    with pytest.raises(InputRefused) as caught:
        district.on_behalf.draft("nq28_hue", Q4, code)
    assert caught.value.code == "UNIT_NOT_BELOW"
