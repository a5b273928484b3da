"""What goes into a store comes out equal, of the ledger and of the fakes that services are tested with alike: our own office,
reports, news, sent packages, keys, units, the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from forms.errors import StorageError
from forms.exchange.publication import Issue, IssueDetails, Publication, PublishedFigure, Snapshot, UnitSource
from forms.exchange.statements import ReportKey, Sealed
from forms.model.cell import BLANK, Cell, CellState
from forms.model.cell import given as amount
from forms.model.count import Role
from forms.model.news_item import CHANNELS, NewsItem, NewsKind, Origin
from forms.model.office import EnrolledKey, Office, PersonRole
from forms.model.org_unit import OrgUnit, UnitKey
from forms.model.period import Basis, Period
from forms.model.report import Change, Report, ReportState
from forms.model.task import Nomination, Nominee, Task, TaskState
from storage import encoding
from tests.storage.conftest import NOW, OFFICE

UNIT = UnitKey("19804", date(2025, 7, 1))
KEY = ReportKey("small", "year", "2025", Basis.CALENDAR)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
amounts = st.decimals(min_value=-(10**14), max_value=10**14, places=6, allow_nan=False)
cells = st.builds(lambda value, note: Cell(CellState.GIVEN, value, note), amounts, texts) | st.builds(
    lambda state, note: Cell(state, None, note),
    st.sampled_from([state for state in CellState if state is not CellState.GIVEN]),
    texts,
)
items = st.builds(
    NewsItem,
    id=st.uuids().map(lambda id: id.hex),
    date=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    title=texts,
    kind=st.sampled_from(NewsKind),
    channels=st.lists(st.sampled_from([channel.id for channel in CHANNELS]), unique=True).map(tuple),
    origin=st.sampled_from(Origin),
    minutes=st.none() | st.integers(0, 999),
    words=st.none() | st.integers(0, 99999),
    airings=st.integers(0, 99),
    topic=texts,
    author=texts,
    evidence=texts,
    counted=st.booleans(),
    reason=texts,
)
one_database = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def draft(form):
    return Report(form, UNIT, Role.REPORTING, Period("2025"))


@pytest.fixture
def full(draft):
    """A report with something in every part."""
    return replace(
        draft,
        cells={"reached.female": amount(Decimal("12.500000")), "reached.male": Cell(CellState.NONE)},
        narratives={"i": "Đã tổ chức 3 lớp.\nHai dòng."},
        tasks=(Task("t1", TaskState.DONE, 100, date(2025, 1, 2), date(2025, 3, 4), "Kế hoạch", "Xong", "QĐ 5"),),
        nominations=(Nomination(Nominee.PERSON, "Lê Hoà", "Bằng khen", "Thành tích"),),
        explanations={"few_reached": "dân số ít"},
        as_of=date(2025, 11, 14),
        estimate=True,
        revision=2,
        supersedes="ab" * 32,
        changes=(Change("reached.female", "1", "12.5", "gõ nhầm"),),
    )


def put(database, report):
    with database.begin() as work:
        work.reports.put(report)


def get(database, form, key=KEY):
    with database.begin() as work:
        return work.reports.get(key, form)


def test_a_report_comes_back_whole(stores, form, full):
    put(stores, full)
    assert get(stores, form) == full


def test_a_report_nobody_began_is_none(stores, form):
    assert get(stores, form) is None


def test_the_same_label_on_another_basis_is_another_report(stores, form, draft):
    other = replace(draft, period=Period("2025", Basis.ND09))
    put(stores, draft)
    put(stores, other)
    with stores.begin() as work:
        assert work.reports.keys() == (KEY, KEY._replace(basis=Basis.ND09))
        assert work.reports.get(KEY._replace(basis=Basis.ND09), form) == other


def test_putting_again_replaces_every_part(stores, form, full, draft):
    put(stores, full)
    put(stores, draft)
    assert get(stores, form) == draft


def test_one_cell_is_stored_and_the_others_stay(database, form, full):
    put(database, full)
    with database.begin() as work:
        work.reports.put_cells(full, [("population", amount(7)), ("reached.male", amount(0))])
        work.reports.put_cells(full, [("reached.female", BLANK)])
    assert get(database, form).cells == {"population": amount(7), "reached.male": amount(0)}


def test_the_first_cell_begins_the_draft_and_leaves_what_stands_there(database, form, draft):
    with database.begin() as work:
        work.reports.put_cells(draft, [("population", amount(1))])
    begun = get(database, form)
    assert begun == replace(
        draft, cells={"population": amount(1)}, narratives={}, explanations={}, as_of=None, estimate=False
    )
    put(database, replace(begun, narratives={"results": "Đã xong."}))
    with database.begin() as work:
        work.reports.put_cells(draft, [("population", amount(2))])
    assert get(database, form) == replace(begun, cells={"population": amount(2)}, narratives={"results": "Đã xong."})


def test_a_cell_goes_only_into_an_open_draft_under_its_version(database, draft):
    newer = replace(draft, form=replace(draft.form, programme_version=draft.form.programme_version + 1))
    for kept, typed in ((replace(draft, state=ReportState.SEALED), draft), (draft, newer)):
        put(database, kept)
        with pytest.raises(StorageError) as caught, database.begin() as work:
            work.reports.put_cells(typed, [("population", amount(1))])
        assert caught.value.code == "REPORT_NOT_OPEN"


def test_only_a_sealed_report_keeps_its_own_news(stores, form, draft):
    item = NewsItem("0" * 32, date(2025, 3, 4), "Hội nghị", NewsKind.BRIEF, ("loudspeaker",))
    put(stores, replace(draft, news=(item,)))
    assert get(stores, form).news == ()
    put(stores, replace(draft, news=(item,), state=ReportState.SEALED))
    assert get(stores, form).news == (item,)


@one_database
@given(cell=cells)
def test_any_cell_comes_back_equal_and_exact(database, form, draft, cell):
    put(database, replace(draft, cells={"population": cell}))
    kept = get(database, form).cell("population")
    assert kept == cell
    assert str(kept.amount) == str(cell.amount)


@one_database
@given(item=items)
def test_any_news_item_comes_back_equal(stores, item):
    with stores.begin() as work:
        work.news.put(item)
        assert work.news.get(item.id) == item
        assert item in work.news.within(Period(str(item.date.year)))


def test_news_are_those_of_the_window_in_their_order(stores):
    """
    31/03 | 01/04 | 15/05 | 30/06 | 01/07     quý II: the middle three
    """
    days = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 5, 15), date(2025, 6, 30), date(2025, 7, 1)]
    listed = [NewsItem(f"{9 - i:032x}", day, "Tin", NewsKind.BRIEF, ()) for i, day in enumerate(days)]
    with stores.begin() as work:
        for item in reversed(listed):
            work.news.put(item)
        assert work.news.within(Period("2025-Q2")) == tuple(listed[1:4])


def test_an_item_is_changed_and_deleted_by_its_id(stores):
    item = NewsItem("0" * 32, date(2025, 3, 4), "Hội nghị", NewsKind.BRIEF, ("loudspeaker",))
    with stores.begin() as work:
        work.news.put(item)
        work.news.put(replace(item, title="Hội nghị tổng kết"))
        assert [kept.title for kept in work.news.within(Period("2025"))] == ["Hội nghị tổng kết"]
        work.news.delete(item.id)
        assert work.news.get(item.id) is None


def test_the_newest_revision_sent_is_the_last(stores):
    with stores.begin() as work:
        assert work.sent.last(KEY) is None
        for revision in (1, 2):
            sealed = Sealed(f"{revision:064x}", "12345 " * 6, b"bytes %d" % revision)
            work.sent.add(KEY, revision, revision + 4, ["aa" * 16, "bb" * 16], sealed, NOW)
        assert work.sent.last(KEY).raw == b"bytes 2"
        assert (work.sent.last_seq("aa" * 16), work.sent.last_seq("cc" * 16)) == (6, 0)


def test_a_sequence_number_is_used_once(stores):
    def twice():
        with stores.begin() as work:
            for revision in (1, 2):
                sealed = Sealed(f"{revision:064x}", "", b"")
                work.sent.add(KEY, revision, 1, ["aa" * 16], sealed, NOW)

    with pytest.raises(Exception, match="UNIQUE"):
        twice()


def test_the_office_and_its_settings_can_change(stores):
    with stores.begin() as work:
        for office in (OFFICE, Office(UNIT, "Phường Phú Xuân", collates=True)):
            work.office.put(office)
            assert work.office.get() == office
        work.office.set("due", "5")
        work.office.set("due", "7")
        assert work.office.setting("due") == "7"
        work.office.set("due", None)
        assert work.office.setting("due") is None


def test_a_ledger_without_an_office_says_so(database):
    with pytest.raises(StorageError) as caught, database.begin() as work:
        work.office.get()
    assert caught.value.code == "LEDGER_DAMAGED"


ENROLLED = EnrolledKey("aa" * 16, bytes(32), UNIT, "Xã Bình Điền", "Lan", "Công chức", PersonRole.PREPARER, NOW)


def test_an_enrolled_key_is_found_and_revoked_once(stores):
    later, much_later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    with stores.begin() as work:
        work.register.add(ENROLLED)
        assert work.register.find("aa" * 16) == ENROLLED
        work.register.revoke("aa" * 16, later)
        work.register.revoke("aa" * 16, much_later)
        assert work.register.all() == (replace(ENROLLED, revoked_at=later),)
        assert work.register.find("bb" * 16) is None


def test_a_key_enrolled_twice_is_a_bug_that_the_table_stops(stores):
    with stores.begin() as work:
        work.register.add(ENROLLED)
    with pytest.raises(Exception, match="UNIQUE"), stores.begin() as work:
        work.register.add(ENROLLED)


def test_keys_are_listed_as_they_were_enrolled_and_nobody_is_revoked_by_a_wrong_id(stores):
    earlier = replace(ENROLLED, keyid="bb" * 16, enrolled_at=datetime(2025, 1, 1, tzinfo=UTC))
    with stores.begin() as work:
        for key in (ENROLLED, earlier):
            work.register.add(key)
        work.register.revoke("cc" * 16, NOW)
        assert work.register.all() == (earlier, ENROLLED)


def test_a_unit_made_by_hand_comes_back(stores):
    cluster = OrgUnit("C01", "Cụm 1", "Cụm số 1", "group", "46", date(2025, 7, 1))
    with stores.begin() as work:
        work.units.put(cluster)
        work.units.put(replace(cluster, valid_to=date(2030, 12, 31)))
        assert work.units.all() == (replace(cluster, valid_to=date(2030, 12, 31)),)


def test_a_group_comes_back_with_its_members_and_gives_some_up(stores):
    group = OrgUnit("CUM1", "Cụm 1", "Cụm 1", "group", "46", date(2025, 7, 1), members=("19789", "19815"))
    with stores.begin() as work:
        work.units.put(group)
        assert work.units.all() == (group,)
        work.units.put(replace(group, members=("19815",)))
        assert work.units.all() == (replace(group, members=("19815",)),)


def test_units_made_by_hand_are_listed_by_their_codes(stores):
    units = [OrgUnit(code, code, code, "group", "46", date(2025, 7, 1)) for code in ("C02", "C01")]
    with stores.begin() as work:
        for unit in units:
            work.units.put(unit)
        assert work.units.all() == (units[1], units[0])


def test_each_line_of_the_journal_moves_its_head(stores):
    """An empty journal ends with noughts; the same line twice gives two heads."""
    with stores.begin() as work:
        heads = [work.journal.head()]
        for _ in range(2):
            work.journal.append("printed", {"file": "a.pdf", "revision": 1, "digest": None})
            heads.append(work.journal.head())
    assert [count for _, count in heads] == [0, 1, 2]
    assert heads[0][0] == "00" * 32
    assert len({head for head, _ in heads}) == 3
    with stores.begin() as work:
        assert work.journal.head() == heads[2]


def test_what_a_transaction_did_before_it_failed_is_forgotten(stores, draft):
    def failed():
        with stores.begin() as work:
            work.reports.put(draft)
            work.office.set("due", "5")
            work.journal.append("printed", {})
            raise RuntimeError

    with stores.begin() as work:
        before = work.journal.head()
    with pytest.raises(RuntimeError):
        failed()
    with stores.begin() as work:
        assert (work.reports.keys(), work.office.setting("due"), work.journal.head()) == ((), None, before)


def test_packages_of_our_own_are_known_the_oldest_first(stores):
    """Revision 2 was sealed before revision 1 was approved: the newest revision is the last all the same."""
    with stores.begin() as work:
        for revision, seq, at in ((2, 1, NOW), (1, 2, NOW.replace(year=2026))):
            work.sent.add(KEY, revision, seq, ["aa" * 16], Sealed(f"{revision:064x}", "", b"%d" % revision), at)
        assert [known.revision for known in work.sent.known()] == [2, 1]
        assert (work.sent.last(KEY).raw, work.sent.raw(f"{1:064x}"), work.sent.raw("0" * 64)) == (b"2", b"1", None)


@pytest.mark.parametrize(("value", "text"), [("1E+3", "1000"), ("1E-6", "0.000001"), ("2.50", "2.50")])
def test_an_amount_is_kept_in_plain_digits(value, text):
    assert encoding.amount(Decimal(value)) == text


def test_an_issue_comes_back_whole_and_the_last_word_of_the_clerk_stands(stores):
    """number 12 and a day; then 13 in its place, with a reason; the day stays."""
    commune = UnitSource(
        UnitKey("19804", date(2025, 7, 1)), "Phú Xuân", 2, "ab" * 32, {"a": amount(3), "b": Cell(note="hỏng")}
    )
    issue = Issue("i1", KEY, 1, "cd" * 32, True, "12345 " * 6, "ef" * 32, "01" * 32, NOW, "Lan")
    state = Snapshot(
        replace(commune, name="Huế", digest=""),
        (commune, replace(commune, name="An Cựu", revision=1)),
        {"a": PublishedFigure("3", 1, 2)},
        {"share": PublishedFigure("none", 0, 2, "not_arisen")},
        {"results": "Đã làm."},
    )
    made = Publication(issue, state, frozenset({"b"}), b"document")
    with stores.begin() as work:
        work.publications.add(made)
        assert work.publications.get("i1") == made
        work.publications.fill("i1", {"number": "12", "issued": "2026-01-05"}, "", NOW, "Lan")
        work.publications.fill("i1", {"number": "13"}, "gõ nhầm", NOW, "Lan")
    with stores.begin() as work:
        (again,) = work.publications.all()
        assert (again, again.filled) == (work.publications.get("i1").issue, IssueDetails("13", date(2026, 1, 5), ""))


def test_text_in_a_number_column_is_a_bug_that_the_table_stops(database):
    with database.connection() as connection, pytest.raises(dbapi2.IntegrityError):
        connection.execute("INSERT INTO news (id, airings) VALUES ('a', 'nhiều')")
