"""Columns side by side, as the decree sets the head and the foot of a document: issuer and nation, recipients and signer."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable


class Beside(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """Columns of flowables on one level. What does not fit the page goes on over it, each column for itself."""

    def __init__(self, columns: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> None:
        super().__init__()
        self.columns, self.widths = [list(column) for column in columns], list(widths)
        self.spaceBefore = self.spaceAfter = 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the highest column."""
        self.width = sum(self.widths)
        self.height = max(
            (_height(column, room) for column, room in zip(self.columns, self.widths, strict=True)), default=0.0
        )
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Each column is cut where the page ends; nothing where one of them cannot even begin."""
        parts = [_cut(column, room, height) for column, room in zip(self.columns, self.widths, strict=True)]
        if any(column and not above for column, (above, _) in zip(self.columns, parts, strict=True)):
            return []
        return [Beside([above for above, _ in parts], self.widths), Beside([below for _, below in parts], self.widths)]

    def draw(self) -> None:
        """Column by column, which is also the order of reading."""
        left = 0.0
        for column, room in zip(self.columns, self.widths, strict=True):
            y = self.height
            for at, thing in enumerate(column):
                _, height = thing.wrap(room, y)
                y -= height + _gap(thing, at)
                thing.drawOn(self.canv, left, y)
            left += room


def _gap(thing: Flowable, at: int) -> float:
    """Room above all but the first."""
    return float(thing.getSpaceBefore()) if at else 0.0


def _height(column: Sequence[Flowable], room: float) -> float:
    return sum(float(thing.wrap(room, 0)[1]) + _gap(thing, at) for at, thing in enumerate(column))


def _cut(column: list[Flowable], room: float, height: float) -> tuple[list[Flowable], list[Flowable]]:
    """What of a column fits the height, and the rest."""
    for at, thing in enumerate(column):
        needed = float(thing.wrap(room, height)[1]) + _gap(thing, at)
        if needed > height:
            parts = thing.split(room, height - _gap(thing, at))
            if not parts:
                return column[:at], column[at:]
            return [*column[:at], parts[0]], [*parts[1:], *column[at + 1 :]]
        height -= needed
    return column, []
