"""What was entered for units below, in memory and on the disk alike: entries in their order, files once, drafts apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from forms.errors import StorageError
from forms.exchange.on_behalf import BehalfEntry, EntryFile, EntrySource, KeptEntry, entry_digest
from forms.exchange.statements import Arrival, ReportKey
from forms.model.cell import given
from forms.model.org_unit import NamedUnit, UnitKey
from forms.model.period import Basis
from tests.storage.conftest import NOW
from tests.storage.test_received import sent

KEY = ReportKey("nq28", "news", "2025-Q4", Basis.CALENDAR)
OFFICE = NamedUnit(UnitKey("46", date(2025, 7, 1)), "Thành phố Huế")


def entry(code: int, amount: int = 4, arrival=Arrival.ON_BEHALF, **changes) -> KeptEntry:
    """Commune `code`, entered from a workbook that says so many items."""
    raw = f"workbook {code} {amount}".encode()
    file = EntryFile(f"Phiếu {code}.xlsx", sha256(raw).hexdigest(), len(raw))
    unit = NamedUnit(UnitKey(f"{code:05d}", date(2025, 7, 1)), f"Xã số {code}")
    made = BehalfEntry(
        "", unit, KEY, 1, "0" * 64, 1, EntrySource.WORKBOOK, file, OFFICE, "Lê Thị Tổng", NOW, b"{%d}" % amount
    )
    made = replace(made, **changes)
    made = replace(made, digest=entry_digest(made))
    return KeptEntry(made, arrival, arrival.value.upper(), {"news_counted": given(amount)}, news_listed=True, raw=raw)


def keep(database, batch: str, *entries: KeptEntry) -> None:
    with database.begin() as work:
        work.received.add(batch, NOW, "Lê Thị Tổng", ())
        work.on_behalf.add(batch, entries)


def slim(kept: KeptEntry) -> KeptEntry:
    return replace(kept, raw=None, entry=replace(kept.entry, payload=b""))


def test_entries_come_back_in_their_order_and_whole_by_their_name(database):
    first, second, other = entry(2), entry(1), entry(2, amount=6)
    keep(database, "a1", first, second)
    keep(database, "b2", other)
    with database.begin() as work:
        assert work.on_behalf.of(KEY) == (slim(first), slim(second), slim(other))
        assert work.on_behalf.of(KEY._replace(period="2025-Q3")) == ()
        assert work.on_behalf.get(first.entry.digest) == first
        assert work.on_behalf.get("f" * 64) is None
        assert sorted(work.on_behalf.names()) == sorted(one.entry.digest for one in (first, second, other))
        known = work.on_behalf.files([first.entry.file.sha256, "e" * 64])
        assert known == {first.entry.file.sha256: slim(first)}


def test_who_was_entered_for_has_sent(database):
    """19 counts as received; 20, whose workbook is kept aside for a question, does not."""
    keep(database, "a1", entry(19), entry(20, arrival=Arrival.QUARANTINED))
    with database.begin() as work:
        assert work.received.senders([KEY]) == {KEY: frozenset({UnitKey("00019", date(2025, 7, 1))})}
        assert work.received.heads(KEY) == ()


def test_a_batch_of_packages_and_workbooks_is_undone_whole(database):
    with database.begin() as work:
        work.received.add("a1", NOW, "Lan", [sent(1)])
        work.on_behalf.add("a1", [entry(2), entry(3)])
        assert [(batch, size) for batch, _, size in work.received.batches()] == [("a1", 3)]
    with database.begin() as work:
        assert work.received.undo("a1") == 3
    with database.begin() as work:
        assert (work.on_behalf.of(KEY), work.received.batches()) == ((), ())
        with pytest.raises(StorageError, match="đợt nhận"):
            work.received.undo("a1")


def test_a_file_stays_while_another_entry_names_it(database):
    """An entry and its correction from the same scan: taking the later batch back leaves the scan."""
    first = entry(1)
    keep(database, "a1", first)
    keep(database, "b2", replace(first, entry=replace(first.entry, digest="a" * 64, at=NOW + timedelta(days=1))))
    with database.begin() as work:
        work.received.undo("b2")
    with database.begin() as work:
        found = work.on_behalf.get(first.entry.digest)
        assert found is not None
        assert found.raw == first.raw


def test_what_is_typed_from_paper_waits_under_its_unit_and_report(database):
    unit, other = entry(1).entry.unit.unit, entry(2).entry.unit.unit
    with database.begin() as work:
        work.on_behalf.put_draft(unit, KEY, 1, b"{}")
        work.on_behalf.put_draft(unit, KEY, 2, b"{1}")
    with database.begin() as work:
        assert work.on_behalf.draft(unit, KEY) == (2, b"{1}")
        assert work.on_behalf.draft(other, KEY) is None
        work.on_behalf.drop_draft(unit, KEY)
        assert work.on_behalf.draft(unit, KEY) is None


def test_an_entry_from_a_bundle_has_no_file_here(database):
    came = replace(entry(1), raw=None)
    keep(database, "a1", came)
    with database.begin() as work:
        assert work.on_behalf.get(came.entry.digest) == came
