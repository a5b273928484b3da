"""The supply file (tệp cấp phát): programme packs that an office hands down to those below it.

The definition files travel as the very text that is hashed, so that a pack is the same everywhere. Sealed by the
head of the issuing unit, whose key the receiver has enrolled: there is no reading without a register.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

from exports.package.container import MAX_PAYLOAD
from exports.package.manifest import (
    FORMAT,
    SUPPLY,
    UnitRef,
    app_version,
    check_statement,
    digest_hex,
    identifier,
    members_for,
    moment,
    parse_statement,
    unit_from,
    unit_shape,
    unit_to,
)
from exports.package.reader import check_enrolled, enrolled, mark_of, sealed, unsealed
from exports.package.refusals import refused
from exports.package.seal import read_marks, signed_bytes
from exports.package.strict_json import Shape, dumps, flag, integer, loads, matching, one_of, record, rows, table, text
from forms.errors import ExportError
from forms.model.office import PersonRole
from forms.ports import Register, Signer
from forms.programmes.pack import Pack, PackState, SupplyOpened

MAX_PACKS, MAX_FILES, MAX_TEXT = 20, 20, 512 * 1024
_HEADS = (PersonRole.HEAD, PersonRole.SOLE)

_pack = {"id": identifier, "version": integer(1, 9999)}
_statement = Shape(
    record(
        {
            "type": one_of(SUPPLY.type),
            "format": integer(FORMAT, FORMAT),
            "unit": unit_shape,
            "packs": rows(
                record(_pack | {"sha256": digest_hex}), MAX_PACKS, key=lambda row: (row["id"], row["version"])
            ),
            "payload": record({"sha256": digest_hex, "size": integer(2, MAX_PAYLOAD)}),
            "created_claimed": moment,
            "app_version": app_version,
            "practice": flag(),
        }
    ),
    "manifest.json",
)
_files = table(matching(r"[a-z][a-z0-9_]{0,63}\.toml"), text(MAX_TEXT, multiline=True), MAX_FILES)
_payload = Shape(
    record({"packs": rows(record(_pack | {"files": _files}), MAX_PACKS, key=lambda row: (row["id"], row["version"]))}),
    "payload.json",
)


def write_supply(
    packs: Sequence[Pack], unit: UnitRef, signer: Signer, created_claimed: str, version: str, *, practice: bool = False
) -> bytes:
    """The supply file of these packs. Raises ExportError SUPPLY_TOO_BIG, PackageRefused for what no reader accepts."""
    listed = sorted(packs, key=lambda pack: (pack.id, pack.version))
    payload = dumps({"packs": [_named(pack) | {"files": _texts(pack)} for pack in listed]})
    if len(payload) > MAX_PAYLOAD:
        raise ExportError(
            "SUPPLY_TOO_BIG", "Các chương trình dài hơn 4 MiB. Cấp làm nhiều tệp, mỗi tệp ít chương trình."
        )
    _payload.parse(payload)
    manifest = dumps(
        {
            "type": SUPPLY.type,
            "format": FORMAT,
            "unit": unit_to(unit),
            "packs": [_named(pack) | {"sha256": pack.sha256} for pack in listed],
            "payload": {"sha256": hashlib.sha256(payload).hexdigest(), "size": len(payload)},
            "created_claimed": created_claimed,
            "app_version": version,
            "practice": practice,
        }
    )
    _statement.parse(manifest)
    prepared = unsealed(SUPPLY, {"manifest.json": manifest, "payload.json": payload})
    return sealed(prepared, (mark_of(signer, prepared.to_sign),))


def read_supply(data: bytes, register: Register) -> SupplyOpened:
    """The packs of a supply file, sealed by the head of the unit that its key is enrolled for. Raises PackageRefused."""
    members = members_for(data, SUPPLY)
    check_statement(loads(members["manifest.json"], "manifest.json"), SUPPLY)  # a report has the same members
    marks = read_marks(loads(members["signatures.json"], "signatures.json"))
    signed = signed_bytes(SUPPLY.type, members["manifest.json"])
    keys = enrolled(register, marks)
    check_enrolled(keys, marks, signed, members, SUPPLY)
    fields = parse_statement(members["manifest.json"], _statement, SUPPLY)
    unit = unit_from(fields["unit"])
    for key in keys:
        if key.unit != unit.key:
            raise refused("KEY_UNIT", key.keyid)
    heads = [key for key in keys if key.role in _HEADS]
    if not heads:
        raise refused("SUPPLY_HEAD")
    packs = _packs(fields, members["payload.json"])
    digest = hashlib.sha256(signed).hexdigest()
    return SupplyOpened(digest, unit.key, heads[0].unit_name, heads[0].person, packs, fields["practice"])


def _packs(fields: Mapping[str, Any], payload: bytes) -> tuple[Pack, ...]:
    if fields["payload"] != {"sha256": hashlib.sha256(payload).hexdigest(), "size": len(payload)}:
        raise refused("FILES_DIFFER", "payload.json")
    found = cast(dict[str, Any], _payload.parse(payload))["packs"]
    packs = tuple(
        Pack(
            row["id"],
            row["version"],
            {name: content.encode() for name, content in row["files"].items()},
            PackState.RECEIVED,
        )
        for row in found
    )
    if [_named(pack) | {"sha256": pack.sha256} for pack in packs] != fields["packs"]:
        raise refused("FILES_DIFFER", "payload.json: packs")
    return packs


def _named(pack: Pack) -> dict[str, Any]:
    return {"id": pack.id, "version": pack.version}


def _texts(pack: Pack) -> dict[str, str]:
    return {name: content.decode("utf-8") for name, content in pack.files.items()}
