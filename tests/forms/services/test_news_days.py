"""The news ledger under several reports. N1 an id follows from what was first written · N2 a file that shows an item is
kept with it, within limits · N3 a day that was sealed stays closed to every hand: typing, attaching, deleting, importing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from exports.json_import import read
from forms.errors import AppError
from forms.model.news_item import MAX_EVIDENCE, Evidence, NewsItem, NewsKind, content_id
from forms.model.period import Period
from forms.model.report import ImportedReport
from forms.programmes.catalogue import DEFINITIONS
from tests.small_form import FORM

from .conftest import Q4, Desk
from .test_drafts import two, versions

PDF, JPEG, PNG = b"%PDF-1.7 ...", b"\xff\xd8\xff ...", b"\x89PNG\r\n\x1a\n ..."
ITEM = NewsItem("", date(2025, 10, 3), "Phát động", NewsKind.BRIEF, ("loudspeaker",))
QUARTER = (DEFINITIONS / "nq28_hue.v1/quarter_news.toml").read_text("utf-8")
MONTH = QUARTER.replace('id          = "quarter_news"', 'id = "month_news"').replace('"quarter"', '"month"', 1)


def code(act) -> str:
    with pytest.raises(AppError) as refused:
        act()
    return refused.value.code


def test_n1_the_same_list_typed_or_imported_has_the_same_ids(commune):
    """Two alike and one other, typed one by one; the file names them in the same order."""
    row = '{"date":"2025-10-03","title":"%s","kind":"brief","channels":["loudspeaker"]}'
    rows = ",".join(row % title for title in ("Phát động", "Phát động", "Tổng kết"))
    imported = read(f'{{"programme":"nq28_hue","period":"2025-Q4","news":[{rows}]}}'.encode()).news
    typed = [commune.news.save(replace(ITEM, title=title)) for title in ("Phát động", "Phát động", "Tổng kết")]
    assert [item.id for item in typed] == [item.id for item in imported]
    assert typed[0].id == content_id(ITEM, 0)


def test_n1_an_id_stays_when_the_item_changes_and_is_free_when_it_is_deleted(commune):
    item = commune.news.save(ITEM)
    assert commune.news.save(replace(item, title="Khác")).id == item.id
    other = commune.news.save(ITEM)  # what was first written is free again, the id is not
    assert other.id != item.id
    commune.news.delete(other)
    assert commune.news.save(other) == other  # undo
    assert len(commune.news.list(Q4)) == 2


@pytest.mark.parametrize("data", [PDF, JPEG, PNG])
def test_n2_a_picture_or_page_is_kept_with_its_item(commune, data):
    item = commune.news.attach(commune.news.save(ITEM), "Ảnh.jpg", data)
    digest = hashlib.sha256(data).hexdigest()
    assert item.files == (Evidence(digest, "Ảnh.jpg", len(data)),)
    assert commune.news.file(digest) == data
    assert commune.news.list(Q4) == (item,)
    assert commune.news.file("0" * 64) == b""


def test_n2_an_item_that_was_never_saved_is_saved_with_its_file(commune):
    item = commune.news.attach(ITEM, "a.pdf", PDF)
    assert item.id == content_id(ITEM, 0)
    assert commune.news.list(Q4) == (item,)


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"MZ program", "EVIDENCE_KIND"),
        (b"", "EVIDENCE_KIND"),
        (b"<html>", "EVIDENCE_KIND"),
        (b"GIF89a", "EVIDENCE_KIND"),
        (PDF + bytes(MAX_EVIDENCE), "EVIDENCE_TOO_BIG"),
    ],
)
def test_n2_anything_else_is_refused(commune, data, refused):
    item = commune.news.save(ITEM)
    assert code(lambda: commune.news.attach(item, "a.pdf", data)) == refused


def test_n2_five_files_and_none_twice(commune):
    item = commune.news.save(ITEM)
    for number in range(5):
        item = commune.news.attach(item, f"{number}.pdf", PDF + bytes([number]))
    assert code(lambda: commune.news.attach(item, "6.pdf", PDF)) == "EVIDENCE_MANY"
    twice = commune.news.attach(replace(item, files=()), "0.pdf", PDF)
    assert code(lambda: commune.news.attach(twice, "1.pdf", PDF)) == "EVIDENCE_THERE"


def test_n2_an_imported_list_leaves_the_files_that_hang_on_its_items(commune):
    item = commune.news.attach(commune.news.save(ITEM), "a.pdf", PDF)
    commune.entry.take(ImportedReport("nq28_hue", Q4, news=(replace(item, files=(), airings=3),)))
    assert commune.news.list(Q4) == (replace(item, airings=3),)


def test_n2_a_report_whose_evidence_is_gone_is_not_sealed_without_it(commune):
    item = commune.news.attach(commune.news.save(ITEM), "Ảnh.png", PNG)
    commune.entry.explain(commune.entry.open("nq28_hue", Q4), "enough_news", "bão")
    commune.ledger.state.evidence.clear()
    with pytest.raises(AppError, match=r"Ảnh\.png") as refused:
        commune.seal()
    assert (refused.value.code, refused.value.where) == ("EVIDENCE_MISSING", item.id)


@pytest.fixture
def closed(commune):
    """A commune that sealed its fourth quarter with one item, and that item."""
    item = commune.news.save(ITEM)
    commune.entry.explain(commune.entry.open("nq28_hue", Q4), "enough_news", "bão")
    commune.seal()
    return item


MOVED = date(2026, 1, 5)  # a day of the next quarter, which is open


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, item: desk.news.save(replace(item, title="Khác")),
        lambda desk, item: desk.news.save(replace(ITEM, date=item.date)),
        lambda desk, item: desk.news.save(replace(item, date=MOVED)),
        lambda desk, item: desk.news.delete(item),
        lambda desk, item: desk.news.delete(replace(item, date=MOVED)),
        lambda desk, item: desk.news.attach(item, "a.pdf", PDF),
        lambda desk, item: desk.news.attach(replace(item, date=MOVED), "a.pdf", PDF),
    ],
    ids=["change", "add", "move out", "delete", "delete as moved", "attach", "attach as moved"],
)
def test_n3_no_hand_reaches_into_a_sealed_quarter(commune, closed, act):
    before = commune.ledger.state
    assert code(lambda: act(commune, closed)) == "REPORT_SEALED"
    assert commune.ledger.state is before


def test_n3_nothing_is_moved_into_a_sealed_quarter(commune, closed):
    later = commune.news.save(replace(ITEM, date=MOVED))
    assert code(lambda: commune.news.save(replace(later, date=closed.date))) == "REPORT_SEALED"


def test_n3_a_replacement_opens_the_quarter_again(commune, closed):
    commune.entry.reopen("nq28_hue", Q4)
    commune.news.save(replace(closed, title="Khác"))
    assert [item.title for item in commune.news.list(Q4)] == ["Khác"]


def month_and_quarter(make) -> Desk:
    """A programme with a monthly and a quarterly list, October sealed with one item."""
    head = {"month": MONTH, "quarter": QUARTER, "year": FORM}
    desk = make("19804", "Xã A", packs=versions(**head))
    desk.news.save(ITEM)
    desk.entry.explain(desk.entry.open("small", Period("2025-10")), "enough_news", "bão")
    desk.sealing.seal("small", Period("2025-10"), desk.ledger.signers())
    return desk


def test_n3_an_import_for_the_quarter_does_not_rewrite_the_sealed_month(make):
    """The quarter is a draft; its list would change, drop or add an item of October."""
    desk = month_and_quarter(make)
    (october,) = desk.news.list(Q4)
    november = replace(ITEM, id="b" * 32, date=date(2025, 11, 3))
    for news in ((november,), (replace(october, airings=9), november), (october, replace(ITEM, id="c" * 32), november)):
        before = desk.ledger.state
        assert code(lambda news=news: desk.entry.take(ImportedReport("small", Q4, news=news))) == "REPORT_SEALED"
        assert desk.ledger.state is before
    desk.entry.take(ImportedReport("small", Q4, news=(october, november)))
    assert desk.news.list(Q4) == (october, november)


def test_n3_what_was_sealed_under_a_version_of_before_stays_closed(make):
    old = versions(month=MONTH)
    before, after = two(make, old, versions(("small.v2", {"quarter": QUARTER}), month=MONTH))
    item = before.news.save(ITEM)
    before.entry.explain(before.entry.open("small", Period("2025-10")), "enough_news", "bão")
    before.sealing.seal("small", Period("2025-10"), before.ledger.signers())
    assert code(lambda: after.news.delete(item)) == "REPORT_SEALED"
