"""Wrapping one 32-byte secret under another: HKDF-SHA256 for the key, AES-256-GCM for the wrapping."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32
NONCE_BYTES = 12
WRAPPED_BYTES = SECRET_BYTES + 16  # with GCM's tag


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrapped secret as it stands in the file: nonce and ciphertext, lower-case hex."""

    nonce: str
    ciphertext: str


def key_for(purpose: str, master: bytes, salt: str) -> bytes:
    """One of the independent keys that grow from a master secret."""
    info = f"sbd-slot-v1:{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=bytes.fromhex(salt), info=info).derive(master)


def wrap(key: bytes, secret: bytes, bound: bytes) -> Wrapped:
    """`bound` is authenticated too: change one byte of it and the secret cannot be unwrapped any more."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Wrapped(nonce.hex(), AESGCM(key).encrypt(nonce, secret, bound).hex())


def unwrap(key: bytes, wrapped: Wrapped, bound: bytes) -> bytes | None:
    """The secret, or None where the key or anything bound is not what it was."""
    try:
        return AESGCM(key).decrypt(bytes.fromhex(wrapped.nonce), bytes.fromhex(wrapped.ciphertext), bound)
    except InvalidTag:
        return None
