"""The gate between what people typed and the libraries that make files."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from exports.escape import LONGEST_RUN, markup, plain


def test_nothing_that_is_typed_becomes_markup():
    assert markup("<img src='/etc/passwd'/> a < b & c") == "&lt;img src='/etc/passwd'/&gt; a &lt; b &amp; c"


def test_text_in_two_pieces_per_letter_is_put_together():
    assert plain(unicodedata.normalize("NFD", "Thủy Xuân")) == "Thủy Xuân"


def test_control_and_direction_marks_vanish_and_breaks_become_blanks():
    assert plain("Xã\x00 \u202eA\u200b Lưới\r\n4\t5") == "Xã A Lưới 4 5"


@given(st.text())
def test_what_is_drawn_is_always_nfc_and_drawable(text: str):
    drawn = plain(text)
    assert drawn == unicodedata.normalize("NFC", drawn)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") for char in drawn)


@given(st.text(alphabet="aă&<", min_size=1, max_size=900))
def test_no_run_is_longer_than_the_paragraph_can_take(text: str):
    runs = markup(text).replace("&amp;", "&").replace("&lt;", "<").split(" ")
    assert max(len(run) for run in runs) <= LONGEST_RUN
    assert "".join(runs) == text
