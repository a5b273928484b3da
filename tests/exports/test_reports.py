"""The reports as a person reads them: golden texts, and the sentences that must not be wrong.

`pytest tests/exports --update-golden` writes the golden texts anew; read the difference before a commit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from exports.document_text import as_text
from exports.reports import Paper, build
from exports.reports.indicators import judged, sentence
from exports.reports.paper import issuer_of
from exports.reports.words import WITHHELD, bare, counted, inside_sentence, listed, share
from forms.aggregate import Result
from forms.cell import Cell, CellState, given
from forms.count import Role
from forms.judgement import Verdict
from forms.services.summary import Summary

PAPER = Paper(above="Thành phố Huế", digits="12345 67890 12345 67890 12345 67890", audit_head="ab" * 32, year=2026)
CITY = replace(PAPER, above="", receivers=("Bộ Nội vụ",))


@pytest.mark.parametrize(
    ("name", "paper"),
    [("commune_quarter", PAPER), ("summing_quarter", CITY), ("commune_year", PAPER), ("summing_year", CITY)],
)
def test_the_report_reads_as_it_did(
    name: str, paper: Paper, request: pytest.FixtureRequest, golden: Callable[[str, str], None]
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


def test_the_public_version_withholds_every_sensitive_figure(summing_year: Summary):
    """Every sensitive figure is made 7.777 and must not be found again."""
    form, telling = summing_year.status.form, Decimal(7777)
    sensitive = {cell for c in form.counts.values() if c.sensitive for cell in (c.id, *c.cells)}
    sums = {
        name: replace(found, quantity=telling) if name in sensitive else found
        for name, found in summing_year.sums.items()
    }
    results = tuple(
        replace(r, quantity=telling, operands=dict.fromkeys(r.operands, telling), gap_count=7777)
        if r.indicator.sensitive
        else r
        for r in summing_year.results
    )
    told = replace(summing_year, sums=sums, results=results)
    internal, public = build(told, CITY), build(told, replace(CITY, public=True))
    assert (internal.circulation, public.circulation) == ("LƯU HÀNH NỘI BỘ", "")
    assert as_text(internal).count("7.777") > len(sensitive)
    assert "7.777" not in as_text(public)
    assert WITHHELD in as_text(public)


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
