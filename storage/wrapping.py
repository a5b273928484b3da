"""Keys and secrets: from a password or a printed code to a key, one secret wrapped under another, and a person's signer.

Argon2id makes a key of a password; HKDF-SHA256 and AES-256-GCM wrap 32 bytes under it. A sealing key lives in memory
only; at rest it is wrapped in slots.json.

The recovery code is printed once and kept in the safe: 128 random bits a person can read and type, 28 symbols in seven
groups: 26 of data in base 32 without I, L, O, U, then two check symbols. The check is the value modulo 1021, a prime
just below 32 squared, so any single wrong symbol and any two neighbours exchanged are caught.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from forms.errors import StorageError
from forms.model.fingerprint import key_id
from forms.model.office import Person, PersonRole

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


CODE_BYTES = 16
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_DATA_SYMBOLS, _CHECK_SYMBOLS, _GROUP = 26, 2, 4
_MODULUS = 1021


def new_secret() -> bytes:
    """16 bytes from the operating system."""
    return secrets.token_bytes(CODE_BYTES)


def printed(secret: bytes) -> str:
    """The code for `secret`, as printed: `7M2K-…-9QX4`."""
    value = int.from_bytes(secret, "big")
    symbols = _in_base_32(value, _DATA_SYMBOLS) + _in_base_32(value % _MODULUS, _CHECK_SYMBOLS)
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))


def typed(code: str) -> bytes:
    """The secret behind a typed code; blanks, hyphens, case and the letters O, I, L are forgiven.

    Raises StorageError RECOVERY_MISTYPED when the check symbols do not fit.
    """
    symbols = "".join(code.upper().replace("-", "").split()).translate(_LOOKALIKES)
    if len(symbols) == _DATA_SYMBOLS + _CHECK_SYMBOLS and all(symbol in _SYMBOLS for symbol in symbols):
        value = _from_base_32(symbols[:_DATA_SYMBOLS])
        if value >> (8 * CODE_BYTES) == 0 and value % _MODULUS == _from_base_32(symbols[_DATA_SYMBOLS:]):
            return value.to_bytes(CODE_BYTES, "big")
    raise StorageError(
        "RECOVERY_MISTYPED",
        "Mã khôi phục gõ chưa đúng: mã gồm 28 ký tự chia bảy nhóm. Hãy đối chiếu từng nhóm với tờ giấy đã in.",
    )


def _in_base_32(value: int, length: int) -> str:
    return "".join(_SYMBOLS[value >> (5 * place) & 31] for place in reversed(range(length)))


def _from_base_32(symbols: str) -> int:
    value = 0
    for symbol in symbols:
        value = value * 32 + _SYMBOLS.index(symbol)
    return value
