"""The bundle: the packages that a compiling office counted, byte for byte, under one seal of its head.

Its statement is that of a report (type `…bundle.v1+json`); its payload lists the originals, the keys of their seals that
the office vouches for, and who has not sent. Nothing is trusted because it lies in a bundle: each original is read by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from exports.package.container import MAX_BUNDLE, MAX_ORIGINALS, MAX_PAYLOAD, ORIGINAL
from exports.package.manifest import (
    BUNDLE,
    FORMAT,
    Statement,
    UnitRef,
    digest_hex,
    key_hex,
    members_for,
    moment,
    person_name,
    read_manifest,
    role,
    unit_from,
    unit_shape,
    unit_to,
)
from exports.package.payload import AMOUNT, COUNTED, cell_name, files_of, read_payload, report_shape
from exports.package.reader import mark_of, sealed, signer_fields, statement_fields, unsealed, verified
from exports.package.refusals import refused
from exports.package.seal import check_public_key, digits
from exports.package.strict_json import Shape, dumps, integer, matching, one_of, record, rows, ruled, text
from forms.errors import ExportError
from forms.exchange.adjustment import LONGEST_REASON, adjustment_of, adjustment_row
from forms.exchange.bundle import BundleContent, OpenedBundle
from forms.exchange.on_behalf import MAX_FILE, BehalfEntry, EntryFile, EntrySource, entry_digest
from forms.exchange.statements import ReportKey, Sealed
from forms.model.cell import CellState
from forms.model.fingerprint import key_id
from forms.model.office import EnrolledKey, PersonRole
from forms.model.org_unit import NamedUnit
from forms.model.period import Basis
from forms.ports import Register, Signer

MAX_ADJUSTMENTS = 20_000
HEADS = (PersonRole.HEAD, PersonRole.SOLE)


def _unit_key(unit: Mapping[str, Any]) -> tuple[str, str]:
    return unit["code"], unit["valid_from"]


def _place(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return *_unit_key(row["unit"]), row["cell"]


_entry = record(
    {
        "at": moment,
        "by": person_name,
        "file": record({"name": text(200, blank=False), "sha256": digest_hex, "size": integer(0, MAX_FILE)}),
        "form_version": integer(1, 9999),
        "office": unit_shape,
        "programme_sha256": digest_hex,
        "programme_version": integer(1, 9999),
        "report": ruled(report_shape, lambda report: not files_of(report)),
        "source": one_of(*EntrySource),
        "unit": unit_shape,
    }
)
_adjustment = record(
    {
        "amount": matching(COUNTED),
        "at": moment,
        "by": person_name,
        "cell": cell_name,
        "office": unit_shape,
        "reason": text(LONGEST_REASON, blank=False),
        "unit": unit_shape,
        "was": matching("|".join([AMOUNT, *(state.value for state in CellState if state is not CellState.GIVEN)])),
    }
)
_shape = Shape(
    record(
        {
            "adjustments": ruled(rows(_adjustment, MAX_ADJUSTMENTS, key=_place), bool),
            "keys": rows(
                record(
                    {
                        "keyid": matching("[0-9a-f]{32}"),
                        "person": person_name,
                        "public_key": key_hex,
                        "role": role,
                        "title": text(200),
                        "unit": unit_shape,
                    }
                ),
                2 * MAX_ORIGINALS,
                key=lambda row: row["keyid"],
            ),
            "missing": rows(unit_shape, MAX_ORIGINALS, key=_unit_key),
            "on_behalf": ruled(rows(_entry, MAX_ORIGINALS, key=lambda row: _unit_key(row["unit"])), bool),
            "originals": rows(
                record({"sha256": digest_hex, "size": integer(1, MAX_BUNDLE)}),
                MAX_ORIGINALS,
                key=lambda row: row["sha256"],
            ),
        },
        optional=["adjustments", "on_behalf"],
    ),
    "payload.json",
)


def write_bundle(statement: Statement, content: BundleContent, signer: Signer) -> Sealed:
    """The bundle under the seal of a head of unit or a sole officer. Raises ExportError BUNDLE_TOO_BIG, PackageRefused for
    what no reader accepts."""
    originals = {hashlib.sha256(one).hexdigest(): one for one in content.originals}
    listed = sorted(originals)
    entries = sorted(map(entry_row, content.on_behalf), key=lambda row: _unit_key(row["unit"]))
    payload = dumps(
        {
            "keys": sorted(map(_key_row, content.keys), key=lambda row: row["keyid"]),
            "missing": sorted((unit_to(UnitRef(*one.unit, one.name)) for one in content.missing), key=_unit_key),
            "originals": [{"sha256": sha256, "size": len(originals[sha256])} for sha256 in listed],
        }
        | ({"on_behalf": entries} if entries else {})
        | ({"adjustments": sorted(map(adjustment_row, content.adjustments), key=_place)} if content.adjustments else {})
    )
    if (
        len(listed) > MAX_ORIGINALS
        or len(payload) > MAX_PAYLOAD
        or sum(map(len, originals.values())) > MAX_BUNDLE - MAX_PAYLOAD
    ):
        raise ExportError(
            "BUNDLE_TOO_BIG",
            f"Gói chuyển gồm {len(listed)} gói, vượt mức một tệp chứa được. Chuyển riêng từng cụm đơn vị.",
        )
    _shape.parse(payload)
    manifest = dumps(
        statement_fields(statement)
        | {
            "type": BUNDLE.type,
            "format": FORMAT,
            "unit": unit_to(statement.unit),
            "files": {"payload.json": {"sha256": hashlib.sha256(payload).hexdigest(), "size": len(payload)}},
            "signers": [signer_fields(signer.person)],
            "summary": {"control_totals": {}, "rows": len(listed)},
        }
    )
    read_manifest(manifest, BUNDLE)
    members = {ORIGINAL.format(number): originals[sha256] for number, sha256 in enumerate(listed, 1)}
    prepared = unsealed(BUNDLE, {"manifest.json": manifest, "payload.json": payload} | members)
    return Sealed(prepared.digest, prepared.digits, sealed(prepared, (mark_of(signer, prepared.to_sign),)))


def read_bundle(data: bytes, register: Register | None) -> OpenedBundle:
    """The bundle, its originals still to be read. Raises PackageRefused."""
    members = members_for(data, BUNDLE)
    said, seals, signed = verified(members, register, BUNDLE)
    roles = [{one.role for one in said.signers}, {seal.role for seal in seals} if register else {*HEADS}]
    if not all(of & {*HEADS} for of in roles):  # by its own word as well as by the register's
        raise refused("BUNDLE_HEAD")
    payload = members["payload.json"]
    file = said.files.get("payload.json")
    if [*said.files] != ["payload.json"] or file is None or file.name or said.control_totals:
        raise refused("JSON_SHAPE", "manifest.json: files")
    if (file.size, file.sha256) != (len(payload), hashlib.sha256(payload).hexdigest()):
        raise refused("FILES_DIFFER", "payload.json")
    listed = cast(dict[str, Any], _shape.parse(payload))
    originals = tuple(content for name, content in members.items() if name.startswith("originals/"))
    found = [{"sha256": hashlib.sha256(one).hexdigest(), "size": len(one)} for one in originals]
    if found != listed["originals"]:
        raise refused("FILES_DIFFER", "originals")
    if said.rows != len(originals):
        raise refused("SUMMARY_DIFFERS")
    digest = hashlib.sha256(signed)
    created = datetime.fromisoformat(said.created_claimed)
    content = BundleContent(
        ReportKey(said.programme, said.form, said.period, Basis(said.basis)),
        said.programme_version,
        said.programme_sha256,
        said.form_version,
        said.revision,
        said.supersedes,
        originals,
        tuple(_key(row, created) for row in listed["keys"]),
        tuple(map(_named, listed["missing"])),
    )
    content = replace(
        content,
        on_behalf=tuple(_entry_from(row, content.key) for row in listed.get("on_behalf", ())),
        adjustments=tuple(map(adjustment_of, listed.get("adjustments", ()))),
    )
    return OpenedBundle(
        digest.hexdigest(),
        digits(digest.digest()),
        said.unit.key,
        said.unit.name,
        content,
        said.seq,
        said.practice,
        created,
        seals,
        data,
    )


def entry_row(entry: BehalfEntry) -> dict[str, Any]:
    """What is said of a report that was entered for a unit; of which report it is, the statement says."""
    return {
        "at": entry.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "by": entry.by,
        "file": {"name": entry.file.name, "sha256": entry.file.sha256, "size": entry.file.size},
        "form_version": entry.form_version,
        "office": unit_to(UnitRef(*entry.office.unit, entry.office.name)),
        "programme_sha256": entry.programme_sha256,
        "programme_version": entry.programme_version,
        "report": read_payload(entry.payload),
        "source": entry.source.value,
        "unit": unit_to(UnitRef(*entry.unit.unit, entry.unit.name)),
    }


def _entry_from(row: Mapping[str, Any], key: ReportKey) -> BehalfEntry:
    entry = BehalfEntry(
        "",
        _named(row["unit"]),
        key,
        row["programme_version"],
        row["programme_sha256"],
        row["form_version"],
        EntrySource(row["source"]),
        EntryFile(**row["file"]),
        _named(row["office"]),
        row["by"],
        datetime.fromisoformat(row["at"]),
        dumps(row["report"]),
    )
    return replace(entry, digest=entry_digest(entry))


def _named(row: Mapping[str, Any]) -> NamedUnit:
    return NamedUnit(unit_from(row).key, row["name"])


def _key_row(key: EnrolledKey) -> Mapping[str, Any]:
    return {
        "keyid": key.keyid,
        "person": key.person,
        "public_key": key.public_key.hex(),
        "role": key.role.value,
        "title": key.title,
        "unit": unit_to(UnitRef(*key.unit, key.unit_name)),
    }


def _key(row: Mapping[str, Any], at: datetime) -> EnrolledKey:
    """A key as the bundling office vouches for it. Raises KEY_WEAK, KEY_ID."""
    public_key, unit = bytes.fromhex(row["public_key"]), unit_from(row["unit"])
    check_public_key(public_key)
    if key_id(public_key) != row["keyid"]:
        raise refused("KEY_ID", row["keyid"])
    return EnrolledKey(
        row["keyid"],
        public_key,
        unit.key,
        unit.name,
        row["person"],
        row["title"],
        PersonRole(row["role"]),
        at.astimezone(UTC),
    )
