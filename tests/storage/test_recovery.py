"""The printed recovery code: read by people, typed by people, wrong in no quiet way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import StorageError
from storage import wrapping

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.binary(min_size=16, max_size=16)


def is_refused(code: str) -> bool:
    try:
        wrapping.typed(code)
    except StorageError as error:
        return error.code == "RECOVERY_MISTYPED"
    return False


def test_a_code_is_seven_groups_of_four():
    assert wrapping.printed(bytes(16)) == "0000-0000-0000-0000-0000-0000-0000"
    assert wrapping.printed(b"\xff" * 16)[:9] == "7ZZZ-ZZZZ"


@given(secrets)
def test_what_is_printed_is_read_back(secret):
    assert wrapping.typed(wrapping.printed(secret)) == secret


@given(secrets)
def test_blanks_case_and_lookalike_letters_are_forgiven(secret):
    sloppy = wrapping.printed(secret).lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert wrapping.typed(sloppy) == secret


@given(secrets, st.integers(0, 27), st.sampled_from(SYMBOLS))
def test_any_one_wrong_symbol_is_caught(secret, place, symbol):
    code = wrapping.printed(secret).replace("-", "")
    wrong = code[:place] + symbol + code[place + 1 :]
    assert wrong == code or is_refused(wrong)


@given(secrets, st.integers(0, 26))
def test_any_two_neighbours_exchanged_are_caught(secret, place):
    code = wrapping.printed(secret).replace("-", "")
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert wrong == code or is_refused(wrong)


@pytest.mark.parametrize("code", ["", "0000", "U" * 28, "0" * 27, "0" * 29, "Z" * 28, "٠" * 28])
def test_what_is_no_code_is_refused(code):
    assert is_refused(code)


def test_each_secret_is_new():
    assert len({wrapping.new_secret() for _ in range(100)}) == 100
