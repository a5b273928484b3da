"""How wide the columns of a table are, how large its letters, whether it lies on its side or is divided: for PDF and Word alike.

A number, a code, a word of one syllable is never parted. Columns have their shares of the page as long as everything in them
fits; a column takes what its longest figure needs from those that have room to spare. Where that is not enough the letters
shrink, then an annex turns, then the table is divided: its first columns come again with each part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, sqrt

from exports.document import Block, Document, HeadCell, Row, RowKind, Table, lines_of, placed, shown
from exports.fonts import drawable, parts_of, width_of
from exports.nd30 import STYLES, TABLE_SIZES, Style, text_width

PADDING = 3.0  # points at either side of a cell's words
SAFE = 0.985  # of a width: Word rounds the widths of letters,
SPARE = 1.0  # point of a column, and draws its rules inside
COMFORTS = (
    0.7,
    0.45,
)  # of its share keeps a column of text, as long as the letters can shrink instead; at last a bit less
EVEN = 1.5  # points that the letters may shrink so that neighbours of one kind are alike: the years of a table
LETTER = 0.5  # of the size: how wide a letter is, about
WORTH = 0.9  # of the lines: columns leave their shares only where that saves more than a tenth
FEW = 2  # lines in a row, on the average, are no reason to
TALLEST = 8  # lines of a row that is not parted by a page's end
_BLENDS = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Columns:
    """Points of each column, and the size of the letters in them."""

    widths: tuple[float, ...]
    size: float

    def is_tall(self, row: Row) -> bool:
        """Whether the row has, about, more lines than should keep together."""
        cells = zip(row.cells, self.widths, strict=True)
        return any(isinstance(cell, str) and _lines(len(cell), width, self.size) > TALLEST for cell, width in cells)


def bold(kind: RowKind) -> bool:
    """Whether a row is set in the letters of the head."""
    return kind in ("group", "total")


def title_column(row: Row) -> int:
    """A group's title takes the rest of its row: the column from which. Of any other row the last column."""
    if row.kind != "group":
        return len(row.cells) - 1
    return max((x for x, cell in enumerate(row.cells) if cell != ""), default=0)


@dataclass(frozen=True)
class SetTable(Table):
    """A table whose columns are known, as the writers are given it."""

    set: Columns = Columns((), 0.0)


def settled(document: Document) -> Document:
    """The document as it is set: each table with its columns, wide annexes turned, tables divided where they must be."""
    annexes = []
    for annex in document.annexes:
        upright = None if annex.landscape else _whole(annex.blocks, text_width(landscape=False))
        blocks = upright or _divided(annex.blocks, text_width(landscape=True))
        annexes.append(replace(annex, landscape=upright is None, blocks=blocks))
    blocks = _divided(document.blocks, text_width(landscape=document.landscape))
    return replace(document, blocks=blocks, annexes=tuple(annexes))


def _whole(blocks: Sequence[Block], room: float) -> tuple[Block, ...] | None:
    """The blocks with the columns of their tables; None where one does not fit."""
    made = [_one(block, room) if isinstance(block, Table) else block for block in blocks]
    return tuple(block for block in made if block is not None) if None not in made else None


def _divided(blocks: Sequence[Block], room: float) -> tuple[Block, ...]:
    """The same, a table that does not fit in parts."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            one = _one(block, room)
            made += [one] if one else _parts(block, room)
        else:
            made.append(block)
    return tuple(made)


def _one(table: Table, room: float) -> SetTable | None:
    columns = _fitted(table, _needs(table), room)
    return _with(table, columns) if columns else None


def _with(table: Table, columns: Columns) -> SetTable:
    return SetTable(table.columns, table.head, table.rows, table.letters, table.measure, table.note, columns)


def _parts(table: Table, room: float) -> list[SetTable]:
    """The fewest tables that fit, with about as many columns in each; the table itself where none would."""
    keys = _keys(table)
    others = range(keys, len(table.columns))
    for many in range(2, len(others) + 1):
        cuts = [keys + len(others) * at // many for at in range(many + 1)]
        parts = [_part(table, keys, range(*cut), (at, many)) for at, cut in enumerate(pairwise(cuts), start=1)]
        found = [_one(part, room) for part in parts]
        if None not in found:
            return [part for part in found if part]
    # For a table that nothing can make fit: its words are cut.
    needs, size = _needs(table), TABLE_SIZES[-1]
    floors = _floors(needs, size)
    widths = tuple(room * floor / sum(floors) for floor in floors)
    columns = _largest(table, needs, room, comfort=0.0, even=False) or Columns(widths, size)
    return [_with(table, columns)]


def _keys(table: Table) -> int:
    """The first columns, which say what a row is: those before the first figure, of a table of words the first two."""
    first = next((x for x, column in enumerate(table.columns) if column.kind == "number"), 2)
    return min(first, len(table.columns) - 1)


def _part(table: Table, keys: int, others: range, place: tuple[int, int]) -> Table:
    """The table with its first columns and a range of the others."""
    kept = [*range(keys), *others]
    at, many = place
    words = f"Phần {at}/{many}" + (f". {table.measure}" if table.measure else "")
    head = tuple(
        tuple(cell for cell in (_narrowed(cell, x, kept) for y, x, cell in _all(table) if y == row) if cell is not None)
        for row in range(len(table.head))
    )
    return Table(
        tuple(table.columns[x] for x in kept),
        head,
        tuple(Row(tuple(row.cells[x] for x in kept), row.kind) for row in table.rows),
        tuple(table.letters[x] for x in kept) if table.letters else (),
        words,
        table.note if at == many else "",
    )


def _all(table: Table) -> list[tuple[int, int, HeadCell]]:
    return list(placed(table.head, len(table.columns)))


def _narrowed(cell: HeadCell, x: int, kept: Sequence[int]) -> HeadCell | None:
    """A title over those of its columns that are kept."""
    columns = sum(x <= one < x + cell.columns for one in kept)
    return replace(cell, columns=columns) if columns else None


def _fitted(table: Table, needs: list[float], room: float) -> Columns | None:
    """With the largest letters that fit; None where not even the least do."""
    for comfort in COMFORTS:
        each, alike = (_largest(table, needs, room, comfort=comfort, even=even) for even in (False, True))
        if each is not None:
            return alike if alike is not None and alike.size >= each.size - EVEN else each
    return None


def _largest(table: Table, needs: list[float], room: float, *, comfort: float, even: bool) -> Columns | None:
    """With columns of text that keep so much of their share, as far as they fill it. `even`: neighbours of one kind are as
    wide as the widest of them needs; else a column of figures is as wide as its own."""
    shares = sum(column.width for column in table.columns)
    wanted = [room * column.width / shares for column in table.columns]
    needed, long = _alike(table, needs) if even else needs, _lengths(table)
    for size in TABLE_SIZES:
        least = _floors(needed, size)
        floors = [
            max(low, min(comfort * wide, letters * LETTER * size + 2 * PADDING))
            for low, wide, letters in zip(least, wanted, long, strict=True)
        ]
        if sum(floors) <= room:
            given = [
                low if column.kind == "number" and not even else wide
                for low, wide, column in zip(floors, wanted, table.columns, strict=True)
            ]
            return Columns(tuple(_by_length(table, _spread(given, floors, room), floors, size)), size)
    return None


def _lengths(table: Table) -> list[int]:
    """Letters of the longest line in each column of text; nought in the others, which have no more than they need."""
    made = [0] * len(table.columns)
    for x, column in enumerate(table.columns):
        if column.kind == "text":
            made[x] = max(
                (len(line) for row in table.rows if row.kind != "group" for line in shown(row.cells[x]).split("\n")),
                default=0,
            )
    return made


def _floors(needs: list[float], size: float) -> list[float]:
    """Points below which something would be cut."""
    return [need * size / SAFE + 2 * PADDING + SPARE for need in needs]


def _spread(wanted: list[float], floors: list[float], room: float) -> list[float]:
    """The room by what each column wants, but for columns that need more: the others give it."""
    fixed = set[int]()
    while True:
        free = room - sum(floors[x] for x in fixed)
        shares = sum(want for x, want in enumerate(wanted) if x not in fixed) or 1.0
        widths = [floors[x] if x in fixed else free * want / shares for x, want in enumerate(wanted)]
        short = {x for x, width in enumerate(widths) if x not in fixed and width < floors[x] - 1e-6}
        if not short:
            return widths
        fixed |= short


def _by_length(table: Table, widths: list[float], floors: list[float], size: float) -> list[float]:
    """Columns of text by how much stands in them, where that makes the table clearly shorter: long evidence in a narrow column
    would take a page for each item."""
    texts = [x for x, column in enumerate(table.columns) if column.kind == "text"]
    given, least = [widths[x] for x in texts], [floors[x] for x in texts]
    rows = Counter(tuple(len(shown(row.cells[x])) for x in texts) for row in table.rows if row.kind != "group")

    def high(columns: list[float]) -> int:
        return sum(
            many * max(_lines(long, width, size) for long, width in zip(row, columns, strict=True))
            for row, many in rows.items()
        )

    heavy = [sqrt(sum(many * row[at] ** 2 for row, many in rows.items())) for at in range(len(texts))]
    if len(texts) < 2 or high(given) <= FEW * rows.total():
        return widths
    room, weight = sum(given), sum(heavy)
    blends = [
        _spread(
            [(1 - part) * old + part * room * one / weight for old, one in zip(given, heavy, strict=True)], least, room
        )
        for part in _BLENDS
    ]
    best = min(blends, key=high)
    if high(best) > WORTH * high(given):
        return widths
    made = dict(enumerate(widths)) | dict(zip(texts, best, strict=True))
    return [made[x] for x in range(len(widths))]


def _lines(letters: int, width: float, size: float) -> int:
    """About how many lines they take."""
    return ceil(letters / max(1.0, (width - 2 * PADDING) / (LETTER * size)))


def _alike(table: Table, needs: list[float]) -> list[float]:
    """Neighbours of one kind and share need what the widest of them needs."""
    made = list(needs)
    for x, (left, right) in enumerate(pairwise(table.columns), start=1):
        if left == right:
            made[x] = max(made[x - 1 : x + 1])
    for x in range(len(made) - 2, -1, -1):
        if table.columns[x] == table.columns[x + 1]:
            made[x] = made[x + 1]
    return made


def _needs(table: Table) -> list[float]:
    """The widest thing in each column that may not be parted, in points at a size of one point."""
    needs = [0.0] * len(table.columns)
    plain, heavy, slanted = (STYLES[name] for name in ("table", "table_head", "note"))
    wide: list[tuple[int, int, float]] = []
    for _, x, title in placed(table.head, len(needs)):
        if title.columns > 1:
            wide.append((x, title.columns, _widest(title.text, heavy, 0.0)))
        else:
            needs[x] = _widest(title.text, heavy, needs[x])
    for x, letter in enumerate(table.letters):
        needs[x] = _widest(letter, slanted, needs[x])
    for row in table.rows:
        style, last = heavy if bold(row.kind) else plain, title_column(row)
        for x, cell in enumerate(row.cells[: last if row.kind == "group" else last + 1]):
            text = shown(cell)
            if len(text) > needs[x]:
                needs[x] = _widest(text, style, needs[x])
    for x, many, width in wide:  # what a title over several columns lacks, the last of them gives
        needs[x + many - 1] += max(0.0, width - sum(needs[x : x + many]))
    return needs


def _widest(text: str, style: Style, least: float) -> float:
    """Of its parts and `least`. A letter is no wider than it is high, so a part of few letters need not be measured."""
    for line in lines_of(text):
        for word in line.split(" "):
            for part in parts_of(word) if len(word) > least else ():
                if len(part) > least:
                    least = max(least, width_of(drawable(part), style) / style.size)
    return least
