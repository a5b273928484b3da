"""A draft without a window: which fields are listed, what is taken and refused, what is different, its two ends."""

from __future__ import annotations

import pytest

from forms.model.count import Role
from forms.model.period import PeriodKind
from forms.programmes.pack_outline import FieldKind
from tests.forms.services.test_programmes import NEWS, SHARE, SupplyProgram, draft, office
from tests.ui.desktop.parts import FakeFrame
from ui.desktop.programmes.draft_presenter import ALL, CHANGED, DraftPresenter, DraftTable

AMOUNT = f"{SHARE}/2025.amount"


class Draft:
    """Huế's own copy of its plan, open to be changed."""

    def __init__(self) -> None:
        self.shown, self.closed, self.frame = list[DraftTable](), [], FakeFrame()
        self.desk = office(SupplyProgram(), "46", collates=True)
        self.screen = DraftPresenter(self.desk, self.frame, self.shown.append, lambda: self.closed.append(True))
        self.screen.open(draft(self.desk))

    @property
    def table(self) -> DraftTable:
        """As it was shown last."""
        return self.shown[-1]

    def put(self, id: str, typed: str | bool) -> bool:
        self.screen.choose(id)
        return self.screen.put(id, typed)

    def line(self, id: str) -> list[str]:
        """Field, value, how it was."""
        return next([item.text for item in row.items] for row in self.table.rows if row.id == id)

    @property
    def fields(self) -> list[str]:
        return [row.id for row in self.table.rows if not row.is_heading]


@pytest.fixture
def made() -> Draft:
    return Draft()


def test_the_targets_are_listed_first_under_their_indicators(made):
    """
    6.3  Tỷ lệ xã … › Mốc năm 2025
    Mức phải đạt    100
    """
    assert made.table.rows[0].items[0].text.endswith("› Mốc năm 2025")
    assert made.line(f"{NEWS}/2025.amount") == ["Mức phải đạt", "100", ""]
    assert all("/20" in id for id in made.fields)


def test_a_change_is_kept_with_what_follows_from_it(made):
    """The plan's words say the new figure, and the figure is not the document's any more."""
    before = made.table.changes
    assert made.put(AMOUNT, "65")
    assert made.line(AMOUNT) == ["Mức phải đạt", "65", "60"]
    assert made.line(f"{SHARE}/2025.words")[1] == "Phấn đấu đạt 65%"
    assert made.line(f"{SHARE}/2025.verified")[1:] == ["không", "có"]
    assert made.table.changes == before + 3
    (stored,) = made.desk.drafting.drafts()
    assert stored.programme().forms != made.desk.catalogue.programme("nq28_hue", 1).forms


@pytest.mark.parametrize(
    ("id", "typed", "words"),
    [
        (AMOUNT, "sáu mươi", "không phải là số"),
        (AMOUNT, "", "Không để trống"),
        ("programme/programme.last_year", "2019", "không dùng được"),
        ("programme/reporting_unit/year.day", "31/2", "không phải là ngày"),
        (f"{SHARE}.agencies", "Sở Không Có", "không có cơ quan"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(made, id, typed, words):
    (before,) = made.desk.drafting.drafts()
    assert not made.put(id, typed)
    assert words in made.table.problem
    assert made.desk.drafting.drafts() == (before,)


def test_a_field_says_how_it_is_typed_and_how_it_was(made):
    made.put(AMOUNT, "65")
    made.screen.choose(AMOUNT)
    typing = made.table.typing
    assert (typing.kind, typing.value, typing.before, typing.goes) == (FieldKind.AMOUNT, "65", "60", "mốc này")
    made.screen.choose(f"{SHARE}/2025.operator")
    assert (made.table.typing.value, len(made.table.typing.options)) == (">=", 6)
    made.screen.choose(f"{SHARE}/2025.verified")
    assert made.table.typing.value is False


def test_only_what_was_changed_and_only_what_holds_the_words(made):
    made.put(AMOUNT, "65")
    made.screen.narrow(CHANGED, "")
    assert AMOUNT in made.fields
    assert f"{NEWS}/2025.amount" not in made.fields
    made.screen.narrow(ALL, "  muc phai dat ")
    assert AMOUNT in made.fields
    assert all(made.line(id)[0] == "Mức phải đạt" for id in made.fields if id.endswith(".amount"))
    made.screen.narrow(ALL, "không đâu có chữ này")
    assert (made.fields, made.table.typing, made.table.counted) == ([], None, "0 mục")


def test_ids_and_formulas_are_not_listed(made):
    made.screen.narrow(ALL, "")
    assert not [id for id in made.fields if id.endswith((".formula", ".id", ".indicator", ".count", ".filled_by"))]


def test_texts_that_still_speak_of_the_old_number_are_named(made):
    made.screen.narrow("head", "")
    assert made.put("programme/news.minimum", "6")
    assert made.table.problem.startswith("Đã ghi. Câu chữ còn nhắc 4 tin, bài ở: Quy định về tin, bài; 6.3")


def test_a_milestone_is_added_once_and_taken_away(made):
    made.screen.choose(AMOUNT)
    assert made.table.adding == "target"
    assert "Đã có mốc năm 2025" in made.screen.add_target("2025", "70")
    assert "2021–2025" in made.screen.add_target("2030", "70")
    made.put("programme/programme.last_year", "2030")
    made.screen.choose(AMOUNT)
    assert made.screen.add_target("2030", "70") == ""
    new = f"{SHARE}/2030.amount"
    assert made.line(new)[1:] == ["70", "(mới)"]
    made.screen.choose(new)
    made.screen.remove()
    assert made.frame.ask.asked == ["Bỏ mốc này?"]
    assert new not in made.fields


def test_a_deadline_and_an_agency_are_added(made):
    made.screen.narrow("deadline", "")
    assert made.table.adding == "deadline"
    refusal = made.screen.add_deadline(Role.REPORTING, PeriodKind.QUARTER, "40/1", "Sở Nội vụ")
    assert "không phải là ngày" in refusal
    assert made.screen.add_deadline(Role.REPORTING, PeriodKind.QUARTER, "5/4", "Sở Nội vụ") == ""
    assert made.line("programme/reporting_unit/quarter.day")[1] == "05/04"
    (stored,) = made.desk.drafting.drafts()
    assert len(stored.programme().deadlines) == 3


def test_a_field_that_stays_as_it_was_is_no_change(made):
    before = made.table.changes
    assert made.put(AMOUNT, "60,0")
    assert made.table.changes == before


def test_a_refusal_lists_the_rows_anew_and_leaves_the_field_alone(made):
    """Somebody may be typing into it; what was refused stands in the list."""
    made.screen.choose(AMOUNT)
    before = made.table
    made.screen.put(AMOUNT, "sáu mươi")
    assert made.table.typing is before.typing
    assert made.line(AMOUNT)[1] == "sáu mươi (chưa nhận)"
    assert made.screen.ask_release() is None
    assert "sáu mươi" in made.table.problem
    made.screen.choose(AMOUNT)
    assert made.table.rows is made.shown[-2].rows, "another field is looked at: the list stays as it is"


def test_what_is_different_is_shown_before_the_release(made):
    made.put(AMOUNT, "65")
    before = made.screen.ask_release()
    assert before.title == "Phát hành Kế hoạch mới, phiên bản 1"
    assert before.words.startswith("So với nq28_hue.v1: ")
    assert ("60", "65") in [(row.items[1].text, row.items[2].text) for row in before.rows]
    assert made.desk.drafting.drafts(), "nothing is released yet"


def test_released_the_window_is_made_anew(made):
    made.screen.release()
    assert (made.closed, made.frame.gone) == ([True], [("programmes", "kh_hue_2026")])
    assert made.desk.drafting.is_own("kh_hue_2026")
    assert not made.put(AMOUNT, "70")
    assert "đã phát hành" in made.table.problem


@pytest.mark.parametrize("yes", [True, False])
def test_a_draft_goes_once_that_is_confirmed(made, yes):
    made.frame.ask.yes = yes
    made.screen.discard()
    assert made.frame.ask.asked == ["Bỏ bản soạn Kế hoạch mới?"]
    assert (made.desk.drafting.drafts() == (), bool(made.closed)) == (yes, yes)
