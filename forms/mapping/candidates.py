"""Which figure of a foreign workbook may be which cell of the form: certain, or asked.

A place is certain when every word of its row and heads is accounted for: the title is ours, the year, period, sex or part
are those asked, it is a result and no plan, it counts what we count. Whatever leaves two readings is a question to a
person, with every candidate: likeness proposes, people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import pairwise

from forms.cell import place
from forms.count import Count
from forms.mapping.tables import Column, Row, Step, Table, is_figure, tables_of
from forms.mapping.titles import (
    Kind,
    Said,
    Sex,
    Span,
    Words,
    bare,
    likeness,
    measured,
    names_this,
    revised,
    rule,
    said,
    says_unit,
    scale_in,
    span_of,
    words,
)
from forms.periods import Period, PeriodKind
from forms.report import Report
from forms.sheets import Sheet, Sheets, address

LEAST = 0.5  # of two titles' words that must be shared for one to be shown as near the other
MOST = 12  # candidates shown of one cell
_KIND_WORDS = {
    Kind.PLAN: "là kế hoạch",
    Kind.ESTIMATE: "là số ước",
    Kind.PREVIOUS: "là của kỳ trước",
    Kind.CUMULATIVE: "là số cộng dồn",
}
_SPAN_WORDS = {
    "quarter": "quý {}",
    "month": "tháng {}",
    "half": "nửa năm thứ {}",
    "months": "{} tháng",
    "year": "cả năm",
}
_UNDATED = "cột không ghi năm, kỳ như các cột bên cạnh"
_SAME_UNITS = tuple(
    frozenset(words(one) for one in group)
    for group in (
        ("trẻ", "trẻ em", "em", "cháu", "bé"),
        ("tin bài", "tin và bài"),
        ("ca", "trường hợp"),
        ("người", "ngươì"),
    )
)
_NARROWS = rule(
    "thôn|xã|phường|thị trấn|huyện|quận|tổ dân phố|khu vực|khu|thành thị|nông thôn|dân tộc|thiểu số|vùng|nhóm|tuổi|trong đó|riêng"
    "|ngoài|miền núi|nghèo|khuyết tật|công giáo|đảng viên"
)
_NARROW_TABLE = rule(
    "thôn|tổ dân phố|khu vực|thành thị|nông thôn|dân tộc|thiểu số|vùng|nhóm|tuổi|riêng|miền núi|nghèo|khuyết tật|khối|chi bộ"
)
_NARROW_SHEET = rule("(?:đơn vị |tên )?(?:thôn|bản|làng|tổ dân phố|khu vực|khu phố|vùng|nhóm|khối)")
_SECTION = rule("mục tiêu|lĩnh vực|trong lĩnh vực|chỉ tiêu|nhóm chỉ tiêu|về|công tác|phần|biểu|mục|kết quả|trong")
_PLANNED = rule("kế hoạch|kh|dự kiến|dự toán|chỉ tiêu giao|giao chỉ tiêu|phấn đấu|đăng ký")
_DONE = rule("kết quả|kq|thực hiện|th|theo kế hoạch|kế hoạch số")
_NO_CONTEXT = rule(
    "kèm theo|ban hành|căn cứ|kính gửi|nơi nhận|người lập|thủ trưởng|chủ tịch|số [0-9]+|theo (?:công văn|quyết định|kế hoạch số)"
)
_SIGNED = rule("ngày [0-9]+ tháng [0-9]+ năm [0-9]+|ngày tháng năm")
_UNTIL = rule("(?:tính|số liệu) đến|đến ngày|đến hết")
_RELATIVE = ("trong đó", "chia theo", "trong số người ở dòng")


@dataclass(frozen=True)
class Candidate:
    """One place. `rows` and `heads`: its titles, outermost first. `said`: what else of the sheet its meaning hangs on (year
    of the title line, unit). `scale`: what the sheet's unit says it has to be multiplied by."""

    sheet: str
    row: int
    column: int
    rows: tuple[str, ...]
    heads: tuple[str, ...]
    value: str = ""
    said: tuple[str, ...] = ()
    scale: int = 1
    doubts: tuple[str, ...] = ()
    is_ours: bool = True  # its title is ours, not only like it
    is_total: bool = False  # all that makes it doubtful is that it counts women and men together

    @property
    def place(self) -> str:
        return address(self.row, self.column)

    @property
    def why(self) -> str:
        return "; ".join(self.doubts)


@dataclass(frozen=True)
class Question:
    """A cell of ours that a person has to find: why it is not certain, and where it may stand."""

    cell: str
    title: str
    why: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Found:
    """`certain`: the place of a cell that has only one reading."""

    certain: Mapping[str, Candidate] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


def find(report: Report, sheets: Sheets) -> Found:
    """Every cell that the unit may fill, looked for in every visible sheet."""
    book = Book(sheets)
    return Finder(report, book).find()


@dataclass(frozen=True)
class _Context:
    """What a table's title lines and its sheet's name say of all its figures."""

    years: frozenset[int] = frozenset()
    spans: frozenset[Span] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    sexes: frozenset[Sex] = frozenset()
    narrow: str = ""
    units: tuple[tuple[int, tuple[Words, ...]], ...] = ()
    unit_text: str = ""


@dataclass(frozen=True, eq=False)
class Line:
    """A row or column with its titles taken apart: as heads and as titles of rows."""

    number: int
    path: tuple[Step, ...]
    unit: str = ""
    loose: bool = False

    @classmethod
    def of(cls, line: Row | Column) -> Line:
        return cls(line.number, line.path, line.unit if isinstance(line, Row) else "", line.loose)

    @cached_property
    def heads(self) -> tuple[Said, ...]:
        return tuple(map(said, self.texts))

    @cached_property
    def titles(self) -> tuple[Said, ...]:
        return tuple(said(text, head=False) for text in self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(step.text for step in self.path)

    @property
    def lefts(self) -> set[Words]:
        """What its titles are compared by: each by itself, and with the one over it."""
        pairs = pairwise(one.left for one in self.titles)
        return {one.left for one in self.titles if one.left} | {bare((*a, *b)) for a, b in pairs if a and b}


class Titles:
    """A table with its lines taken apart."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.context = _context(table)
        self.rows = tuple(map(Line.of, table.rows))
        self.columns = tuple(map(Line.of, table.columns))
        self._by_title: dict[Words, list[int]] = {}
        for at, row in enumerate(self.rows):
            for left in row.lefts:
                self._by_title.setdefault(left, []).append(at)
        self._worth: dict[Words, tuple[Line, ...]] = {}

    def worth(self, title: Words) -> tuple[Line, ...]:
        """The rows that have this title or one like it, or a piece of it that a head may complete."""
        if title not in self._worth:
            heads = {left for column in self.columns for one in column.titles if (left := one.left)}
            found = {at for left in self._by_title if self._is_worth(left, title, heads) for at in self._by_title[left]}
            self._worth[title] = tuple(self.rows[at] for at in sorted(found))
        return self._worth[title]

    @staticmethod
    def _is_worth(left: Words, title: Words, heads: set[Words]) -> bool:
        shared = len({*left} & {*title})
        if not shared:
            return False
        if shared == len({*title}) or shared >= LEAST * len({*left, *title}):
            return True
        return any(_joined(left, title, head) for head in heads)

    def candidate(self, row: Line, column: Line) -> Candidate:
        """As it stands, whatever it may be for."""
        plain = self.table.figure(row.number, column.number)
        shown = plain.text if plain else ""
        scales = [scale for scale, _ in self.measures(row, column) if scale != 1]
        found = tuple(self._signs(row))
        return Candidate(
            self.table.sheet.name,
            row.number,
            column.number,
            row.texts,
            column.texts,
            shown,
            found,
            max(scales, default=1),
        )

    def measures(self, row: Line, column: Line) -> list[tuple[int, tuple[Words, ...]]]:
        """(scale, units) as the column ĐVT, the heads, the title say; the line “Đơn vị tính” where they say nothing."""
        own = [measured(row.unit)] if words(row.unit) and words(row.unit) != ("nt",) else []
        own += [(one.scale, one.units) for one in (*row.heads, *column.heads) if one.units or one.scale != 1]
        above = [one for one in self.context.units if not own or one[0] != 1]
        return own + above

    def _signs(self, row: Line) -> Iterator[str]:
        context = self.context
        yield from (f"năm {year}" for year in sorted(context.years))
        yield from (_SPAN_WORDS[name].format(number) for name, number in sorted(context.spans))
        yield from sorted(context.kinds)
        yield from sorted(context.sexes)
        yield from (text for text in (row.unit, context.unit_text) if text)


class Book:
    """A workbook with the tables of its visible sheets."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets.sheets if not sheet.hidden and sheet.cells}
        self._read: dict[str, tuple[Titles, ...]] = {}

    def of(self, sheet: Sheet) -> tuple[Titles, ...]:
        if sheet.name not in self._read:
            self._read[sheet.name] = tuple(map(Titles, tables_of(sheet)))
        return self._read[sheet.name]

    @cached_property
    def tables(self) -> tuple[Titles, ...]:
        return tuple(titles for sheet in self._sheets.values() for titles in self.of(sheet))

    def at(self, sheet: str, row: int, column: int) -> Candidate | None:
        """The figure that stands there with its titles; None outside of every table."""
        for titles in self.of(self._sheets[sheet]) if sheet in self._sheets else ():
            down = next((one for one in titles.rows if one.number == row), None)
            across = next((one for one in titles.columns if one.number == column), None)
            if down and across:
                return titles.candidate(down, across)
        return None


@dataclass(frozen=True)
class _Wanted:
    """One cell of ours and what its place has to say."""

    cell: str
    count: Count
    title: Said
    sex: Sex | None
    part: Words
    parts: tuple[Words, ...]
    year: int
    of_span: bool  # a form that asks each year by itself
    span: Span
    span_in_title: bool
    is_rate: bool
    above: (
        frozenset[Words] | None
    )  # of a title that only says which part it is (“Trong đó: tin”): what may stand over it


class Finder:
    """Of one report in one workbook."""

    def __init__(self, report: Report, book: Book) -> None:
        self._report, self._book = report, book
        self._totals: dict[str, list[Candidate]] = {}
        counts = report.form.counts.values()
        self._cores = {_core(count): count.id for count in counts}
        keys = [_key(count) for count in counts]
        self._doubled = {key[0] for key in keys if keys.count(key) > 1}
        self._sections = {bare(words(section.title)) for section in report.form.sections}

    def find(self) -> Found:
        certain: dict[str, Candidate] = {}
        questions: list[Question] = []
        for cell in self._report.expected_cells:
            found = self._of(cell)
            if isinstance(found, Candidate):
                certain[cell] = found
            elif found:
                questions.append(found)
        doubted = self._unequal(certain)
        questions += doubted
        order = {cell: place for place, cell in enumerate(self._report.expected_cells)}
        kept = {cell: one for cell, one in certain.items() if cell not in {one.cell for one in doubted}}
        return Found(kept, tuple(sorted(questions, key=lambda one: order[one.cell])))

    def _unequal(self, certain: Mapping[str, Candidate]) -> list[Question]:
        """Women and men whose sum is not the total that the sheet has beside them: one of the three is something else."""
        found: list[Question] = []
        for count in self._report.form.counts.values():
            for year in count.years or (None,):
                cells = [cell for cell in count.cells_at(year) if cell in certain]
                totals = {one for cell in cells for one in self._totals.get(cell, ())}
                parts = [_amount(certain[cell].value) for cell in cells]
                sums = [amount for one in totals if (amount := _amount(one.value)) is not None]
                known = [amount for amount in parts if amount is not None]
                if not sums or not known or len(known) < len(parts):
                    continue
                whole = bool(count.by) and len(cells) == len(count.cells_at(year))
                if any(sum(known) == one if whole else sum(known) <= one for one in sums):
                    continue
                why = "Các phần cộng lại khác tổng số ghi trong bảng. Soát lại bảng, rồi chọn."
                found += [Question(cell, count.label(cell), why, (certain[cell], *totals)) for cell in cells]
        return found

    def _of(self, cell: str) -> Candidate | Question | None:
        wanted = self._wanted(cell)
        ours, near = list[Candidate](), list[Candidate]()
        rivals = False
        for titles in self._book.tables:
            looked = _Look(titles, wanted, self._cores, self._doubled, self._sections)
            ours += looked.ours
            near += looked.near
            rivals = rivals or looked.has_rivals
        self._totals[cell] = [one for one in ours if one.is_total and one.value]
        sure = [one for one in ours if not one.doubts]
        filled = [one for one in sure if one.value]
        if len(filled) == 1 and not rivals:
            return filled[0]
        if len(sure) == 1 and not filled and not any(one.value for one in ours):
            return sure[0]
        shown = [one for one in sorted(ours, key=lambda one: len(one.doubts)) if one.value]
        shown += [one for one in near if one.value] if not filled else []
        if not shown:
            return None
        label = wanted.count.label(cell)
        return Question(cell, label, self._why(filled, shown, rivals=rivals), tuple(shown[:MOST]))

    @staticmethod
    def _why(filled: list[Candidate], shown: list[Candidate], *, rivals: bool) -> str:
        if len(filled) > 1:
            return f"Có {len(filled)} chỗ cùng tên, cùng cột hợp nghĩa. Chọn một."
        if filled and rivals:
            return "Cạnh cột này còn cột khác mà tiêu đề không nói rõ khác gì. Chọn một."
        if not shown[0].is_ours:
            return "Chỉ có dòng tên gần giống, không đúng tên. Đúng là nó thì chọn, không thì bỏ qua."
        return f"Chỗ có tên này chưa chắc là số cần lấy: {shown[0].why}."

    def _wanted(self, cell: str) -> _Wanted:
        count = self._report.form.count_of_cell[cell]
        name, year = place(cell)
        title = said(count.title, head=False)
        part = name.partition(".")[2]
        by = said(count.by.parts[part]) if count.by and part else None
        sex = next(iter(by.sexes), None) if by else (next(iter(title.sexes)) if len(title.sexes) == 1 else None)
        is_part = by is not None and not by.sexes
        parts = tuple(bare(words(one)) for one in count.by.parts.values()) if count.by and is_part else ()
        part_words = bare(words(count.by.parts[part])) if count.by and is_part else ()
        period = self._report.period
        in_title = {one for one in title.spans if one[0] in ("quarter", "month")}
        span = next(iter(in_title)) if len(in_title) == 1 else _asked_span(period, year)
        return _Wanted(
            cell, count, title, sex, part_words, parts, year or period.year, year is not None, span, bool(in_title),
            count.measure.startswith("%") or Kind.RATE in said(count.title).kinds, self._above(count),
        )  # fmt: skip

    def _above(self, count: Count) -> frozenset[Words] | None:
        if not count.title.lower().startswith(_RELATIVE):
            return None
        counts = self._report.form.counts.values()
        over = [one for one in counts if one is not count and count.number.startswith(one.number + ".")]
        return frozenset(_core(one) for one in (over or counts))


def _asked_span(period: Period, year: int | None) -> Span:
    return ("year", 0) if year is not None or period.kind is PeriodKind.SPAN else span_of(period)


def _core(count: Count) -> Words:
    return said(count.title, head=False).left


def _key(count: Count) -> tuple[Words, frozenset[Sex], frozenset[Span]]:
    title = said(count.title, head=False)
    return title.left, title.sexes, title.spans


@dataclass(frozen=True)
class _Match:
    """A row (and column) whose title is ours: which titles remain to be understood. `likeness` below 1: it is only near."""

    rows: tuple[Said, ...]
    over: tuple[tuple[Step, Said], ...]
    columns: tuple[Said, ...]
    title: Said
    likeness: float = 1.0
    revised: bool = False


class _Look:
    """One wanted cell in one table."""

    def __init__(
        self,
        titles: Titles,
        wanted: _Wanted,
        cores: Mapping[Words, str],
        doubled: Iterable[Words],
        sections: set[Words],
    ) -> None:
        self._titles, self._wanted, self._cores = titles, wanted, cores
        self._exact_only = wanted.title.left in doubled
        self._sections = sections
        self.ours, self.near = list[Candidate](), list[Candidate]()
        self.has_rivals = False
        self._look()

    def _look(self) -> None:
        alike: dict[int, list[Candidate]] = {}
        headed = {column.number: self._head_matches(column) for column in self._titles.columns}
        is_turned = any(headed.values())
        for row in self._titles.rows if is_turned else self._titles.worth(self._wanted.title.left):
            rows = list(self._row_matches(row))
            found: list[Candidate] = []
            unclear: list[Candidate] = []
            for column in self._titles.columns:
                match = self._matched(rows, row, column, headed[column.number])
                if match is None:
                    continue
                doubts = self._doubts(match, row, column)
                if doubts is None:
                    continue
                known, unknown = doubts
                made = self._made(row, column, [*known, *unknown], match)
                whole = self._whole()
                if [*known, *unknown] == whole and whole:
                    made = replace(made, is_total=True)
                if match.likeness < 1:
                    alike.setdefault(row.number, []).append(made)
                    continue
                found.append(made)
                if unknown and set(known) <= {_UNDATED} and not any(one.parts for one in match.columns):
                    unclear.append(made)
            self.ours += found
            sure = [one for one in found if not one.doubts]
            if unclear and sure and any(self._is_weak(one) for one in sure):
                self.has_rivals = True
        for found in alike.values():
            fewest = min(len(one.doubts) for one in found)
            self.near += [one for one in found if len(one.doubts) == fewest]

    def _is_weak(self, one: Candidate) -> bool:
        """Its heads do not say that it is the whole, or the part that is asked."""
        heads = [said(text) for text in one.heads]
        return not any(head.sexes for head in heads) and not self._wanted.part

    def _made(self, row: Line, column: Line, doubts: list[str], match: _Match) -> Candidate:
        made = self._titles.candidate(row, column)
        plain = self._titles.table.figure(row.number, column.number)
        value = made.value if is_figure(plain) else ""
        return Candidate(
            made.sheet, made.row, made.column, made.rows, made.heads, value, made.said, made.scale,
            tuple(dict.fromkeys(doubts)), match.likeness >= 1,
        )  # fmt: skip

    # ------------------------------------------------------------------ titles

    def _is_ours(self, title: Said) -> bool:
        wanted = self._wanted.title
        return title.raw == wanted.raw or bool(title.left and title.left == wanted.left and not self._exact_only)

    def _row_matches(self, row: Line) -> Iterator[_Match]:
        """The innermost title that is ours, with only parts under it; two titles that together are ours; the nearest."""
        wanted = self._wanted.title
        for depth in reversed(range(len(row.path))):
            title = row.titles[depth]
            over = tuple(zip(row.path[:depth], row.heads[:depth], strict=True))
            if self._is_ours(title):
                yield _Match(row.heads[depth + 1 :], over, (), title)
                return
            if depth and _joined(row.titles[depth - 1].left, wanted.left, title.left):
                yield _Match(row.heads[depth + 1 :], over[:-1], (), _both(row.titles[depth - 1], title))
                return
            if not self._is_part(row, depth):
                break
        yield from self._near_rows(row)

    def _near_rows(self, row: Line) -> Iterator[_Match]:
        depth = next((n for n in reversed(range(len(row.path))) if not self._is_part(row, n)), None)
        if depth is None:
            return
        title, wanted = row.titles[depth], self._wanted.title
        if title.left in self._cores:
            return  # it is another one of the form's titles
        rest = [one for one in title.left if one not in wanted.left]
        is_revised = revised(tuple(rest)) and set(wanted.left) <= set(title.left)
        alike = likeness(title.left, wanted.left)
        if alike >= LEAST or is_revised:
            over = tuple(zip(row.path[:depth], row.heads[:depth], strict=True))
            yield _Match(row.heads[depth + 1 :], over, (), title, min(alike, 0.99), is_revised)

    def _is_part(self, row: Line, depth: int) -> bool:
        """A title that only says which part of the one over it: “Nữ”, “Trong đó: lao động nữ”, a part of our count."""
        head, title = row.heads[depth], row.titles[depth]
        if head.is_plain and not head.is_unit:
            return True
        if self._part_of(title) is not None:
            return True
        if not depth or not head.sexes:
            return False
        above = " ".join(row.titles[depth - 1].left)
        return f" {' '.join(title.left)} " in f" {above} "

    def _part_of(self, title: Said) -> Words | None:
        found = bare(title.raw)
        return found if found in self._wanted.parts else title.left if title.left in self._wanted.parts else None

    def _head_matches(self, column: Line) -> _Match | None:
        """A table turned round: our title stands in the heads."""
        for depth, title in enumerate(column.titles):
            if self._is_ours(title):
                rest = (*column.heads[:depth], *column.heads[depth + 1 :])
                return _Match((), (), rest, title)
            joined = depth and bare((*column.titles[depth - 1].left, *title.left)) == self._wanted.title.left
            if joined and title.left:
                rest = (*column.heads[: depth - 1], *column.heads[depth + 1 :])
                return _Match((), (), rest, _both(column.titles[depth - 1], title))
        return None

    def _matched(self, rows: list[_Match], row: Line, column: Line, turned: _Match | None) -> _Match | None:
        if turned is not None:
            return _Match(row.heads, (), turned.columns, turned.title)
        if rows and rows[0].likeness >= 1:
            found = rows[0]
            return _Match(found.rows, found.over, column.heads, found.title, found.likeness, found.revised)
        if row.titles and column.titles:
            inner = row.titles[-1].left
            for depth, head in enumerate(column.titles):
                if _joined(inner, self._wanted.title.left, head.left):
                    rest = (*column.heads[:depth], *column.heads[depth + 1 :])
                    over = tuple(zip(row.path[:-1], row.heads[:-1], strict=True))
                    return _Match((), over, rest, _both(row.titles[-1], head))
        if rows:
            found = rows[0]
            return _Match(found.rows, found.over, column.heads, found.title, found.likeness, found.revised)
        return None

    # ------------------------------------------------------------------ doubts

    def _doubts(self, match: _Match, row: Line, column: Line) -> tuple[list[str], list[str]] | None:
        """What is not as it should be, and what is not understood; None where it cannot be our figure at all."""
        wanted = self._wanted
        over = [head for _, head in match.over]
        title = match.title
        every = (*match.rows, *over, *match.columns)
        kinds = {kind for one in every for kind in one.kinds}
        if kinds & {Kind.CODE, Kind.NOTE, Kind.UNIT} or (Kind.RATE in kinds and not wanted.is_rate):
            return None
        whom = self._whom({sex for one in (*every, title) for sex in one.sexes} | self._titles.context.sexes)
        when = self._when(every, title)
        parts = self._parts(match)
        measure = self._measure(row, column)
        if whom is None or when is None or parts is None or measure is None:
            return None
        known = [] if match.likeness >= 1 else [f"tên dòng là “{title.text[:120]}”"]
        kinds |= self._titles.context.kinds if not kinds else set()
        known += [words_ for kind, words_ in _KIND_WORDS.items() if kind in kinds]
        known += [*whom, *when, *parts, *measure]
        unknown = [
            f"không rõ tiêu đề cột “{one.text[:60]}”"
            for one in match.columns
            if not one.is_plain and self._part_of(said(one.text, head=False)) is None
        ]
        unknown += [
            f"không rõ “{one.text[:60]}”"
            for one in match.rows
            if not one.is_plain
            and self._part_of(said(one.text, head=False)) is None
            and not self._is_inside(one, title)
        ]
        known += self._over(match)
        known += [f"bảng ghi “{self._titles.context.narrow[:60]}”"] if self._titles.context.narrow else []
        if not column.path and len(self._titles.columns) > 1:
            unknown.append(f"cột {address(0, column.number)[:-1]} không có tiêu đề")
        if row.loose:
            known.append("dòng đứng sau dòng trống, không rõ còn thuộc bảng trên không")
        if self._is_undated(column):
            known.append(_UNDATED)
        if column.loose:
            known.append("không rõ cột thuộc nhóm tiêu đề nào ở trên")
        sheet = self._titles.table.sheet
        steps = (*row.path, *column.path)
        if not all(step.seen for step in steps) or sheet.is_unseen(row.number, column.number):
            known.append("có dòng hoặc cột đang bị ẩn")
        return known, unknown

    def _is_undated(self, column: Line) -> bool:
        """“Tổng cộng” beside quarters, “Số liệu” beside last year: of which of them is not said."""
        own = column.heads
        if any(one.years or one.spans or one.kinds or names_this(" ".join(one.raw)) for one in own):
            return False
        others = [one for other in self._titles.columns if other is not column for one in other.heads]
        return any((one.years or one.spans) and not one.kinds & {Kind.RATE, Kind.PREVIOUS, Kind.NOTE} for one in others)

    def _is_inside(self, one: Said, title: Said) -> bool:
        inner = " ".join(said(one.text, head=False).left)
        return bool(one.sexes) and f" {inner} " in f" {' '.join(title.left)} "

    def _whole(self) -> list[str]:
        """The one doubt of a total."""
        return [*(self._whom(set()) or []), *self._part_doubt()]

    def _whom(self, sexes: set[Sex]) -> list[str] | None:
        wanted = self._wanted.sex
        own = sexes - {Sex.BOTH}
        if wanted is None:
            if len(self._wanted.title.sexes) > 1:  # a title that names both
                return []
            return None if own else []
        if own == {wanted}:
            return []
        if own:
            return None
        return [f"không ghi riêng {'nữ' if wanted is Sex.FEMALE else 'nam'}, có thể là cả hai giới"]

    def _parts(self, match: _Match) -> list[str] | None:
        """Of a count by parts other than women and men."""
        if not self._wanted.part:
            return []
        texts = [one.text for one in (*match.rows, *match.columns, *(head for _, head in match.over))]
        found = {part for text in texts if (part := self._part_of(said(text, head=False)))}
        if found == {self._wanted.part}:
            return []
        return None if found else self._part_doubt()

    def _part_doubt(self) -> list[str]:
        return [f"không ghi riêng “{' '.join(self._part_title)}”"] if self._wanted.part else []

    @property
    def _part_title(self) -> tuple[str, ...]:
        count = self._wanted.count
        part = place(self._wanted.cell)[0].partition(".")[2]
        return (count.by.parts[part],) if count.by else ()

    def _when(self, every: tuple[Said, ...], title: Said) -> list[str] | None:
        wanted, context = self._wanted, self._titles.context
        is_raw = title.raw == wanted.title.raw
        own = {year for one in every for year in one.years} | (set() if is_raw else set(title.years))
        spans = {span for one in every for span in one.spans} | {one for one in title.spans if one[0] in _SPAN_WORDS}
        spans |= {("day", 0) for one in every for span in one.spans if span[0] == "day"}
        spans = {span for span in spans if span[0] in _SPAN_WORDS or span == ("day", 0)}
        years = own or context.years
        doubts: list[str] = []
        if years != {wanted.year}:
            if wanted.of_span and (not years or wanted.year not in years):
                return None
            if years:
                doubts.append(f"ghi năm {', '.join(map(str, sorted(years)))}")
        asked = wanted.span
        told = spans or set(context.spans)
        if told and told != {asked}:
            if wanted.span_in_title and spans and asked not in spans:
                return None
            doubts.append("ghi " + ", ".join(_span_words(one) for one in sorted(told)))
        elif not told and wanted.span_in_title:
            return None
        elif not told and asked != ("year", 0) and (own or context.years):
            doubts.append(f"chỉ ghi năm, không ghi {_span_words(asked)}")
        return doubts

    def _measure(self, row: Line, column: Line) -> list[str] | None:
        """It has to count what we count, one by one."""
        wanted = words(self._wanted.count.measure)
        doubts: list[str] = []
        for scale, units in self._titles.measures(row, column):
            if ("%",) in units and "%" not in wanted:
                return None
            if scale != 1:
                doubts.append(f"đơn vị tính có hệ số {scale:,}".replace(",", "."))
            if units and not any(_same_unit(one, wanted) for one in units):
                doubts.append(f"đơn vị tính khác “{self._wanted.count.measure}”")
        return doubts

    def _over(self, match: _Match) -> list[str]:
        """Titles over ours: sections of a form are harmless, a narrower scope is not."""
        doubts = []
        above = self._wanted.above
        for step, head in match.over:
            core = said(step.text, head=False).left
            if head.is_plain or bare(head.raw) in self._sections:
                continue
            if above is not None and core in above:
                continue
            if step.figures and core not in self._cores and Kind.RATE not in head.kinds:
                doubts.append(f"là một phần của “{step.text[:60]}”")
                continue
            joined = " ".join(head.raw)
            harmless = step.is_numbered or step.text.isupper() or _SECTION.match(joined) or core in self._cores
            if _NARROWS.search(joined) or not harmless:
                doubts.append(f"đứng dưới “{step.text[:60]}”")
        if above is not None and not match.over and match.title.raw != self._wanted.title.raw:
            doubts.append("không rõ là trong số nào")
        if above is not None and match.over and not match.over[-1][1].is_plain:
            text = match.over[-1][0].text
            doubts += [] if said(text, head=False).left in above else [f"đứng dưới “{text[:60]}”"]
        return doubts


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _joined(inner: Words, title: Words, head: Words) -> bool:
    """The words of a row and those of a head are together the title."""
    if not inner or not head or abs(len(inner) + len(head) - len(title)) > 2:
        return False
    return title in (bare((*inner, *head)), bare((*head, *inner)))


def _both(outer: Said, inner: Said) -> Said:
    return Said(
        f"{outer.text} {inner.text}",
        (*outer.raw, *inner.raw),
        bare((*outer.left, *inner.left)),
        outer.years | inner.years,
        outer.spans | inner.spans,
        frozenset(),
        outer.sexes | inner.sexes,
        max(outer.scale, inner.scale),
        (*outer.units, *inner.units),
    )


def _span_words(span: Span) -> str:
    return "ngày giữa năm" if span[0] == "day" else _SPAN_WORDS[span[0]].format(span[1])


def _same_unit(one: Words, other: Words) -> bool:
    return one == other or any(one in group and other in group for group in _SAME_UNITS)


def _context(table: Table) -> _Context:
    """The nearest title line that names a year or period holds; the sheet's name may not contradict it."""
    years, spans = _when_of(table.lines)
    top_years, top_spans = _when_of(table.top)
    years, spans = years or top_years, spans or top_spans
    name = _split_name(table.sheet.name)
    named = said(name)
    years, spans = years | named.years, spans | {one for one in named.spans if one[0] in _SPAN_WORDS}
    kinds: set[Kind] = set()
    for line in (*_told(table.lines or table.top), name):
        joined = " ".join(words(line))
        if _PLANNED.search(joined) and not _DONE.search(joined):
            kinds.add(Kind.PLAN)
        if Kind.ESTIMATE in said(line).kinds:
            kinds.add(Kind.ESTIMATE)
    units = sorted((line for line in table.lines if says_unit(line)), key=len)
    units = units or sorted((line for line in table.top if says_unit(line)), key=len)
    measures = [measured(_after_colon(line)) for line in units[:1]]
    lines = (*table.lines, *table.top, *table.notes)
    scaled = next((line for line in lines if line not in units and scale_in(line) != 1), "")
    if scaled:
        measures.append((scale_in(scaled), ()))
    narrow = next((line for line in table.lines if _NARROW_TABLE.search(" ".join(words(line)))), "")
    narrow = narrow or next((line for line in table.top if _NARROW_SHEET.match(" ".join(words(line)))), "")
    sexes = named.sexes if named.is_plain else frozenset()
    shown = " ".join((*units[:1], *([scaled] if scaled else [])))
    return _Context(frozenset(years), frozenset(spans), frozenset(kinds), sexes, narrow, tuple(measures), shown)


def _after_colon(line: str) -> str:
    return line.rpartition(":")[2] if ":" in line else line


def _split_name(name: str) -> str:
    return "".join(
        f" {b}" if a.isalpha() and b.isdigit() and a.lower() not in "qt" else b
        for a, b in zip(" " + name, name, strict=False)
    )


def _told(lines: Iterable[str]) -> list[str]:
    """Without signatures, letter heads, references to other papers."""
    return [
        line
        for line in lines
        if not _NO_CONTEXT.search(joined := " ".join(words(line)))
        and (not _SIGNED.search(joined) or _UNTIL.search(joined))
    ]


def _when_of(lines: Iterable[str]) -> tuple[set[int], set[Span]]:
    found = [said(line) for line in _told(lines)]
    spans = {span for one in found for span in one.spans if span[0] in _SPAN_WORDS}
    return {year for one in found for year in one.years}, spans
