"""The aligned table that `./run bench` ends with."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.comparison import Comparison

_HEADING = ("phép đo", "ta", "bên kia", "bên kia là", "tỉ số", "cần", "đạt")
_TO_THE_RIGHT = {"ta", "bên kia", "tỉ số", "cần"}


def drawn(lines: Sequence[Comparison]) -> str:
    """Plain text; figures stand under one another to the right."""
    rows = [_HEADING, *(_row(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADING))]
    return "\n".join(
        "  ".join(_placed(text, width, name) for text, width, name in zip(row, widths, _HEADING, strict=True)).rstrip()
        for row in rows
    )


def _placed(text: str, width: int, column: str) -> str:
    return text.rjust(width) if column in _TO_THE_RIGHT else text.ljust(width)


def _row(line: Comparison) -> tuple[str, ...]:
    if line.failure:
        return (line.what, "", "", line.failure, "", "", "HỎNG")
    return (
        line.what,
        f"{_figure(line.ours)} {line.measure}",
        f"{_figure(line.other)} {line.measure}" if line.other is not None else "",
        line.beside,
        f"{line.ratio:.2f}".replace(".", ",") if line.ratio is not None else "",
        _wanted(line),
        {True: "đạt", False: "CHƯA", None: ""}[line.holds],
    )


def _wanted(line: Comparison) -> str:
    if line.wanted is None:
        return ""
    measure = "" if line.other is not None else f" {line.measure}"
    return f"{'≥' if line.at_least else '≤'} {line.wanted:g}{measure}".replace(".", ",")


def _figure(value: float) -> str:
    """Three figures that say something: 1.234 · 56,7 · 0,89."""
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
