"""A foreign sheet as its reader sees it: tables, in each the rows with the titles that stand over and before them, and the
columns with their heads as a tree.

sheet → tables_of → Table → rows × columns, each with a path of titles, outermost first

A table begins with a row of heads (TT, Chỉ tiêu, Năm 2026 …), which may be several rows, merged or not, with a row of
numbers (A, B, 1, 2) below. It ends where another one begins. Nothing is decided here: what is doubtful is marked `loose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from forms.errors import InputRefused
from forms.workbooks.cell_parsing import cell_answer
from forms.workbooks.sheets import Plain, PlainKind, Sheet, Spot
from forms.workbooks.title_matching import (
    FigureKind,
    Sex,
    TitleWords,
    numbered,
    rule,
    said,
    says_unit,
    starts_part,
    words,
)

_LONGEST_SIGN = 24  # “chưa thu thập được”; longer texts are no figures
_LONGEST_PART = 60  # “Trong đó: lao động nữ”
_MOST_MERGED = 20_000  # cells that a merged area is looked up in
_TITLE_HEAD = rule("chỉ tiêu|nội dung|tiêu chí|hạng mục|lĩnh vực|công việc|nhiệm vụ|hoạt động")
_OF_PLACES = rule("đơn vị|địa bàn|địa phương|thôn|xã|phường|thị trấn|tổ dân phố|huyện|quận|cơ quan")
_BESIDE_TITLES = rule(
    "tên|các|danh mục|hệ thống|mục tiêu|thống kê|báo cáo|chủ yếu|số liệu|thông tin|bình đẳng giới|về|của|và|tt|stt|số|trực thuộc"
)
_TABLE_LINE = re.compile(r"^\s*(?:bảng|biểu|phụ lục|mẫu|phần)\b", re.IGNORECASE)
_YEARS = rule("năm(?: báo cáo| số liệu)?")
_YEAR = re.compile(r"(?:19[89]|20[0-9])[0-9]")
_NUMBERED = re.compile(r"\(?(?:[A-DĐa-dđ]|[0-9]{1,2})\)?(?:\s*=.*)?")
_ROMAN, _UPPER, _LOWER = re.compile(r"[IVXLC]+"), re.compile(r"[A-ZĐ]"), re.compile(r"[a-zđ]")
_DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_PART, _INSIDE, _PLAIN, _SUM, _SECTION = 20.0, 15.0, 5.0, 2.9, 2.0


@dataclass(frozen=True, slots=True)
class Step:
    """One title on the way to a row or column. `seen`: it is not hidden; `figures`: a row of its own, with figures."""

    text: str
    seen: bool = True
    figures: bool = False
    is_numbered: bool = False


@dataclass(frozen=True, eq=False)
class Line:
    """A row or column. `loose`: of a row, it stands below an empty line, without heads of its own; of a column, under which
    of the upper heads it stands is not certain. `unit`: what stands in the row's column ĐVT."""

    number: int
    path: tuple[Step, ...]
    loose: bool = False
    unit: str = ""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(step.text for step in self.path)

    @cached_property
    def heads(self) -> tuple[TitleWords, ...]:
        """Its titles taken apart as heads."""
        return tuple(map(said, self.texts))

    @cached_property
    def titles(self) -> tuple[TitleWords, ...]:
        """Its titles taken apart as titles of rows."""
        return tuple(said(text, head=False) for text in self.texts)


@dataclass(frozen=True)
class SheetTable:
    """`lines` are its own title lines, `top` those of the whole sheet above, `notes` what stands in it without figures."""

    sheet: Sheet
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    lines: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def tables_of(sheet: Sheet) -> tuple[SheetTable, ...]:
    """From the top; tables beside each other from the left."""
    return tuple(_Reader(_Grid(sheet)).tables())


@lru_cache(maxsize=65536)
def is_figure(plain: Plain | None) -> bool:
    """A number, a sign for why there is none (-, x, …), or a formula that should have one."""
    if plain is None or plain.kind in (PlainKind.DATE, PlainKind.TRUTH):
        return False
    if plain.kind is not PlainKind.TEXT:
        return True
    if len(plain.text) > _LONGEST_SIGN:
        return False
    try:
        return not cell_answer(plain, 6).cell.is_blank
    except InputRefused as error:
        return error.code in ("NUMBER_AMBIGUOUS", "NUMBER_DECIMALS")


@dataclass
class _Grid:
    """The cells with merged ones seen in every place that they cover."""

    sheet: Sheet
    origins: dict[Spot, Spot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bottom_most = max((row for row, _ in self.sheet.cells), default=0)
        right_most = max((column for _, column in self.sheet.cells), default=0)
        for top, left, bottom, right in self.sheet.merged:
            last, end = min(bottom, bottom_most), min(right, right_most)
            if (last - top + 1) * (end - left + 1) > _MOST_MERGED:
                continue
            for row in range(top, last + 1):
                for column in range(left, end + 1):
                    self.origins[row, column] = (top, left)

    @cached_property
    def lines(self) -> dict[int, dict[int, Plain]]:
        """Row → column → cell, rows in order; a merged cell is in each of its places."""
        found: dict[int, dict[int, Plain]] = {}
        for (row, column), cell in self.sheet.cells.items():
            if self.origins.get((row, column), (row, column)) == (row, column):
                found.setdefault(row, {})[column] = cell
        for (row, column), origin in self.origins.items():
            if origin in self.sheet.cells:
                found.setdefault(row, {})[column] = self.sheet.cells[origin]
        return {row: dict(sorted(found[row].items())) for row in sorted(found)}

    def origin(self, row: int, column: int) -> Spot:
        return self.origins.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        cell = self.lines.get(row, {}).get(column)
        return cell.text if cell and cell.kind in (PlainKind.TEXT, PlainKind.NUMBER) else ""

    def seen(self, row: int, column: int) -> bool:
        return not self.sheet.is_unseen(*self.origin(row, column))

    def own(self, row: int) -> dict[Spot, Plain]:
        """What begins in this row, a merged cell once."""
        return {
            self.origin(row, column): cell
            for column, cell in self.lines.get(row, {}).items()
            if self.origin(row, column)[0] == row
        }


class _Reader:
    """Finds the tables of one sheet."""

    def __init__(self, grid: _Grid) -> None:
        self._grid = grid
        self._numbers = list(grid.lines)

    def tables(self) -> Iterator[SheetTable]:
        heads = self._heads()
        if not heads:
            yield from self._table(None, self._numbers, (), ())
            return
        above = [row for row in self._numbers if row < heads[0][0]]
        texts = self._texts(above)  # of the whole sheet, and from “Bảng 1 …” on of the first table alone
        at = next((n for n, text in enumerate(texts) if n and re.match(r"\s*bảng\b", text, re.IGNORECASE)), len(texts))
        top, own = texts[:at], texts[at:]
        if any(self._has_figures(row) for row in above):  # rows before any head
            yield from self._table(None, above, (), ())
        for place, (begin, end) in enumerate(heads):
            last = heads[place + 1][0] if place + 1 < len(heads) else self._numbers[-1] + 1
            body = [row for row in self._numbers if end < row < last]
            after = self._title_lines(body) if place + 1 < len(heads) else []
            yield from self._table((begin, end), [row for row in body if row not in after], own, top)
            own = self._texts(after)

    def _texts(self, rows: list[int]) -> tuple[str, ...]:
        found = []
        for row in rows:
            cells = [cell.text for cell in self._grid.own(row).values() if cell.kind is PlainKind.TEXT]
            found += [" ".join(cells)] if len(cells) < 2 else [" ".join(cells), *cells]
        return tuple(text for text in dict.fromkeys(found) if text.strip())

    def _title_lines(self, body: list[int]) -> list[int]:
        """The lines at the end of a body that are the next table's titles."""
        found: list[int] = []
        for row in reversed(body):
            if self._has_figures(row) or len(self._grid.own(row)) > 2:
                break
            found.append(row)
        return found

    # ------------------------------------------------------------------ heads

    def _heads(self) -> list[tuple[int, int]]:
        """(first row, last row) of every block of heads."""
        found: list[tuple[int, int]] = []
        for place, row in enumerate(self._numbers):
            if found and row <= found[-1][1]:
                continue
            in_body = bool(found) and place > 0 and self._numbers[place - 1] == row - 1
            if self._is_head(row, in_body=in_body, place=place):
                found.append((self._above(row, found), self._below(row, place)))
        return found

    def _is_head(self, row: int, *, in_body: bool, place: int) -> bool:
        own = self._grid.own(row)
        texts = [cell.text for cell in own.values() if cell.kind is PlainKind.TEXT]
        if not texts or any(len(text) > 160 for text in texts) or self._has_figures(row, years=False):
            return False
        titled = any(_is_title_head(text) for text in texts) and len(own) > 1
        coded = any(_is_code_head(text) for text in texts)
        others = [text for text in texts if not _is_title_head(text)]
        if (coded and len(own) > 2) or (titled and (not in_body or coded or any(map(_is_head_text, others)))):
            return True
        before = self._grid.own(self._numbers[place - 1]).values() if place else ()
        if in_body and not _TABLE_LINE.match(" ".join(cell.text for cell in before)):
            return False
        known = [spot for spot, cell in own.items() if _is_head_text(cell.text)]
        if len(known) > 1:
            return self._figures_follow(place)
        if len(known) == 1 == len(own):
            return known[0][1] > 0 and self._figures_follow(place, known[0][1])
        return not in_body and len(own) > 1 and self._covers(place)

    def _figures_follow(self, place: int, column: int | None = None) -> bool:
        """Within the next rows there are figures beside titles."""
        for row in self._numbers[place + 1 : place + 6]:
            line = self._grid.lines[row]
            across = [c for c, cell in line.items() if is_figure(cell) and c]
            if across and (column is None or column in across):
                return any(cell.kind is PlainKind.TEXT and c < across[-1] for c, cell in line.items())
        return False

    def _covers(self, place: int) -> bool:
        """Words of their own over every figure of the first row with figures, which follows at once."""
        covered: set[int] = set()
        for row in self._numbers[place : place + 4]:
            line = self._grid.lines[row]
            if row != self._numbers[place] + (self._numbers.index(row) - place):
                return False  # an empty row stands between
            if self._has_figures(row, years=False) or (covered and all(is_figure(cell) for cell in line.values())):
                first = min(line)
                return {column for column, cell in line.items() if is_figure(cell) and column > first} <= covered
            texts = [cell.text for cell in self._grid.own(row).values()]
            if row != self._numbers[place] and any(_is_title_head(text) or _is_code_head(text) for text in texts):
                return False
            covered |= set(line)
        return False

    def _above(self, row: int, found: list[tuple[int, int]]) -> int:
        """Heads over the heads: “Năm 2026” alone over its columns."""
        first = min(self._grid.lines[row])
        while (row - 1) in self._grid.lines and not (found and row - 1 <= found[-1][1]):
            own = self._grid.own(row - 1)
            outer = [spot for spot, cell in own.items() if spot[1] > first and _is_head_text(cell.text)]
            if any(says_unit(cell.text) for cell in own.values()):
                return row
            if not own or len(outer) != len(own) or self._has_figures(row - 1, years=False):
                return row
            row -= 1
        return row

    def _below(self, row: int, place: int) -> int:
        """The last row of the block: rows of heads that leave the titles' column empty, and the row of numbers."""
        last = row
        title = self._title_column(row)
        for number in self._numbers[place + 1 : place + 8]:
            line = self._grid.lines[number]
            if number != last + 1:
                break
            titled = any(_is_title_head(cell.text) for cell in line.values())
            if not self._is_numbering(number):
                covered = title in line and self._grid.origin(number, title)[0] < number
                is_beside = max(line) > title and (title not in line or covered or titled)
                is_text = titled or all(cell.kind is PlainKind.TEXT for cell in line.values())
                is_text = is_text or any(_is_head_text(cell.text) for cell in line.values())
                if not (is_beside and is_text) or self._has_figures(number, years=False):
                    break
            last = number
            if titled:
                title = self._title_column(number)
        return last

    def _title_column(self, row: int) -> int:
        line = self._grid.lines[row]
        named = [column for column, cell in line.items() if _is_title_head(cell.text)]
        coded = [column for column, cell in line.items() if _is_code_head(cell.text)]
        return named[0] if named else (coded[0] + 1 if coded else min(line) if min(line) == 0 else 0)

    def _is_numbering(self, row: int) -> bool:
        """A B 1 2 3, (1) (2) (3)=(1)+(2)."""
        texts = [cell.text.strip() for cell in self._grid.own(row).values()]
        numbers = [int(found[1]) for text in texts if (found := re.match(r"\(?([0-9]{1,2})", text))]
        if len(texts) < 2 or not numbers or not all(map(_NUMBERED.fullmatch, texts)):
            return False
        return numbers[0] < 4 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))

    def _has_figures(self, row: int, *, years: bool = True) -> bool:
        """Right of its first text. `years`: a number that may be a year is a figure too."""
        line = self._grid.lines[row]
        texts = [c for c, cell in line.items() if cell.kind is PlainKind.TEXT and not is_figure(cell)]
        return any(
            is_figure(cell) and (not texts or column > min(texts)) and (years or not _may_be_year(cell))
            for column, cell in line.items()
        )

    # ------------------------------------------------------------------ one table

    def _table(
        self, head: tuple[int, int] | None, body: list[int], lines: tuple[str, ...], top: tuple[str, ...]
    ) -> Iterator[SheetTable]:
        heads = (
            [] if head is None else [r for r in self._numbers if head[0] <= r <= head[1] and not self._is_numbering(r)]
        )
        notes = self._texts([row for row in body if not self._has_figures(row)])
        for left, right in self._sides(heads, body):
            found = _Body(self._grid, heads, body, left, right)
            rows, columns = tuple(found.rows()), tuple(found.columns())
            if rows and columns:
                yield SheetTable(self._grid.sheet, rows, columns, lines, top, notes)

    def _sides(self, heads: list[int], body: list[int]) -> list[tuple[int, int]]:
        """(first column, last column) of tables beside each other: a second column of titles begins a second one."""
        last = max((column for row in (*heads, *body) for column in self._grid.lines[row]), default=0)
        starts = [0]
        titled = sorted({c for row in heads for c, cell in self._grid.lines[row].items() if _is_title_head(cell.text)})
        for before, column in pairwise(titled):
            between = range(before + 1, column)
            has_figures = any(is_figure(self._grid.lines[row].get(c)) for row in body for c in between)
            is_text = any(
                (cell := self._grid.lines[row].get(column)) and cell.kind is PlainKind.TEXT and not is_figure(cell)
                for row in body
            )
            if has_figures and is_text:
                coded = any(_is_code_head(self._grid.text(row, column - 1)) for row in heads)
                starts.append(column - 1 if coded else column)
        return [(begin, (starts[n + 1] - 1 if n + 1 < len(starts) else last)) for n, begin in enumerate(starts)]


class _Body:
    """The rows and columns of one table, between two columns of the sheet."""

    def __init__(self, grid: _Grid, heads: list[int], body: list[int], left: int, right: int) -> None:
        self._grid, self._heads, self._left, self._right = grid, heads, left, right
        self._rows = [row for row in body if any(left <= column <= right for column in grid.lines[row])]
        self._columns = sorted({c for r in (*heads, *self._rows) for c in grid.lines[r] if left <= c <= right})
        self._titles: list[int] = []
        self._code: int | None = None
        self._unit: int | None = None
        self._figures: list[int] = []
        self._sort()

    def _sort(self) -> None:
        """Which column holds titles, figures, running numbers, units."""
        for column in self._columns:
            cells = [cell for row in self._rows if (cell := self._grid.lines[row].get(column))]
            texts = sum(cell.kind is PlainKind.TEXT and not is_figure(cell) for cell in cells)
            figures = sum(map(is_figure, cells))
            head = [said(text) for row in self._heads if (text := self._grid.text(row, column))]
            kinds = {kind for one in head for kind in one.kinds} if head and head[-1].is_plain else set()
            if cells and all(map(_may_be_year, cells)) and head and _YEARS.fullmatch(" ".join(head[-1].raw)):
                self._titles += [column] if not self._figures else []
                continue
            is_code = FigureKind.CODE in kinds and not any(_is_title_head(one.text) for one in head)
            if is_code or (not self._titles and self._is_running(cells, column)):
                self._code = column if self._code is None and not self._titles else self._code
            elif FigureKind.UNIT in kinds and not figures and (self._titles or texts):
                self._unit = column
                right = [c for c in self._columns if c > column]
                if not self._titles and not any(
                    _is_title_head(self._grid.text(r, c)) for r in self._heads for c in right
                ):
                    self._titles, self._unit = [column], None  # “Đơn vị” over names of places
            elif FigureKind.NOTE in kinds:
                continue
            elif texts > figures or (texts and not self._titles):
                self._titles += [column] if not self._figures else []
            elif figures and self._titles:
                self._figures.append(column)

    def _is_running(self, cells: list[Plain], column: int) -> bool:
        """Left of the titles: 1, 2, 3 · I, II · a, b."""
        marks = [cell.text.strip().rstrip(".)") for cell in cells if cell.kind in (PlainKind.TEXT, PlainKind.NUMBER)]
        short = [mark for mark in marks if _DOTTED.fullmatch(mark) or _ROMAN.fullmatch(mark) or len(mark) == 1]
        return bool(marks) and len(short) == len(marks) and column < self._columns[-1]

    def columns(self) -> Iterator[Line]:
        loose_rows = {row: self._is_loose(row) for row in self._heads[:-1]}
        for column in self._figures:
            path: list[Step] = []
            origins: set[Spot] = set()
            loose = False
            for row in self._heads:
                origin = self._grid.origin(row, column)
                text = self._grid.text(row, column)
                if not text and row in loose_rows and self._below_is_headed(row, column):
                    across = self._left_head(row, column)
                    loose = loose or loose_rows[row] or (across is None and self._is_headed(row))
                    if across is not None:
                        origin, text = self._grid.origin(row, across), self._grid.text(row, across)
                if text and origin not in origins:
                    origins.add(origin)
                    path.append(Step(" ".join(text.split()), self._grid.seen(*origin)))
            yield Line(column, tuple(path), loose)

    def _is_headed(self, row: int) -> bool:
        """Some column of figures has a head of its own in this row."""
        return any(self._grid.text(row, column) and self._below_is_headed(row, column) for column in self._figures)

    def _below_is_headed(self, row: int, column: int) -> bool:
        return any(self._grid.text(below, column) for below in self._heads if below > row)

    def _left_head(self, row: int, column: int) -> int | None:
        """The head to the left in the same row, over a column of figures that has heads below it too."""
        for across in range(column - 1, self._left - 1, -1):
            if across not in self._columns:
                return None  # an empty column stands between
            if self._grid.text(row, across):
                below = self._below_is_headed(row, across)
                return across if across in self._figures and below else None
        return None

    def _is_loose(self, row: int) -> bool:
        """Heads over several columns that are not merged: certain only where each has the same heads below."""
        groups: list[list[str]] = []
        for column in self._figures:
            below = [self._grid.text(one, column) for one in self._heads if one > row]
            if self._grid.text(row, column) and self._grid.origin(row, column) == (row, column):
                groups.append([])
            if groups:
                groups[-1].append("|".join(below))
            elif any(below):
                return True
        return len({tuple(group) for group in groups}) > 1

    def rows(self) -> Iterator[Line]:
        stack: list[tuple[float, Step]] = []
        before: tuple[int, tuple[Step, ...]] | None = None
        loose, mark = False, ""
        for row in self._rows:
            own = self._own_titles(row, before)
            has_figures = any(is_figure(self._grid.lines[row].get(c)) for c in self._figures)
            number = self._mark(row)
            if before is not None and not all(one in self._grid.lines for one in range(before[0] + 1, row)):
                loose = not _follows(mark, number) if has_figures or not loose else loose
            mark = number or mark
            if not own:
                continue
            rank = _rank(number, own[0], has_figures=has_figures, after_figures=bool(stack) and stack[-1][1].figures)
            while stack and stack[-1][0] >= rank:
                stack.pop()
            again = next((n for n, (_, step) in enumerate(stack) if step.text == own[0].text), len(stack))
            del stack[again:]  # the title written out once more
            steps = tuple(
                Step(step.text, step.seen and self._grid.seen(row, self._titles[0]), has_figures, bool(number))
                for step in own
            )
            path = (*(step for _, step in stack), *steps)
            stack += [(rank + n / 100, step) for n, step in enumerate(steps)]
            before = (row, own)
            if has_figures:
                unit = self._grid.text(row, self._unit) if self._unit is not None else ""
                yield Line(row, path, loose, unit)

    def _own_titles(self, row: int, before: tuple[int, tuple[Step, ...]] | None) -> tuple[Step, ...]:
        """What stands in the columns of titles; of an unmerged title over several rows the one above."""
        found: list[Step] = []
        origins: set[Spot] = set()
        for place, column in enumerate(self._titles):
            text, origin = self._grid.text(row, column), self._grid.origin(row, column)
            if text and (any(map(str.isalpha, text)) or _YEAR.fullmatch(text)) and origin not in origins:
                found.append(Step(" ".join(text.split()), self._grid.seen(*origin)))
                origins.add(origin)
            elif not text and not found and place + 1 < len(self._titles) and before and before[0] == row - 1:
                later = any(self._grid.text(row, c) for c in self._titles[place + 1 :])
                if later and len(before[1]) > place and not self._mark(row):
                    found.append(before[1][place])
        if not found and self._code is not None:
            text = self._grid.text(row, self._code)
            if len(re.findall(r"[^\W\d_]", text)) > 4:
                found.append(Step(" ".join(text.split()), self._grid.seen(row, self._code)))
        return tuple(found)

    def _mark(self, row: int) -> str:
        """Its running number: from the column TT, else from before its title."""
        if self._code is not None:
            text = self._grid.text(row, self._code).strip()
            if text and len(text) <= 8:
                return text.rstrip(".)")
        for column in self._titles:
            if text := self._grid.text(row, column):
                return numbered(text)[0].rstrip(".)/: ")
        return ""


def _rank(mark: str, own: Step, *, has_figures: bool, after_figures: bool) -> float:
    """How deep a row stands: I before 1 before 1.1 before a) before -; a part (“Nữ”) always under what it is a part of."""
    taken = said(own.text) if len(own.text) <= _LONGEST_PART else TitleWords(own.text, left=("",))
    is_part = taken.is_plain and not taken.is_unit and bool(taken.sexes)
    depth = _marked(mark)
    if depth is not None and not (is_part and depth == 3):
        return depth
    if not is_part and starts_part(own.text):
        return _INSIDE
    if is_part and has_figures:
        return _SUM if taken.sexes == {Sex.BOTH} and after_figures else _PART
    if taken.is_plain and taken.parts and not taken.sexes:
        return _INSIDE
    return _PLAIN if has_figures else _SECTION


def _marked(mark: str) -> float | None:
    if _DOTTED.fullmatch(mark):
        return 3.0 + mark.count(".") / 2
    if _ROMAN.fullmatch(mark):
        return 1.0
    if _UPPER.fullmatch(mark):
        return 0.8
    if _LOWER.fullmatch(mark):
        return 6.0
    if mark.endswith(tuple("-–—−")):
        return 7.0
    return 8.0 if mark.endswith(tuple("+*•●▪◦·")) else None


def _follows(before: str, now: str) -> bool:
    """2 after 1, II after I, 2.1 after 2: the same list goes on over an empty line."""
    if not before or not now:
        return False
    depth, other = _marked(before), _marked(now)
    if depth is None or other is None or depth > 6 or other > 6:
        return False
    if before.isdigit() and now.isdigit():
        return int(now) == int(before) + 1
    return now != before and (other < depth or now > before)


def _is_title_head(text: str) -> bool:
    """Chỉ tiêu, Nội dung, Tên đơn vị …: the head of the column of titles, and nothing else in it."""
    if len(text) > 60:
        return False
    joined = " ".join(words(text))
    left = _OF_PLACES.sub(" ", _TITLE_HEAD.sub(" ", joined))
    return left != joined and not _BESIDE_TITLES.sub(" ", left).strip()


def _is_code_head(text: str) -> bool:
    found = said(text)
    return found.is_plain and FigureKind.CODE in found.kinds and len(text) < 20


def _is_head_text(text: str) -> bool:
    """Every word of it is known from heads: Năm 2026, Thực hiện, Nữ, Số liệu, 2026."""
    if len(text) > 80:
        return False
    found = said(text)
    return found.is_plain and bool(found.raw) and (bool(found.years) or not re.fullmatch(r"[\s0-9.,]+", text))


def _may_be_year(cell: Plain) -> bool:
    return cell.kind in (PlainKind.NUMBER, PlainKind.TEXT) and _YEAR.fullmatch(cell.text.strip()) is not None
