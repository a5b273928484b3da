"""Ledgers of earlier schemas, as released programs left them. B1 every figure, package, key and line of the journal is the
same after as before · B2 they work on · B3 a migration that is cut short leaves the old file · B4 an old backup opens."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from alembic import op

from exports.package.codec import PackageCodec
from forms.errors import StorageError
from forms.exchange.brought_files import incoming
from forms.model.cell import given
from forms.model.period import Period
from forms.model.report import ReportState
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import load_all
from forms.services.entry import Entry
from forms.services.inspection import Inspected, Inspection
from forms.services.receiving import Receiving
from forms.services.sealing import Press, Sealing
from forms.services.summary import Summaries
from storage import backup, slot_file
from storage.engine import SCHEMA_VERSION, open_file, schema_of
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.wrapping import LIGHT
from tests.storage.conftest import NOW, clock

OLD = Path(__file__).parents[1] / "old_data"
PASSWORDS = {"xa": "bốn từ dễ nhớ", "so": "mật khẩu nơi tổng hợp"}
HUE, Q4, YEAR = "nq28_hue", Period("2025-Q4"), Period("2025")
UNITS = Path(__file__).parents[2] / "resources" / "org_units" / "org_units.tsv"


@pytest.fixture(params=["xa", "so"])
def which(request) -> str:
    return request.param


NEW_TABLES = {
    2: ("evidence", "pending", "pending_member", "pack", "pack_file"),
    3: ("publication", "publication_source"),
}
NEW_TABLES[3] += ("publication_filled",)
NEW_TABLES[4] = ()
NEW_TABLES[5] = ("bundle", "vouched_key", "on_behalf", "on_behalf_file", "on_behalf_draft", "group_member")


@pytest.fixture(params=[1, 2, 3, 4], ids=["schema-1", "schema-2", "schema-3", "schema-4"])
def since(request) -> int:
    return request.param


@pytest.fixture
def old(tmp_path, since) -> Path:
    """A copy of both ledgers, a file of that schema each."""
    return shutil.copytree(OLD / f"schema-{since}", tmp_path / "old")


@pytest.fixture
def package(old) -> Path:
    return next(old.glob("*.bdg"))


def key_of(folder: Path) -> bytes:
    return slot_file.read(folder / slot_file.NAME).unlock(PASSWORDS[folder.name], None).database_key


def raw(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    connection = open_file(folder / "ledger.db", key_of(folder))
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {}
        for table in tables:
            cursor = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor]
        return found
    finally:
        connection.close()


def schema(folder: Path) -> int:
    connection = open_file(folder / "ledger.db", key_of(folder))
    try:
        return schema_of(connection)
    finally:
        connection.close()


def old_part(now: list[dict[str, object]], before: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows of now with the columns of before; a journal may have grown at its end."""
    return [{name: row[name] for name in before[0]} for row in now[: len(before)]] if before else []


def opened(folder: Path):
    return SqlLedgerStore(clock, bring_up_to_date, LIGHT).open(folder, PASSWORDS[folder.name])


def test_b1_every_row_is_the_same_after_as_before(old, which, since):
    folder = old / which
    before = raw(folder)
    assert schema(folder) == since
    opened(folder).close()
    after = raw(folder)
    assert schema(folder) == SCHEMA_VERSION
    for table, rows in before.items():
        if table != "alembic_version":
            assert old_part(after[table], rows) == rows, table
            assert len(after[table]) == len(rows) or table == "journal", table
    assert sum(map(len, before.values())) >= 15
    assert {table: after[table] for table in set(after) - set(before)} == {
        name: [] for later in range(since + 1, SCHEMA_VERSION + 1) for name in NEW_TABLES[later]
    }


def test_b1_what_is_new_says_nothing_of_what_was(old, which, since):
    if since > 1:
        pytest.skip("these columns came with the second schema")
    folder = old / which
    opened(folder).close()
    after = raw(folder)
    assert all((row["flagged"], row["carried"]) == (0, 0) for row in after["report_cell"])
    assert all(row["files"] == "[]" for row in after["news"])
    assert [row["kind"] for row in after["office"]] == [{"xa": "ward", "so": "city"}[which]]


def test_b1_the_journal_is_one_chain_and_the_copy_of_before_opens(old, which, since):
    folder = old / which
    head = raw(folder)["journal"][-1]
    ledger = opened(folder)
    assert ledger.verify() == (head["hash"], head["number"])
    ledger.close()
    (copy,) = (folder / "backups").glob(f"before-schema-{SCHEMA_VERSION}-from-{since}-*")
    house = SqlLedgerStore(clock, bring_up_to_date, LIGHT)
    house.restore(copy, old / "again" / which)
    restored = house.open(old / "again" / which, PASSWORDS[which])
    assert restored.verify()[1] == head["number"] + 1  # and the line about the restoring
    restored.close()


def test_b2_the_commune_finds_its_reports_and_works_on(old, package, since):
    """Its quarter was sealed and reopened as a correction, which in the second schema waits for the head; the year is a draft."""
    ledger = opened(old / "xa")
    catalogue, codec = load_all(), PackageCodec()
    entry = Entry(ledger.begin, catalogue, clock)
    before = raw_cells(package, codec, catalogue)
    quarter, year = entry.open(HUE, Q4), entry.open(HUE, YEAR)
    assert (quarter.state, quarter.revision, year.state) == (_STATE[since], 2, ReportState.DRAFT)
    corrected = {name for name in before if quarter.cell(name) != before[name]}
    assert corrected == _CORRECTED[since]
    assert year.cells
    assert Inspection(ledger.begin, catalogue, codec).inspect() == Inspected(1, ())
    entry.put_cell(year, year.expected_cells[0], given(1))
    assert entry.open(HUE, YEAR).cell(year.expected_cells[0]) == given(1)
    figures = Summaries(ledger.begin, catalogue, OrgUnits.of([]), codec).figures_in
    press = Press(catalogue, codec, clock, lambda: "0" * 32, "1", figures)
    assert Sealing(ledger.begin, press).every()[0][0] == quarter
    ledger.close()


_ONE_MORE = {"news_counted", "news_feature", "news_own", "news_airings"}
_WITH_MONTH = {*_ONE_MORE, "news_feature_monthly.m2"}
_CORRECTED = {1: set[str](), 2: _ONE_MORE, 3: _WITH_MONTH, 4: _WITH_MONTH}
_STATE = {1: ReportState.DRAFT, 2: ReportState.CHECKED, 3: ReportState.CHECKED, 4: ReportState.CHECKED}


def raw_cells(file: Path, codec: PackageCodec, catalogue):
    opened_package = codec.read(file.read_bytes(), None)
    form = catalogue.find_form(HUE, opened_package.programme_version, opened_package.key.form)
    return codec.report(opened_package, form).cells


def test_b2_the_office_above_still_has_the_figures_and_knows_the_package(old, package):
    ledger = opened(old / "so")
    catalogue, codec, units = load_all(), PackageCodec(), OrgUnits.load(UNITS)
    cells = raw_cells(package, codec, catalogue)
    added = Summaries(ledger.begin, catalogue, units, codec).sum_up(HUE, Q4).sums
    assert {name: added[name].quantity for name in cells} == {name: cell.quantity for name, cell in cells.items()}
    receiving = Receiving(ledger.begin, catalogue, units, codec, clock, lambda: "f" * 32)
    (line,) = receiving.receive(incoming([(package.name, package.read_bytes())]), "Lê Thị Tổng").lines
    assert line.arrival.value == "same"
    with ledger.begin() as work:
        assert len(work.register.all()) == 2
        assert [work.received.raw(head.digest) for head in work.received.heads(work.received.keys()[0])] == [
            package.read_bytes()
        ]
    ledger.close()


def test_b3_a_migration_that_fails_leaves_every_row_and_the_next_one_succeeds(old, which, since, monkeypatch):
    folder = old / which
    before = raw(folder)

    def full(create):
        def made(name: str, *what, **more):
            if name in ("pending", "publication_source", "parked", "vouched_key"):  # by then some of it is done
                raise OSError("đĩa đầy")
            return create(name, *what, **more)

        return made

    with monkeypatch.context() as failing:
        for name in ("create_table", "create_index"):
            failing.setattr(f"alembic.op.{name}", full(getattr(op, name)))
        with pytest.raises(StorageError):
            opened(folder)
    assert (schema(folder), raw(folder)) == (since, before)
    opened(folder).close()
    assert schema(folder) == SCHEMA_VERSION


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_b3_a_program_killed_while_it_migrates_loses_nothing(old, since):
    """Ten times at a random moment; the eleventh is let through."""
    folder, dice = old / "xa", random.Random(20260102)
    before = raw(folder)
    seen = set()
    for _ in range(10):
        copy = shutil.copytree(folder, old / "kill" / "xa", dirs_exist_ok=True)
        child = os.fork()
        if child == 0:
            try:
                opened(copy)
            finally:
                os._exit(0)
        time.sleep(dice.random() * 0.25)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(schema(copy))
        opened(copy).close()
        after = raw(copy)
        assert old_part(after["report_cell"], before["report_cell"]) == before["report_cell"]
        assert old_part(after["journal"], before["journal"]) == before["journal"]
        shutil.rmtree(old / "kill")
    assert seen <= {since, SCHEMA_VERSION}


def test_b4_an_old_backup_is_restored_and_brought_up_to_date(old, which, since):
    folder = old / which
    before = raw(folder)
    connection = open_file(folder / "ledger.db", key_of(folder))
    file = backup.make(connection, folder, key_of(folder), old / "old.sbdbackup", NOW)
    connection.close()
    house = SqlLedgerStore(clock, bring_up_to_date, LIGHT)
    house.restore(file, old / "restored" / which)
    assert schema(old / "restored" / which) == since
    house.open(old / "restored" / which, PASSWORDS[which]).close()
    after = raw(old / "restored" / which)
    for table, rows in before.items():
        if table not in ("alembic_version", "setting"):  # a restored ledger is another instance
            assert old_part(after[table], rows) == rows, table
