"""The table of a report's fields, read off the dataclasses: from it every format of a report is written and read."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest

from forms.model.news_item import Evidence, NewsItem, NewsKind, Origin
from forms.model.report import Change
from forms.model.report_fields import NO_DEFAULT, as_data, fields_of, from_data
from forms.model.task import Nomination, Nominee, Task, TaskState

DAY = date(2025, 10, 20)
VALUES = [
    NewsItem(
        "0" * 32,
        DAY,
        "Lễ mít tinh",
        NewsKind.FEATURE,
        ("loudspeaker", "website"),
        Origin.RELAYED,
        minutes=5,
        files=(Evidence("ab" * 32, "ảnh.png", 12),),
    ),
    NewsItem("1" * 32, DAY, "Tin ngắn", NewsKind.BRIEF, ()),
    Task("n1", TaskState.DONE, 100, DAY, DAY, "kế hoạch", due=DAY),
    Task("n2"),
    Nomination(Nominee.PERSON, "Lê Thị Bình", "Bằng khen", "Nhiều năm"),
    Change("reached.female", "12", "blank", "gõ nhầm"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_plain_data_survives_json_and_gives_the_value_back(value: object) -> None:
    assert from_data(type(value), json.loads(json.dumps(as_data(value)))) == value


def test_days_are_iso_texts_choices_their_own_text_and_files_records() -> None:
    data = as_data(VALUES[0])
    assert (data["date"], data["kind"], data["channels"]) == ("2025-10-20", "feature", ["loudspeaker", "website"])
    assert data["files"] == [{"digest": "ab" * 32, "name": "ảnh.png", "size": 12}]
    assert list(data) == [field.name for field in fields(NewsItem)]


def test_the_table_says_type_how_many_and_empty_value() -> None:
    found = fields_of(NewsItem)
    assert (found["date"].type, found["date"].empty) == (date, NO_DEFAULT)
    assert (found["minutes"].type, found["minutes"].is_optional, found["minutes"].empty) == (int, True, None)
    assert (found["channels"].type, found["channels"].is_list) == (str, True)
    assert (found["files"].type, found["files"].is_list, found["files"].empty) == (Evidence, True, ())
    assert (found["origin"].type, found["origin"].empty) == (Origin, Origin.OWN)


def test_what_is_not_said_is_as_when_nothing_is_said() -> None:
    assert from_data(Task, {"id": "n2"}) == Task("n2")
    with pytest.raises(TypeError):
        from_data(Task, {"id": "n2", "unknown": 1})
    with pytest.raises(KeyError):
        from_data(Nomination, {"kind": "nobody", "name": "A"})
