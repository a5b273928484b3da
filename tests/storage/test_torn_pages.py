"""A power cut may tear pages that nothing uses: SQLite does not journal them. Such a ledger is sound; it is opened, mended and
backed up, and says what was found. A torn page that is in use is damage, as ever."""

from __future__ import annotations

from contextlib import closing

import pytest

from forms.errors import StorageError
from forms.model.news_item import Evidence
from storage import backup, slot_file
from storage.engine import SCHEMA_VERSION, open_file
from tests import inside
from tests.storage.conftest import LAN, NOW

PAGE = 4096
DIGEST = "ab" * 32


@pytest.fixture
def key(folder) -> bytes:
    return slot_file.read(folder / slot_file.NAME).unlock(LAN.password, LAN.name).database_key


@pytest.fixture
def with_free_pages(house, folder):
    """A scanned page was attached and taken away again: forty pages of the file are free."""
    ledger = house.open(folder, LAN.password)
    with ledger.begin() as work:
        work.news.put_file(Evidence(DIGEST, "quét.pdf", 160_000), bytes(160_000))
    with ledger.begin() as work:
        work.news.sweep_files()
    ledger.close()
    return folder


def tear(folder, pages, at=512) -> None:
    """Half a sector's worth of an older write in each of these pages (numbered from 1)."""
    with (folder / "ledger.db").open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE + at)
            file.write(b"\x5a" * 512)


def torn(folder, key) -> int:
    with closing(open_file(folder / "ledger.db", key)) as connection:
        return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def pages_of(folder) -> int:
    return (folder / "ledger.db").stat().st_size // PAGE


def rows(ledger):
    with inside.connection(ledger) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def left_open(folder) -> None:
    (folder / "lock").write_text("left by a power cut")


def last_pages(folder, number=8) -> range:
    """The free ones stand at the end: what came last was taken away."""
    return range(pages_of(folder) - number + 1, pages_of(folder) + 1)


def test_torn_free_pages_do_not_keep_a_ledger_closed(house, with_free_pages, key):
    ledger = house.open(with_free_pages, LAN.password)
    before = rows(ledger)
    ledger.close()
    tear(with_free_pages, last_pages(with_free_pages))
    assert torn(with_free_pages, key) == 8
    left_open(with_free_pages)
    ledger = house.open(with_free_pages, LAN.password)
    assert rows(ledger) == before
    assert ["8 trang trống" in notice for notice in ledger.notices] == [True]
    ledger.close()
    assert torn(with_free_pages, key) == 0
    again = house.open(with_free_pages, LAN.password)
    assert again.notices == ()
    again.close()


@pytest.mark.parametrize(
    "rest", [b"Z" * 4096, b"Z" * 1000, b"Z" * 9000, bytes(4096)], ids=["page", "part", "more", "zeros"]
)
@pytest.mark.parametrize("free", [True, False])
def test_what_stands_behind_the_end_of_the_file_is_mended_too(house, folder, request, key, rest, free):
    """Where the file was to grow when the power went: the pages there are in nobody's use."""
    if free:
        request.getfixturevalue("with_free_pages")
    with (folder / "ledger.db").open("ab") as file:
        file.write(rest)
    left_open(folder)
    ledger = house.open(folder, LAN.password)
    assert any("Đã ghi lại các trang trống" in notice for notice in ledger.notices)
    before = rows(ledger)
    ledger.close()
    assert torn(folder, key) == 0
    again = house.open(folder, LAN.password)
    assert (again.verify()[1], again.notices, rows(again)) == (1, (), before)
    again.close()


def test_a_backup_is_made_although_free_pages_are_torn(house, with_free_pages, key, tmp_path):
    """Found by the backup: the ledger was closed well, so its free pages were not looked at when it was opened."""
    tear(with_free_pages, last_pages(with_free_pages))
    ledger = house.open(with_free_pages, LAN.password)
    assert ledger.notices == ()
    made = ledger.backup(tmp_path / "b.sbdbackup")
    assert any("trang trống" in notice for notice in ledger.notices)
    ledger.close()
    assert torn(with_free_pages, key) == 0
    house.restore(made, tmp_path / "again")
    house.open(tmp_path / "again", LAN.password).close()


def test_verify_tells_of_torn_free_pages_and_mends_them(house, with_free_pages, key):
    ledger = house.open(with_free_pages, LAN.password)
    with ledger.begin() as work:
        head = work.journal.head()
    tear(with_free_pages, last_pages(with_free_pages))
    assert ledger.verify() == head
    assert any("trang trống" in notice for notice in ledger.notices)
    ledger.close()
    assert torn(with_free_pages, key) == 0


def test_a_restored_ledger_with_torn_free_pages_is_mended_when_it_is_first_opened(
    house, with_free_pages, key, tmp_path, monkeypatch
):
    """A file copied byte for byte by an older program or by hand, wrapped up as a backup."""
    tear(with_free_pages, last_pages(with_free_pages))

    def copied(source, folder, _key, copy, now):
        copy.write_bytes((with_free_pages / "ledger.db").read_bytes())
        slots = (folder / slot_file.NAME).read_bytes()
        head = source.execute("SELECT hash, number FROM journal ORDER BY number DESC LIMIT 1").fetchone()
        files = {slot_file.NAME: backup.measured(folder / slot_file.NAME),
                 "ledger.db": backup.measured(copy)}  # fmt: skip
        return backup.Backup("00" * 16, now.isoformat(), 3, *head, files), slots

    with monkeypatch.context() as by_hand, closing(open_file(with_free_pages / "ledger.db", key)) as connection:
        by_hand.setattr(backup, "_copy", copied)
        made = backup.make(connection, with_free_pages, key, tmp_path / "b.sbdbackup", NOW)
    house.restore(made, tmp_path / "again")
    ledger = house.open(tmp_path / "again", LAN.password)
    assert any("trang trống" in notice for notice in ledger.notices)
    ledger.close()
    assert torn(tmp_path / "again", key) == 0


def opens(house, folder) -> bool:
    try:
        house.open(folder, LAN.password).close()
    except StorageError as error:
        return error.code != "LEDGER_DAMAGED"
    return True


def test_a_torn_page_in_use_is_damage(house, with_free_pages, key):
    """Each page of the file in turn, in its first or its last sector: refused, or it was free and is mended."""
    sound = (with_free_pages / "ledger.db").read_bytes()
    free = 0
    for page in range(2, pages_of(with_free_pages) + 1, 3):
        (with_free_pages / "ledger.db").write_bytes(sound)
        tear(with_free_pages, [page], at=0 if page % 2 else PAGE - 512)
        left_open(with_free_pages)
        if opens(house, with_free_pages):
            free += 1
            assert torn(with_free_pages, key) == 0
    assert 10 <= free <= 16  # a third of forty


def test_where_the_disk_is_full_the_ledger_opens_all_the_same(house, with_free_pages, monkeypatch):
    tear(with_free_pages, last_pages(with_free_pages))
    left_open(with_free_pages)

    def full(connection, file):
        raise StorageError("DISK_FULL", "Ổ đĩa đã đầy.")

    monkeypatch.setattr("storage.soundness.renew_free_pages", full)
    ledger = house.open(with_free_pages, LAN.password)
    assert any("trang trống" in notice for notice in ledger.notices)
    ledger.close()


def test_what_was_mended_before_an_upgrade_is_told_too(house, with_free_pages, key, monkeypatch):
    """The ledger of an earlier program: it is mended before the copy that an upgrade leaves, and not found torn after it."""
    tear(with_free_pages, [pages_of(with_free_pages) - 3])
    monkeypatch.setattr("storage.ledger_store.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(house, "_upgrade", lambda _connection: None)
    with closing(house.open(with_free_pages, LAN.password)) as ledger:
        assert "1 trang trống bị rách" in ledger.notices[0]
    assert torn(with_free_pages, key) == 0
