"""Nhập số liệu: what is shown of a report, where one can go in it, what is stored when."""

from __future__ import annotations

from datetime import date

import pytest

from forms.checks.completeness import PartKind
from forms.errors import StorageError
from forms.model.cell import CellState, given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import ReportState
from forms.programmes.catalogue import parse_pack
from tests.span_form import AGENCIES, SPAN, span_programme
from tests.ui.desktop.entry import Desktop, desk_with
from tests.ui.desktop.parts import FakeProgram, desk_of
from ui.desktop.shell import Location

WOMEN, ALL = "women_led_agencies.council", "agencies.council"


@pytest.fixture
def here():
    made = Desktop(desk_of(FakeProgram()))
    made.entry.start("2025")
    return made


def texts(here: Desktop, key: str) -> list[str]:
    return [shown.text for shown in here.face.row(key)]


def test_a_cell_is_in_the_ledger_as_soon_as_it_is_left(here):
    here.entry.put(WOMEN, "1")
    assert here.stored(WOMEN) == given(1)
    assert here.face.saved == "10:32"


def test_totals_and_indicators_follow(here):
    """
    1.1.1  1 + 0 = 1
    1.1.2  1 + 1 = 2
    1.1    100 × 1 ÷ 2 = 50,0 %, below 60 %
    """
    for name, text in ((WOMEN, "1"), ("women_led_agencies.committee", "0"), (ALL, "1"), ("agencies.committee", "1")):
        here.entry.put(name, text)
    assert texts(here, "women_led_agencies")[:3] == ["1", "0", "1"]
    assert texts(here, "agencies")[:3] == ["1", "1", "2"]
    *_, value, judged = here.face.row("women_led_agencies_share")
    assert (value.text, judged.text, judged.tone) == ("50,0", "Chưa đạt, thiếu 1 cơ quan", "warning")
    assert judged.small == "Mốc 2025: ít nhất 60\u00a0%"


def test_they_follow_while_the_cell_is_still_typed_and_nothing_is_stored(here):
    for name, text in ((WOMEN, "1"), ("women_led_agencies.committee", "0"), (ALL, "1")):
        here.entry.put(name, text)
    here.entry.typing("agencies.committee", "1")
    assert here.face.row("women_led_agencies_share")[-2].text == "50,0"
    assert here.stored("agencies.committee").state is CellState.BLANK
    here.entry.typing("agencies.committee", "1x")
    assert here.face.row("women_led_agencies_share")[-2].text == "50,0", (
        "what cannot be read leaves the picture as it was"
    )


def test_the_last_two_periods_stand_beside(here):
    for year, women in (("2022", 3), ("2023", 2), ("2024", 1)):
        here.write(year, {WOMEN: given(women), "women_led_agencies.committee": given(0)})
    here.entry.start("2025")
    assert [column.title for column in here.face.layout.columns] == [
        "2023", "2024", "Hội đồng nhân dân", "Ủy ban nhân dân", "Tổng", "Mốc, đánh giá",
    ]  # fmt: skip
    assert texts(here, "women_led_agencies")[:2] == ["2", "1"]


def test_cells_of_the_news_ledger_are_locked_once_it_has_items(here):
    here.entry.go_to("news_q4")
    assert here.face.cell("news_q4").is_open
    here.desk.news.save(NewsItem("", date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("website",)))
    here.entry.start("")
    shown = here.face.cell("news_q4")
    assert (shown.is_open, shown.text) == (False, "1")
    assert here.face.row("news_q4")[-1].text == "Lấy từ sổ tin, bài"
    assert here.face.cell("news_q1").is_open


def test_the_next_blank_goes_round_and_a_fault_comes_before_a_blank(here):
    here.entry.go_on(WOMEN, problems=False)
    assert here.face.place == "women_led_agencies.committee"
    here.entry.go_on(WOMEN, problems=False, by=-1)
    assert here.face.place == "news_q4", "the last one"
    here.entry.put(WOMEN, "2")
    here.entry.put(ALL, "1")
    here.entry.go_on("population.male", problems=True)
    assert here.face.place == WOMEN
    here.entry.go_on(WOMEN, problems=True)
    assert here.face.place == ALL


def test_when_no_figure_is_wrong_any_more_f7_leads_to_the_text_that_is_missing():
    """The health agency answered for 2015 and 2020; the required section of prose is not written."""
    text = SPAN.replace('title = "Kết quả"', 'title = "Kết quả"\nrequired = true')
    files = {"programme.toml": AGENCIES.encode(), "span.toml": text.encode()}
    here = Desktop(desk_with(parse_pack("small.v1", files), "Sở Y tế", "agency"))
    here.entry.start("")
    *first, last = sorted(here.entry.opened.report.required_cells)
    for name in first:
        here.entry.put(name, "10")
    for problems in (True, False):
        here.entry.go_on("", problems)
        assert here.face.place == last, "what must be answered before what may be"
    here.entry.put(last, "10")
    here.entry.go_on("", problems=False)
    assert here.face.place == "reached.female@2011"
    here.entry.go_on("", problems=True)
    assert here.gone == [("texts", "small/2011..2020/calendar#text:results")]


def test_going_to_a_cell_of_another_part_shows_that_part(here):
    here.entry.go_to("population.female")
    assert here.face.parts[here.face.chosen].section == "6"
    assert here.face.place == "population.female"


def test_what_is_no_cell_is_put_right_on_its_own_screen(here):
    here.entry.go_to("text:leadership")
    assert here.gone == [("texts", "nq28_hue/2025/calendar#text:leadership")]


def test_parts_say_how_complete_they_are_and_the_texts_have_a_screen_of_their_own(here):
    here.entry.put(WOMEN, "2")
    here.entry.put(ALL, "1")
    first = here.face.parts[0]
    assert (first.done, first.total, first.wrong) == (2, 4, 1)
    number, last = len(here.face.parts) - 1, here.face.parts[-1]
    assert last.kind is PartKind.TEXTS
    here.entry.choose_part(number)
    assert here.gone == [("texts", "nq28_hue/2025/calendar#")]
    assert here.face.chosen == 0, "the section of figures stays"


def test_enter_leads_from_section_to_section_to_the_end(here):
    assert not here.entry.turn(-1)
    turns = [here.entry.turn(1) for _ in here.entry.opened.sections]
    assert turns == [True] * (len(turns) - 1) + [False]


def test_a_warning_takes_its_reason_here_and_gives_it_back(here):
    here.entry.put("agencies.committee", "2")
    assert [f.check for f in here.face.found if f.blocks and f.cells] == ["one_committee"]
    here.entry.explain("one_committee", "Sáp nhập giữa năm")
    assert [f.check for f in here.face.found if f.blocks and f.cells] == []
    here.undo()
    assert here.entry.opened.report.explanations == {}


def test_the_reason_of_last_year_is_offered_again(here):
    last = here.write("2024", {"agencies.committee": given(2)})
    here.desk.entry.explain(last, "one_committee", "Sáp nhập hai phường")
    here.entry.start("2025")
    assert here.face.before == {"one_committee": "Sáp nhập hai phường"}


def test_the_day_of_the_figures_is_kept(here):
    here.entry.date("20/11/2025", True)
    report = here.desk.entry.open("nq28_hue", Period("2025"))
    assert (report.as_of, report.estimate) == (date(2025, 11, 20), True)
    here.entry.date("hôm nay", True)
    assert "không phải là ngày" in here.face.refused


def test_an_edit_is_taken_back_whole_and_done_again_also_from_another_report(here):
    here.entry.put(WOMEN, "1")
    edit = here.edits[-1]
    here.entry.start("2024")
    edit.undo()
    assert (here.entry.opened.report.period.label, here.face.place) == ("2025", WOMEN)
    assert here.stored(WOMEN).state is CellState.BLANK
    edit.do()
    assert here.stored(WOMEN) == given(1)


def test_a_refusal_of_the_disk_is_said_and_the_ledger_keeps_what_it_had(here, monkeypatch):
    def full(*_):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy. Xóa bớt tệp rồi gõ lại.")

    monkeypatch.setattr("forms.services.entry.Entry.put_cells", full)
    assert not here.entry.put(WOMEN, "1")
    assert here.face.refused == "Ổ đĩa đầy. Xóa bớt tệp rồi gõ lại."
    assert (here.face.cell(WOMEN).text, here.face.cell(WOMEN).is_refused) == ("1", True)
    assert here.edits == []
    monkeypatch.undo()
    assert here.stored(WOMEN).state is CellState.BLANK


def test_a_summing_office_types_its_own_counts_and_sees_the_whole():
    here = Desktop(desk_of(FakeProgram(), "46", collates=True))
    here.entry.start("2025")
    assert WOMEN in here.face.layout.places
    assert "Cộng cả cấp dưới: chưa có (0/41)" in [cell.text for cell in here.face.row("women_led_agencies")]
    here.entry.put(WOMEN, "1")
    assert {choice.form.period_kind.value for choice in here.face.offered} == {"year", "span"}, (
        "the quarter is the communes'"
    )
    four = next(number for number, part in enumerate(here.face.parts) if part.section == "4")
    here.entry.choose_part(four)
    assert "sex_ratio_at_birth" in [row.key for row in here.face.layout.rows], "judged here, typed below"


def test_an_agency_sees_its_own_rows():
    """Sở Y tế of tests/span_form.py owns section 1 of two."""
    here = Desktop(desk_with(span_programme(), "Sở Y tế", "agency"))
    here.entry.start("")
    assert [part.section for part in here.face.parts if part.kind is PartKind.FIGURES] == ["1"]
    assert "reached.female@2015" in here.face.layout.places
    here.entry.put("reached.female@2015", "12")
    here.entry.put("reached.male@2015", "8")
    here.entry.put("population.female@2015", "20")
    here.entry.put("population.male@2015", "20")
    column = here.face.layout.places["reached.female@2015"][1]
    assert here.face.row("reached")[column].text == "20"
    assert here.face.row("share")[column].text == "50,0"


def test_a_year_with_a_target_of_its_own_is_judged_in_place():
    here = Desktop(desk_with(span_programme(), "Sở Y tế", "agency"))
    here.entry.start("")
    for name in ("reached.female@2020", "reached.male@2020", "population.female@2020", "population.male@2020"):
        here.entry.put(name, "10")
    column = here.face.layout.places["reached.female@2020"][1]
    shown = here.face.row("share")[column]
    assert (shown.text, shown.tone, shown.small) == ("100,0", "good", "mốc 60")
    assert here.face.row("share")[column - 1].small == ""


def test_an_office_of_which_nothing_is_asked_is_told_so():
    here = Desktop(desk_with(span_programme(), "Sở Tư pháp", "agency"))
    here.entry.start("")
    assert "không hỏi số liệu nào" in here.face.nothing


def test_a_place_leads_to_its_report_and_cell(here):
    here.entry.start(str(Location("nq28_hue", Period("2024"), "population.female")))
    assert (here.entry.opened.report.period.label, here.face.place) == ("2024", "population.female")
    assert here.face.shown_place.period == Period("2024")


def test_a_sealed_report_refuses_typing_until_a_correction_is_opened(here):
    for day in (1, 2, 3, 4):
        here.desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("website",)))
    here.desk.sealing.seal("nq28_hue", Period("2025-Q4"), here.desk.ledger.signers())
    here.entry.start("2025-Q4")
    assert here.face.state is ReportState.SEALED
    here.entry.show_closed()
    assert "Mở bản thay thế" in here.face.refused
    here.entry.note("news_brief", "thêm")
    assert "niêm phong" in here.face.refused
    here.entry.store(lambda: here.desk.entry.reopen("nq28_hue", Period("2025-Q4")))
    assert (here.face.state, here.face.refused) == (ReportState.DRAFT, "")
