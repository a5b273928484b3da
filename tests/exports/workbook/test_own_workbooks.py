"""A figure of an office's own workbook is taken only when row, column and measure are certain; whatever leaves two readings is
asked, with every candidate. A map that was saved holds only where its titles and heads stand again."""

from __future__ import annotations

import pytest

from forms.errors import InputRefused
from forms.model.report import Report
from forms.workbooks.foreign_workbook import Proposing, apply, propose
from forms.workbooks.sheet_map import read, written
from tests.own_workbooks import drawn, plainly, report, taken

from .own_cases import CASES, HANDED, B, Case, G, P, T


def of(case: Case) -> Report:
    return report(case.period, case.role)


@pytest.mark.parametrize("case", [*HANDED, *CASES], ids=lambda case: case.name)
def test_what_a_person_reads_is_taken_or_asked(case):
    cells, proposal = taken(drawn(case.text), of(case))
    assert cells == case.says
    assert sorted(one.cell for one in proposal.questions) == sorted(case.asked)
    assert not set(case.asked) & proposal.mapped.cells.keys()
    assert set(case.asked) <= set(proposal.missing)


def questions(text: str, **more):
    return {one.cell: one for one in propose(report(**more), drawn(text)).questions}


def refused(act) -> InputRefused:
    with pytest.raises(InputRefused) as refusal:
        act()
    return refusal.value


def test_a_question_shows_every_candidate_with_its_own_titles_and_heads():
    found = questions(f"|Bảng|\n|TT|Chỉ tiêu|Công an|Thống kê|\n|I|Tổ chức|||\n|1|{G}|55|56|")["organisations"]
    assert found.title == f"6.2.2. {G}"
    assert [(one.sheet, one.place, one.rows, one.heads, one.value) for one in found.candidates] == [
        ("Biểu 01", "C4", ("Tổ chức", G), ("Công an",), "55"),
        ("Biểu 01", "D4", ("Tổ chức", G), ("Thống kê",), "56"),
    ]
    assert found.candidates[0].why == "không rõ tiêu đề cột “Công an”"


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Kế hoạch năm 2026", "là kế hoạch"),
        ("Ước thực hiện năm 2026", "là số ước"),
        ("Năm 2025", "ghi năm 2025"),
        ("Cùng kỳ năm trước", "là của kỳ trước"),
        ("Lũy kế", "là số cộng dồn"),
        ("Quý III", "ghi quý 3"),
        ("9 tháng", "ghi 9 tháng"),
        ("Từ 15/12/2025 đến 14/12/2026", "ghi năm 2025, 2026; ghi một khoảng ngày"),
        ("Từ ngày 01/02/2026 đến ngày 30/11/2026", "ghi một khoảng ngày"),
        ("Nghìn tổ chức", "đơn vị tính có hệ số 1.000"),
        ("Số liệu (lượt người)", "đơn vị tính khác “tổ chức”"),
    ],
)
def test_a_question_says_what_is_doubtful(head, why):
    found = questions(f"|TT|Chỉ tiêu|{head}|\n|1|{G}|55|")["organisations"]
    assert found.candidates[0].why == why
    assert why in found.why


def test_two_equal_titles_are_asked_between():
    found = questions(f"|TT|Chỉ tiêu|Nữ|Nam|\n|1|{P}|4100|3900|\n|2|{P}|4101|3901|")
    assert [one.place for one in found["population.female"].candidates] == ["C2", "C3"]
    assert found["population.female"].why.startswith("Có 2 chỗ cùng tên")


def test_parts_that_are_not_the_total_of_the_sheet_are_asked():
    found = questions(f"|TT|Chỉ tiêu|Tổng số|Nữ|Nam|\n|1|{P}|8000|4100|390|")
    assert found["population.male"].why.startswith("Các phần cộng lại khác tổng số")


def test_figures_in_thousands_are_taken_as_a_person_says():
    sheets = drawn(f"|TT|Chỉ tiêu|Nữ (nghìn người)|\n|1|{P}|4.1|")
    proposing = Proposing(report(), sheets)
    assert refused(lambda: proposing.chosen("Biểu 01", 1, 2, None)).code == "MAPPING_SCALE"
    for scale, value in ((1000, 4100), (1, None)):
        mapped = proposing.proposal().mapped
        mapped.cells["population.female"] = proposing.chosen("Biểu 01", 1, 2, scale)
        reading = apply(read(written(mapped)), sheets, report())
        cell = reading.filled.cells.get("population.female")
        assert (cell.amount if cell else None) == value
    assert [one.code for one in reading.problems] == ["NUMBER_NOT_WHOLE"]


# ---------------------------------------------------------------- the map, the next time


def mapped(text: str, period: str = "2026"):
    """As it comes out of the ledger again."""
    return read(written(propose(report(period), drawn(text)).mapped))


def again(text: str, then: str, before: str = "2026", period: str = "2027") -> tuple[dict[str, int], list[str]]:
    """What a map made from one workbook takes out of another one; and what it refuses."""
    reading = apply(mapped(text, before), drawn(then), report(period))
    cells = {name: int(reading.filled.cells[name].amount) for name in reading.places if name in reading.filled.cells}
    return cells, [one.code for one in reading.problems]


FIRST = f"|SỐ LIỆU NĂM 2026|\n|TT|Chỉ tiêu|ĐVT|Năm 2025|Năm 2026|\n|1|{G}|Tổ chức|50|55|"


def test_the_same_table_a_year_later_is_read_by_its_titles():
    """The columns of years and the rows have moved."""
    then = f"|SỐ LIỆU NĂM 2027|\n---\n|TT|Chỉ tiêu|ĐVT|Năm 2025|Năm 2026|Năm 2027|\n|1|{B}|Người|1|2|3|\n|2|{G}|Tổ chức|50|55|58|"
    assert again(FIRST, then) == ({"organisations": 58}, [])


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(FIRST, id="last year's file"),
        pytest.param(
            FIRST.replace("Năm 2026|\n", "Kế hoạch năm 2027|\n").replace("NĂM 2026", "NĂM 2027"), id="another head"
        ),
        pytest.param(FIRST.replace("2026", "2027").replace(G, f"{G} chưa cam kết"), id="another title"),
        pytest.param(FIRST.replace("2026", "2027").replace("|Tổ chức|", "|Nghìn tổ chức|"), id="another unit"),
        pytest.param(FIRST.replace("Năm 2026", "Năm 2027"), id="another year in the title line"),
        pytest.param(FIRST.replace("SỐ LIỆU NĂM 2026", "KẾ HOẠCH NĂM 2027").replace("2026", "2027"), id="a plan"),
        pytest.param(FIRST.replace("2026", "2027") + f"\n|2|{G}|Tổ chức|60|65|", id="the title twice"),
    ],
)
def test_a_map_refuses_where_titles_or_heads_are_others(then):
    assert again(FIRST, then) == ({}, ["MAPPING_MOVED"])


def test_a_map_of_a_quarter_takes_the_next_quarter():
    text = "|TT|Chỉ tiêu|Quý I|Quý II|Quý III|Quý IV|\n|1|Số tin, bài được tính trong quý|4|5|6|7|"
    assert again(text, text, "2026-Q3", "2026-Q4") == ({"news_counted": 7}, [])


def test_a_choice_among_equal_titles_is_remembered_with_their_number():
    text = f"|TT|Chỉ tiêu|Số liệu|\n|1|{G}|55|\n|2|{G}|56|"
    proposing = Proposing(report(), drawn(text))
    place = proposing.chosen("Biểu 01", 2, 2, None)
    assert place.nth == (2, 2)
    assert proposing.spot(place)[1] == (2, 2)
    other = Proposing(report(), drawn(text + f"\n|3|{G}|57|"))
    assert refused(lambda: other.spot(place)).code == "MAPPING_MOVED"


def test_what_a_map_does_not_have_is_told():
    text = f"|TT|Chỉ tiêu|Nữ|Nam|\n|1|{P}|4100|3900|"
    reading = apply(mapped(text), drawn(text), report())
    assert [(one.code, one.where) for one in reading.notes] == [("MAPPING_MISSING", "")]
    assert "Tổng số cơ quan – Hội đồng nhân dân" in reading.notes[0].message


def test_a_map_of_before_that_only_knows_numbers_says_so():
    old = '{"version":1,"programme":"nq28_hue","form":"year_indicators","cells":{"organisations":{"sheet":"","row":2,"column":"C"}}}'
    reading = apply(read(old), drawn(f"|TT|Chỉ tiêu|Số liệu|\n|1|{G}|55|"), report())
    assert reading.filled.cells["organisations"].amount == 55
    assert [one.code for one in reading.notes] == ["MAPPING_MISSING", "MAPPING_PLACE_ONLY"]


def test_a_place_that_no_table_has_is_kept_by_its_numbers():
    proposing = Proposing(report(), drawn(f"|{T}|\n|5|"))
    assert not proposing.chosen("Biểu 01", 1, 0, None).is_titled
    assert refused(lambda: proposing.chosen("Biểu 01", 40, 9, None)).code == "MAPPING_PLACE"
    assert refused(lambda: proposing.chosen("Khác", 1, 0, None)).code == "MAPPING_SHEET"


def test_a_long_sheet_is_read_in_time():
    """Thousands of rows."""
    rows = "\n".join(f"|{n}|Chỉ tiêu thứ {n} của sở|{n}|{n + 1}|" for n in range(3000))
    cells, _ = taken(plainly(f"|TT|Chỉ tiêu|Nữ|Nam|\n{rows}\n|3001|{P}|4100|3900|"))
    assert cells == {"population.female": 4100, "population.male": 3900}
