"""Blocks of figures copied and pasted: what a pasted one would change, place by place, before anything is taken. Knows no Qt.

A block goes where one stands, row on row as the grid has them, or into the rows one types in, over the computed ones. One that was copied
whole, with the grid's own heading, finds its rows by their numbers, wherever one stands.

As text: tabs between cells, line ends between rows; a cell that holds either is quoted and its own quotes are doubled. A quote elsewhere
is only a quote, so that 5" pipe arrives as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.errors import InputRefused
from forms.model.cell import Cell
from forms.model.text import fold
from ui.desktop.entry.grid_layout import GridLayout, ShownCell, Stands, Where
from ui.desktop.number_wording import cell_text, read_cell

Block = tuple[tuple[str, ...], ...]


def parse(text: str) -> Block:
    """The rows of cells; a line end at the very end begins no further row. Nothing is trimmed or read as a number."""
    rows: list[list[str]] = [[]]
    rest = text.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    while True:
        cell, at = _cell(rest, at)
        rows[-1].append(cell)
        if at >= len(rest):
            break
        if rest[at] == "\n":
            if at + 1 == len(rest):
                break
            rows.append([])
        at += 1
    return tuple(map(tuple, rows))


def write(block: Sequence[Sequence[str]]) -> str:
    """What `parse` gives back."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in block)


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins here, and where it ends."""
    if text.startswith('"', at) and (end := _closing(text, at + 1)) is not None:
        return text[at + 1 : end].replace('""', '"'), end + 1
    ends = [found for sign in "\t\n" if (found := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _closing(text: str, at: int) -> int | None:
    """The quote that closes a quoted cell; None where what looks like one is only a quote."""
    while (found := text.find('"', at)) >= 0:
        if text.startswith('""', found):
            at = found + 2
            continue
        return found if text[found + 1 : found + 2] in ("", "\t", "\n") else None
    return None


def _quoted(cell: str) -> str:
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in plain or "\n" in plain or plain.startswith('"'):
        return '"' + plain.replace('"', '""') + '"'
    return plain


ROW_HEADS = ("Số", "Chỉ tiêu, số liệu", "ĐVT")


class Fit(StrEnum):
    """How the rows of a block fall on those of the grid."""

    EACH = "each"
    TYPED = "typed"
    NUMBERED = "numbered"


FIT_TITLES = {
    Fit.EACH: "từng dòng một",
    Fit.TYPED: "chỉ vào các dòng có ô nhập",
    Fit.NUMBERED: "theo số của chỉ tiêu",
}


class PastedFate(StrEnum):
    """What becomes of one pasted text."""

    NEW = "new"
    SAME = "same"
    SKIPPED = "skipped"  # computed here, or follows the news ledger
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Landing:
    """One text of the block and the place it falls on. `name` is empty where there is no cell."""

    name: str
    label: str
    fate: PastedFate
    old: str = ""
    new: str = ""
    said: str = ""
    cell: Cell | None = None


@dataclass(frozen=True)
class PastePlan:
    """A block held against the grid. It is taken as a whole, or not at all."""

    fit: Fit
    landings: tuple[Landing, ...]

    @property
    def refused(self) -> int:
        return self.number(PastedFate.REFUSED)

    @property
    def cells(self) -> tuple[tuple[str, Cell], ...]:
        """What is to be stored; nothing while a single text is refused."""
        if self.refused:
            return ()
        return tuple(
            (one.name, one.cell) for one in self.landings if one.fate is PastedFate.NEW and one.cell is not None
        )

    def number(self, fate: PastedFate) -> int:
        return sum(one.fate is fate for one in self.landings)

    @property
    def trouble(self) -> tuple[int, int]:
        """How ill it fits: texts that are refused, and texts that fall on what is computed."""
        return self.refused, self.number(PastedFate.SKIPPED)


@dataclass(frozen=True)
class Ground:
    """The grid as a block meets it: where things stand, what stands there now, how a cell is called, whether it takes
    whole numbers only."""

    layout: GridLayout
    cell: Callable[[str], Cell]
    label: Callable[[str], str]
    is_whole: Callable[[str], bool]
    why_locked: Callable[[str], str]

    def plans(self, block: Block, here: Where) -> tuple[PastePlan, ...]:
        """Every way in which the block can fall, the likeliest first."""
        if numbered := self._numbered(block):
            return (numbered,)
        each = PastePlan(Fit.EACH, tuple(self._in_order(block, here, range(here[0], here[0] + len(block)))))
        end, typed_rows = len(self.layout.rows), {row for row, _ in self.layout.places.values()}
        rows = [*(row for row in range(here[0], end) if row in typed_rows), *range(end, end + len(block))]
        typed = PastePlan(Fit.TYPED, tuple(self._in_order(block, here, rows)))
        if [(one.name, one.new) for one in each.landings] == [(one.name, one.new) for one in typed.landings]:
            return (each,)
        return tuple(sorted((each, typed), key=lambda plan: plan.trouble))

    def heading(self) -> tuple[str, ...]:
        """What a block that was copied whole begins with."""
        return (*ROW_HEADS, *(column.title for column in self.layout.columns))

    def _in_order(self, block: Block, here: Where, rows: Sequence[int]) -> Iterator[Landing]:
        for texts, row in zip(block, rows, strict=False):
            told = [(column, text) for column, text in enumerate(texts, here[1]) if text.strip()]
            only = self._only_place(row)
            if len(told) == 1 and only is not None and self.layout.spot(row, told[0][0]) is None:
                yield from self._land(row, only, told[0][1])
                continue
            for column, text in enumerate(texts, here[1]):
                yield from self._land(row, column, text)

    def _only_place(self, row: int) -> int | None:
        """The column of a row in which one can type in a single place: the one figure of its line goes there."""
        spots = self.layout.rows[row].spots if row < len(self.layout.rows) else ()
        found = [column for column, spot in enumerate(spots) if spot is not None and spot.stands is Stands.CELL]
        return found[0] if len(found) == 1 else None

    def _numbered(self, block: Block) -> PastePlan | None:
        if not block or tuple(block[0]) != self.heading():
            return None
        return PastePlan(Fit.NUMBERED, tuple(self._by_number(block[1:])))

    def _by_number(self, block: Block) -> Iterator[Landing]:
        known = enumerate(_keys((row.number, row.title) for row in self.layout.rows))
        keys = {key: number for number, key in known}
        for key, texts in zip(_keys((row[0], row[1]) for row in block), block, strict=True):
            if key in keys:
                for column, text in enumerate(texts[len(ROW_HEADS) :]):
                    spot = self.layout.spot(keys[key], column)
                    if spot is not None and spot.stands is Stands.CELL:
                        yield from self._land(keys[key], column, text)
            elif any(text.strip() for text in texts[len(ROW_HEADS) :]):
                yield Landing(
                    "", f"{texts[0]} {texts[1]}".strip(), PastedFate.REFUSED, said="Phần này không có dòng đó."
                )

    def _land(self, row: int, column: int, text: str) -> Iterator[Landing]:
        spot = self.layout.spot(row, column)
        plain = text.strip()
        if spot is not None and spot.stands is Stands.CELL:
            yield self._cell(spot.name, plain)
        elif plain and spot is not None and spot.stands is not Stands.NAME:
            yield Landing("", self._called(row), PastedFate.SKIPPED, new=plain, said="Ô này tự tính.")
        elif plain:
            yield Landing("", self._called(row), PastedFate.REFUSED, new=plain, said="Không có ô nhập ở đây.")

    def _cell(self, name: str, text: str) -> Landing:
        old, label = self.cell(name), self.label(name)
        if why := self.why_locked(name):
            return Landing(name, label, PastedFate.SKIPPED, cell_text(old), text, why)
        try:
            new, echo = read_cell(text, old, whole=self.is_whole(name))
        except InputRefused as error:
            return Landing(name, label, PastedFate.REFUSED, cell_text(old), text, error.message)
        fate = PastedFate.SAME if new == old else PastedFate.NEW
        return Landing(name, label, fate, cell_text(old), cell_text(new), echo, new)

    def _called(self, row: int) -> str:
        if row >= len(self.layout.rows):
            return f"Dưới dòng cuối, dòng {row - len(self.layout.rows) + 1}"
        return f"{self.layout.rows[row].number}. {self.layout.rows[row].title}".strip(". ")


def spread(block: Block, chosen: Sequence[Where]) -> Block:
    """A single text, as often as there are chosen places; any other block as it is."""
    if len(block) != 1 or len(block[0]) != 1 or not chosen:
        return block
    rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
    width, height = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    return ((block[0][0],) * width,) * height


def _keys(rows: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What tells a row: its number, or for a part the number it stands under, and its title."""
    under = ""
    for number, title in rows:
        under = number.strip() or under
        yield under, fold(title)


Look = Callable[[int, int], ShownCell]


def block_of(chosen: Iterable[Where], shown: Look) -> Block:
    """The smallest block that holds these places; what was not chosen is empty in it."""
    marked = set(chosen)
    if not marked:
        return ()
    rows, columns = sorted({row for row, _ in marked}), [column for _, column in marked]
    across = range(min(columns), max(columns) + 1)
    return tuple(
        tuple(shown(row, column).typed if (row, column) in marked else "" for column in across) for row in rows
    )


def whole_block(layout: GridLayout, shown: Look) -> Block:
    """Every row with its number, title and measure, under the headings; put back, each row finds its place by these."""
    heading = (*ROW_HEADS, *(column.title for column in layout.columns))
    body = [
        (row.number, row.title, row.measure, *(_text(shown(number, column)) for column in range(len(layout.columns))))
        for number, row in enumerate(layout.rows)
    ]
    return (heading, *body)


def _text(shown: ShownCell) -> str:
    return shown.typed or " · ".join(filter(None, (shown.text, shown.small)))
