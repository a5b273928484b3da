"""What the package tests are made of: fixed keys, a small commune, its report and the register of the office above."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.package.container import MIMETYPE, build, members_of
from exports.package.manifest import REPORT, Statement, UnitRef
from exports.package.reader import mark_of, write
from exports.package.seal import signed_bytes, write_marks
from exports.package.strict_json import dumps
from forms.model.fingerprint import key_id
from forms.model.office import EnrolledKey, Person, PersonRole

UNIT = UnitRef("19804", date(2025, 7, 1), "Phường Phú Xuân")
STATEMENT = Statement(
    package_id="0f" * 16,
    unit=UNIT,
    programme="nq28_hue",
    programme_version=1,
    programme_sha256="ab" * 32,
    form="news_quarter",
    form_version=1,
    period="2025-Q4",
    basis="calendar",
    revision=1,
    supersedes=None,
    seq=7,
    audit_head="cd" * 32,
    audit_count=41,
    created_claimed="2026-01-05T08:30:00+07:00",
    app_version="0.1.0",
    practice=False,
)
PAYLOAD = {
    "role": "reporting_unit",
    "as_of": "2025-12-31",
    "estimate": False,
    "cells": [
        {"cell": "airings", "state": "none", "note": ""},
        {"cell": "people_reached.female", "state": "given", "amount": "1250", "note": ""},
        {"cell": "people_reached.male", "state": "given", "amount": "1180.5", "note": "Theo sổ của Hội Phụ nữ"},
    ],
    "news": [
        {
            "id": "11" * 16,
            "date": "2025-10-20",
            "title": "Phụ nữ làm kinh tế giỏi",
            "kind": "feature",
            "channels": ["loudspeaker", "website"],
            "origin": "own",
            "language": "vi",
            "minutes": 5,
            "words": None,
            "airings": 2,
            "topic": "1",
            "author": "Trần Thị Hoa",
            "evidence": "Sổ phát thanh, trang 12",
            "counted": True,
            "reason": "",
        }
    ],
    "narratives": {"ii-1": "Quý IV, phường tổ chức 3 buổi nói chuyện.\nKết quả tốt."},
    "tasks": [],
    "nominations": [],
    "explanations": [{"check": "women_le_total", "reason": "Đã đối chiếu với sổ hộ khẩu."}],
    "changes": [],
}


@dataclass(frozen=True)
class FakeSigner:
    """A signer with a key made from a word, so that every run signs the same."""

    word: str
    role: PersonRole
    name: str = "Nguyễn Văn An"
    title: str = "Công chức"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha256(self.word.encode()).digest())

    @property
    def person(self) -> Person:
        public_key = self._key.public_key().public_bytes_raw()
        return Person(key_id(public_key), public_key, self.name, self.title, self.role)

    @property
    def keyid(self) -> str:
        return self.person.keyid

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


CLERK = FakeSigner("clerk", PersonRole.PREPARER)
HEAD = FakeSigner("head", PersonRole.HEAD, "Lê Thị Bình", "Chủ tịch UBND")
ALONE = FakeSigner("alone", PersonRole.SOLE, "Hồ Văn Độc", "Công chức")


class FakeRegister(dict[str, EnrolledKey]):
    """The keys that the office above has enrolled for phường Phú Xuân, by their ids."""

    def __init__(self, *signers: FakeSigner) -> None:
        super().__init__({signer.keyid: _enrolled(signer.person) for signer in signers})

    def change(self, signer: FakeSigner, **fields: object) -> FakeRegister:
        self[signer.keyid] = replace(self[signer.keyid], **fields)
        return self


def _enrolled(person: Person) -> EnrolledKey:
    return EnrolledKey(
        person.keyid,
        person.public_key,
        UNIT.key,
        UNIT.name,
        person.name,
        person.title,
        person.role,
        datetime(2025, 10, 1, 8, 0, tzinfo=UTC),
    )


def register() -> FakeRegister:
    return FakeRegister(CLERK, HEAD, ALONE)


def package(payload: object = PAYLOAD, signers: tuple[FakeSigner, ...] = (CLERK, HEAD), **fields: object) -> bytes:
    """A good package, with these fields of the statement changed."""
    return write(replace(STATEMENT, **fields), payload, signers)


def members(data: bytes) -> dict[str, bytes]:
    """The members of a good package."""
    return members_of(data)


def sealed(
    manifest: bytes,
    payload: bytes,
    signers: tuple[FakeSigner, ...] = (CLERK, HEAD),
    *,
    kind: str = REPORT.type,
    signatures: bytes = b"",
) -> bytes:
    """A package of any bytes at all, with seals that fit them: what only a hostile writer would make."""
    block = signatures or dumps(write_marks(tuple(mark_of(signer, signed_bytes(kind, manifest)) for signer in signers)))
    return build({"mimetype": MIMETYPE, "manifest.json": manifest, "payload.json": payload, "signatures.json": block})


def with_payload(payload: bytes) -> bytes:
    """A sealed package whose statement vouches for this payload, whatever it is; the summary is the good one's."""
    fields = manifest_fields()
    fields["files"] = {"payload.json": {"sha256": sha256(payload).hexdigest(), "size": len(payload)}}
    return sealed(dumps(fields), payload)


def with_manifest(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A sealed package whose statement was changed before sealing."""
    fields = manifest_fields()
    change(fields)
    return sealed(dumps(fields), members(package())["payload.json"])


def manifest_fields() -> dict[str, Any]:
    return json.loads(members(package())["manifest.json"])
