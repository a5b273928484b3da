"""What identifies a seal or a key to people and machines: thirty digits of a digest, and the id of a public key."""

from __future__ import annotations

import hashlib
import re

from forms.errors import InputRefused

COUNT, GROUP = 30, 5
QR_PREFIX = "SBD1:"  # letters, digits and a colon: the dense alphabet of a QR code
_ENDLESS = 10**COUNT
_SEPARATORS = re.compile(r"[\s.,;:_–—-]+")
_SPOKEN = re.compile("mã niêm phong|sbd1", re.IGNORECASE)


def of_digest(digest: str) -> str:
    """A hex SHA-256 as thirty digits in six groups (99,6 bits)."""
    return grouped(f"{int(digest, 16) % _ENDLESS:030d}")


def grouped(plain: str) -> str:
    """Thirty digits in groups of five."""
    return " ".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))


def bare(digits: str) -> str:
    """Without the gaps."""
    return digits.replace(" ", "")


def qr_text(digits: str) -> str:
    """What the QR code on paper holds: "SBD1:" and the thirty digits."""
    return QR_PREFIX + bare(digits)


def read(text: str) -> str:
    """What was typed or scanned, as bare digits: blanks, points and hyphens between them do not matter.

    One digit too many or too few is let through: it may be a slip that `is_near` explains.
    Raises InputRefused PAPER_DIGITS.
    """
    found = _SEPARATORS.sub("", _SPOKEN.sub("", text[:500]))
    if not (found.isascii() and found.isdigit()):
        raise _refusal("có ký tự không phải chữ số")
    if not COUNT - 1 <= len(found) <= COUNT + 1:
        raise _refusal(f"gõ vào {len(found)} chữ số")
    return found


def is_near(typed: str, known: str) -> bool:
    """Whether one slip leads from one to the other: a digit wrong, missing or too many, or two neighbours swapped."""
    if typed == known:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), min(len(typed), len(known))
    )
    left, right = typed[start:], known[start:]
    if len(left) != len(right):
        return left[1:] == right if len(left) > len(right) else left == right[1:]
    return right in (right[0] + left[1:], left[1::-1] + left[2:])


def _refusal(problem: str) -> InputRefused:
    message = f"Mã niêm phong trên giấy có 30 chữ số, sáu nhóm năm; {problem}. Gõ lại, hoặc quét mã vuông ở chân trang."
    return InputRefused("PAPER_DIGITS", message, "paper")


_PREFIX = b"sbd-key-v1"


def key_id(public_key: bytes) -> str:
    """32 hex digits that name a 32-byte Ed25519 public key."""
    return hashlib.sha256(_PREFIX + public_key).hexdigest()[:32]
