"""The JSON import file, key by key: what is understood, and what is never guessed."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.json_import import MAX_BYTES, read
from forms.errors import InputRefused
from forms.model.cell import Cell, CellState
from forms.model.news_item import NewsKind, Origin
from forms.model.period import Basis

NEWS = {"date": "2025-10-03", "title": "Phát động", "kind": "brief", "channels": ["website", "loudspeaker"]}
CELL = {"cell": "people_reached.female", "state": "given", "amount": "1250", "note": ""}


def file(**changes: object) -> bytes:
    whole = {"programme": "nq28_hue", "period": "2025-Q4"} | changes
    return json.dumps(whole, ensure_ascii=False).encode()


def refusal(data: bytes) -> InputRefused:
    with pytest.raises(InputRefused) as refused:
        read(data)
    return refused.value


def test_a_whole_file_is_understood():
    filled = read(
        file(
            form="year_indicators",
            basis="nd09",
            as_of="2025-12-31",
            estimate=True,
            cells=[CELL, {"cell": "population.male", "state": "none", "note": "không có"}],
            narratives={"leadership": "Đã họp.\nĐã kiểm tra."},
            tasks=[{"id": "t1", "state": "running", "percent": 40, "started": "2025-03-01"}],
            nominations=[{"kind": "person", "name": "Lê Thị A", "form": "Bằng khen", "ground": "Có thành tích"}],
            explanations=[{"check": "enough_news_q1", "reason": "Bão"}],
        )
    )
    assert (filled.programme, filled.period.label, filled.period.basis) == ("nq28_hue", "2025-Q4", Basis.ND09)
    assert (filled.form, filled.as_of, filled.estimate) == ("year_indicators", date(2025, 12, 31), True)
    assert filled.cells["people_reached.female"] == Cell(CellState.GIVEN, Decimal(1250))
    assert filled.cells["population.male"] == Cell(CellState.NONE, None, "không có")
    assert filled.narratives == {"leadership": "Đã họp.\nĐã kiểm tra."}
    assert (filled.tasks[0].percent, filled.tasks[0].started) == (40, date(2025, 3, 1))
    assert (filled.nominations[0].kind, filled.explanations) == ("person", {"enough_news_q1": "Bão"})


def test_a_news_item_needs_four_things_and_the_rest_is_usual():
    (item,) = read(file(news=[NEWS])).news
    assert (item.kind, item.origin, item.airings, item.counted) == (NewsKind.BRIEF, Origin.OWN, 1, True)
    assert (item.language, item.minutes, item.reason) == ("vi", None, "")


def test_an_item_without_an_id_gets_the_same_one_every_time():
    first, second = (read(file(news=[NEWS])).news[0].id for _ in range(2))
    assert first == second
    assert len(first) == 32


def test_two_equal_items_are_two_items():
    first, second = read(file(news=[NEWS, NEWS])).news
    assert first.id != second.id


def test_an_id_that_is_given_is_kept():
    assert read(file(news=[NEWS | {"id": "ab" * 16}])).news[0].id == "ab" * 16


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "JSON_SYNTAX"),
        (b"PK\x03\x04 a workbook", "FORMAT_UNKNOWN"),
        (b"{", "JSON_SYNTAX"),
        (file()[:-1] + b"x", "JSON_SYNTAX"),
        (file() + b"{}", "JSON_SYNTAX"),
        (b"\xef\xbb\xbf" + file(), "JSON_ENCODING"),
        (file().decode().encode("utf-16"), "JSON_ENCODING"),
        (file().decode().encode("utf-16-be"), "JSON_ENCODING"),
        (file()[:-1] + b',"\xff":1}', "JSON_ENCODING"),
        (b" " * (MAX_BYTES + 1), "FILE_TOO_BIG"),
        (b"[" * 100_000, "JSON_DEPTH"),
        (b'{"programme":"a","programme":"b","period":"2025-Q4"}', "JSON_DUPLICATE_KEY"),
        (file()[:-1] + b',"cells":NaN}', "JSON_NUMBER"),
        (file()[:-1] + b',"cells":-Infinity}', "JSON_NUMBER"),
        (file()[:-1] + b',"cells":1e400}', "JSON_NUMBER"),
        (file()[:-1] + b',"cells":8.5}', "JSON_NUMBER"),
        (file()[:-1] + b',"cells":' + b"9" * 5000 + b"}", "JSON_NUMBER"),
        (b"[]", "JSON_SHAPE"),
        (b'{"programme":"a"}', "JSON_SHAPE"),
        (file(narratives={"a": unicodedata.normalize("NFD", "tiếng Việt")}), "TEXT_NOT_NFC"),
        (file()[:-1] + b',"narratives":{"a":"a\\u0301"}}', "TEXT_NOT_NFC"),
        (file()[:-1] + b',"narratives":{"a":"\\u202e"}}', "TEXT_CHARACTER"),
        (file()[:-1] + b',"narratives":{"a":"\\ud800"}}', "TEXT_CHARACTER"),
        (file(narratives={"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": 1}}}}}}}}}), "JSON_DEPTH"),
    ],
)
def test_what_is_not_such_a_file_is_refused(data, code):
    assert refusal(data).code == code


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"la": 1}, "JSON_SHAPE", "la"),
        ({"cells": {}}, "JSON_SHAPE", "cells"),
        ({"cells": [1]}, "JSON_SHAPE", "cells[0]"),
        ({"cells": [CELL | {"la": 1}]}, "JSON_SHAPE", "cells[0].la"),
        ({"cells": [CELL, CELL]}, "JSON_DUPLICATE_KEY", "cells[1].cell"),
        ({"cells": [CELL | {"state": "maybe"}]}, "JSON_VALUE", "cells[0].state"),
        ({"cells": [CELL | {"state": "none"}]}, "JSON_VALUE", "cells[0].amount"),
        ({"cells": [{"cell": "a", "state": "given"}]}, "JSON_VALUE", "cells[0].amount"),
        ({"cells": [CELL | {"amount": 1250}]}, "JSON_VALUE", "cells[0].amount"),
        ({"cells": [CELL | {"amount": True}]}, "JSON_VALUE", "cells[0].amount"),
        ({"cells": [CELL | {"amount": "1_000"}]}, "NUMBER_UNREADABLE", "people_reached.female"),
        ({"cells": [CELL | {"amount": "١٢"}]}, "NUMBER_UNREADABLE", "people_reached.female"),
        ({"cells": [CELL | {"amount": "8,5"}]}, "NUMBER_UNREADABLE", "people_reached.female"),
        ({"cells": [CELL | {"amount": "1e3"}]}, "NUMBER_UNREADABLE", "people_reached.female"),
        ({"cells": [CELL | {"amount": " 12"}]}, "NUMBER_UNREADABLE", "people_reached.female"),
        ({"cells": [CELL | {"amount": "007"}]}, "NUMBER_UNREADABLE", "people_reached.female"),
        ({"as_of": "2025-02-30"}, "JSON_VALUE", "as_of"),
        ({"as_of": "31/12/2025"}, "JSON_VALUE", "as_of"),
        ({"estimate": "true"}, "JSON_SHAPE", "estimate"),
        ({"basis": "khac"}, "JSON_VALUE", "basis"),
        ({"period": "2025-Q0"}, "PERIOD_UNKNOWN", "2025-Q0"),
        ({"news": [NEWS | {"kind": "video"}]}, "JSON_VALUE", "news[0].kind"),
        ({"news": [NEWS | {"airings": -1}]}, "JSON_VALUE", "news[0].airings"),
        ({"news": [NEWS | {"airings": True}]}, "JSON_SHAPE", "news[0].airings"),
        ({"news": [NEWS | {"id": "1"}]}, "JSON_VALUE", "news[0].id"),
        ({"news": [NEWS | {"channels": "website"}]}, "JSON_SHAPE", "news[0].channels"),
        ({"news": [{key: value for key, value in NEWS.items() if key != "date"}]}, "JSON_SHAPE", "news[0].date"),
        ({"tasks": [{"id": "t", "percent": 101}]}, "JSON_VALUE", "tasks[0].percent"),
        ({"nominations": [{"kind": "person", "name": " "}]}, "JSON_VALUE", "nominations[0].name"),
        ({"explanations": [{"check": "a", "reason": ""}]}, "JSON_VALUE", "explanations[0].reason"),
    ],
)
def test_a_wrong_place_is_named(changes, code, where):
    refused = refusal(file(**changes))
    assert (refused.code, refused.where) == (code, where)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        read(data)
    except InputRefused:
        return


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(["cells", "news", "narratives", "tasks", "nominations", "explanations", "as_of", "form"]),
    json_values,
)
def test_any_value_anywhere_is_read_or_refused(key, value):
    try:
        read(file(**{key: value}))
    except InputRefused:
        return
