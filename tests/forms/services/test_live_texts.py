"""Live numbers from the draft to the package: sealed texts hold numbers, drafts keep their fields."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.errors import InputRefused, ReportStateError
from forms.model.cell import given

from .conftest import Q4
from .test_approval import approve, fill, hand_over
from .test_import_report import totals

LIVE = "Đã có {{news_counted|words}} tin, bài."
SECTION = "highlights"


def write(commune, text: str) -> None:
    commune.entry.put_narrative(commune.entry.open("nq28_hue", Q4), SECTION, text)


def text_of(report) -> str:
    return report.narratives[SECTION]


@pytest.fixture
def told(commune):
    fill(commune)
    write(commune, LIVE)
    return commune


def test_the_draft_keeps_its_fields_and_the_package_holds_the_numbers(told, office):
    assert text_of(told.entry.open("nq28_hue", Q4)) == LIVE
    report, sealed = told.sealing.seal("nq28_hue", Q4, told.ledger.signers())
    codec = told.codec
    assert text_of(report) == text_of(codec.report(codec.read(sealed.raw, None), report.form))
    assert text_of(report) == "Đã có 05 (năm) tin, bài."
    (line,) = office.receive(sealed.raw).lines
    assert line.code == "NEW"


def test_an_open_report_is_printed_with_its_numbers(told):
    assert text_of(told.summaries.sum_up("nq28_hue", Q4).own) == "Đã có 05 (năm) tin, bài."


def test_braces_in_a_text_that_was_sealed_are_never_told_again(told):
    """By an older release, which knew no fields: what is printed is what was sealed."""
    told.seal()
    with told.ledger.begin() as work:
        sealed = told.sealing.last("nq28_hue", Q4)[0]
        work.reports.put(replace(sealed, narratives={SECTION: LIVE}))
    assert text_of(told.summaries.sum_up("nq28_hue", Q4).own) == LIVE


def test_what_is_taken_back_has_its_fields_again(told):
    assert text_of(hand_over(told)) == "Đã có 05 (năm) tin, bài."
    assert text_of(told.approval.take_back("nq28_hue", Q4)) == LIVE


def test_what_was_handed_over_is_approved_with_its_numbers(told):
    hand_over(told)
    report, _ = approve(told)
    assert text_of(report) == "Đã có 05 (năm) tin, bài."


def test_a_correction_speaks_of_the_new_figures(told):
    told.seal()
    report = told.entry.reopen("nq28_hue", Q4)
    assert text_of(report) == LIVE
    for name, cell in totals(7).items():
        report = told.entry.put_cell(report, name, cell)
    told.entry.explain(report, "unusual:news_counted", "đã kiểm tra")
    again, _ = told.sealing.seal("nq28_hue", Q4, told.ledger.signers(), "Đếm sót")
    assert text_of(again) == "Đã có 07 (bảy) tin, bài."


def test_a_correction_that_changes_nothing_is_still_none(told):
    told.seal()
    told.entry.reopen("nq28_hue", Q4)
    with pytest.raises(ReportStateError) as refused:
        told.seal()
    assert refused.value.code == "NOTHING_CHANGED"


def test_a_field_that_the_form_has_not_is_never_sealed(told):
    write(told, "Đã có {{news}} tin.")
    with pytest.raises(ReportStateError) as refused:
        told.seal()
    assert refused.value.code == "CHECKS_FAILED"
    assert "{{news}}" in refused.value.message


def test_an_office_that_sums_up_speaks_of_all_its_communes(told, office):
    office.receive(told.seal())
    write(office, "{{communes_with_news|over}} đơn vị, {{news_counted}} tin, bài.")
    own = office.summaries.sum_up("nq28_hue", Q4).own
    assert text_of(own) == "01/40 đơn vị, 05 tin, bài."


def test_figures_that_change_change_the_text(told):
    report = told.entry.open("nq28_hue", Q4)
    told.entry.put_cell(report, "news_counted", given(6))
    assert text_of(told.summaries.sum_up("nq28_hue", Q4).own) == "Đã có 06 (sáu) tin, bài."


def test_a_text_that_is_too_long_once_its_fields_are_told_is_not_sealed(told):
    """Short as it is written, 4 000 letters and more as it is read; the draft stays as it was."""
    text = " ".join(["{{communes_with_news|target}}"] * 130)
    write(told, text)
    with pytest.raises(InputRefused) as refused:
        told.seal()
    assert (refused.value.code, refused.value.where) == ("TEXT_TOO_LONG", SECTION)
    assert text_of(told.entry.open("nq28_hue", Q4)) == text
