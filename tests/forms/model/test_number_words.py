"""Numbers in words: as a report writes them behind the digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies

from forms.model.number import LARGEST, counted, read_words, spelled, words


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_250, "một nghìn hai trăm năm mươi"),
        (20_031, "hai mươi nghìn không trăm ba mươi mốt"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (2_000_000_000, "hai tỷ"),
        (3_000_000_004, "ba tỷ không trăm linh bốn"),
        (1_000_000_000_000, "một nghìn tỷ"),
    ],
)
def test_a_number_is_said_as_people_say_it(number, said):
    assert words(number) == said
    assert read_words(said) == number


@given(strategies.integers(0, LARGEST))
def test_every_number_is_read_back_from_its_words(number):
    assert read_words(words(number)) == number


@given(strategies.lists(strategies.sampled_from(["một", "hai", "năm", "mười", "mươi", "trăm", "linh", "nghìn", "tỷ"])))
def test_words_that_are_no_number_are_not_read_as_one(said):
    found = read_words(" ".join(said))
    assert found is None or read_words(words(found)) == found


@pytest.mark.parametrize(
    ("said", "number"), [("hai mươi bốn", 24), ("một ngàn", 1000), ("một trăm lẻ một", 101), ("Sáu", 6)]
)
def test_the_usual_variants_are_read(said, number):
    assert read_words(said) == number


@pytest.mark.parametrize("said", ["", "tin", "hai ba", "mươi", "một trăm năm", "linh năm", "năm 2025"])
def test_what_is_no_number_is_none(said):
    assert read_words(said) is None


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_has_no_words_is_refused(number):
    with pytest.raises(ValueError, match="no words"):
        words(number)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0"),
        (6, "06 (sáu)"),
        (12, "12 (mười hai)"),
        (1250, "1.250 (một nghìn hai trăm năm mươi)"),
        (Decimal("2.5"), "2,5"),
    ],
)
def test_digits_and_words(amount, text):
    assert spelled(amount) == text


def test_below_ten_a_zero_leads():
    assert [counted(number) for number in (0, 4, 10)] == ["0", "04", "10"]
