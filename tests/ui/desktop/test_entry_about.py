"""What is told of the place one stands on, in the strip and in the sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.model.cell import Cell, CellState, given
from tests.span_form import span_programme
from tests.ui.desktop.entry import Desktop, desk_with
from tests.ui.desktop.parts import FakeProgram, desk_of
from ui.desktop.entry.about import About, about, sheet_of

WOMEN, SHARE = "women_led_agencies.council", "women_led_agencies_share"


@pytest.fixture
def here():
    made = Desktop(desk_of(FakeProgram()))
    made.entry.start("2025")
    return made


def told(here: Desktop, key: str, part: str = "", year: int | None = None) -> About:
    """Of a cell, or of the last figure in the row of an indicator."""
    layout = here.face.layout
    for row in layout.rows:
        for spot in row.spots:
            told = spot and spot.stands not in ("judged", "before")
            if told and (spot.name, spot.part, spot.year) == (key, part, year):
                return about(here.entry.opened, row, spot)
    raise LookupError(key)


def test_a_blank_cell_tells_its_name_its_history_and_what_the_keys_do(here):
    for year, amount in (("2022", 8), ("2023", 9), ("2024", 10)):
        here.write(year, {"business_leaders.female": given(amount)})
    here.entry.start("2025#business_leaders.female")
    found = told(here, "business_leaders.female", "female")
    assert found.title.endswith(" – Nữ (người)")
    assert found.facts[0] == "2024: 10 · 2023: 9 · 2022: 8"
    assert found.facts[1].startswith("thường gặp ")
    assert found.facts[-1].startswith("Theo dõi: Sở Kế hoạch và Đầu tư")
    assert found.keys.startswith("F4 chép 10 của kỳ trước")


def test_marks_are_told_in_words(here):
    here.write("2025", {WOMEN: Cell(CellState.NONE, note="Không tổ chức", flagged=True, carried=True)})
    here.entry.start("2025")
    found = told(here, WOMEN, "council")
    assert [words for words, _ in found.pills] == [
        "Chép từ kỳ trước, chưa xác nhận", "Đánh dấu xem lại", "Không phát sinh",
    ]  # fmt: skip
    assert found.note == "Không tổ chức"
    assert found.keys.startswith("Ctrl+Enter xác nhận")


def test_a_refused_text_is_told_not_to_be_kept(here):
    here.entry.put(WOMEN, "8a")
    assert told(here, WOMEN, "council").pills == (("Chưa cất", "error"),)


def test_an_indicator_tells_its_sum_what_lacks_and_the_plans_words(here):
    names = (WOMEN, "women_led_agencies.committee", "agencies.council", "agencies.committee")
    here.write("2025", dict(zip(names, map(given, (1, 0, 1, 1)), strict=True)))
    here.entry.start("2025")
    found = told(here, SHARE)
    assert found.pills == (("Chưa đạt, thiếu 1 cơ quan", "warning"),)
    assert found.facts[:3] == (
        "50,0 % = 1 / 2", "thiếu 1 cơ quan, thấp hơn 10,0 điểm %", "Mốc 2025: Phấn đấu đạt 60%",
    )  # fmt: skip
    assert found.facts[-1] == "Theo dõi: Sở Nội vụ"


def test_in_a_form_of_years_the_years_before_are_the_history():
    here = Desktop(desk_with(span_programme(), "Sở Y tế", "agency"))
    here.entry.start("")
    for year, amount in ((2011, "5"), (2012, "6"), (2014, "7")):
        here.entry.put(f"reached.female@{year}", amount)
    found = told(here, "reached.female@2015", "female", 2015)
    assert found.title == "1. Dân số được tiếp cận – Nữ, năm 2015 (người)"
    assert found.facts[0] == "2014: 7 · 2012: 6 · 2011: 5"
    assert found.facts[-1] == "Theo dõi: Sở Y tế"


def test_the_sheet_of_a_cell_holds_its_count_and_the_indicators_that_read_it(here):
    for year, women in (("2023", 0), ("2024", 1)):
        here.write(year, {WOMEN: given(women), "women_led_agencies.committee": given(1)})
    here.entry.start("2025")
    count, share = sheet_of(here.entry.opened, WOMEN)
    assert (count.title[:6], share.title[:14]) == ("1.1.1.", "Chỉ tiêu 1.1. ")
    assert count.history[0] == ("Kỳ", "Hội đồng nhân dân", "Ủy ban nhân dân", "Tổng")
    assert count.history[1:] == (("2025", "", "", ""), ("2024", "1", "1", "2"), ("2023", "0", "1", "1"))
    known = dict(share.parts)
    assert known["Cách tính"] == "100 × [1.1.1] ÷ [1.1.2]"
    assert {"Định nghĩa", "Nguồn", "Cơ quan theo dõi", "Đối chiếu", "Mốc 2025"} <= known.keys()
    assert sheet_of(here.entry.opened, SHARE) == (share,)
    assert sheet_of(here.entry.opened, "khác") == ()


def test_the_sheet_tells_what_was_explained_last_year(here):
    last = here.write("2024", {"agencies.committee": given(2)})
    last = here.desk.entry.explain(last, "one_committee", "Sáp nhập hai phường")
    here.desk.entry.explain(last, "unusual:agencies.committee", "Đúng số")
    here.entry.start("2025")
    count, share = sheet_of(here.entry.opened, "agencies.committee")
    assert dict(count.parts)["Giải trình kỳ trước"] == "Sáp nhập hai phường\nĐúng số"
    assert "Sáp nhập hai phường" in dict(share.parts)["Giải trình kỳ trước"]
    assert "Giải trình kỳ trước" not in dict(sheet_of(here.entry.opened, "population.female")[0].parts)


def test_what_was_never_held_against_the_plan_is_marked(here):
    """4.3 has no word of the plan of its own: chưa đối chiếu."""
    here.entry.go_to("population.female")
    unverified = [row for row in here.entry.opened.report.form.indicators.values() if not row.verified]
    (chapter,) = sheet_of(here.entry.opened, unverified[0].id)
    assert dict(chapter.parts)["Đối chiếu"] == "Chưa đối chiếu với văn bản gốc"


def test_the_history_of_an_indicator_of_years_goes_over_its_years():
    here = Desktop(desk_with(span_programme(), "Sở Y tế", "agency"))
    here.entry.start("")
    (chapter,) = sheet_of(here.entry.opened, "share")
    assert chapter.history[0] == ("Năm", "%", "Mốc")
    assert [row[0] for row in chapter.history[1:]] == [str(year) for year in range(2011, 2021)]


def test_a_carried_cell_may_be_kept_with_its_marks_and_is_told_so(here):
    here.write("2025", {WOMEN: replace(given(3), carried=True)})
    here.entry.start("2025")
    assert told(here, WOMEN, "council").keys.startswith("Ctrl+Enter")
