from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import InputRefused
from forms.model.text import clean, collation_key, fold, nfc, quoted

SYLLABLES = ["hòa", "hoà", "Đức", "đức", "ế", "ỢỮ", "Ặ", "quý", "phú", "10", "2", "M'Đrắk", "-", "–", "’", " "]
vietnamese = st.lists(st.sampled_from(SYLLABLES), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Phú Xuân", "phu xuan"),
        ("PHÚ  XUÂN ", "phu xuan"),
        ("phu\txuan", "phu xuan"),
        (unicodedata.normalize("NFD", "Phường Đường Hoà"), "phuong duong hoa"),
        ("\u00d0ông \u0189à ð ɖ", "dong da d d"),
        ("Hòa", "hoa"),
        ("Hoà", "hoa"),
        ("Ea H’leo", "ea h'leo"),
        ("Chân Mây – Lăng Cô", "chan may - lang co"),
        ("Straße", "strasse"),
        ("phú\u200bxuân", "phuxuan"),
        ("", ""),
    ],
)
def test_a_search_sees_no_marks_no_case_and_one_kind_of_each_sign(typed: str, folded: str):
    assert fold(typed) == folded


@given(st.text() | vietnamese)
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text() | vietnamese)
def test_composed_and_decomposed_letters_are_the_same_word(text: str):
    decomposed = unicodedata.normalize("NFD", text)
    composed = unicodedata.normalize("NFC", text)
    assert fold(decomposed) == fold(composed)
    assert collation_key(decomposed) == collation_key(composed)


@pytest.mark.parametrize(
    "in_order",
    [
        "An|Ăn|Ân|Da|Dương|Đa|Đức|Em|Ê|Ô|Ơ|U|Ư",
        "Dương|\u00d0a|Đức|\u0189ỹ|Em",
        "ma|mà|mả|mã|má|mạ|man|mạn",
        "Xã A Lưới 1|Xã A Lưới 2|Xã A Lưới 10",
        "Phường 9|Phường 10|Phường 11",
        "A Lưới|An Cựu",  # a space stands before every letter
        "ba|Ba|bà|Bà",
        "Hoà|Hòa",  # the same to the ear, yet a list always shows them in one order
    ],
)
def test_a_list_is_in_vietnamese_order(in_order: str):
    keys = [collation_key(name) for name in in_order.split("|")]
    assert all(first < second for first, second in pairwise(keys))


@given(st.lists(st.text(max_size=6) | vietnamese, max_size=6))
def test_the_order_is_total_and_only_equal_text_is_equal(texts: list[str]):
    for first, second in pairwise(sorted(texts, key=collation_key)):
        assert collation_key(first) <= collation_key(second)
        assert (collation_key(first) == collation_key(second)) == (nfc(first) == nfc(second))


def test_a_very_long_number_is_sorted_and_not_read():
    nines = "9" * 5000
    assert collation_key(nines) < collation_key("1" + "0" * 5000)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Tin về bình đẳng giới ", "Tin về bình đẳng giới"),
        ("Hu\u0065\u0302\u0301", "Huế"),
        ("từ\u00a0Word", "từ Word"),
        ("a < b & c", "a < b & c"),
        ("", ""),
    ],
)
def test_text_is_stored_composed_and_trimmed(typed: str, stored: str):
    assert clean(typed, limit=50) == stored


def test_a_long_text_keeps_its_lines():
    assert clean("Một\r\n\r\nHai\n", limit=50, multiline=True) == "Một\n\nHai"


@pytest.mark.parametrize(
    "hidden",
    ["\n", "\r", "\t", "\0", "\x1b", "\u200b", "\u202e", "\u00ad", "\ufeff", "\ud800", "\ue000", "\uffff", "\u2028"],
)
def test_hidden_characters_are_refused_with_their_place(hidden: str):
    with pytest.raises(InputRefused) as caught:
        clean(f"tin{hidden}bài", limit=50, where="title")
    assert (caught.value.code, caught.value.where) == ("TEXT_CHARACTER", "title")
    assert "vị trí 4" in caught.value.message


@pytest.mark.parametrize("hidden", ["\r", "\t", "\u200b"])
def test_a_long_text_may_hold_line_breaks_and_nothing_else(hidden: str):
    with pytest.raises(InputRefused) as caught:
        clean(f"tin{hidden}bài", limit=50, multiline=True)
    assert caught.value.code == "TEXT_CHARACTER"


def test_text_one_over_the_limit_is_refused():
    assert clean("ế" * 20, limit=20) == "ế" * 20
    with pytest.raises(InputRefused) as caught:
        clean("ế" * 21, limit=20)
    assert caught.value.code == "TEXT_TOO_LONG"


def test_a_letter_buried_under_marks_is_refused():
    with pytest.raises(InputRefused) as caught:
        clean("a" + "\u0336" * 3, limit=50)
    assert caught.value.code == "TEXT_MARKS"


@given(st.text(max_size=60))
def test_what_is_taken_can_be_taken_again_unchanged(text: str):
    try:
        stored = clean(text, limit=60, multiline=True)
    except InputRefused:
        return
    assert clean(stored, limit=60, multiline=True) == stored == nfc(stored)


@given(st.text())
def test_foreign_text_in_a_message_is_one_short_visible_line(text: str):
    shown = quoted(text, 10)
    assert len(shown) <= 13
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in shown)
