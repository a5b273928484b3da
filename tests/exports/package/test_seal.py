from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from exports.package.seal import Mark, check_public_key, check_seal, digits, signed_bytes
from forms.errors import PackageRefused
from tests.exports.package.parts import CLERK

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


def small_points() -> list[tuple[int, int]]:
    """The eight points whose eightfold is nothing, walked from one of order eight found on the curve itself."""
    y = next(y for y in range(2, 60) if _order_eight(y))
    start = _times(_point(y), _L)
    points = [start]
    while points[-1] != (0, 1):
        points.append(_add(points[-1], start))
    return points


def test_there_are_eight_small_points_and_each_is_refused() -> None:
    points = small_points()
    assert len(points) == 8
    for x, y in points:
        for height in {y, y + P} if y + P < 2**255 else {y}:
            for sign in (x & 1, 1 - (x & 1)):
                with pytest.raises(PackageRefused, match="an toàn"):
                    check_public_key((height | sign << 255).to_bytes(32, "little"))


def test_without_that_check_anybody_could_sign() -> None:
    """The library takes an all-zero seal of any text under the key 01 00 … 00: what the refusal is for."""
    nobody, forged = (1).to_bytes(32, "little"), (1).to_bytes(32, "little") + bytes(32)
    Ed25519PublicKey.from_public_bytes(nobody).verify(forged, b"any text at all")
    with pytest.raises(PackageRefused):
        check_seal(Mark("00" * 16, forged), nobody, b"any text at all")


def test_honest_keys_pass() -> None:
    for _ in range(20):
        check_public_key(Ed25519PrivateKey.generate().public_key().public_bytes_raw())


@pytest.mark.parametrize("key", [b"", b"\1" * 31, b"\1" * 33])
def test_a_key_of_another_length_is_refused(key: bytes) -> None:
    with pytest.raises(PackageRefused):
        check_public_key(key)


@given(st.binary(max_size=60), st.integers(0, 511))
def test_no_bit_of_a_seal_may_change(message: bytes, bit: int) -> None:
    good = CLERK.sign(message)
    check_seal(Mark(CLERK.keyid, good), CLERK.person.public_key, message)
    bad = bytearray(good)
    bad[bit // 8] ^= 1 << bit % 8
    with pytest.raises(PackageRefused):
        check_seal(Mark(CLERK.keyid, bytes(bad)), CLERK.person.public_key, message)


def test_the_sealed_bytes_count_bytes_not_letters() -> None:
    assert signed_bytes("a/b", "đ".encode()) == b"DSSEv1 3 a/b 2 \xc4\x91"


def test_digits_are_six_groups_of_five() -> None:
    assert digits(bytes(31) + b"\x07") == "00000 00000 00000 00000 00000 00007"
    assert digits((10**30 + 12345).to_bytes(32, "big")) == "00000 00000 00000 00000 00000 12345"


_L = 2**252 + 27742317777372353535851937790883648493


def _point(y: int) -> tuple[int, int]:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square:
        raise ArithmeticError("not on the curve")
    return x, y


def _order_eight(y: int) -> bool:
    try:
        point = _times(_point(y), _L)
    except ArithmeticError:
        return False
    return _times(point, 4) != (0, 1)


def _times(point: tuple[int, int], factor: int) -> tuple[int, int]:
    total = (0, 1)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point, factor = _add(point, point), factor >> 1
    return total


def _add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    (a, b), (c, d) = one, other
    k = D * a * b * c * d % P
    return (a * d + b * c) * pow(1 + k, -1, P) % P, (b * d + a * c) * pow(1 - k, -1, P) % P
