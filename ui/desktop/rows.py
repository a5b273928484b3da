"""What a list on the screen shows, before it is a widget: rows of words, each with a tone and a sign. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListColumnHead:
    """A column of a list. `width` in pixels at normal text size; the column with 0 takes what is left."""

    title: str
    width: int = 0
    align: str = "left"  # left, right, centre


@dataclass(frozen=True, slots=True)
class ListItem:
    """One place of a row. `tone`: plain, muted, good, warning, error, accent; `icon` names a file of resources/icons.
    The words carry the meaning; colour and sign only help."""

    text: str
    tone: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list. `id` is what an act upon the line is given; `note` is its tooltip. Where there are fewer items
    than columns the last has the room of the others. A heading (`is_heading`) parts the list and cannot be chosen."""

    id: str
    items: tuple[ListItem, ...]
    note: str = ""
    is_heading: bool = False


def row(id: str, *items: ListItem | str, note: str = "") -> ListRow:
    """A row of items; plain words are enough for a plain item."""
    return ListRow(id, tuple(ListItem(item) if isinstance(item, str) else item for item in items), note)


def heading(text: str) -> ListRow:
    return ListRow("", (ListItem(text),), is_heading=True)
