"""The news ledger: every change can be taken back, files go when nobody names them, sealed days are closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from exports.package.container import MAX_ATTACHMENTS
from forms.errors import InputRefused, ReportStateError
from forms.model.cell import CellState, given
from forms.model.news_item import MAX_EVIDENCE, MOST_EVIDENCE, MOST_FILES, NewsItem, NewsKind, merged

from .conftest import Q4

PDF, PNG = b"%PDF-1.7 trang 5", b"\x89PNG\r\n\x1a\n anh"


def listed(commune) -> list[str]:
    return [item.title for item in commune.news.list(Q4)]


def test_an_exchange_the_other_way_round_takes_it_back(commune):
    first, second = commune.news_item(1, "Một"), commune.news_item(5, "Hai")
    (one,) = commune.news.exchange((first, second), (merged(first, second),))
    assert (listed(commune), one.airings) == (["Một"], 2)
    commune.news.exchange((one,), (first, second))
    assert commune.news.list(Q4) == (first, second)


def test_an_exchange_is_done_whole_or_not_at_all(commune):
    first = commune.news_item(1, "Một")
    with pytest.raises(InputRefused) as refused:
        commune.news.exchange((first,), (replace(first, title="Mới"), replace(first, id="", channels=())))
    assert (refused.value.code, listed(commune)) == ("NEWS_CHANNEL", ["Một"])


def test_the_same_list_typed_twice_has_the_same_ids_and_two_alike_have_two(make):
    """The id follows from the content."""
    ids = []
    for code in ("19804", "19753"):
        desk = make(code, "Xã")
        ids.append([desk.news_item(1, "Một").id, desk.news_item(1, "Một").id])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_what_is_detached_is_forgotten_only_when_it_is_swept(commune):
    item = commune.news.attach(commune.news_item(1), "trang.pdf", PDF)
    (file,) = item.files
    bare = commune.news.detach(item, file.digest)
    assert (bare.files, commune.news.file(file.digest)) == ((), PDF)
    commune.news.save(item)
    commune.news.sweep()
    assert commune.news.file(file.digest) == PDF
    commune.news.detach(item, file.digest)
    commune.news.sweep()
    assert commune.news.file(file.digest) == b""


def test_a_file_of_a_sealed_report_stays_until_a_correction_gives_it_up(commune):
    for day in (1, 8, 15, 22):
        item = commune.news_item(day)
    item = commune.news.attach(item, "trang.pdf", PDF)
    (file,) = item.files
    commune.seal()
    commune.news.sweep()
    assert commune.news.file(file.digest) == PDF
    commune.entry.reopen("nq28_hue", Q4)
    commune.news.detach(item, file.digest)
    commune.news.sweep()
    assert commune.news.file(file.digest) == b""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 doc", "EVIDENCE_KIND"),
        (b"", "EVIDENCE_KIND"),
        (b"%PDF-" + bytes(MAX_EVIDENCE), "EVIDENCE_TOO_BIG"),
    ],
)
def test_a_file_of_another_kind_or_too_large_is_refused(commune, data, code):
    with pytest.raises(InputRefused) as refused:
        commune.news.attach(commune.news_item(1), "tệp", data)
    assert refused.value.code == code


def test_no_item_has_more_files_than_a_package_takes_not_even_two_that_are_merged(commune):
    one, other = commune.news_item(1), commune.news_item(2)
    for number in range(3):
        one = commune.news.attach(one, "a.pdf", PDF + bytes([number]))
        other = commune.news.attach(other, "b.png", PNG + bytes([number]))
    assert len(one.files) + len(other.files) > MOST_FILES
    with pytest.raises(InputRefused) as refused:
        commune.news.exchange((one, other), (merged(one, other),))
    assert refused.value.code == "EVIDENCE_MANY"
    assert MOST_EVIDENCE == MAX_ATTACHMENTS


def test_a_sealed_report_closes_its_days_to_every_change(commune):
    for day in (1, 8, 15, 22):
        item = commune.news_item(day)
    commune.seal()
    later = NewsItem("", date(2026, 1, 5), "Năm sau", NewsKind.BRIEF, ("loudspeaker",))
    for gone, come in (((item,), ()), ((), (replace(item, id=""),)), ((item,), (replace(item, date=later.date),))):
        with pytest.raises(ReportStateError) as refused:
            commune.news.exchange(gone, come)
        assert refused.value.code == "REPORT_SEALED"
    commune.news.save(later)


def test_a_figure_that_followed_from_items_goes_with_the_last_of_them(commune):
    """A text was written meanwhile, which keeps the whole draft; the derived figure must not stay as if it were typed."""
    item = commune.news_item(1)
    report = commune.entry.open("nq28_hue", Q4)
    assert report.cell("news_counted").amount == 1
    commune.entry.put_narrative(report, "highlights", "Hội thi")
    commune.news.delete(item)
    assert commune.entry.open("nq28_hue", Q4).cell("news_counted").state is CellState.BLANK


def test_a_note_on_such_a_figure_stays_and_the_figure_does_not(commune):
    item = commune.news_item(1)
    report = commune.entry.open("nq28_hue", Q4)
    commune.entry.put_cell(report, "news_counted", replace(report.cell("news_counted"), note="Loa hỏng"))
    commune.news.delete(item)
    cell = commune.entry.open("nq28_hue", Q4).cell("news_counted")
    assert (cell.state, cell.note) == (CellState.BLANK, "Loa hỏng")


def test_typed_totals_are_there_again_when_the_only_item_is_taken_back(commune):
    report = commune.entry.open("nq28_hue", Q4)
    commune.entry.put_cell(report, "news_counted", given(5))
    item = commune.news_item(1)
    assert commune.entry.open("nq28_hue", Q4).cell("news_counted") == given(1)
    commune.news.delete(item)
    assert commune.entry.open("nq28_hue", Q4).cell("news_counted") == given(5)
