"""Reading a report package: every step bounded, nothing trusted before the step that earns it.

Container → seals over the raw bytes (with a register: before the statement is even parsed) → statement →
roles → digests of the members → payload. The first failing step is the refusal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exports.package.manifest import (
    REPORT,
    Manifest,
    SignerRef,
    StatementKind,
    check_statement,
    members_for,
    read_manifest,
)
from exports.package.payload import files_of, read_payload, summary_of
from exports.package.refusals import refused
from exports.package.seal import Mark, check_seal, digits, read_marks, signed_bytes
from exports.package.strict_json import loads
from forms.errors import PackageRefused
from forms.exchange.statements import Seal
from forms.model.key_id import key_id
from forms.model.office import EnrolledKey, PersonRole
from forms.ports import Register


@dataclass(frozen=True)
class Package:
    """A report package found good. `digest`, hex SHA-256 of the sealed bytes, is its identity.

    `payload` has the checked shape of format 1; `payload.from_payload` makes the Report of it.
    """

    manifest: Manifest
    payload: Mapping[str, Any]
    signed_bytes: bytes
    digest: str
    seals: tuple[Seal, ...]
    raw: bytes
    attachments: Mapping[str, bytes]

    @property
    def digits(self) -> str:
        """The digest as 30 digits in six groups, as printed on the paper."""
        return digits(bytes.fromhex(self.digest))


def read(data: bytes, register: Register | None) -> Package:
    """A report package, verified. Raises PackageRefused; its codes are in refusals.py.

    With a register, keys and roles are the register's. Without one, only structure and arithmetic are shown:
    the seals fit the keys that the package itself carries, and every seal says `known=False`. What is refused without
    a register is refused with any.
    """
    members = members_for(data, REPORT)
    marks = read_marks(loads(members["signatures.json"], "signatures.json"))
    signed = signed_bytes(REPORT.type, members["manifest.json"])
    if register is None:
        manifest = read_manifest(members["manifest.json"])
        _check_carried(manifest.signers, marks, signed)
        seals = tuple(Seal(signer.keyid, None, known=False, person=signer.person) for signer in manifest.signers)
    else:
        keys = enrolled(register, marks)
        check_enrolled(keys, marks, signed, members, REPORT)
        manifest = read_manifest(members["manifest.json"])
        _check_listed(manifest.signers, marks)
        _check_unit(manifest, keys)
        _check_roles([key.role for key in keys])
        seals = tuple(Seal(key.keyid, key.role, known=True, person=key.person) for key in keys)
    _check_roles([signer.role for signer in manifest.signers])  # also of a package whose keys are known
    _check_files(manifest, members)
    payload = read_payload(members["payload.json"])
    if not files_of(payload) <= {file.sha256 for name, file in manifest.files.items() if name != "payload.json"}:
        raise refused("FILES_DIFFER", "payload.json: news")
    if summary_of(payload) != {"rows": manifest.rows, "control_totals": manifest.control_totals}:
        raise refused("SUMMARY_DIFFERS")
    attachments = {name: content for name, content in members.items() if name.startswith("attachments/")}
    return Package(manifest, payload, signed, hashlib.sha256(signed).hexdigest(), seals, data, attachments)


def _check_carried(signers: tuple[SignerRef, ...], marks: tuple[Mark, ...], signed: bytes) -> None:
    _check_listed(signers, marks)
    for signer, mark in zip(signers, marks, strict=True):
        check_seal(mark, signer.public_key, signed)


def _check_listed(signers: tuple[SignerRef, ...], marks: tuple[Mark, ...]) -> None:
    """The seals are those of the signers whom the sealed statement names: none missing, none added."""
    if [signer.keyid for signer in signers] != [mark.keyid for mark in marks]:
        raise refused("SEAL_SET")
    for signer in signers:
        if key_id(signer.public_key) != signer.keyid:
            raise refused("KEY_ID", signer.keyid)


def enrolled(register: Register, marks: tuple[Mark, ...]) -> list[EnrolledKey]:
    """The keys of the marks as the register knows them. Raises KEY_UNKNOWN, KEY_REVOKED."""
    keys = []
    for mark in marks:
        key = register.get(mark.keyid)
        if key is None:
            raise refused("KEY_UNKNOWN", mark.keyid)
        if key.revoked:
            raise refused("KEY_REVOKED", mark.keyid)
        keys.append(key)
    return keys


def check_enrolled(
    keys: list[EnrolledKey], marks: tuple[Mark, ...], signed: bytes, members: Mapping[str, bytes], kind: StatementKind
) -> None:
    """Every seal holds over the signed bytes. Raises SEAL_WRONG, KEY_WEAK, TYPE_OTHER, FORMAT_NEWER."""
    try:
        for key, mark in zip(keys, marks, strict=True):
            check_seal(mark, key.public_key, signed)
    except PackageRefused:
        # A later format or another kind is sealed under another name: say that rather than "wrong".
        check_statement(loads(members["manifest.json"], "manifest.json"), kind)
        raise


def _check_unit(manifest: Manifest, keys: list[EnrolledKey]) -> None:
    for key in keys:
        if key.unit != manifest.unit.key:
            raise refused("KEY_UNIT", key.keyid)


def _check_roles(roles: list[PersonRole]) -> None:
    """One preparer and one head of unit, or one sole officer who is both."""
    if PersonRole.SOLE not in roles and not {PersonRole.PREPARER, PersonRole.HEAD} <= set(roles):
        raise refused("SEAL_ROLES")


def _check_files(manifest: Manifest, members: Mapping[str, bytes]) -> None:
    listed = [name for name in members if name not in ("mimetype", "manifest.json", "signatures.json")]
    if set(manifest.files) != set(listed):
        raise refused("FILES_DIFFER")
    for name in listed:
        file, content = manifest.files[name], members[name]
        if file.size != len(content) or file.sha256 != hashlib.sha256(content).hexdigest():
            raise refused("FILES_DIFFER", name)
        if bool(file.name) != name.startswith("attachments/"):
            raise refused("JSON_SHAPE", f"manifest.json: files {name}")
