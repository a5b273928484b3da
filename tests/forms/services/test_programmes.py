"""A province makes a programme of its own, releases it and hands it down; a commune takes it, and it judges there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from exports.package.codec import PackageCodec
from forms.all_services import Services, open_services
from forms.errors import AppError, CatalogueError, InputRefused, NotAllowed
from forms.model.cell import given
from forms.model.office import EnrolledKey, Office, PersonRole
from forms.model.org_unit import UnitKey
from forms.model.period import Basis, Period
from forms.programmes.catalogue import HEAD
from forms.programmes.pack import Pack, PackEdit, PackState
from forms.programmes.pack_edits import NewPack, changed, target_added
from forms.programmes.pack_outline import outline
from forms.summary.totals import Contributions, results, single
from forms.summary.verdict import Verdict
from tests import fakes
from tests.exports.package.parts import FakeSigner
from tests.ui.desktop.parts import UNITS, FakeProgram

NEW = NewPack("kh_hue_2026", "Kế hoạch mới của tỉnh", "Kế hoạch mới", "", "UBND thành phố Huế", "46")
HEAD_OF = FakeSigner("head of the province", PersonRole.HEAD, "Lê Thị Đứng", "Chủ tịch")
CLERK = FakeSigner("clerk of the province", PersonRole.PREPARER)
NEWS = "quarter_news/communes_with_news"
SHARE = "year_indicators/women_led_agencies_share"


@dataclass
class SupplyProgram(FakeProgram):
    """With the real package format, so that what is handed down is really read."""

    codec: Any = field(default_factory=PackageCodec)


@pytest.fixture
def program() -> SupplyProgram:
    return SupplyProgram()


def office(program: FakeProgram, code: str, *, collates: bool = False, practice: bool = False) -> Services:
    unit = UNITS.get(code, program.now.date())
    people = (CLERK.person, HEAD_OF.person) if collates else ()
    made = Office(unit.key, unit.full_name, collates, unit.parent, practice=practice, kind=unit.kind)
    return open_services(program, fakes.FakeLedger(made, people))


@pytest.fixture
def province(program) -> Services:
    return office(program, "46", collates=True)


@pytest.fixture
def commune(program, province) -> Services:
    """19804, which trusts the keys of its province."""
    desk = office(program, "19804")
    trust(desk, province.office)
    return desk


def trust(desk: Services, above: Office, role: PersonRole | None = None) -> None:
    with desk.ledger.begin() as work:
        for one in (CLERK, HEAD_OF):
            person = one.person
            work.register.add(
                EnrolledKey(
                    person.keyid,
                    person.public_key,
                    above.unit,
                    above.name,
                    person.name,
                    person.title,
                    role or person.role,
                    datetime(2025, 7, 2),
                )
            )


def again(program: FakeProgram, desk: Services) -> Services:
    """The same ledger, its desk made anew: a released pack is known from then on."""
    return open_services(program, desk.ledger)


def draft(desk: Services, **head: str) -> Pack:
    return desk.drafting.copy(desk.programmes.files("nq28_hue", 1), replace(NEW, **head))


def typed(desk: Services, pack: Pack, field: str, text: str | bool) -> Pack:
    return desk.drafting.change(pack, changed(outline(pack.files), field, text))


def released(program: FakeProgram, desk: Services, pack: Pack) -> Services:
    desk.programmes.release(pack)
    return again(program, desk)


def handed(desk: Services, *ids: str, signer: FakeSigner = HEAD_OF) -> bytes:
    return desk.programmes.supply([desk.programmes.files(id) for id in ids], signer)


def verdict(desk: Services, programme: str) -> Verdict:
    """How 62 of 100 agencies led by women are judged."""
    report = desk.entry.open(programme, Period("2025"))
    for name, amount in (("women_led_agencies", 62), ("agencies", 100)):
        for part in ("council", "committee"):
            report = report.with_cell(f"{name}.{part}", given(Decimal(amount)))
    things = single(report.form, report.unit, report.role, report.cells)
    found = {result.indicator.id: result for result in results(things, 2025)}
    return found["women_led_agencies_share"].verdict


# what an office follows


def test_the_programme_of_the_ledger_is_followed_until_somebody_says_otherwise(province) -> None:
    assert [p.id for p in province.programmes.followed()] == ["nq28_hue"]
    province.programmes.follow(["nq28", "nq28_hue", "nq28"])
    assert [p.id for p in province.programmes.followed()] == ["nq28", "nq28_hue"]


@pytest.mark.parametrize(("ids", "code"), [([], "PROGRAMME_NONE"), (["nq29"], "PROGRAMME_UNKNOWN")])
def test_something_that_there_is_must_be_followed(province, ids, code) -> None:
    with pytest.raises(InputRefused) as caught:
        province.programmes.follow(ids)
    assert caught.value.code == code


def test_each_programme_has_its_own_windows(province) -> None:
    province.programmes.set_basis("nq28", Basis.ND09)
    assert [province.programmes.basis(id) for id in ("nq28", "nq28_hue")] == [Basis.ND09, Basis.CALENDAR]


# making a programme


def test_a_copy_is_a_programme_of_its_own_with_the_same_figures(province) -> None:
    pack = draft(province)
    made, source = pack.programme(), province.catalogue.programme("nq28_hue", 1)
    assert (made.id, made.version, made.title, made.issuing_unit) == ("kh_hue_2026", 1, NEW.title, "46")
    assert [list(form.counts) for form in made.forms] == [list(form.counts) for form in source.forms]
    assert province.drafting.drafts() == (pack,)
    assert {change.field.rpartition(".")[2] for change in province.drafting.changes(pack)} <= {
        "title",
        "short_title",
        "document",
        "issuer",
    }


@pytest.mark.parametrize("taken", ["nq28", "kh_hue_2026"])
def test_a_name_is_given_once(province, taken) -> None:
    draft(province)
    with pytest.raises(InputRefused) as caught:
        draft(province, id=taken)
    assert (caught.value.code, caught.value.where) == ("PACK_ID_TAKEN", "id")


def test_it_is_issued_by_somebody_who_is_there(province) -> None:
    with pytest.raises(InputRefused) as caught:
        draft(province, issuing_unit="00")
    assert caught.value.code == "UNIT_UNKNOWN"


def test_each_change_is_kept_and_told(province) -> None:
    pack = typed(province, draft(province), f"{NEWS}/2025.amount", "65")
    again_read = province.drafting.draft("kh_hue_2026", 1)
    assert again_read == pack
    told = {change.field: (change.old, change.new) for change in province.drafting.changes(pack)}
    assert told[f"{NEWS}/2025.amount"] == ("100", "65")
    assert told[f"{NEWS}/2025.verified"] == ("có", "không")


def test_what_would_be_no_programme_is_not_kept(province) -> None:
    pack = draft(province)
    with pytest.raises(InputRefused) as caught:
        province.drafting.change(pack, [PackEdit(HEAD, ("news", "period_kind"), "season")])
    assert caught.value.code == "PACK_UNSOUND"
    assert province.drafting.drafts() == (pack,)


def test_a_draft_is_no_programme_yet_and_may_be_dropped(program, province) -> None:
    pack = draft(province)
    desk = again(program, province)
    with pytest.raises(InputRefused):
        desk.catalogue.programme(pack.id)
    with pytest.raises(InputRefused) as caught:
        desk.programmes.supply([pack], HEAD_OF)
    assert caught.value.code == "PACK_DRAFT"
    desk.programmes.discard(pack)
    assert desk.drafting.drafts() == ()
    assert desk.drafting.changes(pack) == ()


def test_what_was_released_never_changes(program, province) -> None:
    pack = draft(province)
    desk = released(program, province, pack)
    assert desk.catalogue.programme(pack.id).sha256 == pack.sha256
    for act in (desk.programmes.discard, desk.programmes.release, desk.programmes.save):
        with pytest.raises(InputRefused) as caught:
            act(pack)
        assert caught.value.code == "PACK_RELEASED"


def test_the_next_version_follows_ones_own_only(program, province) -> None:
    desk = released(program, province, draft(province))
    second = desk.drafting.next_version("kh_hue_2026")
    assert (second.version, desk.drafting.changes(second)) == (2, ())
    typed(desk, second, "programme/news.minimum", "5")
    assert desk.drafting.next_version("kh_hue_2026").programme().news.minimum == 5, "the one that was begun"
    with pytest.raises(InputRefused) as caught:
        desk.drafting.next_version("nq28_hue")
    assert caught.value.code == "PACK_NOT_OWN"


def test_both_versions_stay_and_a_report_keeps_its_own(program, province) -> None:
    """
    draft of 2025 under v1 → v2 released → the draft is still v1's, and is listed as behind → moved by a person
    """
    desk = released(program, province, draft(province))
    report = desk.entry.open("kh_hue_2026", Period("2025"))
    desk.entry.put_cell(report, "agencies.committee", given(Decimal(1)))
    second = typed(desk, desk.drafting.next_version("kh_hue_2026"), f"{NEWS}/2025.amount", "65")
    desk = released(program, desk, second)
    (behind,) = desk.programmes.outdated()
    assert (behind.form.programme_version, str(behind.period.label)) == (1, "2025")
    desk.entry.renewed(behind)
    assert desk.programmes.outdated() == ()
    moved = desk.entry.open("kh_hue_2026", Period("2025"))
    assert (moved.form.programme_version, moved.cell("agencies.committee").amount) == (2, Decimal(1))
    assert desk.catalogue.programme("kh_hue_2026", 1).version == 1


def judged_by_year(desk: Services, programme: str) -> Verdict:
    """6.3 of a commune with 4 items in each quarter of 2025."""
    form = desk.catalogue.form_for(programme, Period("2025"))
    cells = {f"news_q{quarter}": given(4) for quarter in (1, 2, 3, 4)}
    unit = UnitKey("19804", date(2025, 7, 1))
    things = Contributions(form, (unit,), {unit: cells})
    return next(one.verdict for one in results(things, 2025) if one.indicator.number == "6.3")


def test_a_changed_minimum_of_news_judges_quarter_and_year_alike(program, province) -> None:
    """04 a quarter become 05: a year of four quarters with 4 is as little met as each of them."""
    assert judged_by_year(province, "nq28_hue") is Verdict.MET
    desk = released(program, province, typed(province, draft(province), "programme/news.minimum", "5"))
    assert judged_by_year(desk, "kh_hue_2026") is Verdict.NOT_MET


@pytest.mark.parametrize("year", [2019, 2026, 2035])
def test_a_milestone_outside_the_plan_is_not_taken(province, year) -> None:
    pack = draft(province)
    part = outline(pack.files).part("year_indicators/women_led_agencies_share")
    with pytest.raises(InputRefused) as caught:
        province.drafting.change(pack, (target_added(part, str(year), "70"),))
    assert caught.value.code == "TARGET_YEAR"
    assert "2021–2025" in caught.value.message
    assert province.drafting.draft(pack.id, pack.version).files == pack.files


def test_milestones_that_the_years_left_behind_are_refused_at_the_release_and_not_before(program, province) -> None:
    """The plan of 2021 to 2025 becomes one of 2026 to 2030: first the years, then the milestones."""
    pack = typed(province, draft(province), "programme/programme.last_year", "2030")
    pack = typed(province, pack, "programme/programme.first_year", "2026")
    with pytest.raises(InputRefused) as caught:
        province.programmes.release(pack)
    assert caught.value.code == "TARGET_YEAR"
    assert "1.1 (2025)" in caught.value.message


def test_milestones_outside_the_plan_are_neither_handed_down_nor_taken(program, province, commune) -> None:
    """A pack that was released before anybody looked."""
    pack = typed(province, draft(province), "programme/programme.last_year", "2024")
    with province.ledger.begin() as work:
        work.packs.put(replace(pack, state=PackState.RELEASED))
    desk = again(program, province)
    with pytest.raises(InputRefused) as caught:
        handed(desk, pack.id)
    assert caught.value.code == "TARGET_YEAR"
    data = program.codec.write_supply([desk.programmes.files(pack.id)], desk.office, HEAD_OF, program.clock(), "1.0.0")
    with pytest.raises(InputRefused) as caught:
        commune.programmes.take(data)
    assert caught.value.code == "TARGET_YEAR"


# handing it down


def test_the_new_target_judges_in_the_commune_that_took_it(program, province, commune) -> None:
    """
    62 of 100 against 60: đạt; against the province's 65: chưa đạt
    """
    pack = typed(province, draft(province), f"{SHARE}/2025.amount", "65")
    data = handed(released(program, province, pack), pack.id)
    (one,) = commune.programmes.take(data, follow=True)
    assert (one.programme.id, one.new) == ("kh_hue_2026", True)
    desk = again(program, commune)
    assert [p.id for p in desk.programmes.followed()] == ["nq28_hue", "kh_hue_2026"]
    assert (verdict(desk, "nq28_hue"), verdict(desk, "kh_hue_2026")) == (Verdict.MET, Verdict.NOT_MET)


def test_the_same_file_taken_twice_is_nothing_new(program, province, commune) -> None:
    data = handed(released(program, province, draft(province)), "kh_hue_2026", "nq28")
    assert [one.new for one in commune.programmes.take(data)] == [True, False]
    assert [one.new for one in again(program, commune).programmes.take(data)] == [False, False]


def test_looking_writes_nothing(program, province, commune) -> None:
    data = handed(released(program, province, draft(province)), "kh_hue_2026")
    before = commune.ledger.state
    seen = commune.programmes.look(data)
    assert (seen.issuer_name, seen.person) == (province.office.name, "Lê Thị Đứng")
    assert [pack.folder for pack in seen.packs] == ["kh_hue_2026.v1"]
    assert commune.ledger.state == before


def test_only_the_head_hands_down(province) -> None:
    with pytest.raises(NotAllowed) as caught:
        handed(province, "nq28", signer=CLERK)
    assert caught.value.code == "SUPPLY_HEAD_ONLY"


def refusal(desk: Services, data: bytes) -> str:
    before = desk.ledger.state
    with pytest.raises(AppError) as caught:
        desk.programmes.take(data)
    assert desk.ledger.state == before
    return caught.value.code


def test_a_key_that_is_not_enrolled_hands_nothing_down(program, province) -> None:
    assert refusal(office(program, "19804"), handed(province, "nq28")) == "KEY_UNKNOWN"


def test_an_office_that_is_not_above_hands_nothing_down(program, province) -> None:
    """Hà Tĩnh's commune does not take Huế's programme."""
    other = office(program, UNITS.children("42", program.now.date())[0].code)
    trust(other, province.office)
    assert refusal(other, handed(province, "nq28")) == "SUPPLY_NOT_ABOVE"


def test_another_text_under_the_same_version_is_not_taken(program, province, commune) -> None:
    first = typed(province, draft(province), f"{NEWS}/2025.amount", "65")
    commune.programmes.take(handed(released(program, province, first), first.id))
    elsewhere = office(program, "46", collates=True)
    second = typed(elsewhere, draft(elsewhere), f"{NEWS}/2025.amount", "70")
    data = handed(released(program, elsewhere, second), second.id)
    assert refusal(again(program, commune), data) == "SUPPLY_DIFFERS"


def test_practice_stays_among_itself(program, province, commune) -> None:
    practice = office(program, "46", collates=True, practice=True)
    assert refusal(commune, handed(practice, "nq28")) == "PRACTICE"
    trying = office(program, "19804", practice=True)
    trust(trying, province.office)
    assert refusal(trying, handed(province, "nq28")) == "PRACTICE"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("period_kind", "kind_of_period"),  # a key that a newer program may know
        ("month    = 11", "month    = 13"),
        ("last_year    = 2025", "last_year    = 1025"),
        ('id           = "kh_hue_2026"', 'id = "another"'),
        ("[news]", "news = 3\n[news2]"),
        ("[[objective]]", f"x = {'[' * 3000}\n[[objective]]"),
    ],
)
def test_what_this_program_cannot_read_is_refused_before_anything_is_kept(program, province, commune, old, new) -> None:
    pack = draft(province)
    text = pack.files[HEAD].decode()
    assert old in text
    odd = replace(pack, files={**pack.files, HEAD: text.replace(old, new, 1).encode()}, state=PackState.RELEASED)
    data = program.codec.write_supply([odd], province.office, HEAD_OF, fakes.TODAY, "9.9.9")
    assert refusal(commune, data) == "SUPPLY_UNREADABLE"


def test_a_pack_of_anything_at_all_is_refused_by_name() -> None:
    for text in ("", "id = 1", "id = 'x'\nversion = 1\nbreakdown = 3", "\udcff", "a = " + "9" * 5000):
        with pytest.raises(CatalogueError):
            Pack("x", 1, {HEAD: text.encode("utf-8", "surrogatepass")}).programme()
