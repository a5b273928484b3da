"""A document as text for keeping: one text for each document, and back without a loss."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.document import Annex, Bullet, Document, Figure, Heading, Para, Row, Run, Table
from exports.document_text import from_json, to_json
from forms.errors import ExportError
from tests.exports.documents import FORM, LETTER, REPORT, TABLE

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
RUNS = st.lists(st.builds(Run, TEXT, st.booleans(), st.booleans()), min_size=1, max_size=3).map(tuple)
WORDS = st.one_of(TEXT, RUNS)
FIGURE = st.builds(
    Figure,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.one_of(st.none(), st.integers(0, 4)),
    st.booleans(),
)
ROWS = st.lists(
    st.lists(st.one_of(TEXT, FIGURE), min_size=4, max_size=4).map(lambda cells: Row(tuple(cells))), max_size=3
)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, st.sampled_from((1, 2, 3)), TEXT, TEXT),
        st.builds(Para, WORDS, TEXT),
        st.builds(Bullet, WORDS),
        ROWS.map(lambda rows: replace(TABLE, rows=tuple(rows))),
    ),
    max_size=4,
).map(tuple)


@pytest.mark.parametrize("document", [REPORT, LETTER, FORM], ids=["named", "letter", "form"])
def test_what_is_kept_comes_back_equal(document: Document):
    assert from_json(to_json(document)) == document


@given(BLOCKS, st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2099, 12, 31))), WORDS)
def test_any_document_comes_back_equal(blocks: tuple, issued: date | None, last: str | tuple):
    head = replace(REPORT.head, issued=issued)
    document = replace(REPORT, head=head, blocks=(*blocks, Para(last)), annexes=(Annex("A", blocks, True),))
    kept = to_json(document)
    assert from_json(kept) == document
    assert to_json(from_json(kept)) == kept


def test_only_what_differs_from_the_usual_is_written():
    kept = json.loads(to_json(replace(REPORT, blocks=(Para("Một câu"),), annexes=())))
    assert kept["document"]["blocks"] == [{"is": "Para", "text": "Một câu"}]
    assert "landscape" not in kept["document"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"kind":"B', b'"kind":7,"x":"B'),
        (b'"level":1', b'"level":9'),
        (b'"is":"Heading"', b'"is":"Document"'),
        (b'"amount":"137"', b'"amount":"NaN"'),
        (b'"amount":"137"', b'"amount":137'),
        (b'{"document"', b'{ "document"'),
        (b'"practice":true', b'"practice":1'),
    ],
)
def test_a_text_that_we_would_not_write_is_damaged(old: bytes, new: bytes):
    kept = to_json(REPORT)
    assert old in kept
    with pytest.raises(ExportError) as refusal:
        from_json(kept.replace(old, new, 1))
    assert refusal.value.code == "DOCUMENT_DAMAGED"


def test_a_newer_format_is_named():
    with pytest.raises(ExportError) as refusal:
        from_json(to_json(REPORT).replace(b'"format":1', b'"format":2'))
    assert refusal.value.code == "DOCUMENT_NEWER"


@given(st.binary(max_size=60))
def test_no_bytes_bring_it_down(data: bytes):
    with pytest.raises(ExportError):
        from_json(data)


def test_deep_nesting_is_damaged():
    with pytest.raises(ExportError):
        from_json(b"[" * 100_000)


def test_figures_keep_their_decimals():
    table = replace(TABLE, rows=(Row(("", "", Figure(Decimal("1.50")), "")),))
    back = from_json(to_json(replace(FORM, blocks=(table,)))).blocks[0]
    assert isinstance(back, Table)
    assert str(back.rows[0].cells[2].amount) == "1.50"
