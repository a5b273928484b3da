"""Writing a report package: first the statement that everybody seals, then the file around it.

People seal one after the other, perhaps on different days: `prepare` fixes the bytes, every Signer signs the
same `to_sign`, `finish` makes the file. `write` does all three when every key is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.package.container import MAX_ATTACHMENTS, MAX_MEMBERS, MAX_PAYLOAD, MIMETYPE, build
from exports.package.manifest import FORMAT, REPORT, Statement, StatementKind, read_manifest, unit_to
from exports.package.payload import read_payload, summary_of
from exports.package.reader import read
from exports.package.seal import Mark, digits, signed_bytes, write_marks
from exports.package.strict_json import dumps
from forms.errors import ExportError
from forms.exchange.statements import Prepared
from forms.model.key_id import key_id
from forms.model.office import Person
from forms.ports import Signer

_OTHER_MEMBERS = 4  # mimetype, manifest, payload, signatures


@dataclass(frozen=True)
class Attachment:
    """Evidence sent along (tệp đính kèm); `name` is shown to people and never used as a path."""

    name: str
    content: bytes


def write(
    statement: Statement,
    payload: Mapping[str, Any],
    signers: Sequence[Signer],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The package file. Raises PackageRefused for anything that a reader would refuse."""
    prepared = prepare(statement, payload, [signer.person for signer in signers], attachments)
    return finish(prepared, tuple(mark_of(signer, prepared.to_sign) for signer in signers))


def prepare(
    statement: Statement,
    payload: Mapping[str, Any],
    people: Sequence[Person],
    attachments: Sequence[Attachment] = (),
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
