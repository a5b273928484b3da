"""Charts, drawn once as vectors: the PDF sets the drawing, Word and the screen show its picture; and the code at a page's foot.

Made for black and white: what is met is filled, what is not is white; the second of two series is white, too. Every
figure stands in words beside its mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import pypdfium2
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color, black, white

from exports.document import Chart, as_lines, plain
from exports.fonts import BOLD, REGULAR, drawable, register, text_width

SIZE, SMALL = 10.0, 9.0
GREY = Color(0.45, 0.45, 0.45)
STEP = 15.0  # of one bar among units
IN_COLUMN, SHOWN = 24, 40  # bars in one column; of more than two columns only so many units are shown
PLOT_HEIGHT = 170.0
LABEL_SHARE = 0.38
GAP = 6.0
NONE = "…"
EMPTY = "Chưa có số liệu."
DASH = [3, 2]
Point = tuple[str, Decimal | None]


def drawn(chart: Chart, width: float) -> Drawing:
    """The chart over so many points, as high as it needs."""
    register()
    if not any(amount is not None for row in chart.series for amount in row.amounts):
        drawing = Drawing(width, 2 * STEP)
        drawing.add(_centred(width / 2, STEP, EMPTY, SIZE))
    else:
        drawing = _units(chart, width) if chart.kind == "units" else _upright(chart, width)
    drawing.initialFontName = REGULAR  # else the file would name a typeface that it does not carry
    return drawing


def told(chart: Chart) -> str:
    """The chart in words: its title and every figure."""
    return plain("; ".join(line for line in as_lines(chart) if line))


def _units(chart: Chart, width: float) -> Drawing:
    """A bar for each unit, the most first; of many units only the first and the last."""
    given = list(zip(chart.labels, chart.series[0].amounts, strict=True)) if chart.series else []
    known = sorted((p for p in given if p[1] is not None), key=_amount, reverse=True)
    points: list[Point] = [*known, *(p for p in given if p[1] is None)]
    between = ""
    if len(points) > 2 * IN_COLUMN:
        rest = [amount for _, amount in points[SHOWN // 2 : -SHOWN // 2] if amount is not None]
        reach = f", từ {chart.shown(min(rest))} đến {chart.shown(max(rest))}" if rest else ""
        between = f"Ở giữa, không vẽ: {len(points) - SHOWN} đơn vị{reach}."
        points = points[: SHOWN // 2] + points[-SHOWN // 2 :]
    columns = _columns(points, halved=bool(between))
    high = max((len(column) for column in columns), default=0) * STEP
    foot = [line for line in (f"Đơn vị tính: {chart.measure}" if chart.measure else "", between) if line]
    drawing = Drawing(width, high + (3 + len(foot)) * STEP)
    most = max((abs(float(amount)) for _, amount in points if amount is not None), default=0.0)
    most = max(most, float(chart.limit.amount) if chart.limit else 0.0) or 1.0
    room = width / max(1, len(columns))
    for at, column in enumerate(columns):
        part = Group(*_bars(chart, column, room - 2 * GAP, most, high))
        part.translate(at * room, (1 + len(foot)) * STEP)
        drawing.add(part)
    for line, text in enumerate([*reversed(foot)]):
        drawing.add(_string(0, 4 + line * STEP, text, SMALL))
    return drawing


def _amount(point: Point) -> Decimal:
    return point[1] or Decimal(0)


def _columns(points: list[Point], *, halved: bool) -> list[list[Point]]:
    if len(points) <= IN_COLUMN:
        return [points] if points else []
    half = SHOWN // 2 if halved else (len(points) + 1) // 2
    return [points[:half], points[half:]]


def _bars(chart: Chart, points: Sequence[Point], width: float, most: float, high: float) -> list[object]:
    """One column of bars from the top down, the limit as a dashed line through it."""
    begin = LABEL_SHARE * width
    scale = (width - begin - max(text_width(chart.shown(a), REGULAR, SMALL) for a in _figures(points)) - GAP) / most
    made: list[object] = []
    for at, (label, amount) in enumerate(points):
        y = high - (at + 1) * STEP
        text = _cut(label, begin - GAP, SMALL)
        made.append(_string(begin - GAP - text_width(text, REGULAR, SMALL), y + 4, text, SMALL))
        if amount is None:
            made.append(_string(begin + 3, y + 4, NONE, SMALL))
            continue
        meets = chart.limit is None or amount >= chart.limit.amount
        wide = max(0.0, float(amount) * scale)
        made.append(Rect(begin, y + 2, wide, STEP - 5, fillColor=GREY if meets else white, strokeWidth=0.6))
        made.append(_string(begin + wide + 3, y + 4, chart.shown(amount), SMALL))
    made.append(Line(begin, high, begin, high - len(points) * STEP, strokeWidth=0.6))
    if chart.limit:
        x = begin + float(chart.limit.amount) * scale
        made.append(Line(x, high + 3, x, high - len(points) * STEP, strokeWidth=0.9, strokeDashArray=DASH))
        words = _cut(chart.limit.words, width, SMALL)
        made.append(_string(max(0, min(x, width - text_width(words, REGULAR, SMALL))), high + 6, words, SMALL))
    return made


def _figures(points: Sequence[Point]) -> list[Decimal]:
    return [amount for _, amount in points if amount is not None] or [Decimal(0)]


def _upright(chart: Chart, width: float) -> Drawing:
    """Years or groups from left to right over a level line."""
    legend = 2 * STEP
    drawing = Drawing(width, PLOT_HEIGHT + legend + 3 * STEP)
    low, plot = legend + 1.5 * STEP, PLOT_HEIGHT
    stacked = chart.kind == "pairs" and chart.stacked
    sums = [sum((a or Decimal(0) for a in column), Decimal(0)) for column in zip(*_rows(chart), strict=True)]
    values = sums if stacked else [a for row in _rows(chart) for a in row if a is not None]
    most = max([0.0, *map(float, values), float(chart.limit.amount) if chart.limit else 0.0]) or 1.0
    step = width / max(1, len(chart.labels))
    draw = _lines if chart.kind == "years" else _stack if chart.stacked else _pairs
    for mark in draw(chart, step, plot / most / 1.1, low):
        drawing.add(mark)
    drawing.add(Line(0, low, width, low, strokeWidth=0.6))
    for at, label in enumerate(chart.labels):
        drawing.add(_centred((at + 0.5) * step, low - STEP + 2, _cut(label, step - 4, SIZE), SIZE))
    if chart.limit:
        y = low + float(chart.limit.amount) * plot / most / 1.1
        drawing.add(Line(0, y, width, y, strokeWidth=0.9, strokeDashArray=DASH))
        drawing.add(_string(0, y + 3, _cut(chart.limit.words, width, SMALL), SMALL))
    if chart.measure:
        drawing.add(_string(0, drawing.height - SIZE, _cut(f"Đơn vị tính: {chart.measure}", width, SMALL), SMALL))
    for mark in _legend(chart, width):
        drawing.add(mark)
    return drawing


def _rows(chart: Chart) -> list[tuple[Decimal | None, ...]]:
    return [row.amounts for row in chart.series]


def _lines(chart: Chart, step: float, scale: float, low: float) -> list[object]:
    """What was reached as a whole line with dots; the targets as a broken one with squares."""
    made: list[object] = []
    for number, row in enumerate(chart.series[:2]):
        places = [((at + 0.5) * step, low + float(a) * scale, a) for at, a in enumerate(row.amounts) if a is not None]
        if len(places) > 1:
            flat = [value for x, y, _ in places for value in (x, y)]
            made.append(PolyLine(flat, strokeWidth=1.2, strokeColor=black, strokeDashArray=DASH if number else None))
        for x, y, amount in places:
            mark = Rect(x - 3, y - 3, 6, 6, fillColor=white) if number else Circle(x, y, 3, fillColor=black)
            other = _other(chart, number, row.amounts, amount)
            below = other is not None and (amount < other or (amount == other and number == 1))
            made += [mark, _centred(x, y - 13 if below else y + 6, chart.shown(amount), SMALL, bold=not number)]
    return made


def _other(chart: Chart, number: int, amounts: tuple[Decimal | None, ...], amount: Decimal) -> Decimal | None:
    """The figure of the other series in the same year."""
    if len(chart.series) < 2:
        return None
    return chart.series[1 - number].amounts[amounts.index(amount)]


def _pairs(chart: Chart, step: float, scale: float, low: float) -> list[object]:
    made: list[object] = []
    wide = min(42.0, 0.8 * step / max(1, len(chart.series)))
    for number, row in enumerate(chart.series):
        for at, amount in enumerate(row.amounts):
            x = (at + 0.5) * step + (number - len(chart.series) / 2) * wide
            if amount is None:
                made.append(_centred(x + wide / 2, low + 3, NONE, SMALL))
                continue
            made.append(_box(x, low, wide, float(amount) * scale, number))
            made.append(_centred(x + wide / 2, low + float(amount) * scale + 3, chart.shown(amount), SMALL))
    return made


def _stack(chart: Chart, step: float, scale: float, low: float) -> list[object]:
    made: list[object] = []
    wide = min(60.0, 0.6 * step)
    for at in range(len(chart.labels)):
        x, y = (at + 0.5) * step - wide / 2, low
        for number, row in enumerate(chart.series):
            amount = row.amounts[at]
            if amount is None:
                continue
            high = float(amount) * scale
            made.append(_box(x, y, wide, high, number))
            beside = x + wide + text_width(chart.shown(amount), REGULAR, SMALL) / 2 + 3
            made.append(_centred(beside, y + max(0.0, high / 2 - 3), chart.shown(amount), SMALL))
            y += high
    return made


def _box(x: float, y: float, wide: float, high: float, number: int) -> Rect:
    return Rect(x, y, wide, max(0.0, high), fillColor=white if number else GREY, strokeColor=black, strokeWidth=0.6)


def _legend(chart: Chart, width: float) -> list[object]:
    """Which mark is which series."""
    made: list[object] = []
    room = width / max(1, len(chart.series))
    for number, row in enumerate(chart.series):
        x = number * room
        if chart.kind == "years":
            made.append(Line(x, 9, x + 24, 9, strokeWidth=1.2, strokeDashArray=DASH if number else None))
            made.append(Rect(x + 9, 6, 6, 6, fillColor=white) if number else Circle(x + 12, 9, 3, fillColor=black))
        else:
            made.append(_box(x, 5, 24, 8, number))
        made.append(_string(x + 30, 5.5, _cut(row.name, room - 36, SIZE), SIZE))
    return made


def _cut(text: str, room: float, size: float) -> str:
    """The text, or as much of its beginning as the room takes."""
    whole = drawable(plain(text))[:500]
    if text_width(whole, REGULAR, size) <= room:
        return whole
    while whole and text_width(f"{whole}…", REGULAR, size) > room:
        whole = whole[:-1]
    return f"{whole.rstrip()}…"


def _string(x: float, y: float, text: str, size: float) -> String:
    return String(x, y, drawable(plain(text)), fontName=REGULAR, fontSize=size)


def _centred(x: float, y: float, text: str, size: float, *, bold: bool = False) -> String:
    return String(x, y, text, fontName=BOLD if bold else REGULAR, fontSize=size, textAnchor="middle")


DOTS = 200  # an inch


def qr(text: str, side: float) -> Drawing:
    """The code of a text over so many points."""
    register()
    code = QrCodeWidget(text, barLevel="M", barBorder=0, barWidth=side, barHeight=side)
    return Drawing(side, side, code, initialFontName=REGULAR)


def png(drawing: Drawing, dots: float = DOTS) -> bytes:
    """A drawing in greys, of so many dots an inch."""
    with pypdfium2.PdfDocument(renderPDF.drawToString(drawing, autoSize=1, invariant=1)) as page:
        made = BytesIO()
        page[0].render(scale=dots / 72).to_pil().convert("L").save(made, "PNG")
    return made.getvalue()
