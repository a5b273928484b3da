"""A person's sealing key while it is unlocked. It lives in memory only; at rest it is wrapped in slots.json."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from forms.keys import key_id
from forms.office import Person, PersonRole


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
