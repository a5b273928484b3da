"""Text of the time before Unicode: recognised, shown, converted; Unicode never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.model.text import nfc
from forms.workbooks import legacy_text
from forms.workbooks.legacy_text import Encoding, converted, is_syllable, proposed, recognised, taken
from tests.plain_sheets import book, drawn

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = [nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
SMALL = [*VOWELS, *"bcdđghklmnpqrstvx"]
ALPHABET = [*SMALL, *(letter.upper() for letter in SMALL)]
IN_TCVN3 = [*SMALL, *"ABCDEGHIKLMNOPQRSTUVXYĂÂĐÊÔƠƯ"]
SYLLABLES = st.builds(
    lambda onset, rhyme: onset + rhyme,
    st.sampled_from(["", "b", "ch", "đ", "gi", "h", "kh", "ngh", "nh", "ph", "qu", "th", "tr", "v"]),
    st.sampled_from(
        ["à", "án", "ỏi", "ình", "ượng", "ữ", "ền", "ộc", "ẻ", "ày", "iết", "ơn", "ũng", "ê", "ách", "yến"]
    ),
)


def encoder(encoding: Encoding) -> dict[str, str]:
    """Letter → how the old fonts were typed; the reverse of the table, same case for a letter and its mark."""
    table = legacy_text._TABLES[encoding]
    return {meant: written for written, meant in table.items() if written in (written.lower(), written.upper())}


def encoded(text: str, encoding: Encoding) -> str:
    table = encoder(encoding)
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("before", "encoding", "after"),
    [
        ("ñy ban nh©n d©n x·", Encoding.TCVN3, "ủy ban nhân dân xã"),
        ("§éc lËp - Tù do - H¹nh phóc", Encoding.TCVN3, "Độc lập - Tự do - Hạnh phúc"),
        ("Sè ng\xadêi", Encoding.TCVN3, "Số người"),
        ("N÷", Encoding.TCVN3, "Nữ"),
        ("UÛY BAN NHAÂN DAÂN", Encoding.VNI, "ỦY BAN NHÂN DÂN"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Encoding.VNI, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Soá ngöôøi", Encoding.VNI, "Số người"),
    ],
)
def test_old_text_is_recognised_and_read(before, encoding, after):
    guess = recognised(before)
    assert guess is not None
    assert (guess.encoding, guess.text) == (encoding, after)
    assert guess.confidence >= legacy_text.LEAST


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân",
        "dân",
        "bà là xã",
        "có",
        "Hoà",
        "ABC 123",
        "",
        "10 m²",
        "café",
        "société",
        "2 × 3",
        "№ 5 – “x”",
        "Ðà Nẵng",
    ],
)
def test_unicode_and_other_tongues_are_left_alone(text):
    assert recognised(text) is None


@given(st.text(st.sampled_from([*ALPHABET, *" -1"]), max_size=40))
def test_vni_holds_the_whole_alphabet_in_both_cases(text):
    assert converted(encoded(text, Encoding.VNI), Encoding.VNI) == text


@given(st.text(st.sampled_from([*IN_TCVN3, *" -1"]), max_size=40))
def test_tcvn3_holds_small_letters_and_the_capitals_without_a_tone(text):
    assert converted(encoded(text, Encoding.TCVN3), Encoding.TCVN3) == text


@given(st.lists(SYLLABLES, min_size=1, max_size=12).map(" ".join))
def test_proper_unicode_is_never_converted(text):
    assert recognised(text) is None
    assert proposed(book(drawn(f"| {text} |"))) == ()


@given(st.lists(SYLLABLES, min_size=3, max_size=12), st.sampled_from(Encoding))
def test_words_in_an_old_encoding_come_back(words, encoding):
    text = " ".join(words)
    guess = recognised(encoded(text, encoding))
    assert guess is None or guess.text == text or guess.encoding is not encoding


@pytest.mark.parametrize("word", ["nghĩa", "Việt", "cật", "khuyên", "ươm"])
def test_a_syllable(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["càt", "sộrt", "ấá", "", "strong"])
def test_no_syllable(word):
    assert not is_syllable(word)


def test_one_encoding_for_a_workbook_and_what_reads_both_ways_is_only_shown():
    """
    | Sè ng\xadêi | 12 |
    | H¹nh phóc   | cã |
    """
    sheets = book(drawn(test_one_encoding_for_a_workbook_and_what_reads_both_ways_is_only_shown.__doc__))
    found = {one.before: (one.after, one.doubtful) for one in proposed(sheets)}
    assert found == {"Sè ng\xadêi": ("Số người", False), "H¹nh phóc": ("Hạnh phúc", False), "cã": ("có", True)}
    cells = taken(sheets, proposed(sheets)).sheets[0].cells
    assert [cell.text for cell in cells.values()] == ["Số người", "12", "Hạnh phúc", "cã"]
