"""The bundle: the packages that a compiling office counted, byte for byte, under one seal of its head.

Its statement is that of a report (type `…bundle.v1+json`); its payload lists the originals, the keys of their seals that
the office vouches for, and who has not sent. Nothing is trusted because it lies in a bundle: each original is read by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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
    person_name,
    read_manifest,
    role,
    unit_from,
    unit_shape,
    unit_to,
)
from exports.package.reader import mark_of, sealed, signer_fields, statement_fields, unsealed, verified
from exports.package.refusals import refused
from exports.package.seal import check_public_key, digits
from exports.package.strict_json import Shape, dumps, integer, matching, record, rows, text
from forms.errors import ExportError
from forms.exchange.bundle import BundleContent, NamedUnit, OpenedBundle
from forms.exchange.statements import ReportKey, Sealed
from forms.model.fingerprint import key_id
from forms.model.office import EnrolledKey, PersonRole
from forms.model.period import Basis
from forms.ports import Register, Signer

HEADS = (PersonRole.HEAD, PersonRole.SOLE)
_shape = Shape(
    record(
        {
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
            "missing": rows(unit_shape, MAX_ORIGINALS, key=lambda row: (row["code"], row["valid_from"])),
            "originals": rows(
                record({"sha256": digest_hex, "size": integer(1, MAX_BUNDLE)}),
                MAX_ORIGINALS,
                key=lambda row: row["sha256"],
            ),
        }
    ),
    "payload.json",
)


def write_bundle(statement: Statement, content: BundleContent, signer: Signer) -> Sealed:
    """The bundle under the seal of a head of unit or a sole officer. Raises ExportError BUNDLE_TOO_BIG, PackageRefused for
    what no reader accepts."""
    originals = {hashlib.sha256(one).hexdigest(): one for one in content.originals}
    listed = sorted(originals)
    payload = dumps(
        {
            "keys": sorted(map(_key_row, content.keys), key=lambda row: row["keyid"]),
            "missing": sorted(
                (unit_to(UnitRef(*one.unit, one.name)) for one in content.missing),
                key=lambda row: (row["code"], row["valid_from"]),
            ),
            "originals": [{"sha256": sha256, "size": len(originals[sha256])} for sha256 in listed],
        }
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
        tuple(NamedUnit(unit_from(row).key, row["name"]) for row in listed["missing"]),
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
