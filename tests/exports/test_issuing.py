"""What the clerk fills in: number, day, name of who signed; nothing else of the document moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from exports import lint, pdf
from exports.document import Document, Signature, annex_reference, filled
from forms.exchange.publication import IssueDetails
from tests.exports.documents import REPORT

OPEN: Document = replace(REPORT, head=replace(REPORT.head, number_sign="Số:        /BC-UBND", issued=None))


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("12", "Số: 12/BC-UBND"),
        ("5", "Số: 05/BC-UBND"),
        ("12/BC-SNV", "Số: 12/BC-SNV"),
        (r"\1", r"Số: \1/BC-UBND"),
        ("", "Số:        /BC-UBND"),
    ],
)
def test_the_number_stands_before_the_sign_and_takes_a_nought_below_ten(number: str, printed: str):
    assert filled(OPEN, IssueDetails(number)).head.number_sign == printed


def test_day_and_signer_are_filled_and_everything_else_stays():
    done = filled(OPEN, IssueDetails("12", date(2026, 1, 5), "Trần Thị Ký"))
    assert done.head.place_date.endswith("ngày 05 tháng 01 năm 2026")
    assert done.signature.name == "Trần Thị Ký"
    assert replace(done, head=OPEN.head, signature=OPEN.signature) == OPEN
    assert annex_reference(done).startswith("(Kèm theo Báo cáo số 12/BC-UBND ngày 05 tháng 01 năm 2026")


def test_nothing_filled_is_the_document_as_it_was():
    assert filled(OPEN, IssueDetails()) == OPEN


@pytest.mark.parametrize(
    ("told", "above", "name"),
    [
        ("Trần Thị Ký", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Trần Thị Ký"),
        ("KT. Phó Chủ tịch: Lê B", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê B"),
        ("TL. Chánh Văn phòng: Lê B", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "Lê B"),
        ("tuq. Trưởng phòng Nội vụ: Lê B", ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG NỘI VỤ"), "Lê B"),
        ("Q.: Lê B", ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"), "Lê B"),
        ("", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ""),
    ],
)
def test_who_signs_in_the_heads_place_says_by_what_right(told: str, above: tuple[str, ...], name: str):
    committee = replace(OPEN, signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")))
    done = filled(committee, IssueDetails(signer=told))
    assert (done.signature.capacity, done.signature.name) == (above, name)
    assert lint.measure(pdf.write(done)) == ()
