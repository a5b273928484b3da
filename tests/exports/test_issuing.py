"""What the clerk fills in: number, day, name of who signed; nothing else of the document moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from exports.document import Document, annex_reference
from exports.issuing import filled
from forms.publication import Filled
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
    assert filled(OPEN, Filled(number)).head.number_sign == printed


def test_day_and_signer_are_filled_and_everything_else_stays():
    done = filled(OPEN, Filled("12", date(2026, 1, 5), "Trần Thị Ký"))
    assert done.head.place_date.endswith("ngày 05 tháng 01 năm 2026")
    assert done.signature.name == "Trần Thị Ký"
    assert replace(done, head=OPEN.head, signature=OPEN.signature) == OPEN
    assert annex_reference(done).startswith("(Kèm theo Báo cáo số 12/BC-UBND ngày 05 tháng 01 năm 2026")


def test_nothing_filled_is_the_document_as_it_was():
    assert filled(OPEN, Filled()) == OPEN
