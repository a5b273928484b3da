"""The enrolment file (tệp đăng ký khóa): a key introduces itself to the office above.

Sealed by the very key it introduces, so its owner holds the private half. That it belongs to the named person is
shown by the 30 digits on the stamped sheet, which the receiver types: they cover unit, person, title, role and key,
so that the sheet of a preparer cannot let in the same key as head of unit.
"""

from __future__ import annotations

import hashlib

from exports.package.container import MIMETYPE, build
from exports.package.manifest import (
    ENROLMENT,
    FORMAT,
    UnitRef,
    app_version,
    key_hex,
    members_for,
    moment,
    parse_statement,
    person_name,
    role,
    unit_from,
    unit_shape,
    unit_to,
)
from exports.package.reader import mark_of
from exports.package.refusals import refused
from exports.package.seal import check_public_key, check_seal, digits, read_marks, signed_bytes, write_marks
from exports.package.strict_json import Shape, dumps, integer, loads, one_of, record, text
from forms.exchange.statements import EnrolmentRequest
from forms.model.fingerprint import key_id
from forms.model.office import PersonRole
from forms.ports import Signer

_FINGERPRINT_PREFIX = b"sbd-enrolment-v1"
_COVERED = ("unit", "person", "title", "role", "public_key")
_shape = Shape(
    record(
        {
            "type": one_of(ENROLMENT.type),
            "format": integer(FORMAT, FORMAT),
            "unit": unit_shape,
            "person": person_name,
            "title": text(200),
            "role": role,
            "public_key": key_hex,
            "created_claimed": moment,
            "app_version": app_version,
        }
    ),
    "manifest.json",
)


def write_enrolment(unit: UnitRef, signer: Signer, created_claimed: str, app_version: str) -> bytes:
    """The enrolment file of a signer whose key is open. Raises PackageRefused as a reader would."""
    person = signer.person
    manifest = dumps(
        {
            "type": ENROLMENT.type,
            "format": FORMAT,
            "unit": unit_to(unit),
            "person": person.name,
            "title": person.title,
            "role": person.role.value,
            "public_key": person.public_key.hex(),
            "created_claimed": created_claimed,
            "app_version": app_version,
        }
    )
    mark = mark_of(signer, signed_bytes(ENROLMENT.type, manifest))
    marks = dumps(write_marks((mark,)))
    data = build({"mimetype": MIMETYPE, "manifest.json": manifest, "signatures.json": marks})
    read_enrolment(data)
    return data


def read_enrolment(data: bytes) -> EnrolmentRequest:
    """What an enrolment file asks, its seal fitting its own key. Raises PackageRefused."""
    members = members_for(data, ENROLMENT)
    marks = read_marks(loads(members["signatures.json"], "signatures.json"))
    fields = parse_statement(members["manifest.json"], _shape, ENROLMENT)
    public_key = bytes.fromhex(fields["public_key"])
    check_public_key(public_key)
    keyid = key_id(public_key)
    if [mark.keyid for mark in marks] != [keyid]:
        raise refused("SEAL_SET")
    check_seal(marks[0], public_key, signed_bytes(ENROLMENT.type, members["manifest.json"]))
    unit = unit_from(fields["unit"])
    covered = dumps({name: fields[name] for name in _COVERED})
    fingerprint = digits(hashlib.sha256(_FINGERPRINT_PREFIX + covered).digest())
    return EnrolmentRequest(
        keyid=keyid,
        public_key=public_key,
        fingerprint=fingerprint,
        unit=unit.key,
        unit_name=unit.name,
        person=fields["person"],
        title=fields["title"],
        role=PersonRole(fields["role"]),
    )
