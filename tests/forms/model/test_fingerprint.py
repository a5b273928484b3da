"""Thirty digits: printed in six groups, typed with whatever between them, one slip away from what is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import InputRefused
from forms.model import fingerprint

SEAL = "23643 67232 88950 85404 13833 95157"
BARE = SEAL.replace(" ", "")
PLAIN = st.text("0123456789", min_size=30, max_size=30)


def test_the_digest_of_the_golden_package():
    assert fingerprint.of_digest("15a6050bde88b3c8ffd01f0964d8244bb6a961afe5ab87cb434247e71c46df55") == SEAL


@pytest.mark.parametrize(
    "typed",
    [
        SEAL,
        BARE,
        fingerprint.qr_text(SEAL),
        f"Mã niêm phong: {SEAL}",
        SEAL.replace(" ", "."),
        SEAL.replace(" ", "-\n"),
        f"sbd1:{BARE}",
    ],
)
def test_what_stands_between_the_digits_does_not_matter(typed: str):
    assert fingerprint.read(typed) == BARE


@pytest.mark.parametrize("typed", ["", "12345", BARE + "12", BARE[:-2], BARE[:-1] + "l", "٣" * 30, "1" * 100_000])
def test_what_is_no_seal_is_refused(typed: str):
    with pytest.raises(InputRefused) as refusal:
        fingerprint.read(typed)
    assert refusal.value.code == "PAPER_DIGITS"


@given(PLAIN, st.integers(0, 29), st.sampled_from("0123456789"))
def test_one_slip_is_near(plain: str, at: int, other: str):
    """Wrong, missing, too many, or two neighbours swapped."""
    slips = {
        plain[:at] + other + plain[at + 1 :],
        plain[:at] + plain[at + 1 :],
        plain[:at] + other + plain[at:],
        plain[:at] + plain[at : at + 2][::-1] + plain[at + 2 :],
    }
    assert all(fingerprint.is_near(slip, plain) for slip in slips if slip != plain)
    assert not fingerprint.is_near(plain, plain)


@given(PLAIN, st.integers(0, 14), st.integers(16, 29))
def test_two_wrong_digits_are_another_seal(plain: str, first: int, second: int):
    wrong = list(plain)
    for at in (first, second):
        wrong[at] = str((int(wrong[at]) + 1) % 10)
    assert not fingerprint.is_near("".join(wrong), plain)
