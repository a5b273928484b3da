"""A supply file and old drafts without a window: what a file holds before it is taken, what a move would lose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest

from forms.errors import InputRefused
from forms.exchange.brought_files import Incoming
from forms.model.cell import given
from forms.model.period import Period
from tests.forms.services.test_programmes import (
    NEW,
    SHARE,
    SupplyProgram,
    again,
    draft,
    handed,
    office,
    released,
    trust,
    typed,
)
from tests.ui.desktop.parts import FakeFrame
from ui.desktop.programmes.presenter import OfferPresenter, OutdatedPresenter, SupplyOffer, lost

FILE, YEAR = Path("/stick/cap.bdc"), Period("2025")


@dataclass
class StickProgram(SupplyProgram):
    stick: dict[Path, bytes] = field(default_factory=dict)

    def read_files(self, paths):
        return tuple(Incoming(str(path), self.stick[path]) for path in paths)


@dataclass
class Face:
    """What was shown last."""

    offer: SupplyOffer | None = None
    unknown: str = ""
    rows: tuple = ()

    def show_offer(self, offer, unknown) -> None:
        self.offer, self.unknown = offer, unknown

    def show_outdated(self, rows) -> None:
        self.rows = tuple(rows)

    @property
    def lines(self) -> list[tuple[str, ...]]:
        return [tuple(item.text for item in row.items) for row in self.offer.rows]


class Both:
    """Huế, which has released its own programme, and a commune with the file that Huế sealed."""

    def __init__(self, *, trusts: bool = True) -> None:
        self.program, self.face, self.frame = StickProgram(), Face(), FakeFrame()
        self.hue = office(self.program, "46", collates=True)
        self.commune = office(self.program, "19804")
        if trusts:
            trust(self.commune, self.hue.office)
        self.hue = released(self.program, self.hue, typed(self.hue, draft(self.hue), f"{SHARE}/2025.amount", "65"))
        self.hand(NEW.id)

    def hand(self, *ids: str) -> None:
        self.program.stick[FILE] = handed(self.hue, *ids)
        self.commune = again(self.program, self.commune)
        self.screen = OfferPresenter(self.commune, self.program, self.frame, self.face.show_offer)

    def next_version(self, amount: str) -> None:
        pack = typed(self.hue, self.hue.drafting.next_version(NEW.id), f"{SHARE}/2025.amount", amount)
        self.hue = released(self.program, self.hue, pack)
        self.hand(NEW.id)


@pytest.fixture
def both() -> Both:
    return Both()


def test_a_file_says_who_issued_it_and_what_is_new(both):
    """
    Kế hoạch mới của tỉnh (phiên bản 1) – mới
    Mã   kh_hue_2026
    """
    both.screen.open([FILE])
    assert both.face.offer.issuer == "Thành phố Huế"
    assert both.face.offer.words.startswith("Lê Thị Đứng niêm phong.")
    assert both.face.lines[:2] == [
        ("Kế hoạch mới của tỉnh (phiên bản 1) – mới",),
        ("Mã", "", "kh_hue_2026"),
    ]
    assert (both.face.offer.can_take, both.face.offer.can_follow) == (True, True)
    assert [pack.id for pack in both.commune.programmes.packs()] == [], "looking writes nothing"


def test_taken_the_window_is_made_anew(both):
    both.screen.open([FILE])
    both.screen.take(follow=True)
    assert (both.face.offer, both.frame.gone) == (None, [("programmes", NEW.id)])
    assert [one.id for one in again(both.program, both.commune).programmes.followed()] == ["nq28_hue", NEW.id]


def test_the_next_version_says_what_is_different(both):
    both.screen.open([FILE])
    both.screen.take(follow=False)
    both.next_version("70")
    both.screen.open([FILE])
    assert any(line[1:] == ("65", "70") for line in both.face.lines)
    assert both.face.lines[0] == ("Kế hoạch mới của tỉnh (phiên bản 2) – mới",)


def test_what_was_taken_before_is_not_taken_again(both):
    both.screen.open([FILE])
    both.screen.take(follow=False)
    both.hand(NEW.id)
    both.screen.open([FILE])
    assert (both.face.offer.can_take, both.face.offer.can_follow) == (False, False)
    assert both.face.lines[1][0] == "Đã nhận trước đây."


def test_an_unknown_key_is_told_how_it_becomes_known():
    both = Both(trusts=False)
    both.screen.open([FILE])
    assert both.face.offer is None
    assert "30 chữ số" in both.face.unknown
    assert "Sổ khóa ở ngay đây" in both.face.unknown
    both.screen.give_up()
    assert both.face.unknown == ""


def test_what_is_no_supply_file_is_refused(both):
    both.program.stick[FILE] = b"%PDF-"
    both.screen.open([FILE])
    assert len(both.frame.ask.asked) == 1
    assert both.face.offer is None


# drafts under an older version


@pytest.fixture
def behind(both) -> tuple[Both, OutdatedPresenter]:
    """Huế's year was begun under version 1; version 2 is there."""
    report = both.hue.entry.open(NEW.id, YEAR)
    both.hue.entry.put_cell(report, "agencies.committee", given(Decimal(3)))
    both.next_version("70")
    screen = OutdatedPresenter(both.hue, both.frame, both.face.show_outdated)
    screen.start()
    return both, screen


def test_an_old_draft_is_listed_with_what_it_would_lose(behind):
    both, _ = behind
    ((title, period, old, newest, loss),) = [tuple(item.text for item in row.items) for row in both.face.rows]
    assert title.startswith("Kế hoạch mới: 02-N · ")
    assert (period, old, newest, loss) == ("Năm 2025", "phiên bản 1", "2", "không mất gì")


def test_it_moves_once_that_is_confirmed(behind):
    both, screen = behind
    both.frame.ask.yes = False
    screen.move(both.face.rows[0].id)
    assert len(both.face.rows) == 1
    both.frame.ask.yes = True
    screen.move(both.face.rows[0].id)
    assert both.face.rows == ()
    moved = both.hue.entry.open(NEW.id, YEAR)
    assert (moved.form.programme_version, moved.cell("agencies.committee").amount) == (2, Decimal(3))


def test_what_has_no_place_any_more_is_named_in_words(behind):
    """Cells with a figure, texts; what was empty is no loss."""
    both, _ = behind
    report = both.hue.entry.open(NEW.id, YEAR)
    narrative = report.form.narratives[0]
    report = report.with_narrative(narrative.id, "Có kết quả")
    told = list(lost(report, replace(report, cells={}, narratives={})))
    assert len(told) == 2
    assert told[0].endswith(": 3")
    assert told[1] == narrative.title
    assert list(lost(report, report)) == []


class NoWayOn:
    """An entry whose newest version has no form for the period."""

    def renew(self, report):
        raise InputRefused("FORM_UNKNOWN", "Phiên bản mới không có biểu của kỳ này.")


def test_a_draft_that_the_new_version_has_no_form_for_can_only_stay(behind):
    both, _ = behind
    screen = OutdatedPresenter(replace(both.hue, entry=NoWayOn()), both.frame, both.face.show_outdated)
    screen.start()
    (row,) = both.face.rows
    assert (row.items[-1].text, row.note) == ("không chuyển được", "Phiên bản mới không có biểu của kỳ này.")
    screen.move(row.id)
    assert both.frame.ask.asked == []


def test_a_row_that_is_not_there_moves_nothing(behind):
    both, screen = behind
    screen.move("")
    assert both.frame.ask.asked == []
