"""The reports as a person reads them: golden texts, and the sentences that must not be wrong.

`pytest tests/exports --update-golden` writes the golden texts anew; read the difference before a commit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from exports.document import Document, Row, Table
from exports.reports import ReportTexts, build
from exports.reports.indicators import judged, sentence
from exports.reports.report_texts import WITHHELD, bare, disclosed, issuer_of, listed, share
from exports.reports.year import _COUNTED_VERDICTS
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.number import counted
from forms.prose.wording import inside_sentence
from forms.services.summary import Summary, contributions
from forms.summary.disclosure import PriorDisclosure
from forms.summary.totals import Result, results, sums
from forms.summary.verdict import Verdict
from tests.exports.plain_document import as_text

PAPER = ReportTexts(
    above="Thành phố Huế", digits="12345 67890 12345 67890 12345 67890", audit_head="ab" * 32, year=2026
)
CITY = replace(PAPER, above="", receivers=("Bộ Nội vụ",))


def test_every_verdict_is_counted_in_the_text():
    assert {verdict for verdict, _ in _COUNTED_VERDICTS} == {*Verdict}


@pytest.mark.parametrize(
    ("name", "paper"),
    [("commune_quarter", PAPER), ("summing_quarter", CITY), ("commune_year", PAPER), ("summing_year", CITY)],
)
def test_the_report_reads_as_it_did(
    name: str, paper: ReportTexts, request: pytest.FixtureRequest, golden: Callable[[str, str], None]
):
    text = as_text(build(request.getfixturevalue(name), paper))
    # A pack's checksum changes with every comma of its help texts; that is not what is held here.
    lines = [line for line in text.splitlines() if not line.startswith("Biểu 0")]
    golden(f"{name}.txt", "\n".join(lines) + "\n")


def test_a_summary_with_missing_reports_says_so(summing_quarter: Summary):
    text = as_text(build(summing_quarter, CITY))
    assert "chưa gửi báo cáo: 02." in text
    assert "đơn vị chưa gửi không được tính là số 0" in text
    for unit in summing_quarter.status.missing:
        assert f"{unit.full_name} |  |  |  |  |  |  |  | Chưa gửi báo cáo" in text


def test_a_summary_with_every_report_does_not_complain(summing_quarter: Summary):
    status = summing_quarter.status
    complete = replace(summing_quarter, status=replace(status, expected=status.received))
    assert "chưa đầy đủ" not in as_text(build(complete, CITY))


def test_enough_and_too_few_items_are_told_with_what_is_lacking(commune_quarter: Summary):
    enough = as_text(build(commune_quarter, PAPER))
    assert "hệ thống thông tin cơ sở: đạt" in enough
    sums = dict(commune_quarter.sums)
    sums["news_counted"] = replace(sums["news_counted"], quantity=Decimal(1))
    too_few = as_text(build(replace(commune_quarter, sums=sums), PAPER))
    assert "chưa đạt, còn thiếu 03 tin, bài" in too_few


def test_totals_without_a_list_say_that_there_is_none(commune_quarter: Summary):
    typed = replace(commune_quarter, own=replace(commune_quarter.own, news=()))
    document = build(typed, PAPER)
    assert "không có danh mục tin, bài" in as_text(document)
    assert len(document.annexes) == 1


def test_a_reason_stands_beside_what_was_found_without_the_advice_of_the_screen(commune_quarter: Summary):
    cells = dict(commune_quarter.own.cells) | {"news_counted": given(3)}
    own = replace(commune_quarter.own, cells=cells, explanations={"enough_news": "Mưa lũ kéo dài"})
    printed = as_text(build(replace(commune_quarter, own=own), PAPER))
    assert "Chưa đủ 04 tin, bài trong quý: Mưa lũ kéo dài" in printed
    assert "ghi lý do" not in printed


def with_counts(summary: Summary, **amounts: int) -> Summary:
    """The summary of an office whose own cells, and nobody else's, are these; everything else as it was."""
    told = contributions(summary.status, summary.own)
    cells = {name.replace("__", "."): given(amount) for name, amount in amounts.items()}
    below = {unit: {n: c for n, c in said.items() if n not in cells} for unit, said in told.below.items()}
    first, *rest = below
    below[first] = {**below[first], **cells}
    below |= {unit: {**below[unit], **{name: given(0) for name in cells}} for unit in rest}
    told = replace(told, below=below)
    return replace(summary, sums=sums(told), results=results(told, summary.status.period.year))


VIOLENCE = {
    "victims_found__female": 777,
    "victims_found__male": 20,
    "victims_supported__female": 3,
    "victims_supported__male": 11,
}


def test_the_public_version_withholds_small_sensitive_figures_and_what_would_tell_them(summing_year: Summary):
    """
    found        797 = 777 + 20      797    777    20
    supported     14 =   3 + 11       14    ***   ***
    and the share of the supported is told, as 14 and 797 are
    """
    summary = with_counts(summing_year, **VIOLENCE)
    internal, public = build(summary, CITY), build(summary, replace(CITY, public=True))
    assert (internal.circulation, public.circulation) == ("LƯU HÀNH NỘI BỘ", "")
    supported = _around(public, 1, "victims_supported", summary)
    assert [cell if isinstance(cell, str) else int(cell.amount) for cell in supported] == [14, WITHHELD, WITHHELD]
    found = _around(public, 1, "victims_found", summary)
    assert [int(cell.amount) for cell in found] == [797, 777, 20]
    assert "số liệu nhạy cảm từ 1 đến 4" in public.annexes[1].blocks[-1].note
    assert WITHHELD not in as_text(internal)


def test_an_indicator_that_would_tell_a_withheld_figure_is_withheld_too(summing_year: Summary):
    """3 supported women and nobody else: the total is 3, and so the share tells it."""
    summary = with_counts(summing_year, **VIOLENCE | {"victims_supported__male": 0})
    public = build(summary, replace(CITY, public=True))
    (row,) = [row for row in _rows(public, 0) if row.cells[0] == _number(summary, "victims_supported")]
    assert row.cells[3:6] == (WITHHELD, WITHHELD, WITHHELD)
    assert row.cells[7] == WITHHELD
    assert "thước đo không công bố" in as_text(public)
    assert "0,4" not in as_text(public)  # 3 of 797


def test_what_was_withheld_stays_so_after_a_correction(summing_year: Summary):
    """First 3 + 11 = 14; corrected to 30 + 11 = 41: with the 11 shown now, the 14 of before would tell the 3."""
    first = with_counts(summing_year, **VIOLENCE)
    told = disclosed(first, replace(CITY, public=True))
    past = PriorDisclosure({name: frozenset({amount}) for name, amount in told.shown.items()}, told.withheld)
    second = with_counts(summing_year, **VIOLENCE | {"victims_supported__female": 30})
    later = _around(build(second, replace(CITY, public=True, past=past)), 1, "victims_supported", second)
    assert later[1:] == [WITHHELD, WITHHELD]
    assert WITHHELD not in _around(build(second, replace(CITY, public=True)), 1, "victims_supported", second)


def _rows(document: Document, annex: int) -> list[Row]:
    return [row for block in document.annexes[annex].blocks if isinstance(block, Table) for row in block.rows]


def _around(document: Document, annex: int, count: str, summary: Summary) -> list[object]:
    """The figures of a count and its two parts."""
    rows = _rows(document, annex)
    at = next(n for n, row in enumerate(rows) if row.cells[1].startswith(summary.status.form.counts[count].title))
    return [row.cells[3] for row in rows[at : at + 3]]


def _number(summary: Summary, count: str) -> str:
    return next(i.number for i in summary.status.form.indicators.values() if count in i.names)


def test_the_public_version_keeps_reasons_given_for_sensitive_cells_back(commune_year: Summary):
    own = commune_year.own
    cell = next(name for name in own.expected_cells if own.form.count_of_cell[name].sensitive)
    cells = dict(own.cells) | {cell: Cell(CellState.NOT_COLLECTED)}
    told = replace(commune_year, own=replace(own, cells=cells, explanations={f"not_collected:{cell}": "Việc riêng"}))
    assert "Việc riêng" in as_text(build(told, PAPER))
    assert "Việc riêng" not in as_text(build(told, replace(PAPER, public=True)))


def test_gaps_are_told_in_persons_and_in_points(summing_year: Summary):
    result = next(r for r in summing_year.results if r.indicator.id == "women_business_leaders_share")
    short = replace(result, verdict=Verdict.NOT_MET, gap=Decimal("-4.2"), gap_count=12)
    assert judged(short) == "chưa đạt mốc năm 2025 “Đạt ít nhất 30%”, thiếu 12 nữ"
    assert judged(replace(short, gap_count=None)).endswith("thấp hơn 4,2 điểm phần trăm")
    assert judged(replace(short, gap=Decimal("1.8"), gap_count=None)).endswith("cao hơn 1,8 điểm phần trăm")


def test_an_incomplete_figure_is_never_told_without_its_coverage(summing_year: Summary):
    for result in summing_year.results:
        if 1 < result.expected > result.reported:
            assert f"{counted(result.reported)}/{counted(result.expected)} đơn vị" in sentence(result, Role.SUMMING)


def test_what_is_not_verified_is_marked_wherever_it_is_printed(summing_year: Summary):
    text = as_text(build(summing_year, CITY))
    doubtful = [i for i in summing_year.status.form.indicators.values() if not i.verified]
    assert doubtful
    for indicator in doubtful:
        assert f"{indicator.title} (*)" in text
    assert "chưa đối chiếu với văn bản gốc" in text


def test_a_result_that_lacks_figures_is_not_judged_in_words(commune_year: Summary):
    lacking: list[Result] = [r for r in commune_year.results if r.amount is None]
    assert lacking
    for result in lacking:
        assert "mốc" not in sentence(result, Role.REPORTING)


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        ("Xã Bình Điền", "Ủy ban nhân dân xã Bình Điền"),
        ("Thành phố Huế", "Ủy ban nhân dân thành phố Huế"),
        ("Thành phố Hồ Chí Minh", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_territories_act_through_their_committee(name: str, issuer: str):
    assert issuer_of(name) == issuer


def test_names_and_numbers_are_written_the_administrative_way():
    assert [counted(n) for n in (0, 4, 10, 1234)] == ["0", "04", "10", "1.234"]
    assert (share(38, 40), share(0, 0)) == ("95,0%", "-")
    assert (bare("Xã Bình Điền"), bare("Phường 1"), bare("Sở Nội vụ")) == ("Bình Điền", "Phường 1", "Sở Nội vụ")
    assert inside_sentence("Đặc khu Phú Quốc") == "đặc khu Phú Quốc"
    assert listed(["xã A", "xã B"], "Phụ lục II") == "xã A; xã B"
    assert listed(["xã"] * 16, "Phụ lục II") == "danh sách tại Phụ lục II"
