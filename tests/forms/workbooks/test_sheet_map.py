"""A saved way to read a workbook: what it is kept as, and what it is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import InputRefused
from forms.model.news_item import NewsKind
from forms.workbooks.cell_parsing import DayOrder
from forms.workbooks.sheet_map import SCALES, CellPlace, NewsColumns, NewsField, RowOrColumn, SheetMap, read, written

WORDS = st.text("aăâ bđ.", min_size=1, max_size=8)
LINES = st.builds(RowOrColumn, st.integers(0, 900)) | st.builds(
    lambda words: RowOrColumn(words=tuple(words)), st.lists(WORDS, min_size=1, max_size=3)
)
TITLES = st.lists(WORDS, max_size=3).map(tuple)
NTH = st.integers(1, 9).flatmap(lambda of: st.tuples(st.integers(1, of), st.just(of)))
TITLED = st.lists(WORDS, min_size=1, max_size=3).map(tuple)
PLACES = st.builds(CellPlace, WORDS, LINES, LINES) | st.builds(
    CellPlace, WORDS, LINES, LINES, TITLED, TITLES, TITLES, st.sampled_from(SCALES), NTH
)
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
        "p",
        "f",
        {
            "a": CellPlace("S", RowOrColumn(11), RowOrColumn(3)),
            "b": CellPlace("S", RowOrColumn(words=("Nữ",)), RowOrColumn(3)),
        },
    )
    cells = json.loads(written(mapped))["cells"]
    assert cells == {
        "a": {"sheet": "S", "row": 12, "column": "D"},
        "b": {"sheet": "S", "row": ["Nữ"], "column": "D"},
    }


def test_a_place_with_its_titles_is_of_version_2_and_one_without_stays_readable_for_older_programs():
    titled = CellPlace(
        "S", RowOrColumn(5), RowOrColumn(7), ("Tổng dân số",), ("Năm {year}", "Nữ"), ("năm {year}", "nghìn người"), 1000
    )
    whole = json.loads(written(SheetMap("p", "f", {"a": titled})))
    assert whole["version"] == 2
    assert whole["cells"]["a"] == {
        "sheet": "S",
        "row": 6,
        "column": "H",
        "title": ["Tổng dân số"],
        "heads": ["Năm {year}", "Nữ"],
        "said": ["năm {year}", "nghìn người"],
        "scale": 1000,
    }
    assert (
        json.loads(written(SheetMap("p", "f", {"a": CellPlace("S", RowOrColumn(5), RowOrColumn(7))})))["version"] == 1
    )


def test_one_word_may_stand_without_a_list():
    """{"row": "Tổng dân số", "column": "Năm 2025"}; three letters or fewer are a column's letters."""
    place = {"sheet": "", "row": "Tổng dân số", "column": "Năm 2025"}
    found = read(json.dumps({"version": 1, "programme": "p", "form": "f", "cells": {"a": place}}))
    assert found.cells["a"] == CellPlace("", RowOrColumn(words=("Tổng dân số",)), RowOrColumn(words=("Năm 2025",)))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 3},
        {"version": True},
        {"cells": {"a": {"row": 1, "column": "A", "scale": 1000}}},
        {"version": 2, "cells": {"a": {"row": 1, "column": "A", "scale": 7}}},
        {"version": 2, "cells": {"a": {"row": 1, "column": "A", "scale": True}}},
        {"version": 2, "cells": {"a": {"row": 1, "column": "A", "title": "Nữ"}}},
        {"version": 2, "cells": {"a": {"row": 1, "column": "A", "title": [], "nth": [3, 2]}}},
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
