"""Secrets wrapped under a key, and the signer whose private key they hold.

Wrapping one 32-byte secret under another: HKDF-SHA256 for the key, AES-256-GCM for the wrapping.

A person's sealing key while it is unlocked. It lives in memory only; at rest it is wrapped in slots.json.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from forms.model.key_id import key_id
from forms.model.office import Person, PersonRole

SECRET_BYTES = 32
NONCE_BYTES = 12
WRAPPED_BYTES = SECRET_BYTES + 16  # with GCM's tag


@dataclass(frozen=True, slots=True)
class WrappedSecret:
    """A wrapped secret as it stands in the file: nonce and ciphertext, lower-case hex."""

    nonce: str
    ciphertext: str


def key_for(purpose: str, master: bytes, salt: str) -> bytes:
    """One of the independent keys that grow from a master secret."""
    info = f"sbd-slot-v1:{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=bytes.fromhex(salt), info=info).derive(master)


def wrap(key: bytes, secret: bytes, bound: bytes) -> WrappedSecret:
    """`bound` is authenticated too: change one byte of it and the secret cannot be unwrapped any more."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return WrappedSecret(nonce.hex(), AESGCM(key).encrypt(nonce, secret, bound).hex())


def unwrap(key: bytes, wrapped: WrappedSecret, bound: bytes) -> bytes | None:
    """The secret, or None where the key or anything bound is not what it was."""
    try:
        return AESGCM(key).decrypt(bytes.fromhex(wrapped.nonce), bytes.fromhex(wrapped.ciphertext), bound)
    except InvalidTag:
        return None


class LocalSigner:
    """Seals bytes for one person (Ed25519). The seed is kept only to wrap it again under a new password."""

    __slots__ = ("_key", "person", "seed")

    def __init__(self, seed: bytes, name: str, title: str, role: PersonRole) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.seed = seed
        public_key = self._key.public_key().public_bytes_raw()
        self.person = Person(key_id(public_key), public_key, name, title, role)

    def sign(self, data: bytes) -> bytes:
        """64 bytes over exactly these bytes."""
        return self._key.sign(data)


def new_seed() -> bytes:
    """A private key (32 bytes) from the operating system's randomness."""
    return Ed25519PrivateKey.generate().private_bytes_raw()
