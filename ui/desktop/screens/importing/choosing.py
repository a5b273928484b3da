"""Drop-down lists whose options come out of a workbook: as wide as there is room, filled anew at every turn."""

from __future__ import annotations

from collections.abc import Sequence

from ui.desktop.widgets.fields import Choice


def wide_choice(name: str, options: tuple[tuple[str, object], ...] = ()) -> Choice:
    """One whose words may be longer than its room."""
    made = Choice(name, options)
    made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def refill(field: Choice, options: Sequence[tuple[str, object]], chosen: object) -> None:
    """Other options; nothing is told of what is chosen then."""
    field.clear()
    for words, value in options:
        field.addItem(words, value)
    if options:
        field.choose(chosen)
