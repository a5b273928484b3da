"""What a package says beside its figures, cut out of its bytes: equal exactly when items, texts, tasks and proposals are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from exports.package.payload import beside_figures

EMPTY = {
    "as_of": None,
    "cells": [],
    "changes": [],
    "estimate": False,
    "explanations": [],
    "narratives": {},
    "news": [],
    "nominations": [],
    "role": "reporting_unit",
    "tasks": [],
}
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30) | st.sampled_from(
    ['","role":"x', '"narratives":', ',"tasks":[]', '\\"', '"role":"']
)
BESIDE = st.fixed_dictionaries(
    {
        "narratives": st.dictionaries(st.sampled_from(["role", "tasks", "narratives", "results"]), TEXTS, max_size=3),
        "news": st.lists(st.fixed_dictionaries({"title": TEXTS}), max_size=2),
        "nominations": st.lists(st.fixed_dictionaries({"name": TEXTS}), max_size=2),
        "tasks": st.lists(st.fixed_dictionaries({"result": TEXTS}), max_size=2),
    }
)
REST = st.fixed_dictionaries(
    {
        "as_of": st.none() | st.just("2025-12-31"),
        "cells": st.lists(st.fixed_dictionaries({"cell": st.just("a"), "note": TEXTS}), max_size=2),
        "explanations": st.lists(st.fixed_dictionaries({"check": st.just("x"), "reason": TEXTS}), max_size=2),
        "role": st.sampled_from(["reporting_unit", "agency"]),
    }
)


def said(**parts) -> bytes:
    return beside_figures(json.dumps(EMPTY | parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())


@drawn(BESIDE, BESIDE, REST, REST)
def test_it_is_equal_exactly_when_what_is_said_is(one, other, rest, more):
    assert (said(**one, **rest) == said(**other, **more)) == (one == other)
    assert bool(said(**one, **rest)) == any(one.values())


@pytest.mark.parametrize("part", ["narratives", "news", "nominations", "tasks"])
def test_one_thing_is_something(part):
    assert said() == b""
    assert said(**{part: {"a": "b"} if part == "narratives" else [{"a": "b"}]}) != b""
