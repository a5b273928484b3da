"""The neutral model: what holds before anything is drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exports.document import (
    Annex,
    Bullet,
    Column,
    Document,
    Figure,
    HeadCell,
    Letterhead,
    Para,
    Row,
    Signature,
    Table,
    annex_label,
    annex_reference,
    closed,
    dated,
    placed,
    shown,
)

HEAD = Letterhead("", "Ủy ban nhân dân\nxã Bình Điền", "Số:        /BC-UBND", "Bình Điền", 2026)


def report(*annexes: Annex) -> Document:
    return Document(
        HEAD,
        "BÁO CÁO",
        "Kết quả quý IV",
        (Para("Trên đây là báo cáo."),),
        Signature(("CHỦ TỊCH",)),
        ("- Lưu: VT.",),
        annexes=annexes,
    )


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_nought(day: date, written: str):
    assert dated(day, None) == written


def test_an_unsigned_paper_leaves_room_for_the_day():
    assert dated(None, 2026).split() == ["ngày", "tháng", "năm", "2026"]
    assert dated(None, None).split() == ["ngày", "tháng", "năm", "20"]


def test_the_end_mark_takes_the_place_of_the_last_stop():
    assert closed((Para("Một."), Para("Trên đây là báo cáo.")))[-1] == Para("Trên đây là báo cáo./.")
    assert closed((Bullet("Hết"),)) == (Bullet("Hết./."),)


def test_a_body_that_ends_without_a_sentence_is_a_mistake():
    with pytest.raises(ValueError, match="end mark"):
        Document(HEAD, "BÁO CÁO", "", (), Signature(()), ())


def test_only_two_annexes_or_more_are_numbered():
    first, second = Annex("Biểu một", ()), Annex("Biểu hai", ())
    assert annex_label(report(first), first) == "Phụ lục"
    assert annex_label(report(first, second), second) == "Phụ lục II"


def test_an_annex_says_which_report_it_belongs_to_and_leaves_number_and_day_open():
    words = annex_reference(report()).split()
    assert " ".join(words) == ("(Kèm theo Báo cáo số /BC-UBND ngày tháng năm 2026 của Ủy ban nhân dân xã Bình Điền)")


def test_figures_are_printed_the_vietnamese_way():
    assert shown(Figure(Decimal("1234.5"), 2)) == "1.234,50"
    assert shown("…") == "…"


def test_a_row_must_fill_its_columns():
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table((Column(1), Column(1)), (), (Row(("một",)),))


def test_head_cells_find_their_places_below_those_that_reach_down():
    """
    TT | Số liệu gốc   |
       | Tử số | Mẫu số |
    """
    head = ((HeadCell("TT", rows=2), HeadCell("Số liệu gốc", columns=2)), (HeadCell("Tử số"), HeadCell("Mẫu số")))
    assert [(y, x, cell.text) for y, x, cell in placed(head, 3)] == [
        (0, 0, "TT"),
        (0, 1, "Số liệu gốc"),
        (1, 1, "Tử số"),
        (1, 2, "Mẫu số"),
    ]
    with pytest.raises(ValueError, match="wider"):
        list(placed(head, 2))
