"""Where the keys lead in the grid: from one open place to the next as one reads, in a column, in a row. No Qt.

`places` are the open ones, (row, column), in the order of reading; None says that there is no further one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Where = tuple[int, int]


def reading(places: Sequence[Where], here: Where, by: int) -> Where | None:
    """As one reads: to the right, then the next row; `by` is 1 or -1."""
    if by > 0:
        return next((place for place in places if place > here), None)
    return next((place for place in reversed(places) if place < here), None)


def column(places: Sequence[Where], here: Where, goal: int, by: int) -> Where | None:
    """Down or up to the next row that has a place; there to the one nearest to the column one came down in."""
    rows = {row for row, _ in places if (row > here[0] if by > 0 else row < here[0])}
    if not rows:
        return None
    wanted = min(rows) if by > 0 else max(rows)
    return min((place for place in places if place[0] == wanted), key=lambda place: (abs(place[1] - goal), place[1]))


def along(places: Sequence[Where], here: Where, by: int) -> Where | None:
    """To the right or left in the same row."""
    mine = [place for place in places if place[0] == here[0] and (place[1] > here[1] if by > 0 else place[1] < here[1])]
    return (min(mine) if by > 0 else max(mine)) if mine else None


def far(places: Sequence[Where], here: Where, goal: int, way: str, page: int) -> Where | None:
    """`first` and `last` of the row; a `page` down, or `page back`: as near to it as there is a place."""
    if way in ("first", "last"):
        mine = [place for place in places if place[0] == here[0]]
        return (mine[0] if way == "first" else mine[-1]) if mine else None
    by = 1 if way == "page" else -1
    target = here[0] + by * page
    rows = sorted({row for row, _ in places}, reverse=by > 0)
    within = [row for row in rows if (here[0] < row <= target if by > 0 else target <= row < here[0])]
    beyond = [row for row in reversed(rows) if (row > target if by > 0 else row < target)]
    wanted = next(iter((*within, *beyond)), None)
    mine = [place for place in places if place[0] == wanted]
    return min(mine, key=lambda place: (abs(place[1] - goal), place[1]), default=None)


def fill_down(places: Sequence[Where], chosen: Iterable[Where]) -> tuple[tuple[Where, Where], ...]:
    """(from, to) for Ctrl+D: the topmost open place of each chosen column into those below it; of a column in which one
    place alone is chosen, from the place above it."""
    known, pairs = set(places), []
    marked = known.intersection(chosen)
    for number in sorted({column for _, column in marked}):
        mine = sorted(place for place in marked if place[1] == number)
        above = [place for place in places if place[1] == number and place < mine[0]]
        source = mine[0] if len(mine) > 1 else above[-1] if above else None
        pairs += [(source, place) for place in mine if source is not None and place != source]
    return tuple(pairs)
