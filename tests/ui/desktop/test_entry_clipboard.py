"""Blocks on the clipboard, as Excel and LibreOffice write them and as we do."""

from __future__ import annotations

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from ui.desktop.entry.paste import parse, write

CELLS = st.text(
    st.one_of(
        st.sampled_from('"\t\n \u00a0,.;-x0123456789'),
        st.characters(exclude_categories=["Cs"], exclude_characters="\r"),
    )
)
BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4"))),  # Excel
        ("1\t2\n3\t4", (("1", "2"), ("3", "4"))),  # LibreOffice: no line end at the end
        ("7", (("7",),)),
        ("", (("",),)),
        ("\t\r\n", (("", ""),)),
        ("1\r\n\r\n3\r\n", (("1",), ("",), ("3",))),
        ('"hai\ndòng"\t2\r\n', (("hai\ndòng", "2"),)),
        ('"có ""dấu"" trong"\n', (('có "dấu" trong',),)),
        ('ống 5" inox\t2\n', (('ống 5" inox', "2"),)),
        ('"mở không đóng\t2\n', (('"mở không đóng', "2"),)),
        ('"a"b\t2\n', (('"a"b', "2"),)),
        ("1\u00a0234\n", (("1\u00a0234",),)),
    ],
)
def test_what_spreadsheets_write_is_read(text, block):
    assert parse(text) == block


@drawn(BLOCKS)
def test_what_we_write_is_read_back_to_the_letter(block):
    assert parse(write(block)) == tuple(map(tuple, block))


@drawn(st.text())
def test_any_text_is_some_block_and_loses_nothing_but_line_ends(text):
    block = parse(text)
    assert all(isinstance(cell, str) for row in block for cell in row)
    assert write(parse(write(block))) == write(block)
