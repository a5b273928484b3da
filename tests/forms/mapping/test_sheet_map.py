"""A saved way to read a workbook: what it is kept as, and what it is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.answers import DayOrder
from forms.errors import InputRefused
from forms.mapping.sheet_map import CellPlace, Line, NewsColumns, NewsField, SheetMap, read, written
from forms.news import NewsKind

WORDS = st.text("aăâ bđ.", min_size=1, max_size=8)
LINES = st.builds(Line, st.integers(0, 900)) | st.builds(
    lambda words: Line(words=tuple(words)), st.lists(WORDS, min_size=1, max_size=3)
)
PLACES = st.builds(CellPlace, WORDS, LINES, LINES)
NEWS = st.builds(
    NewsColumns,
    WORDS,
    st.dictionaries(st.sampled_from(NewsField), WORDS),
    st.sampled_from(DayOrder),
    st.dictionaries(WORDS, st.sampled_from(NewsKind)),
    st.dictionaries(WORDS, st.sampled_from(["website", "loudspeaker"])),
    st.none() | st.sampled_from(NewsKind),
    st.sampled_from(["", "website"]),
)
MAPS = st.builds(
    SheetMap, st.just("nq28_hue"), st.just("year_indicators"), st.dictionaries(WORDS, PLACES), st.none() | NEWS
)


@given(MAPS)
def test_what_is_kept_is_what_was_agreed(mapped):
    assert read(written(mapped)) == mapped


def test_rows_and_columns_are_called_as_in_the_spreadsheet():
    mapped = SheetMap(
        "p", "f", {"a": CellPlace("S", Line(11), Line(3)), "b": CellPlace("S", Line(words=("Nữ",)), Line(3))}
    )
    cells = json.loads(written(mapped))["cells"]
    assert cells == {
        "a": {"sheet": "S", "row": 12, "column": "D"},
        "b": {"sheet": "S", "row": ["Nữ"], "column": "D"},
    }


def test_one_word_may_stand_without_a_list():
    """{"row": "Tổng dân số", "column": "Năm 2025"}; three letters or fewer are a column's letters."""
    place = {"sheet": "", "row": "Tổng dân số", "column": "Năm 2025"}
    found = read(json.dumps({"version": 1, "programme": "p", "form": "f", "cells": {"a": place}}))
    assert found.cells["a"] == CellPlace("", Line(words=("Tổng dân số",)), Line(words=("Năm 2025",)))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"form": 5},
        {"colour": "red"},
        {"cells": {"a": {"row": 0, "column": "A"}}},
        {"cells": {"a": {"row": 1}}},
        {"cells": {"a": {"row": [], "column": "A"}}},
        {"cells": {"a": {"row": True, "column": "A", "more": 1}}},
        {"cells": []},
        {"news": {"columns": {"smell": "Mùi"}}},
        {"news": {"columns": {}, "channels": {"loa": "radio"}}},
        {"news": {"columns": {}, "days": "dd"}},
        {"news": {"columns": {}, "kind": "film"}},
    ],
)
def test_another_shape_is_refused(change):
    whole = {"version": 1, "programme": "p", "form": "f"} | change
    with pytest.raises(InputRefused) as refusal:
        read(json.dumps(whole))
    assert refusal.value.code == "MAPPING_SHAPE"


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(InputRefused) as refusal:
        read(text)
    assert refusal.value.code == "MAPPING_SHAPE"
