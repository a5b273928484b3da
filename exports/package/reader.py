"""A report package, written and read.

People seal one after the other, perhaps on different days: `prepare` fixes the bytes, every Signer signs the same
`to_sign`, `finish` makes the file. `write` does all three when every key is open.

In reading every step is bounded, nothing trusted before the step that earns it: container → seals over the raw bytes (with
a register: before the statement is even parsed) → statement → roles → digests of the members → payload. The first failing
step is the refusal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.package.container import MAX_ATTACHMENTS, MAX_MEMBERS, MAX_PAYLOAD, MIMETYPE, build
from exports.package.manifest import (
    FORMAT,
    REPORT,
    Manifest,
    SignerRef,
    Statement,
    StatementKind,
    check_statement,
    members_for,
    read_manifest,
    unit_to,
)
from exports.package.payload import files_of, read_payload, summary_of
from exports.package.refusals import refused
from exports.package.seal import Mark, check_seal, digits, read_marks, signed_bytes, write_marks
from exports.package.strict_json import dumps, loads
from forms.errors import ExportError, PackageRefused
from forms.exchange.statements import Prepared, Seal
from forms.model.fingerprint import key_id
from forms.model.office import EnrolledKey, Person, PersonRole
from forms.ports import Register, Signer


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
    manifest, seals, signed = verified(members, register, REPORT)
    if register is not None:
        _check_roles([seal.role for seal in seals if seal.role])
    _check_roles([signer.role for signer in manifest.signers])  # also of a package whose keys are known
    _check_files(manifest, members)
    payload = read_payload(members["payload.json"])
    if not files_of(payload) <= {file.sha256 for name, file in manifest.files.items() if name != "payload.json"}:
        raise refused("FILES_DIFFER", "payload.json: news")
    if summary_of(payload) != {"rows": manifest.rows, "control_totals": manifest.control_totals}:
        raise refused("SUMMARY_DIFFERS")
    attachments = {name: content for name, content in members.items() if name.startswith("attachments/")}
    return Package(manifest, payload, signed, hashlib.sha256(signed).hexdigest(), seals, data, attachments)


def verified(
    members: Mapping[str, bytes], register: Register | None, kind: StatementKind
) -> tuple[Manifest, tuple[Seal, ...], bytes]:
    """The statement of a report or a bundle, its seals and the bytes they cover; roles are still to be looked at."""
    marks = read_marks(loads(members["signatures.json"], "signatures.json"))
    signed = signed_bytes(kind.type, members["manifest.json"])
    if register is None:
        manifest = read_manifest(members["manifest.json"], kind)
        _check_carried(manifest.signers, marks, signed)
        return (
            manifest,
            tuple(Seal(one.keyid, None, known=False, person=one.person) for one in manifest.signers),
            signed,
        )
    keys = enrolled(register, marks)
    check_enrolled(keys, marks, signed, members, kind)
    manifest = read_manifest(members["manifest.json"], kind)
    _check_listed(manifest.signers, marks)
    _check_unit(manifest, keys)
    return manifest, tuple(Seal(key.keyid, key.role, known=True, person=key.person) for key in keys), signed


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


_OTHER_MEMBERS = 4  # mimetype, manifest, payload, signatures


@dataclass(frozen=True)
class Attachment:
    """Evidence sent along (tệp đính kèm); `name` is shown to people and never used as a path."""

    name: str
    content: bytes


def write(
    statement: Statement, payload: Mapping[str, Any], signers: Sequence[Signer], attachments: Sequence[Attachment] = ()
) -> bytes:
    """The package file. Raises PackageRefused for anything that a reader would refuse."""
    prepared = prepare(statement, payload, [signer.person for signer in signers], attachments)
    return finish(prepared, tuple(mark_of(signer, prepared.to_sign) for signer in signers))


def prepare(
    statement: Statement, payload: Mapping[str, Any], people: Sequence[Person], attachments: Sequence[Attachment] = ()
) -> Prepared:
    """The bytes to be sealed by these people. The payload comes from `to_payload`.

    Raises PackageRefused, ExportError REPORT_TOO_BIG, EVIDENCE_TOO_MUCH.
    """
    _must_fit(attachments)
    text = dumps(payload)
    if len(text) > MAX_PAYLOAD:
        message = (
            "Báo cáo dài hơn 4 MiB nên không vừa một gói. Bỏ bớt tin, bài hoặc rút gọn lời văn rồi niêm phong lại."
        )
        raise ExportError("REPORT_TOO_BIG", message)
    summary = summary_of(read_payload(text))
    files = {"payload.json": text}
    files |= {f"attachments/{number:03d}.bin": file.content for number, file in enumerate(attachments, 1)}
    names = {f"attachments/{number:03d}.bin": {"name": file.name} for number, file in enumerate(attachments, 1)}
    listed = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} | names.get(name, {})
        for name, content in files.items()
    }
    manifest = statement_fields(statement) | {
        "type": REPORT.type,
        "format": FORMAT,
        "unit": unit_to(statement.unit),
        "files": listed,
        "signers": sorted((signer_fields(person) for person in people), key=lambda row: row["keyid"]),
        "summary": summary,
    }
    statement_bytes = dumps(manifest)
    read_manifest(statement_bytes)
    return unsealed(REPORT, {"manifest.json": statement_bytes} | files)


def unsealed(kind: StatementKind, members: Mapping[str, bytes]) -> Prepared:
    """What is to be sealed of a statement of this kind and the members around it."""
    to_sign = signed_bytes(kind.type, members["manifest.json"])
    digest = hashlib.sha256(to_sign)
    return Prepared(digest.hexdigest(), digits(digest.digest()), to_sign, {"mimetype": MIMETYPE} | dict(members))


def mark_of(signer: Signer, signed: bytes) -> Mark:
    return Mark(key_id(signer.person.public_key), signer.sign(signed))


def sealed(prepared: Prepared, marks: tuple[Mark, ...]) -> bytes:
    """The file of any kind of statement."""
    return build({**prepared.members, "signatures.json": dumps(write_marks(marks))})


def finish(prepared: Prepared, marks: tuple[Mark, ...]) -> bytes:
    """The package file, read back before it is given out: what is written here can be read everywhere."""
    data = sealed(prepared, marks)
    read(data, None)
    return data


def _must_fit(attachments: Sequence[Attachment]) -> None:
    size, most = sum(len(file.content) for file in attachments), MAX_MEMBERS - _OTHER_MEMBERS
    if size > MAX_ATTACHMENTS or len(attachments) > most:
        message = (
            f"Minh chứng kèm báo cáo gồm {len(attachments)} tệp, {size / (1 << 20):.1f} MiB; một gói chứa nhiều nhất "
            f"{most} tệp, {MAX_ATTACHMENTS >> 20} MiB. Bỏ bớt tệp hoặc quét lại cỡ nhỏ hơn rồi niêm phong lại."
        )
        raise ExportError("EVIDENCE_TOO_MUCH", message)


def statement_fields(statement: Statement) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in Statement.__slots__}


def signer_fields(person: Person) -> dict[str, str]:
    return {
        "keyid": key_id(person.public_key),
        "public_key": person.public_key.hex(),
        "role": person.role.value,
        "person": person.name,
        "title": person.title,
    }
