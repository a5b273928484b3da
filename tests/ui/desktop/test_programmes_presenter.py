"""The list of programmes and the handing down without a window: what is followed, what may be done, who seals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forms.errors import AppError
from forms.model.period import Basis
from forms.programmes.pack import Pack, PackState
from tests.forms.services.test_programmes import HEAD_OF, NEW, SupplyProgram, again, draft, office, released
from tests.ui.desktop.parts import PASSWORD, FakeFrame
from ui.desktop.programmes.presenter import ChosenProgramme, ProgrammesPage, ProgrammesPresenter, Supplier


class Page:
    """The page of a commune, or of Huế, which sums up."""

    def __init__(self, *, collates: bool = False) -> None:
        self.program, self.frame = SupplyProgram(), FakeFrame()
        self.shown, self.edited = list[ProgrammesPage](), list[Pack]()
        self.desk = office(self.program, "46" if collates else "19804", collates=collates)
        self.open()

    def open(self, wanted: str = "") -> None:
        """The window made anew over the same ledger."""
        self.desk = again(self.program, self.desk)
        self.screen = ProgrammesPresenter(self.desk, self.frame, self.shown.append, self.edited.append)
        self.screen.start(wanted)

    @property
    def chosen(self) -> ChosenProgramme | None:
        return self.shown[-1].told

    def words(self, id: str) -> list[str]:
        return next([item.text for item in row.items] for row in self.shown[-1].rows if row.id.startswith(f"{id}."))

    @property
    def may(self) -> tuple[bool, bool, bool]:
        """Copy, continue, hand down."""
        assert self.chosen
        return self.chosen.can_copy, self.chosen.can_continue, self.chosen.can_supply


@pytest.fixture
def commune() -> Page:
    return Page()


@pytest.fixture
def hue() -> Page:
    return Page(collates=True)


def test_what_is_followed_stands_first_with_what_is_not_verified(commune):
    """
    Theo dõi  Chương trình   Phiên bản  Chưa đối chiếu  Từ đâu
    Có        Kế hoạch …     2          8               kèm phần mềm
    """
    first = [item.text for item in commune.shown[-1].rows[0].items]
    assert (first[0], first[2], first[4]) == ("Có", "2", "kèm phần mềm")
    told = commune.chosen
    assert told.followed
    assert told.unsure.startswith(f"Chưa đối chiếu với văn bản gốc ({first[3]}): ")
    assert dict(told.facts)["Mã"] == "nq28_hue"


def test_an_office_that_only_reports_makes_no_programmes(commune):
    assert commune.may == (False, False, False)
    assert commune.chosen.advice == ""


def test_a_second_programme_is_followed_and_the_last_one_stays(commune):
    commune.screen.start("nq28")
    commune.screen.follow(True)
    assert [one.id for one in commune.desk.programmes.followed()] == ["nq28_hue", "nq28"]
    commune.screen.follow(False)
    commune.screen.start("nq28_hue")
    commune.screen.follow(False)
    assert commune.shown[-1].problem == "Chọn ít nhất một chương trình mà đơn vị phải báo cáo."
    assert [one.id for one in commune.desk.programmes.followed()] == ["nq28_hue"]


def test_the_basis_is_that_of_one_programme(commune):
    commune.screen.set_basis(Basis.ND09)
    assert commune.chosen.basis is Basis.ND09
    assert commune.desk.programmes.basis("nq28_hue") is Basis.ND09
    assert commune.desk.programmes.basis("nq28") is Basis.CALENDAR


def test_a_copy_is_a_draft_that_is_opened_at_once(hue):
    hue.screen.start("nq28_hue")
    assert hue.screen.copy(replace(hue.screen.proposed(), id="kh_hue_2026")) is None
    assert [pack.folder for pack in hue.edited] == ["kh_hue_2026.v1"]
    hue.open("kh_hue_2026")
    assert hue.chosen.is_draft
    assert hue.words("kh_hue_2026")[4] == "đang soạn"
    assert hue.may == (False, False, False)


@pytest.mark.parametrize(("id", "code"), [("nq28", "PACK_ID_TAKEN"), ("Kế hoạch", "PACK_ID")])
def test_a_name_that_is_refused_is_told_beside_its_field(hue, id, code):
    hue.screen.start("nq28_hue")
    refusal = hue.screen.copy(replace(hue.screen.proposed(), id=id))
    assert (refusal.code, refusal.where, hue.edited) == (code, "id", [])


def test_only_the_own_programme_has_a_next_version(hue):
    hue.screen.start("nq28")
    assert hue.may == (True, False, True)
    hue.screen.next_version()
    assert hue.frame.ask.asked == ["PACK_NOT_OWN"]
    hue.desk.programmes.release(draft(hue.desk))
    hue.open(NEW.id)
    assert hue.may == (True, True, True)
    hue.screen.next_version()
    assert [pack.folder for pack in hue.edited] == ["kh_hue_2026.v2"]


def test_only_drafts_are_opened(hue):
    pack = draft(hue.desk)
    hue.open()
    hue.screen.open("nq28_hue.v2")
    assert hue.edited == []
    hue.screen.open(pack.folder)
    assert [one.folder for one in hue.edited] == [pack.folder]


# handing down


@pytest.fixture
def supplier(hue) -> Supplier:
    hue.desk = released(hue.program, hue.desk, draft(hue.desk))
    return Supplier(hue.desk, hue.program, hue.frame)


def test_the_head_seals_with_the_password(hue, supplier):
    (head,) = supplier.heads()
    assert (head.name, supplier.needs_password(head.keyid)) == (HEAD_OF.person.name, True)
    pack = hue.desk.programmes.files(NEW.id)
    refusal = supplier.seal([pack], head.keyid, "sai")
    assert isinstance(refusal, AppError)
    assert refusal.code == "PASSWORD_WRONG"
    assert isinstance(supplier.seal([pack], head.keyid, PASSWORD), bytes)


def test_the_own_packs_are_offered_beside_the_chosen_one(hue, supplier):
    offered = supplier.offered(hue.desk.programmes.files("nq28"))
    assert [pack.folder for pack in offered] == ["nq28.v2", "kh_hue_2026.v1"]
    assert PackState.DRAFT not in [pack.state for pack in offered]


def test_the_file_is_written_where_the_person_wants_or_not_at_all(hue, supplier):
    supplier.write(b"...")
    assert hue.program.written == {Path("/tmp/46_2025-12-31_cap-phat.bdc"): b"..."}
    hue.frame.ask.place = None
    supplier.write(b"other")
    assert list(hue.program.written.values()) == [b"..."]
