"""The package (gói .bdg): sealed bytes that travel. `docs/package-format.md` fixes every byte."""

from __future__ import annotations

from exports.package.codec import PackageCodec
from exports.package.enrolment import read_enrolment, write_enrolment
from exports.package.manifest import (
    ENROLMENT,
    REPORT,
    SUPPLY,
    FileRef,
    Manifest,
    SignerRef,
    Statement,
    UnitRef,
    kind_of,
)
from exports.package.payload import from_payload, to_payload
from exports.package.reader import Attachment, Package, finish, mark_of, prepare, read, write
from exports.package.seal import Mark, check_public_key, digits

__all__ = [
    "ENROLMENT",
    "REPORT",
    "SUPPLY",
    "Attachment",
    "FileRef",
    "Manifest",
    "Mark",
    "Package",
    "PackageCodec",
    "SignerRef",
    "Statement",
    "UnitRef",
    "check_public_key",
    "digits",
    "finish",
    "from_payload",
    "kind_of",
    "mark_of",
    "prepare",
    "read",
    "read_enrolment",
    "to_payload",
    "write",
    "write_enrolment",
]
