"""Merging beside a bare loop that does the same work with nothing around it.

The bare loop is what Python brings: it reads each file, opens it with zipfile, hashes, verifies both signatures, parses
the JSON members and inserts the same rows with sqlite3 into an unencrypted file under the same PRAGMAs, in one
transaction. It checks nothing else: no canonical form, no unit, no lineage, no figures, no journal. Afterwards the rows
of both files are compared.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from benchmarks.communes import QUARTER, YEAR, Commune, communes, filled, form_of, national, sealed
from benchmarks.comparison import Comparison, Watch, alternated
from benchmarks.office import Bench
from forms.exchange.statements import ReportKey
from forms.model.period import Period
from forms.org_units.catalogue import OrgUnits
from forms.ports import Ledger
from storage import encoding

AGAIN = 0.2  # of the first time (DESIGN §12)
Figures = dict[str, dict[str, list[str | None]]]  # digest → cell → state, amount, note

_TABLES = """
CREATE TABLE batch(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, person TEXT NOT NULL) STRICT;
CREATE TABLE package(
  number INTEGER PRIMARY KEY, digest TEXT NOT NULL, batch TEXT NOT NULL REFERENCES batch(id), arrival TEXT NOT NULL,
  code TEXT NOT NULL, unit_code TEXT NOT NULL, unit_from TEXT NOT NULL, unit_name TEXT NOT NULL,
  programme TEXT NOT NULL, form TEXT NOT NULL, period TEXT NOT NULL, basis TEXT NOT NULL,
  programme_version INTEGER NOT NULL, programme_sha256 TEXT NOT NULL, form_version INTEGER NOT NULL,
  revision INTEGER NOT NULL, supersedes TEXT, seq INTEGER NOT NULL, practice INTEGER NOT NULL, seals TEXT NOT NULL,
  app_version TEXT NOT NULL, cells TEXT NOT NULL, news_listed INTEGER NOT NULL, UNIQUE(digest, batch)) STRICT;
CREATE UNIQUE INDEX accepted_once ON package(programme, form, period, basis, unit_code, unit_from, revision);
CREATE INDEX package_by_batch ON package(batch);
CREATE INDEX package_by_predecessor ON package(supersedes);
CREATE TABLE package_bytes(digest TEXT PRIMARY KEY, raw BLOB NOT NULL) STRICT;
"""
_COPIED = ("programme", "form", "period", "basis", "programme_version", "programme_sha256", "form_version", "revision",
           "supersedes", "seq", "practice", "app_version")  # fmt: skip
_COLUMNS = ("digest", "batch", "arrival", "code", "unit_code", "unit_from", "unit_name", *_COPIED, "seals", "cells",
            "news_listed")  # fmt: skip


class Stick:
    """Sealed packages of one period in a folder, and a ledger that knows all their keys."""

    def __init__(self, bench: Bench, number: int, periods: tuple[Period, ...] = (QUARTER, YEAR)) -> None:
        self.bench = bench
        self.units: OrgUnits = national(bench.program.units)
        self.communes: tuple[Commune, ...] = communes(self.units, number)
        self.keys = {key.keyid: key.public_key for commune in self.communes for key in commune.enrolled()}
        self.ledger = bench.found(f"office-{number}", communes=self.communes)
        for period in periods:
            self._write(period)

    def files(self, period: Period) -> Path:
        return self.bench.folder / f"stick-{len(self.communes)}-{period.label}"

    def key(self, period: Period) -> ReportKey:
        form = form_of(self.bench.program.catalogue, period)
        return ReportKey(form.programme, form.id, period.label, period.basis)

    def receive(self, ledger: Ledger, period: Period) -> None:
        """What the verb `merge` does, from the files to the stored batch."""
        files = self.bench.program.find_packages([self.files(period)]).files
        batch = self.bench.receiving(ledger, self.units).receive(files, "Người đo")
        assert {line.arrival.value for line in batch.lines} == {"new"}

    def _write(self, period: Period) -> None:
        program, folder = self.bench.program, self.files(period)
        form = form_of(program.catalogue, period)
        folder.mkdir()
        for commune in self.communes:
            data = sealed(commune, filled(commune, form, period), program.codec, program.version)
            (folder / f"{commune.unit.code}.bdg").write_bytes(data)


def run(stick: Stick, rounds: int) -> list[Comparison]:
    """Packages a second, for the quarter's form and the year's; looked at first and then received, as in the window; and
    the same stick once more."""
    compared = [_compared(stick, period, name, rounds) for period, name in ((QUARTER, "quý"), (YEAR, "năm"))]
    return [*compared, *_as_in_the_window(stick, rounds)]


def _as_in_the_window(stick: Stick, rounds: int) -> list[Comparison]:
    number, seconds = len(stick.communes), list[tuple[float, float, float]]()
    for _ in range(rounds):
        with stick.bench.copy_of(stick.ledger) as ledger:
            receiving = stick.bench.receiving(ledger, stick.units)
            watches = looked, first, again = Watch(), Watch(), Watch()
            with looked.running():
                receiving.preview(stick.bench.program.find_packages([stick.files(QUARTER)]).files)
            with first.running():
                stick.receive(ledger, QUARTER)
            with again.running():
                batch = receiving.receive(stick.bench.program.find_packages([stick.files(QUARTER)]).files, "Người đo")
            assert {line.arrival.value for line in batch.lines} == {"same"}
            seconds.append((watches[0].seconds, watches[1].seconds, watches[2].seconds))
    looked_at, received, came_again = (min(taken) for taken in zip(*seconds, strict=True))
    return [
        Comparison(
            f"xem trước rồi nhận {number} gói, biểu quý", "gói/s", number / (looked_at + received), None, "", None
        ),
        Comparison(f"nhận lại {number} gói ấy", "s", came_again, received, "lần đầu", AGAIN, at_least=False),
    ]


def _compared(stick: Stick, period: Period, name: str, rounds: int) -> Comparison:
    bare_file = stick.bench.folder / f"bare-{period.label}.db"

    def product(watch: Watch) -> None:
        with stick.bench.copy_of(stick.ledger) as ledger:
            with watch.running():
                stick.receive(ledger, period)
            stored.append(_stored(ledger, stick.key(period)))

    def bare(watch: Watch) -> None:
        bare_file.unlink(missing_ok=True)
        connection = empty_file(bare_file)
        with watch.running():
            bare_loop(connection, sorted(stick.files(period).iterdir()), stick.keys)
        rows = connection.execute("SELECT digest, cells FROM package")
        stored.append({digest: json.loads(cells) for digest, cells in rows})
        connection.close()

    stored: list[Figures] = []
    ours, other = alternated(rounds, product, bare)
    assert all(rows == stored[0] for rows in stored), "the two sides did not store the same figures"
    number = len(stick.communes)
    return Comparison(f"nhận {number} gói, biểu {name}", "gói/s", number / ours, number / other, "vòng lặp trần", 0.5)


def _stored(ledger: Ledger, key: ReportKey) -> Figures:
    with ledger.begin() as work:
        return {
            head.digest: {
                name: [cell.state.value, encoding.amount(cell.amount), cell.note] for name, cell in head.cells.items()
            }
            for head in work.received.heads(key)
        }


def bare_loop(connection: sqlite3.Connection, paths: list[Path], keys: dict[str, bytes]) -> None:
    """Read, hash, verify, parse, insert: the least that can be done with these files."""
    rows, raws = [], []
    for path in paths:
        raw = path.read_bytes()
        members = _members(raw)
        manifest = members["manifest.json"]
        kind = b"application/vnd.sobinhdang.report.v1+json"
        signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(manifest), manifest)
        digest = hashlib.sha256(signed).hexdigest()
        for mark in json.loads(members["signatures.json"]):
            Ed25519PublicKey.from_public_bytes(keys[mark["keyid"]]).verify(bytes.fromhex(mark["sig"]), signed)
        said, payload = json.loads(manifest), json.loads(members["payload.json"])
        assert hashlib.sha256(members["payload.json"]).hexdigest() == said["files"]["payload.json"]["sha256"]
        rows.append(_row(digest, said, payload))
        raws.append((digest, raw))
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO batch(id, at, person) VALUES('b', '2026-01-05T08:30:00+00:00', 'Người đo')")
    places = ",".join("?" * len(_COLUMNS))
    connection.executemany(f"INSERT INTO package({','.join(_COLUMNS)}) VALUES({places})", rows)
    connection.executemany("INSERT INTO package_bytes(digest, raw) VALUES(?, ?)", raws)
    connection.execute("COMMIT")


def _members(raw: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _row(digest: str, said: dict[str, Any], payload: dict[str, Any]) -> tuple[object, ...]:
    cells = {row["cell"]: [row["state"], row.get("amount"), row["note"]] for row in payload["cells"]}
    unit, seals = said["unit"], [{"keyid": s["keyid"], "role": s["role"]} for s in said["signers"]]
    return (
        digest, "b", "new", "NEW", unit["code"], unit["valid_from"], unit["name"],
        *(said[name] for name in _COPIED),
        json.dumps(seals), json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        int(bool(payload["news"])),
    )  # fmt: skip


def empty_file(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("synchronous = EXTRA", "journal_mode = TRUNCATE", "locking_mode = EXCLUSIVE", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(_TABLES)
    return connection
