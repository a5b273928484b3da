"""Numbers in prose against the table: what is plainly wrong is found, what may be right is left alone."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from forms.checks.all_checks import find
from forms.checks.context import Context
from forms.model.cell import given
from forms.model.count import Role
from forms.model.period import Period
from forms.model.report import Report
from tests.forms.conftest import UNIT
from tests.span_form import span_form

# Xã, năm 2025: 72,2% dân số được tiếp cận (năm 2024: 66,3%), 60 nữ trong 133 giám đốc, 06 tin, bài mỗi quý.
NOW = {
    "business_leaders.female": 60, "business_leaders.male": 73,
    "people_reached.female": 11_347, "people_reached.male": 11_000, "population.female": 15_900, "population.male": 15_047,
    "organisations": 21, "organisations_committed": 19, "births.boys": 130, "births.girls": 129,
    "news_q1": 6, "news_q2": 6, "news_q3": 6, "news_q4": 6,
}  # fmt: skip
BEFORE = {**NOW, "people_reached.female": 10_500, "people_reached.male": 10_018}
REACHED = "Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới"
LEADERS = "Tỷ lệ nữ giám đốc/chủ doanh nghiệp, hợp tác xã"
NEWS = "Số tin, bài được tính trong quý I"

WRONG = [
    (f"{REACHED} đạt 75,0%.", "72,2%"),
    (f"{REACHED} là 75%.", "72,2%"),
    (f"{REACHED}: 75 %.", "72,2%"),
    (f"{REACHED} chiếm 75 phần trăm.", "72,2%"),
    (f"{REACHED} năm 2025 đạt 75,0%, tăng so với năm trước.", "72,2%"),
    (f"Năm 2025, {REACHED.lower()} đạt 75,0%.", "72,2%"),
    (f"{REACHED} trên địa bàn xã là 66,3%.", "72,2%"),
    (f"{REACHED} năm 2024 là 60,0%.", "66,3%"),
    ("Tỷ lệ dân số được tiếp cận kiến thức cơ bản đạt 75%.", "72,2%"),
    ("TỶ LỆ DÂN SỐ ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI ĐẠT 75%", "72,2%"),
    ("Ty le dan so duoc tiep can kien thuc co ban ve binh dang gioi dat 75%", "72,2%"),
    ("Chỉ tiêu 6.1 đạt 75%.", "72,2%"),
    (f"{REACHED} (chỉ tiêu 6.1) là **75,0%** (22.347/30.947).", "72,2%"),
    (f"{LEADERS} đạt 54,1%; các chỉ tiêu khác đều đạt.", "45,1%"),
    (f"{LEADERS} đạt 45,2%.", "45,1%"),
    ("Tỷ lệ nữ giám đốc, chủ doanh nghiệp hợp tác xã là 46%.", "45,1%"),
    (f"Theo Quyết định số 12/QĐ-UBND ngày 05/3/2025, {LEADERS.lower()} là 46%.", "45,1%"),
    (f"- {LEADERS} là 50%\n- {REACHED} là 72,2%", "45,1%"),
    (f"{NEWS} là 08 tin, bài.", "6 tin, bài"),
    (f"{NEWS} đạt 12 tin, bài.", "6 tin, bài"),
    (f"{NEWS}: 07 (bảy) tin, bài.", "6 tin, bài"),
    ("Đã đăng 06 (năm) tin về bình đẳng giới.", "06 (năm)"),
    ("Có 12 (hai mươi) người dự.", "12 (hai mươi)"),
]
RIGHT = [
    f"{REACHED} đạt 72,2%.",
    f"{REACHED} đạt 72%.",
    f"{REACHED} đạt 72,21%.",
    f"{REACHED} năm 2024 là 66,3%.",
    f"{REACHED} đạt 72,2%, tăng 5,9 điểm phần trăm so với năm 2024 (66,3%).",
    f"{LEADERS} là 45,1% (60/133).",
    f"{NEWS} là 06 (sáu) tin, bài.",
    # a target, a plan, an estimate
    f"Phấn đấu {REACHED.lower()} đạt 60%.",
    f"Mục tiêu {REACHED.lower()} là 60%.",
    f"{REACHED} đạt trên 60%.",
    f"{REACHED} đạt ít nhất 60%, vượt mốc.",
    f"{REACHED} ước đạt 75%.",
    f"{REACHED} đạt 100% kế hoạch.",
    f"{REACHED} đạt 120% so với kế hoạch.",
    f"Đến năm 2030, {REACHED.lower()} đạt 80%.",
    "Chỉ tiêu: Phấn đấu đạt 60% dân số được tiếp cận kiến thức cơ bản về bình đẳng giới",
    "Chỉ tiêu 3: Đạt ít nhất 30% nữ giám đốc/chủ doanh nghiệp, hợp tác xã",
    "Chỉ tiêu 1: Tỷ lệ lao động nữ làm công hưởng lương đạt 50%",
    "100% xã, phường, thị trấn mỗi quý có ít nhất 04 tin, bài về bình đẳng giới trên hệ thống thông tin cơ sở",
    "b) Chịu trách nhiệm tổ chức thực hiện, theo dõi và báo cáo kết quả triển khai 04 chỉ tiêu của mục tiêu 4",
    # another period, another unit, another unit of measure
    f"{REACHED} năm 2023 là 50%.",
    f"Năm 2022 và năm 2023, {REACHED.lower()} là 50%.",
    f"Quý II, {REACHED.lower()} là 50%.",
    f"6 tháng đầu năm, {REACHED.lower()} là 50%.",
    f"Cùng kỳ, {REACHED.lower()} là 50%.",
    f"{REACHED} của thôn Đông là 50%.",
    f"{REACHED} tăng 5%.",
    f"{REACHED} tăng lên 75 điểm.",
    f"{REACHED} là 22.347 người.",
    f"Cả nước, {REACHED.lower()} là 50%.",
    # days, documents, articles
    f"{REACHED} theo Kế hoạch số 50/KH-UBND ngày 24/02/2021.",
    f"{REACHED} quy định tại Điều 5 Nghị định số 49/2024/NĐ-CP.",
    f"{REACHED} tại Phụ lục II, trang 12.",
    "Theo Quyết định số 2282/QĐ-BNV ngày 31/12/2020, đơn vị đã có 05 người là nữ.",
    # what might be several rows, what names none
    "Số tin, bài được tính trong quý là 09 tin, bài.",
    "Có 40% phụ nữ tham gia; 12 tin, bài đã phát.",
    f"{REACHED} và {LEADERS.lower()} đều đạt, riêng tỷ lệ sau là 45%.",
    "Không có.",
    "{{share_reached}} là 75%; " + REACHED + " là {{share_reached}} (22/33).",
    "Có 06 (sáu) tin, 12 (mười hai) bài, 3 (ba) lượt.",
    "Mục 2 (hai bên) và 5 (xem phụ lục).",
]


@pytest.fixture(scope="module")
def year_form(catalogue):
    return next(form for form in catalogue.programme("nq28_hue").forms if form.id == "year_indicators")


def of(form, label: str, figures: dict[str, int]) -> Report:
    return Report(form, UNIT, Role.REPORTING, Period(label), {name: given(n) for name, n in figures.items()})


def found(form, text: str) -> list[str]:
    report = replace(of(form, "2025", NOW), narratives={"strengths": text})
    every = find(report, Context((of(form, "2024", BEFORE),)))
    mine = [one for one in every if one.check.startswith("prose:")]
    assert {(one.level, one.spot) for one in mine} <= {("warning", "text:strengths")}
    return [one.message for one in mine]


@pytest.mark.parametrize(("text", "right"), WRONG)
def test_a_number_that_contradicts_the_table_is_found_with_what_it_should_be(year_form, text, right):
    (message,) = found(year_form, text)
    assert right in message


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_may_be_right_is_left_alone(year_form, text):
    assert found(year_form, text) == []


def test_a_reason_explains_it(year_form):
    report = replace(of(year_form, "2025", NOW), narratives={"strengths": f"{REACHED} đạt 75%."})
    (check,) = [one.check for one in find(report) if one.check.startswith("prose:")]
    (after,) = [one for one in find(report.explained(check, "Số của cơ quan thống kê")) if one.check == check]
    assert not after.blocks


def test_in_a_form_of_years_the_year_says_which_figure_is_meant():
    """2015: 25%, 2020: 65%."""
    cells = {
        f"{name}.{sex}@{year}": given(n)
        for year, reached in ((2015, 5), (2020, 13))
        for name, n in (("reached", reached), ("population", 20))
        for sex in ("female", "male")
    }
    report = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"), cells)

    def said(text: str) -> int:
        told = replace(report, narratives={"results": text})
        return sum(one.check.startswith("prose:") for one in find(told))

    assert said("Tỷ lệ dân số được tiếp cận năm 2015 là 25%. Năm 2020, tỷ lệ dân số được tiếp cận là 65%.") == 0
    assert said("Tỷ lệ dân số được tiếp cận năm 2015 là 65%.") == 1
    assert said("Tỷ lệ dân số được tiếp cận là 65%.") == 0
    assert said("Tỷ lệ dân số được tiếp cận năm 2017 là 65%.") == 0


def test_ten_long_texts_are_read_in_a_few_milliseconds(year_form):
    """Ten sections of 4 000 letters, every sentence with a title and a number."""
    text = (f"{REACHED} đạt 72,2%. {LEADERS} đạt 45,1%. Đã mở 12 lớp tập huấn cho 350 người tại 05 thôn. " * 30)[:4000]
    report = replace(of(year_form, "2025", NOW), narratives={f"n{i}": text for i in range(10)})
    bare = replace(report, narratives={})

    def took(one: Report) -> float:
        return min(_timed(one) for _ in range(5))

    assert took(report) - took(bare) < 0.1  # a rig of two busy processors; alone it is a fifth of that


def _timed(report: Report) -> float:
    begun = time.perf_counter()
    find(report)
    return time.perf_counter() - begun
