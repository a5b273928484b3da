"""The stores that came with the second schema: marks of cells, files that show news, packages between two seals, packs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.exchange.statements import Pending, Prepared, ReportKey, Sealed
from forms.model.cell import BLANK, Cell, CellState
from forms.model.cell import given as amount
from forms.model.count import Role
from forms.model.news_item import Evidence, NewsItem, NewsKind
from forms.model.period import Basis, Period
from forms.model.report import Report, ReportState
from forms.model.task import Task, TaskState
from forms.programmes.pack import Pack, PackState
from tests.span_form import span_form
from tests.storage.conftest import NOW

from .test_stores import KEY, UNIT, get, put

SPAN_KEY = ReportKey("small", "span", "2011..2020", Basis.CALENDAR)
one_database = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def span():
    return Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))


def test_a_cell_keeps_its_marks(database, form):
    """A flag, a figure copied from before, both; and a mark on a cell that is blank."""
    report = Report(form, UNIT, Role.REPORTING, Period("2025"))
    cells = {
        "population.female": replace(amount(3), flagged=True),
        "population.male": replace(amount(0), carried=True, note="chép"),
        "reached.female": Cell(CellState.NONE, flagged=True, carried=True),
        "reached.male": Cell(flagged=True),
    }
    put(database, replace(report, cells=cells))
    assert get(database, form).cells == cells
    with database.begin() as work:
        work.reports.put_cells(report, [("population.female", amount(3)), ("reached.male", BLANK)])
    assert get(database, form).cells["population.female"] == amount(3)
    assert "reached.male" not in get(database, form).cells


def test_years_and_own_due_days_come_back(stores, span):
    task = Task("t-1", TaskState.RUNNING, 40, date(2019, 1, 2), None, "Kế hoạch", "", "", date(2019, 6, 1))
    filled = replace(span, cells={"jobs@2015": amount(3), "reached.female@2020": amount(4)}, tasks=(task, Task("t-2")))
    put(stores, filled)
    assert get(stores, span.form, SPAN_KEY) == filled


@pytest.mark.parametrize("state", list(ReportState))
def test_every_state_of_a_report_is_kept_with_the_news_it_was_sealed_with(stores, form, state):
    item = NewsItem(
        "0" * 32, date(2025, 3, 4), "Hội nghị", NewsKind.BRIEF, ("website",), files=(Evidence("1" * 64, "a.png", 1),)
    )
    report = Report(form, UNIT, Role.REPORTING, Period("2025"), news=(item,), state=state)
    put(stores, report)
    assert get(stores, form) == (replace(report, news=()) if state is ReportState.DRAFT else report)


def test_the_version_of_a_report_is_told_without_its_form(stores, span):
    put(stores, span)
    with stores.begin() as work:
        assert (work.reports.version(SPAN_KEY), work.reports.version(KEY)) == (1, None)


# evidence


def evidence(data: bytes, name: str = "a.png") -> Evidence:
    return Evidence(hashlib.sha256(data).hexdigest(), name, len(data))


def shown(number: int, *files: Evidence) -> NewsItem:
    return NewsItem(f"{number:032x}", date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("website",), files=files)


@one_database
@given(data=st.binary(max_size=200))
def test_a_file_comes_back_byte_for_byte_and_once(stores, data):
    with stores.begin() as work:
        work.news.put_file(evidence(data), data)
        work.news.put_file(evidence(data, "other name.png"), data)
        assert work.news.file(evidence(data).digest) == data


def test_a_file_that_nobody_put_is_none(stores):
    with stores.begin() as work:
        assert work.news.file("0" * 64) is None


def test_files_are_swept_when_neither_item_nor_sealed_list_names_them(stores, form):
    """
    of an item | of a sealed report whose item is gone | of two items, one deleted | of nobody
    """
    datas = [b"item", b"sealed", b"two", b"nobody"]
    files = [evidence(data) for data in datas]
    sealed = Report(form, UNIT, Role.REPORTING, Period("2025"), news=(shown(9, files[1]),), state=ReportState.SEALED)
    put(stores, sealed)
    with stores.begin() as work:
        for file, data in zip(files, datas, strict=True):
            work.news.put_file(file, data)
        for number, named in enumerate((files[0], files[2], files[2])):
            work.news.put(shown(number, named))
        work.news.delete(f"{2:032x}")
        work.news.sweep_files()
        assert [work.news.file(file.digest) for file in files] == [b"item", b"sealed", b"two", None]
        work.news.delete(f"{1:032x}")
        work.news.sweep_files()
        assert work.news.file(files[2].digest) is None


def test_a_list_that_was_sealed_before_there_were_files_is_no_hindrance(database, form):
    """Its items have no such key, as the first schema left them."""
    put(database, Report(form, UNIT, Role.REPORTING, Period("2025"), news=(shown(1),), state=ReportState.SEALED))
    with database.connection() as connection:
        connection.execute("UPDATE report SET sealed_news = json_remove(sealed_news, '$[0].files')")
    with database.begin() as work:
        work.news.put_file(evidence(b"x"), b"x")
        work.news.sweep_files()
        assert work.news.file(evidence(b"x").digest) is None
        assert work.reports.get(KEY, form).news == (shown(1),)


# packages between two seals


def waiting(seq: int = 1, preparer: str = "aa" * 16, head: str = "bb" * 16) -> Pending:
    members = {"mimetype": b"m", "manifest.json": b"{}", "payload.json": b"\0\xff", "attachments/001.bin": b"1"}
    prepared = Prepared(f"{seq:064x}", "12345 " * 6, b"to sign \0", members)
    return Pending(prepared, seq, preparer, head, b"s" * 64, NOW)


def test_what_waits_comes_back_with_its_members_in_their_order(stores):
    with stores.begin() as work:
        work.pending.put(KEY, waiting())
        found = work.pending.get(KEY)
    assert found == waiting()
    assert [*found.prepared.members] == [*waiting().prepared.members]


def test_one_waits_for_each_report_and_the_later_one_stands(database):
    with database.begin() as work:
        work.pending.put(KEY, waiting(1))
        work.pending.put(SPAN_KEY, waiting(2))
        work.pending.put(KEY, waiting(3))
        assert work.pending.get(KEY) == waiting(3)
        assert set(work.pending.keys()) == {KEY, SPAN_KEY}
        work.pending.drop(KEY)
        assert (work.pending.get(KEY), work.pending.keys()) == (None, (SPAN_KEY,))
        work.pending.drop(KEY)
    with database.connection() as connection:
        assert connection.execute("SELECT count(*) FROM pending_member").fetchone() == (4,)


def test_what_waits_is_listed_the_oldest_first_what_was_put_again_last(stores):
    with stores.begin() as work:
        for key in (KEY, SPAN_KEY, KEY):
            work.pending.put(key, waiting())
        assert work.pending.keys() == (SPAN_KEY, KEY)


def test_the_highest_number_that_waits_is_told_for_each_key(stores):
    """Of the preparer and of the head alike."""
    with stores.begin() as work:
        work.pending.put(KEY, waiting(4))
        work.pending.put(SPAN_KEY, waiting(7, preparer="cc" * 16))
        assert [work.pending.last_seq(f"{mark * 16}") for mark in ("aa", "bb", "cc", "dd")] == [4, 7, 7, 0]


def test_a_number_that_was_passed_over_is_never_used_twice(stores):
    """5 waits, 6 is sealed, then 5 is approved: both stand, 6 is the last."""
    with stores.begin() as work:
        for revision, seq in ((1, 6), (2, 5)):
            work.sent.add(KEY, revision, seq, ["aa" * 16], Sealed(f"{revision:064x}", "", b""), NOW)
        assert work.sent.last_seq("aa" * 16) == 6


# packs


def pack(version: int, state: PackState = PackState.DRAFT, **files: bytes) -> Pack:
    return Pack("small", version, {f"{name}.toml": data for name, data in files.items()}, state)


def test_packs_come_back_with_their_very_bytes_in_order(stores):
    """Whatever order they were put in: the hash is over these bytes."""
    later, first = pack(2, PackState.RELEASED, year=b"y2\n", programme="Sở".encode()), pack(1, programme=b"p1")
    with stores.begin() as work:
        assert work.packs.all() == ()
        work.packs.put(later)
        work.packs.put(first)
        assert work.packs.all() == (first, later)
        assert [one.sha256 for one in work.packs.all()] == [first.sha256, later.sha256]


def test_a_version_is_replaced_whole_and_dropped_whole(database):
    with database.begin() as work:
        work.packs.put(pack(1, programme=b"p", old=b"o"))
        work.packs.put(pack(1, PackState.RELEASED, programme=b"q"))
        assert work.packs.all() == (pack(1, PackState.RELEASED, programme=b"q"),)
        work.packs.drop("small", 1)
        work.packs.drop("small", 1)
        assert work.packs.all() == ()
    with database.connection() as connection:
        assert connection.execute("SELECT count(*) FROM pack_file").fetchone() == (0,)


def test_settings_are_found_by_how_they_begin(stores):
    """`_` and `%` are letters here, not signs of a pattern."""
    with stores.begin() as work:
        for name in ("basis:b", "basis:a", "basisx", "b%sis:c"):
            work.office.set(name, name)
        assert work.office.settings("basis:") == {"a": "basis:a", "b": "basis:b"}
        assert work.office.settings("b%") == {"sis:c": "b%sis:c"}
