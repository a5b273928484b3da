"""Packs that a ledger holds. L1 a released version never changes, whoever brings another · L2 of a version that the program
ships as well, the ledger's stands · L3 a pack that cannot be read does not keep the ledger shut · L4 a draft is nobody's
but the editor's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from exports.package.codec import PackageCodec
from forms.errors import AppError
from forms.model.office import EnrolledKey, Office, PersonRole
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.programmes.catalogue import Catalogue
from forms.programmes.pack import Pack, PackState
from forms.services.programmes import Programmes, known_with
from tests.agency_form import YEAR
from tests.exports.package.parts import CLERK, HEAD
from tests.fakes import FakeLedger, clock
from tests.span_form import AGENCIES

from .conftest import SINCE

MOMENT = datetime(2025, 7, 2, tzinfo=UTC)


def pack(version: int = 1, state: PackState = PackState.DRAFT, year: str = YEAR) -> Pack:
    head = AGENCIES.replace("version = 1", f"version = {version}")
    return Pack("small", version, {"programme.toml": head.encode(), "year.toml": year.encode()}, state)


OTHER = YEAR.replace("Việc làm", "Lao động, việc làm")


@pytest.fixture
def office(units, catalogue):
    """(its ledger, the programmes of a province)."""
    return _office(units, catalogue, Office(UnitKey("46", SINCE), "Thành phố Huế", collates=True, kind="city"))


@pytest.fixture
def below(units, catalogue, office):
    """(its ledger, the programmes of a commune that trusts the province's head)."""
    unit = units.children("46", MOMENT.date())[0]
    ledger, programmes = _office(units, catalogue, Office(unit.key, unit.full_name, parent="46"))
    with ledger.begin() as work:
        for who in (CLERK, HEAD):
            key = EnrolledKey(
                who.keyid,
                who.person.public_key,
                UnitKey("46", SINCE),
                "Thành phố Huế",
                who.name,
                who.title,
                who.role,
                MOMENT,
            )
            work.register.add(key)
    return ledger, programmes


def _office(units, catalogue, office: Office) -> tuple[FakeLedger, Programmes]:
    ledger = FakeLedger(office, (CLERK.person, HEAD.person))
    with ledger.begin() as work:
        shown = known_with(work, catalogue)
    return ledger, Programmes(ledger.begin, shown, units, PackageCodec(), clock, "0.1.0")


def code(act) -> str:
    with pytest.raises(AppError) as refused:
        act()
    return refused.value.code


def test_l1_a_draft_changes_until_it_is_released_and_never_after(office):
    ledger, programmes = office
    programmes.save(pack())
    programmes.save(pack(year=OTHER))
    programmes.release(pack(year=OTHER))
    for act in (programmes.save, programmes.release, programmes.discard):
        assert code(lambda act=act: act(pack())) == "PACK_RELEASED"
    (kept,) = ledger.state.packs.values()
    assert (kept.state, kept.sha256) == (PackState.RELEASED, pack(year=OTHER).sha256)


def test_l1_what_the_program_ships_is_released(office, catalogue):
    _, programmes = office
    shipped = programmes.files("nq28_hue", 1)
    assert (shipped.state, shipped.sha256) == (PackState.RELEASED, catalogue.programme("nq28_hue", 1).sha256)
    assert code(lambda: programmes.save(replace(shipped, state=PackState.DRAFT))) == "PACK_RELEASED"


def test_what_is_no_pack_is_not_saved(office):
    ledger, programmes = office
    assert code(lambda: programmes.save(pack(year=YEAR.replace("by = ", "bye = ")))) == "CATALOGUE"
    assert ledger.state.packs == {}


def test_l4_a_draft_is_handed_down_by_nobody(office):
    """Not even when a screen still holds it as if it were released, or holds other texts than were released."""
    _, programmes = office
    programmes.save(pack())
    for told in (pack(), pack(state=PackState.RELEASED)):
        assert code(lambda told=told: programmes.supply([told], HEAD)) == "PACK_DRAFT"
    programmes.release(pack())
    assert code(lambda: programmes.supply([pack(state=PackState.RELEASED, year=OTHER)], HEAD)) == "PACK_DRAFT"
    assert programmes.supply([pack(state=PackState.RELEASED)], HEAD)


def test_only_a_head_hands_down_and_the_journal_tells_only_what_was_made(office):
    ledger, programmes = office
    programmes.release(pack())
    assert code(lambda: programmes.supply([pack(state=PackState.RELEASED)], CLERK)) == "SUPPLY_HEAD_ONLY"
    assert "supply" not in [kind for kind, _ in ledger.state.journal]


def supply(office, *packs: Pack) -> bytes:
    _, programmes = office
    for one in packs:
        programmes.release(one)
    return programmes.supply([replace(one, state=PackState.RELEASED) for one in packs], HEAD)


def test_what_is_handed_down_is_known_below_and_twice_changes_nothing(office, below, catalogue):
    ledger, programmes = below
    data = supply(office, pack(), pack(2))
    assert [(one.programme.version, one.new) for one in programmes.take(data)] == [(1, True), (2, True)]
    state = ledger.state.packs
    assert [(one.programme.version, one.new) for one in programmes.take(data)] == [(1, False), (2, False)]
    assert ledger.state.packs == state
    with ledger.begin() as work:
        known = known_with(work, catalogue)
    assert known.programme("small").version == 2
    assert known.form_for("small", Period("2025")).programme_sha256 == pack(2).sha256


def test_who_released_it_keeps_it_as_released(office):
    """The province takes its own supply file in: its pack does not become somebody else's."""
    ledger, programmes = office
    data = supply(office, pack())
    with ledger.begin() as work:
        work.register.add(
            EnrolledKey(
                HEAD.keyid, HEAD.person.public_key, UnitKey("46", SINCE), "Huế", "B", "CT", PersonRole.HEAD, MOMENT
            )
        )
    assert [one.new for one in programmes.take(data)] == [False]
    assert [one.state for one in ledger.state.packs.values()] == [PackState.RELEASED]


def test_l1_another_text_of_a_version_that_is_here_is_refused(office, below):
    ledger, programmes = below
    with ledger.begin() as work:
        work.packs.put(pack(state=PackState.RECEIVED, year=OTHER))
    assert code(lambda: programmes.take(supply(office, pack()))) == "SUPPLY_DIFFERS"
    assert [one.sha256 for one in ledger.state.packs.values()] == [pack(year=OTHER).sha256]


def test_a_supply_file_of_nobody_above_is_refused(office, below):
    """The commune hands something down to the province."""
    ledger, programmes = below
    programmes.release(pack())
    data = programmes.supply([pack(state=PackState.RELEASED)], HEAD)
    top, above = office
    with top.begin() as work:
        unit = ledger.state.office.unit
        work.register.add(
            EnrolledKey(HEAD.keyid, HEAD.person.public_key, unit, "Xã", "B", "CT", PersonRole.HEAD, MOMENT)
        )
    assert code(lambda: above.take(data)) == "SUPPLY_NOT_ABOVE"


def test_l2_of_a_version_that_the_program_ships_later_the_ledgers_stands(office):
    """The province released small.v1; the next program brings a small.v1 of its own."""
    ledger, programmes = office
    programmes.release(pack(year=OTHER))
    shipped = Catalogue((pack().programme(), pack(2).programme()))
    with ledger.begin() as work:
        known = known_with(work, shipped)
    assert known.programme("small", 1).sha256 == pack(year=OTHER).sha256
    assert [one.version for one in known.programmes] == [2, 1]
    assert known.programme("small").version == 2


def test_l3_a_pack_that_this_program_cannot_read_does_not_keep_the_ledger_shut(office, catalogue):
    """Made by a later program, whose packs say more."""
    ledger, _ = office
    with ledger.begin() as work:
        work.packs.put(pack(7, PackState.RECEIVED, YEAR + '\n[[later]]\nid = "x"\n'))
        assert known_with(work, catalogue).keys == catalogue.keys


def test_l4_a_draft_is_no_version_yet(office, catalogue):
    ledger, programmes = office
    programmes.save(pack())
    with ledger.begin() as work:
        assert known_with(work, catalogue).keys == catalogue.keys
    programmes.discard(pack())
    assert ledger.state.packs == {}
