"""The grammar of live numbers: closed, and no letter of a text is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from forms.model.live_field import Broken, LiveField, View, has_fields, parse, resolved, written

NAMES = strategies.from_regex(r"[a-z][a-z0-9_]{0,20}(\.[a-z0-9_]{1,10})?", fullmatch=True)
FIELDS = strategies.builds(
    LiveField, NAMES, strategies.sampled_from(View), strategies.none() | strategies.integers(1000, 2999)
)
BRACED = strategies.text(alphabet="{}|@.ab2 \nđ", max_size=40)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{{share}}", LiveField("share")),
        ("{{share|prev}}", LiveField("share", View.PREV)),
        ("{{reached.female}}", LiveField("reached.female")),
        ("{{reached.female@2015|diff}}", LiveField("reached.female", View.DIFF, 2015)),
        ("{{news_q4|words}}", LiveField("news_q4", View.WORDS)),
    ],
)
def test_a_field_is_read_and_written_the_same_way(text, field):
    assert parse(text) == (field,)
    assert field.written == text


@pytest.mark.parametrize(
    "text",
    [
        "{{ share }}",
        "{{share|max}}",
        "{{share|}}",
        "{{Share}}",
        "{{}}",
        "{{share@15}}",
        "{{share|prev|diff}}",
        "{{tỷ_lệ}}",
        "{{1}}",
        "{{",
        "}}",
    ],
)
def test_what_is_nearly_a_field_is_none(text):
    assert parse(text) == (Broken(text),)
    assert not has_fields(text)
    assert resolved(text, lambda _: "9") == text


def test_words_around_a_field_stay():
    assert parse("Tỷ lệ {{share}} (năm trước {{share|prev}}).") == (
        "Tỷ lệ ",
        LiveField("share"),
        " (năm trước ",
        LiveField("share", View.PREV),
        ").",
    )


def test_single_braces_are_letters():
    assert parse("{a} và }{") == ("{a} và }{",)


def test_a_field_of_which_nothing_is_told_stays():
    assert resolved("{{a}} và {{b}}", lambda field: "9" if field.name == "a" else None) == "9 và {{b}}"


@given(FIELDS)
def test_every_field_is_read_back(field):
    assert parse(field.written) == (field,)


@given(strategies.lists(BRACED | FIELDS.map(lambda field: field.written)).map("".join))
def test_no_letter_is_lost(text):
    assert written(parse(text)) == text
    assert resolved(text, lambda _: None) == text


@given(strategies.lists(strategies.text("abc đ", min_size=1) | FIELDS))
def test_exactly_the_fields_are_replaced(pieces):
    text = "".join(piece if isinstance(piece, str) else piece.written for piece in pieces)
    told = "".join(piece if isinstance(piece, str) else f"<{piece.name}>" for piece in pieces)
    assert resolved(text, lambda field: f"<{field.name}>") == told
