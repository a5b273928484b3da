"""A report that an office entered for a unit below it, from the unit's workbook or its paper (nhập thay): nobody of the unit
sealed it. It counts until a sealed package of the unit takes its place, and is told as what it is wherever it is shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from forms.exchange.statements import Arrival, Decision, Head, OpenedPackage, ReportKey
from forms.model.cell import BLANK, Cell
from forms.model.org_unit import NamedUnit, UnitKey
from forms.model.report import Change, as_sealed

ON_BEHALF = "on_behalf"  # the source of such a head
MAX_FILE = 16 << 20  # of a workbook or a scan that is kept


class EntrySource(StrEnum):
    """What somebody had before them."""

    WORKBOOK = "workbook"
    PAPER = "paper"


ENTRY_SOURCE_TITLES = {EntrySource.WORKBOOK: "phiếu điền Excel", EntrySource.PAPER: "báo cáo giấy"}


@dataclass(frozen=True, slots=True)
class EntryFile:
    """The workbook or scan: what it is called is data, never a path."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BehalfEntry:
    """`payload`: the report as a package would hold it, empty where only its figures were read. `office`: who entered it, `by`
    its person. `digest` names the entry."""

    digest: str
    unit: NamedUnit
    key: ReportKey
    programme_version: int
    programme_sha256: str
    form_version: int
    source: EntrySource
    file: EntryFile
    office: NamedUnit
    by: str
    at: datetime
    payload: bytes = field(repr=False)


def entry_digest(entry: BehalfEntry) -> str:
    """Its name: over all that is said of it, however it came here (docs/package-format.md §12)."""
    said = {
        "at": entry.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "by": entry.by,
        "file": entry.file.sha256,
        "key": [*map(str, entry.key)],
        "office": entry.office.unit.code,
        "payload": hashlib.sha256(entry.payload).hexdigest(),
        "programme": entry.programme_sha256,
        "source": entry.source.value,
        "unit": entry.unit.unit.code,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def as_package(unit: NamedUnit, key: ReportKey, payload: bytes) -> OpenedPackage:
    """What a codec reads a report out of: the payload was held to its shape when it was made or came."""
    return OpenedPackage(
        "", "", *unit, key, 1, "", 1, 1, None, 0, False, (), "", json.loads(payload), b"",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as the ledger keeps it, with the figures that are added up. `arrival` is ON_BEHALF, or QUARANTINED for one that is
    kept aside; `code` says why. `raw`: the file, where this office has it."""

    entry: BehalfEntry
    arrival: Arrival
    code: str
    cells: Mapping[str, Cell]
    news_listed: bool
    raw: bytes | None = field(default=None, repr=False)

    def head(self, revision: int, own: UnitKey) -> Head:
        entry, elsewhere = self.entry, self.entry.office.unit != own
        by = f"{entry.by}, {entry.office.name}" if elsewhere else entry.by
        return Head(
            entry.unit.unit, entry.digest, revision, entry.at, entry.at, self.cells, self.news_listed, ON_BEHALF, by
        )


def standing(sealed: Iterable[Head], entries: Iterable[KeptEntry], own: UnitKey) -> dict[UnitKey, Head]:
    """By unit what counts: what it sealed itself, and only where there is nothing of it what was entered for it last."""
    return {head.unit: head for head in (*_entered(entries, own), *sealed)}


def held(entries: Iterable[KeptEntry]) -> dict[UnitKey, Arrival]:
    """Units of which an entry is kept aside, and none was taken since."""
    last = {one.entry.unit.unit: one.arrival for one in entries}
    return {unit: arrival for unit, arrival in last.items() if arrival is not Arrival.ON_BEHALF}


def _entered(entries: Iterable[KeptEntry], own: UnitKey) -> Iterator[Head]:
    taken: dict[UnitKey, list[KeptEntry]] = {}
    for one in entries:
        if one.arrival is Arrival.ON_BEHALF:
            taken.setdefault(one.entry.unit.unit, []).append(one)
    for all_of in taken.values():
        yield replace(all_of[-1].head(len(all_of), own), first_received_at=all_of[0].entry.at)


def entered_words(entry: BehalfEntry) -> str:
    """Who entered it, when, from what."""
    return f"{entry.by}, {entry.office.name}, {entry.at:%d/%m/%Y}, từ {ENTRY_SOURCE_TITLES[entry.source]}"


def differing(old: Mapping[str, Cell], new: Mapping[str, Cell], reason: str) -> tuple[Change, ...]:
    """What differs cell by cell, as it would be sealed."""
    pairs = ((name, as_sealed(old.get(name, BLANK)), as_sealed(new.get(name, BLANK))) for name in {**old, **new})
    found = (Change(name, before, now, reason) for name, before, now in pairs if before != now)
    return tuple(sorted(found, key=lambda one: one.cell))


def decide_entry(
    kept: KeptEntry, last: KeptEntry | None, *, sealed: bool, same: bool, times: int, replacing: bool
) -> tuple[Decision, tuple[Change, ...]]:
    """What becomes of an entry, and what it would change. `last`: the entry that stands for the unit; `sealed`: the unit has
    a package; `same`: the one that stands says the same; `times`: so many different files of this batch are of this report;
    `replacing`: a person said that it takes the place of the one before. Its own word on what is doubtful stands (no message)."""
    entry, is_bundled = kept.entry, kept.raw is None
    if sealed:
        what = "Đơn vị đã gửi gói niêm phong; bản nhập thay không dùng tới."
        return Decision(Arrival.SAME if is_bundled else Arrival.CONFLICT, "ON_BEHALF_SEALED", what), ()
    if last and last.entry.digest == entry.digest:
        return Decision(Arrival.SAME, "SAME", "Bản nhập thay này đã có."), ()
    if times > 1:
        what = f"Có {times} tệp khác nhau của {entry.unit.name} nên chưa nhận tệp nào. Chọn đúng một tệp rồi nhận lại."
        return Decision(Arrival.CONFLICT, "ON_BEHALF_TWICE", what), ()
    if kept.arrival is Arrival.QUARANTINED:
        return Decision(kept.arrival, kept.code, ""), ()
    if last is None:
        whose = f" bởi {entry.office.name}" if is_bundled else ""
        return Decision(Arrival.ON_BEHALF, "ON_BEHALF", f"Nhập thay{whose} từ {ENTRY_SOURCE_TITLES[entry.source]}."), ()
    if same and not replacing:
        return Decision(Arrival.SAME, "SAME", f"Nội dung như bản đã nhập thay ({entered_words(last.entry)})."), ()
    changes = differing(last.cells, kept.cells, "khác bản nhập thay trước")
    if is_bundled and last.entry.office == entry.office and entry.at <= last.entry.at:
        return Decision(Arrival.SAME, "ON_BEHALF_OLDER", "Đã có bản nhập thay mới hơn của nơi ấy."), ()
    where = f"{len(changes)} ô" if changes else "phần ngoài số liệu"
    if replacing or (is_bundled and last.entry.office == entry.office):
        return Decision(Arrival.ON_BEHALF, "ON_BEHALF", f"Thay bản nhập thay trước, khác {where}."), changes
    what = (
        f"{entry.unit.name} đã có bản nhập thay ({entered_words(last.entry)}), tệp này khác {where}. Đúng là bản mới thì chọn "
        "“Thay bản nhập thay trước” (--replace) rồi nhận lại."
    )
    return Decision(Arrival.CONFLICT, "ON_BEHALF_REPLACE", what), changes
