"""From a password to a key: what one guess costs, and how a password is read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from forms.errors import StorageError

MAX_PASSWORD = 1024
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Kdf:
    """Cost of Argon2id: memory in KiB, passes, lanes. The default takes about 240 ms on a 2020s office PC.

    Raises ValueError outside 19–256 MiB, 1–10 passes, 1–4 lanes: below is too cheap for an attacker, above a
    hostile slots.json could eat the memory of the machine.
    """

    memory_kib: int = 64 * _MIB
    passes: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        bounds = ((self.memory_kib, 19 * _MIB, 256 * _MIB), (self.passes, 1, 10), (self.lanes, 1, 4))
        for value, least, most in bounds:
            if type(value) is not int or not least <= value <= most:
                raise ValueError(f"Argon2id cost out of bounds: {self!r}")
        if self.memory_kib < 32 * _MIB and self.passes < 2:
            raise ValueError(f"Argon2id cost too low: {self!r}")

    def derive(self, password: bytes, salt: bytes) -> bytes:
        """32 bytes; may raise MemoryError on a small machine."""
        return Argon2id(
            salt=salt, length=32, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory_kib
        ).derive(password)


LIGHT = Kdf(memory_kib=19 * _MIB, passes=2, lanes=1)
"""The least that is accepted (about 25 ms): for practice ledgers and tests."""


def read_password(password: str) -> bytes:
    """The password as bytes: NFC, because two Vietnamese input methods type the same letters differently.

    Raises PASSWORD_UNFIT for control characters, nothing at all or a page of text. How long a password ought to be
    is the founding service's rule.
    """
    text = unicodedata.normalize("NFC", password)
    odd = any(unicodedata.category(letter) in ("Cc", "Cs", "Cn") for letter in text)
    if odd or not 0 < len(text) <= MAX_PASSWORD:
        message = "Mật khẩu để trống, quá dài hoặc có ký tự điều khiển. Hãy gõ lại mật khẩu."
        raise StorageError("PASSWORD_UNFIT", message)
    return text.encode()
