"""Writing a report package: first the statement that everybody seals, then the file around it.

People seal one after the other, perhaps on different days: `prepare` fixes the bytes, every Signer signs the
same `signed_bytes`, `finish` makes the file. `write` does all three when every key is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.package.container import MAX_PAYLOAD, MIMETYPE, build
from exports.package.kinds import FORMAT, REPORT
from exports.package.manifest import Statement, read_manifest, unit_to
from exports.package.payload import read_payload, summary_of
from exports.package.reader import read
from exports.package.seal import Mark, signed_bytes, write_marks
from exports.package.strict_json import dumps
from forms.errors import ExportError
from forms.keys import key_id
from forms.office import Person
from forms.ports import Signer


@dataclass(frozen=True)
class Attachment:
    """Evidence sent along (tệp đính kèm); `name` is shown to people and never used as a path."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Unsealed:
    """The members of a package before its seals."""

    members: Mapping[str, bytes]

    @property
    def signed_bytes(self) -> bytes:
        """What every signer signs."""
        return signed_bytes(REPORT.type, self.members["manifest.json"])

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.signed_bytes).hexdigest()


def write(
    statement: Statement,
    payload: Mapping[str, Any],
    signers: Sequence[Signer],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The package file. Raises PackageRefused for anything that a reader would refuse."""
    unsealed = prepare(statement, payload, [signer.person for signer in signers], attachments)
    return finish(unsealed, tuple(mark_of(signer, unsealed.signed_bytes) for signer in signers))


def prepare(
    statement: Statement,
    payload: Mapping[str, Any],
    people: Sequence[Person],
    attachments: Sequence[Attachment] = (),
) -> Unsealed:
    """The bytes to be sealed by these people. The payload comes from `to_payload`.

    Raises PackageRefused, ExportError REPORT_TOO_BIG.
    """
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
    manifest = _statement_fields(statement) | {
        "type": REPORT.type,
        "format": FORMAT,
        "unit": unit_to(statement.unit),
        "files": listed,
        "signers": sorted((_signer_fields(person) for person in people), key=lambda row: row["keyid"]),
        "summary": summary,
    }
    unsealed = Unsealed({"mimetype": MIMETYPE, "manifest.json": dumps(manifest)} | files)
    read_manifest(unsealed.members["manifest.json"])
    return unsealed


def mark_of(signer: Signer, signed: bytes) -> Mark:
    return Mark(key_id(signer.person.public_key), signer.sign(signed))


def finish(unsealed: Unsealed, marks: tuple[Mark, ...]) -> bytes:
    """The package file, read back before it is given out: what is written here can be read everywhere."""
    data = build({**unsealed.members, "signatures.json": dumps(write_marks(marks))})
    read(data, None)
    return data


def _statement_fields(statement: Statement) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in Statement.__slots__}


def _signer_fields(person: Person) -> dict[str, str]:
    return {
        "keyid": key_id(person.public_key),
        "public_key": person.public_key.hex(),
        "role": person.role.value,
        "person": person.name,
        "title": person.title,
    }
