"""The gate between what people typed and the libraries that make files."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from exports.document import lines_of, plain


def test_what_looks_like_markup_stays_as_typed():
    assert plain("<img src='/etc/passwd'/> a < b & c") == "<img src='/etc/passwd'/> a < b & c"


def test_a_break_in_a_cell_is_kept_and_each_line_is_clean():
    assert lines_of("Xã\r\nA\tLưới") == ["Xã", "A Lưới"]


def test_text_in_two_pieces_per_letter_is_put_together():
    assert plain(unicodedata.normalize("NFD", "Thủy Xuân")) == "Thủy Xuân"


def test_control_and_direction_marks_vanish_and_breaks_become_blanks():
    assert plain("Xã\x00 \u202eA\u200b Lưới\r\n4\t5") == "Xã A Lưới 4 5"


@given(st.text())
def test_what_is_drawn_is_always_nfc_and_drawable(text: str):
    drawn = plain(text)
    assert drawn == unicodedata.normalize("NFC", drawn)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") for char in drawn)
