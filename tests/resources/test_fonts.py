"""The shipped fonts draw every Vietnamese letter, and their licences travel with them."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtGui import QRawFont

import resources

FONTS = sorted(resources.path("fonts").glob("*.ttf"))
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES) + "đ"


def test_the_alphabet_of_this_test_is_whole():
    assert len(set(SMALL)) == 12 * 6 + 1


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_a_font_draws_every_vietnamese_letter(qapp, file):
    font = QRawFont(str(file), 12)
    signs = SMALL + SMALL.upper() + "–“”…%≥≤×"
    assert [sign for sign in signs if not font.supportsCharacter(ord(sign))] == []


def test_the_families_that_documents_and_screens_name_are_there():
    assert [file.stem for file in FONTS] == [
        *("BeVietnamPro-Medium", "BeVietnamPro-Regular", "BeVietnamPro-SemiBold"),
        *("LiberationSerif-Bold", "LiberationSerif-BoldItalic", "LiberationSerif-Italic"),
        "LiberationSerif-Regular",
    ]


@pytest.mark.parametrize("family", ["BeVietnamPro", "LiberationSerif"])
def test_the_licence_of_a_font_lies_beside_it(family):
    text = resources.path(f"fonts/OFL-{family}.txt").read_text("utf-8")
    assert text.startswith(("Copyright", "Digitized data copyright"))
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
