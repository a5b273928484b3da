"""How a sealing key is named everywhere: in slots, registers, packages."""

from __future__ import annotations

import hashlib

_PREFIX = b"sbd-key-v1"


def key_id(public_key: bytes) -> str:
    """32 hex digits that name a 32-byte Ed25519 public key."""
    return hashlib.sha256(_PREFIX + public_key).hexdigest()[:32]
