"""A ledger that is cheap to make: the least cost of a password that is accepted, and a template copied per test."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest

from forms.model.office import NewPerson, Office, PersonRole
from forms.model.org_unit import UnitKey
from storage.engine import create_file, open_file
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.tables import create_schema
from storage.work import Database
from storage.wrapping import LIGHT
from tests.fakes import FakeLedger
from tests.small_form import small_form

KEY = bytes(range(32))
NOW = datetime(2025, 12, 31, 10, 32, tzinfo=UTC)
OFFICE = Office(UnitKey("19804", date(2025, 7, 1)), "Xã Bình Điền", parent="46", practice=True)
LAN = NewPerson("Nguyễn Thị Lan", "Công chức", PersonRole.PREPARER, "bốn từ dễ nhớ")
HUNG = NewPerson("Trần Văn Hùng", "Chủ tịch", PersonRole.HEAD, "một câu thật dài")


def clock() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def house():
    return SqlLedgerStore(clock, bring_up_to_date, LIGHT)


@pytest.fixture(scope="session")
def _template(tmp_path_factory, house):
    folder = tmp_path_factory.mktemp("template") / "ledger"
    ledger, code = house.create(folder, OFFICE, [LAN, HUNG])
    ledger.close()
    return folder, code


@pytest.fixture
def folder(_template, tmp_path):
    """A closed ledger of Lan and Hùng."""
    return shutil.copytree(_template[0], tmp_path / "ledger")


@pytest.fixture(scope="session")
def recovery_code(_template):
    return _template[1]


@pytest.fixture
def ledger(house, folder):
    """The same, open; Lan is signed in."""
    opened = house.open(folder, LAN.password, LAN.name)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _empty(tmp_path_factory):
    file = tmp_path_factory.mktemp("empty") / "ledger.db"
    connection = create_file(file, KEY)
    create_schema(connection)
    connection.close()
    return file


@pytest.fixture
def file(_empty, tmp_path):
    """A closed database file with the tables and nothing in them, under KEY."""
    return shutil.copy(_empty, tmp_path / "ledger.db")


@pytest.fixture
def database(file):
    opened = Database(lambda: open_file(file, KEY), file, clock, "ab" * 16)
    yield opened
    opened.close()


@pytest.fixture(params=["ledger", "fake"])
def stores(request):
    """Transactions over an empty ledger, and over the stores in memory that services are tested with."""
    return request.getfixturevalue("database") if request.param == "ledger" else FakeLedger(OFFICE)


@pytest.fixture(scope="session")
def form():
    return small_form()
