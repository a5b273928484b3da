"""Charts: what is drawn for few, many and no figures, and that the file carries every letter of it."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from PIL import Image
from reportlab.graphics.shapes import Drawing, Group, Rect, String

from exports.charts import EMPTY, drawn, png, told
from exports.document import Chart, Series
from exports.fonts import text_width
from tests.exports.documents import PAIR_CHART, UNIT_CHART, YEAR_CHART

WIDTH = 450.0


def marks(node: Drawing | Group, kind: type) -> list:
    found = [thing for thing in node.contents if isinstance(thing, kind)]
    return found + [mark for part in node.contents if isinstance(part, Group) for mark in marks(part, kind)]


def words(chart: Chart) -> list[str]:
    return [mark.text for mark in marks(drawn(chart, WIDTH), String)]


def units(count: int) -> Chart:
    amounts = tuple(Decimal(n % 9) for n in range(count))
    return replace(UNIT_CHART, labels=tuple(f"Xã số {n}" for n in range(count)), series=(Series("Tin", amounts),))


def test_the_most_stands_first_and_what_meets_the_limit_is_filled():
    chart = replace(UNIT_CHART, labels=("A", "B", "C"), series=(Series("Tin", (Decimal(3), Decimal(5), Decimal(4))),))
    assert [text for text in words(chart) if text in "ABC"] == ["B", "C", "A"]
    fills = [bar.fillColor.red < 1 for bar in marks(drawn(chart, WIDTH), Rect)]
    assert fills == [True, True, False]


@pytest.mark.parametrize("count", [1, 24, 25, 48, 49, 200])
def test_any_number_of_units_fits_a_page_and_says_what_is_left_out(count: int):
    chart = units(count)
    drawing = drawn(chart, WIDTH)
    assert drawing.height <= 455
    bars = len(marks(drawing, Rect))
    assert bars == min(count, 40) if count > 48 else bars == count
    left_out = [text.partition(",")[2] for text in words(chart) if text.startswith("Ở giữa")]
    assert left_out == {49: [" không vẽ: 9 đơn vị, từ 3 đến 4."], 200: [" không vẽ: 160 đơn vị, từ 0 đến 8."]}.get(
        count, []
    )


def test_every_figure_stands_in_words():
    assert {"18,5", "25,3", "20,0", "22,0", "25,0"} <= set(words(YEAR_CHART))
    assert {"120", "33", "180", "70"} <= set(words(PAIR_CHART))
    assert {"120", "33", "180", "70"} <= set(words(replace(PAIR_CHART, stacked=True)))
    assert "Biểu đồ 2. Tỷ lệ nữ cấp ủy" in told(YEAR_CHART)


@pytest.mark.parametrize("chart", [UNIT_CHART, YEAR_CHART, PAIR_CHART], ids=["units", "years", "pairs"])
def test_without_figures_it_says_so(chart: Chart):
    empty = replace(chart, labels=(), series=(Series("Nữ", ()),))
    assert words(empty) == [EMPTY]
    none = replace(chart, series=tuple(Series(s.name, (None,) * len(chart.labels)) for s in chart.series))
    assert words(none) == [EMPTY]


def test_zero_is_a_figure():
    chart = replace(PAIR_CHART, labels=("A",), series=(Series("Nữ", (Decimal(0),)), Series("Nam", (Decimal(0),))))
    assert words(chart).count("0") == 2


@pytest.mark.parametrize("chart", [units(200), YEAR_CHART, PAIR_CHART, replace(PAIR_CHART, stacked=True)])
def test_nothing_stands_out_of_the_drawing(chart: Chart):
    drawing = drawn(chart, WIDTH)
    for mark in drawing.contents:
        if isinstance(mark, String):
            half = text_width(mark.text, mark.fontName, mark.fontSize)
            left = mark.x - half / 2 if mark.textAnchor == "middle" else mark.x
            assert left >= -0.1
            assert left + half <= WIDTH + 0.1
            assert 0 <= mark.y <= drawing.height


def test_a_long_label_is_cut_and_hostile_ones_are_text():
    chart = replace(UNIT_CHART, labels=("<b>" * 5000, "x", *UNIT_CHART.labels[2:]))
    assert any(text.startswith("<b><b>") and text.endswith("…") for text in words(chart))


def test_the_picture_is_the_drawing_in_grey():
    drawing = drawn(YEAR_CHART, WIDTH)
    picture = Image.open(io.BytesIO(png(drawing, 144)))
    assert picture.mode == "L"
    assert picture.size == (pytest.approx(WIDTH * 2, abs=2), pytest.approx(drawing.height * 2, abs=2))
    assert png(drawing, 144) == png(drawn(YEAR_CHART, WIDTH), 144)
