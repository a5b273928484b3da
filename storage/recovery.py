"""The recovery code that is printed once and kept in the safe: 128 random bits a person can read and type.

28 symbols in seven groups: 26 of data in base 32 without I, L, O, U, then two check symbols. The check is the value
modulo 1021, a prime just below 32 squared, so any single wrong symbol and any two neighbours exchanged are caught.
"""

from __future__ import annotations

import secrets

from forms.errors import StorageError

SECRET_BYTES = 16
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_DATA_SYMBOLS, _CHECK_SYMBOLS, _GROUP = 26, 2, 4
_MODULUS = 1021


def new_secret() -> bytes:
    """16 bytes from the operating system."""
    return secrets.token_bytes(SECRET_BYTES)


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
        if value >> (8 * SECRET_BYTES) == 0 and value % _MODULUS == _from_base_32(symbols[_DATA_SYMBOLS:]):
            return value.to_bytes(SECRET_BYTES, "big")
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
