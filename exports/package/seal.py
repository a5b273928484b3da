"""Seals (niêm phong): Ed25519 over the DSSE pre-authentication encoding of the statement's exact bytes.

A seal shows origin and integrity inside this system; it is not the legal signature. The kind of statement is
part of the signed bytes, so an enrolment can never pass for a report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from exports.package.refusals import refused
from forms.model.fingerprint import of_digest

MAX_SEALS = 8
_FIELD = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_EIGHTH = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = frozenset({0, 1, _FIELD - 1, _EIGHTH, _FIELD - _EIGHTH})
_KEYID = re.compile("[0-9a-f]{32}")
_SIGNATURE = re.compile("[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One seal as it travels: whose key it claims, and 64 bytes."""

    keyid: str
    signature: bytes


def signed_bytes(kind: str, statement: bytes) -> bytes:
    """DSSE PAE: what is sealed. Lengths are counted in bytes."""
    name = kind.encode("ascii")
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(statement), statement)


def digits(digest: bytes) -> str:
    """A SHA-256 digest as 30 digits in six groups (99,6 bits), to be read aloud, printed and typed."""
    return of_digest(digest.hex())


def check_public_key(public_key: bytes) -> None:
    """Raises KEY_WEAK for keys under which forgeries verify (small order) or which have two spellings."""
    height = int.from_bytes(public_key, "little") & (2**255 - 1)
    if len(public_key) != 32 or height >= _FIELD or height in _SMALL_ORDER:
        raise refused("KEY_WEAK")


def check_seal(mark: Mark, public_key: bytes, signed: bytes) -> None:
    """Raises SEAL_WRONG unless the mark is this key's one good signature over the signed bytes."""
    check_public_key(public_key)
    try:
        if int.from_bytes(mark.signature[32:], "little") >= _ORDER:
            raise refused("SEAL_WRONG", mark.keyid)
        Ed25519PublicKey.from_public_bytes(public_key).verify(mark.signature, signed)
    except (InvalidSignature, ValueError) as error:
        raise refused("SEAL_WRONG", mark.keyid) from error


def read_marks(value: object) -> tuple[Mark, ...]:
    """The parsed `signatures.json`: one to eight marks, sorted by keyid, each key once. Raises SEAL_FORM."""
    if type(value) is not list or not 1 <= len(value) <= MAX_SEALS or not all(map(_is_mark, value)):
        raise refused("SEAL_FORM")
    keyids = [mark["keyid"] for mark in value]
    if keyids != sorted(set(keyids)):
        raise refused("SEAL_FORM")
    return tuple(Mark(mark["keyid"], bytes.fromhex(mark["sig"])) for mark in value)


def write_marks(marks: tuple[Mark, ...]) -> list[dict[str, str]]:
    """What `read_marks` reads, in its one order."""
    return [{"keyid": mark.keyid, "sig": mark.signature.hex()} for mark in sorted(marks, key=lambda mark: mark.keyid)]


def _is_mark(value: object) -> bool:
    return (
        type(value) is dict
        and value.keys() == {"keyid", "sig"}
        and type(value["keyid"]) is str
        and type(value["sig"]) is str
        and bool(_KEYID.fullmatch(value["keyid"]))
        and bool(_SIGNATURE.fullmatch(value["sig"]))
    )
