"""The table of printable letters is that of the embedded typeface, and what is offered for the others is printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFile

import resources
from exports.fonts import MISSING, drawable
from forms.checks.letters import RANGES, like, printed, unprinted

CUTS = sorted(resources.path("fonts").glob("LiberationSerif-*.ttf"))


def test_the_table_is_what_all_four_cuts_have() -> None:
    """Made anew: `34-37` for four letters in a row."""
    have = sorted(set.intersection(*(set(TTFontFile(str(file)).charToGlyph) for file in CUTS)))
    runs: list[list[int]] = []
    for code in have:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    assert len(CUTS) == 4
    assert RANGES.split() == [f"{a:x}-{b:x}" if a != b else f"{a:x}" for a, b in runs]


@pytest.mark.parametrize(
    ("letter", "offered"),
    [
        ("\u2011", "-"),
        ("☐", "[ ]"),
        ("☑", "[x]"),
        ("✓", "√"),
        ("★", "*"),
        ("①", "(1)"),
        ("⑳", "(20)"),
        ("❿", "(10)"),
        ("⑴", "(1)"),
        ("⒈", "(1)"),
        ("℃", "°C"),
        ("⇒", "→"),
        ("：", ":"),
        ("１", "1"),
        ("ａ", "a"),
        ("㎡", "m2"),
        ("😀", ""),
        ("中", ""),
    ],
)
def test_a_like_letter_is_offered_that_is_printed(letter: str, offered: str) -> None:
    assert unprinted(f"a{letter}b{letter}") == (letter,)
    assert like(letter) == offered
    assert MISSING not in drawable(offered)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"))))
def test_what_is_said_to_be_unprinted_is_what_becomes_a_box(text: str) -> None:
    shown = drawable(text.replace(MISSING, " "))
    assert bool(unprinted(text)) == (MISSING in shown)
    left = unprinted(printed(text))
    assert all(like(letter) == "" for letter in left)


def test_vietnamese_is_printed_whole() -> None:
    alphabet = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ăâđêôơưĂÂĐÊÔƠƯðÐƉ–—“”…%≥≤×€₫½§°\n"
    assert unprinted(alphabet) == ()
    assert unicodedata.is_normalized("NFC", alphabet)
