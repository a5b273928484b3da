"""One value, one text; and only values of the shape that is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package import strict_json
from exports.package.strict_json import MAX_INTEGER, dumps, loads
from forms.errors import PackageRefused

keys = st.text(st.characters(codec="ascii", categories=["Ll"]), max_size=5)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.sampled_from(["", "Hòa", 'a "b" \\ c', "hai\ndòng", "[[{{", "–", "𝄞"])
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=12
).filter(lambda value: _levels(value) <= 8)


@given(values)
def test_what_is_written_is_read(value: Any) -> None:
    assert loads(dumps(value), "x") == value


@given(values, st.sampled_from([{"indent": 0}, {"separators": (", ", ":")}, {"ensure_ascii": True}]))
def test_no_other_writing_of_it_is(value: Any, style: dict[str, Any]) -> None:
    """{"a":1} is read; {"a": 1}, { "a":1} and {"\\u0061":1} are not."""
    other = json.dumps(value, **{"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")} | style).encode()
    if other != dumps(value):
        with pytest.raises(PackageRefused):
            loads(other, "x")


@pytest.mark.parametrize("text", ["a\tb", "a\rb", "a\u00adb", "\ufeff", "\u2028", "\ue000", "\U0010ffff", "e\u0301"])
def test_hidden_and_loose_characters_are_refused(text: str) -> None:
    with pytest.raises(PackageRefused):
        loads(dumps({"text": text}), "x")


@pytest.mark.parametrize("text", ["Hoà", "ễ", "x\u0317\u0318", "…“”–", "no\u00a0break", "đ₫"])
def test_vietnamese_and_its_signs_are_not(text: str) -> None:
    assert loads(dumps({"text": text}), "x") == {"text": text}


ROW = strict_json.Shape(
    strict_json.record(
        {
            "name": strict_json.text(20, blank=False),
            "count": strict_json.integer(0, 9),
            "day": strict_json.nullable(strict_json.day()),
            "done": strict_json.flag(),
            "notes": strict_json.table(strict_json.matching("[a-z]"), strict_json.text(9, multiline=True), 3),
            "rows": strict_json.rows(strict_json.matching("[a-c]"), 3, key=str),
        },
        optional=["day"],
    ),
    "row",
)
good_rows = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["An", "Bình"]),
        "count": st.integers(0, 9),
        "done": st.booleans(),
        "notes": st.dictionaries(st.sampled_from("xyz"), st.just("a\nb")),
        "rows": st.lists(st.sampled_from("abc"), unique=True).map(sorted),
    },
    optional={"day": st.none() | st.just("2024-02-29")},
)


@given(good_rows)
def test_a_good_row_is_read(row: dict[str, Any]) -> None:
    assert ROW.parse(dumps(row)) == row


@given(good_rows, st.data())
def test_a_changed_byte_is_either_another_good_row_or_refused(row: dict[str, Any], data: Any) -> None:
    text = bytearray(dumps(row))
    text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    try:
        value = ROW.parse(bytes(text))
    except PackageRefused:
        return
    assert dumps(value) == text
    assert {"count", "done", "name", "notes", "rows"} <= value.keys() <= {*row, "day"}


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("count", True, "row: count"),
        ("count", 10, "row: count"),
        ("name", " ", "row: name"),
        ("name", "a\nb", "row: name"),
        ("rows", ["b", "a"], "row: rows"),
        ("rows", ["a", "d"], "row: rows[1]"),
        ("day", "2025-02-29", "row: day"),
        ("notes", {"x": 1}, "row: notes.x"),
        ("done", None, "row: done"),
        ("name", "x" * 21, "row: name"),
        ("notes", {"xy": "a"}, "row: notes.xy"),
        ("rows", ["a", "b", "c", "c"], "row: rows"),
        ("unknown", 1, "row: unknown"),
    ],
)
def test_the_refusal_names_the_place(field: str, value: Any, place: str) -> None:
    row = {"name": "An", "count": 1, "done": True, "notes": {}, "rows": []} | {field: value}
    with pytest.raises(PackageRefused) as caught:
        ROW.parse(dumps(row))
    assert caught.value.where == place


def _levels(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_levels, inner), default=0) if isinstance(value, dict | list) else 0
