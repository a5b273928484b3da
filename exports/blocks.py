"""What the body of a document and of an annex is made of. How it looks is said in `exports/nd30.py`, not here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from forms.model.number import format_number


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look, without a line break."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[Run, ...]


def runs_of(text: Text) -> tuple[Run, ...]:
    """The text as runs; plain words are one run."""
    return (Run(text),) if isinstance(text, str) else text


def words_of(text: Text) -> str:
    """The text without its looks."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


@dataclass(frozen=True)
class Heading:
    """A numbered title: level 1 "I. KẾT QUẢ" (mục), 2 "1. Mục tiêu 6" (khoản), 3 "a) …" (điểm)."""

    level: Literal[1, 2, 3]
    number: str
    text: str


@dataclass(frozen=True)
class Para:
    """A sentence or several, justified, first line indented. `lead` is printed bold before the text."""

    text: Text
    lead: str = ""


@dataclass(frozen=True)
class Bullet:
    """A paragraph of an enumeration: opened by a hyphen, the one below a điểm, or by the number of a list ("1.")."""

    text: Text
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell. `decimals` fixes how many are printed.

    `is_sum` says that it totals its column, so that Excel recomputes it from the rows above.
    """

    amount: Decimal
    decimals: int | None = None
    is_sum: bool = False


Cell = str | Figure  # a line break in a text begins a new line in the cell
RowKind = Literal["row", "part", "group", "total"]


@dataclass(frozen=True)
class Column:
    """One table column. `width` is a share of the table's width; numbers align right, text wraps."""

    width: float
    kind: Literal["text", "centre", "number"] = "text"


@dataclass(frozen=True)
class HeadCell:
    """A title in the table's head, over so many columns and down so many head rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, a cell per column. Groups (a title) and totals are bold; a part follows its row."""

    cells: tuple[Cell, ...]
    kind: RowKind = "row"


@dataclass(frozen=True)
class Table:
    """A ruled table. `letters` prints the row A, B, C, 1, 2 … that statistical forms have under the head.

    `measure` stands above it at right ("Đơn vị tính: …"), `note` small below it ("Ghi chú: …").
    """

    columns: tuple[Column, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]
    letters: tuple[str, ...] = ()
    measure: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells for {len(self.columns)} columns: {row.cells}")


@dataclass(frozen=True)
class Series:
    """One row of figures of a chart, a figure for each label; None where there is none."""

    name: str
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Limit:
    """A line across a chart: "Yêu cầu: ≥ 4 tin, bài"."""

    amount: Decimal
    words: str


@dataclass(frozen=True)
class Chart:
    """A picture of figures, drawn by `exports/charts.py`, with its title below.

    `units`: one series, a bar for each unit, beside the limit. `years`: a series over years, the second one is its
    targets. `pairs`: two series (women, men), beside each other, or on each other where `stacked`.
    """

    kind: Literal["units", "years", "pairs"]
    title: str
    measure: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    limit: Limit | None = None
    decimals: int | None = None
    stacked: bool = False

    def __post_init__(self) -> None:
        for row in self.series:
            if len(row.amounts) != len(self.labels):
                raise ValueError(f"{len(row.amounts)} figures for {len(self.labels)} labels: {row.name}")

    def shown(self, amount: Decimal) -> str:
        """A figure of the chart, the Vietnamese way."""
        return format_number(amount, self.decimals)


@dataclass(frozen=True)
class FormHead:
    """The head of a statistical form: which form and by what order, its title and period, who reports to whom; `mark` is an
    instruction on circulation."""

    left: tuple[str, ...]
    title: str
    under: tuple[str, ...]
    right: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class FormSigner:
    """One of those who sign a statistical form: "NGƯỜI LẬP BIỂU", "(Ký, họ tên)", the name once it is known."""

    title: str
    note: str = ""
    name: str = ""


@dataclass(frozen=True)
class FormSigning:
    """The foot of a statistical form: place and day at right, the signers side by side. The day is the paper's."""

    place: str
    signers: tuple[FormSigner, ...]


Block = Heading | Para | Bullet | Table | Chart | FormHead | FormSigning


def shown(cell: Cell) -> str:
    """A cell as it is printed: figures the Vietnamese way (1.234,5), text as it is."""
    return cell if isinstance(cell, str) else format_number(cell.amount, cell.decimals)


def placed(head: tuple[tuple[HeadCell, ...], ...], columns: int) -> Iterator[tuple[int, int, HeadCell]]:
    """Each head cell with its row and column; cells above may reach down. Raises ValueError if too wide."""
    taken: set[tuple[int, int]] = set()
    for y, cells in enumerate(head):
        x = 0
        for cell in cells:
            while (y, x) in taken:
                x += 1
            if x + cell.columns > columns:
                raise ValueError(f"head row {y} is wider than {columns} columns")
            taken |= {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
            yield y, x, cell
            x += cell.columns
