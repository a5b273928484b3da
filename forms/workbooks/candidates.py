"""Which figure of a foreign workbook may be which cell of the form: certain, or asked.

A place is certain when every word of its row and heads is accounted for: the title is ours, the year, period, sex or part
are those asked, it is a result and no plan, it counts what we count. Whatever leaves two readings is a question to a
person, with every candidate: likeness proposes, people decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from forms.model.cell import place
from forms.model.count import Count
from forms.model.period import PeriodKind
from forms.model.report import Report
from forms.workbooks.sheet_tables import Line, Step, is_figure
from forms.workbooks.sheets import letters
from forms.workbooks.title_matching import (
    FigureKind,
    Sex,
    Span,
    TitleWords,
    Words,
    bare,
    likeness,
    names_this,
    revised,
    rule,
    said,
    span_of,
    words,
)
from forms.workbooks.titled_tables import LEAST, SPAN_WORDS, Book, CellCandidate, ReadTable, joined

MOST = 12  # candidates shown of one cell
_KIND_WORDS = {
    FigureKind.PLAN: "là kế hoạch",
    FigureKind.ESTIMATE: "là số ước",
    FigureKind.PREVIOUS: "là của kỳ trước",
    FigureKind.CUMULATIVE: "là số cộng dồn",
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
_SECTION = rule("mục tiêu|lĩnh vực|trong lĩnh vực|chỉ tiêu|nhóm chỉ tiêu|về|công tác|phần|biểu|mục|kết quả|trong")
_RELATIVE = ("trong đó", "chia theo", "trong số người ở dòng")


@dataclass(frozen=True)
class Question:
    """A cell of ours that a person has to find: why it is not certain, and where it may stand."""

    cell: str
    title: str
    why: str
    candidates: tuple[CellCandidate, ...]


@dataclass(frozen=True)
class FoundCandidates:
    """`certain`: the place of a cell that has only one reading."""

    certain: Mapping[str, CellCandidate] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class _Wanted:
    """One cell of ours and what its place has to say. `above`: of a title that only says which part it is (“Trong đó: tin”),
    what may stand over it."""

    cell: str
    count: Count
    title: TitleWords
    exact_only: bool  # another count is called the same but for its numbers
    sex: Sex | None
    part: Words
    parts: tuple[Words, ...]
    year: int
    of_span: bool  # a form that asks each year by itself
    span: Span
    span_in_title: bool
    is_rate: bool
    above: frozenset[Words] | None

    def part_of(self, text: str) -> Words | None:
        """Which of the parts that its count is typed by a title names."""
        title = said(text, head=False)
        return next((one for one in (bare(title.raw), title.left) if one in self.parts), None)

    @property
    def part_doubt(self) -> list[str]:
        name = place(self.cell)[0].partition(".")[2]
        return [f"không ghi riêng “{self.count.by.parts[name]}”"] if self.part and self.count.by else []


class Finder:
    """Every cell of a report that the unit may fill, looked for in every visible sheet of a workbook."""

    def __init__(self, report: Report, book: Book) -> None:
        self._report, self._book = report, book
        self._totals: dict[str, list[CellCandidate]] = {}
        self._titles = {count.id: said(count.title, head=False) for count in report.form.counts.values()}
        self._cores = {title.left for title in self._titles.values()}
        keys = [(title.left, title.sexes, title.spans) for title in self._titles.values()]
        self._doubled = {key[0] for key in keys if keys.count(key) > 1}
        self._sections = {bare(words(section.title)) for section in report.form.sections}

    def find(self) -> FoundCandidates:
        certain: dict[str, CellCandidate] = {}
        questions: list[Question] = []
        for cell in self._report.expected_cells:
            found = self._of(cell)
            if isinstance(found, CellCandidate):
                certain[cell] = found
            elif found:
                questions.append(found)
        doubted = {one.cell: one for one in self._unequal(certain)}
        order = {cell: place for place, cell in enumerate(self._report.expected_cells)}
        asked = sorted((*questions, *doubted.values()), key=lambda one: order[one.cell])
        return FoundCandidates({cell: one for cell, one in certain.items() if cell not in doubted}, tuple(asked))

    def _unequal(self, certain: Mapping[str, CellCandidate]) -> list[Question]:
        """Women and men whose sum is not the total that the sheet has beside them: one of the three is something else."""
        found: list[Question] = []
        for count in self._report.form.counts.values():
            for year in count.years or (None,):
                cells = [cell for cell in count.cells_at(year) if cell in certain]
                totals = {one for cell in cells for one in self._totals.get(cell, ())}
                sums = [amount for one in totals if (amount := _amount(one.value)) is not None]
                known = [amount for cell in cells if (amount := _amount(certain[cell].value)) is not None]
                if not sums or not known or len(known) < len(cells):
                    continue
                whole = bool(count.by) and len(cells) == len(count.cells_at(year))
                if any(sum(known) == one if whole else sum(known) <= one for one in sums):
                    continue
                why = "Các phần cộng lại khác tổng số ghi trong bảng. Soát lại bảng, rồi chọn."
                found += [Question(cell, count.label(cell), why, (certain[cell], *totals)) for cell in cells]
        return found

    def _of(self, cell: str) -> CellCandidate | Question | None:
        wanted = self._wanted(cell)
        looks = [_Look(table, wanted, self._cores, self._sections) for table in self._book.tables]
        ours = [one for look in looks for one in look.ours]
        rivals = any(look.has_rivals for look in looks)
        self._totals[cell] = [one for one in ours if one.is_total and one.value]
        sure = [one for one in ours if not one.doubts]
        filled = [one for one in sure if one.value]
        if len(filled) == 1 and not rivals:
            return filled[0]
        if len(sure) == 1 and not filled and not any(one.value for one in ours):
            return sure[0]
        near = [one for look in looks for one in look.near] if not filled else []
        shown = [one for one in (*sorted(ours, key=lambda one: len(one.doubts)), *near) if one.value]
        if not shown:
            return None
        if len(filled) > 1:
            why = f"Có {len(filled)} chỗ cùng tên, cùng cột hợp nghĩa. Chọn một."
        elif filled and rivals:
            why = "Cạnh cột này còn cột khác mà tiêu đề không nói rõ khác gì. Chọn một."
        elif not shown[0].is_ours:
            why = "Chỉ có dòng tên gần giống, không đúng tên. Đúng là nó thì chọn, không thì bỏ qua."
        else:
            why = f"Chỗ có tên này chưa chắc là số cần lấy: {shown[0].why}."
        return Question(cell, wanted.count.label(cell), why, tuple(shown[:MOST]))

    def _wanted(self, cell: str) -> _Wanted:
        count, period = self._report.form.count_of_cell[cell], self._report.period
        name, year = place(cell)
        title = self._titles[count.id]
        part = name.partition(".")[2]
        by = said(count.by.parts[part]) if count.by and part else None
        sex = next(iter(by.sexes), None) if by else (next(iter(title.sexes)) if len(title.sexes) == 1 else None)
        is_part = by is not None and not by.sexes
        parts = tuple(bare(words(one)) for one in count.by.parts.values()) if count.by and is_part else ()
        part_words = bare(words(count.by.parts[part])) if count.by and is_part else ()
        in_title = {one for one in title.spans if one[0] in ("quarter", "month")}
        is_whole_year = year is not None or period.kind is PeriodKind.SPAN
        span = next(iter(in_title)) if len(in_title) == 1 else ("year", 0) if is_whole_year else span_of(period)
        is_rate = count.measure.startswith("%") or FigureKind.RATE in said(count.title).kinds
        above: frozenset[Words] | None = None
        if count.title.lower().startswith(_RELATIVE):
            counts = self._report.form.counts.values()
            over = [one for one in counts if one is not count and count.number.startswith(one.number + ".")]
            above = frozenset(self._titles[one.id].left for one in (over or counts))
        return _Wanted(
            cell, count, title, title.left in self._doubled, sex, part_words, parts, year or period.year, year is not None,
            span, bool(in_title), is_rate, above,
        )  # fmt: skip


@dataclass(frozen=True)
class _Match:
    """A row (and column) whose title is ours: which titles remain to be understood. `likeness` below 1: it is only near."""

    rows: tuple[TitleWords, ...]
    over: tuple[tuple[Step, TitleWords], ...]
    columns: tuple[TitleWords, ...]
    title: TitleWords
    likeness: float = 1.0


class _Look:
    """One wanted cell in one table: places whose title is `ours`, those that are only `near`, and whether beside a place that
    seems sure another column stands of which nothing is said."""

    def __init__(self, table: ReadTable, wanted: _Wanted, cores: set[Words], sections: set[Words]) -> None:
        self._table, self._wanted, self._cores, self._sections = table, wanted, cores, sections
        self.ours, self.near = list[CellCandidate](), list[CellCandidate]()
        self.has_rivals = False
        headed = {column.number: self._head_match(column) for column in table.columns}
        for row in table.rows if any(headed.values()) else table.worth(wanted.title.left):
            self._look_along(row, headed)

    def _look_along(self, row: Line, headed: Mapping[int, _Match | None]) -> None:
        mine = self._row_match(row)
        found, near, is_unclear = list[CellCandidate](), list[CellCandidate](), False
        for column in self._table.columns:
            match = self._matched(mine, row, column, headed[column.number])
            doubts = self._doubts(match, row, column) if match else None
            if match is None or doubts is None:
                continue
            known, unknown = doubts
            whole = [*(self._whom(set()) or []), *self._wanted.part_doubt]  # the one doubt of a total
            value = self._table.sheet.at(row.number, column.number)
            made = replace(
                self._table.candidate(row, column),
                doubts=tuple(dict.fromkeys((*known, *unknown))),
                is_ours=match.likeness >= 1,
                is_total=bool(whole) and [*known, *unknown] == whole,
            )
            made = made if is_figure(value) else replace(made, value="")
            (found if made.is_ours else near).append(made)
            no_part = not any(one.parts for one in match.columns)
            is_unclear |= made.is_ours and bool(unknown) and set(known) <= {_UNDATED} and no_part
        self.ours += found
        fewest = min((len(one.doubts) for one in near), default=0)
        self.near += [one for one in near if len(one.doubts) == fewest]
        sure = [one for one in found if not one.doubts]
        # Heads that do not say that it is the whole, or the part that is asked.
        weak = [one for one in sure if not self._wanted.part and not any(said(text).sexes for text in one.heads)]
        self.has_rivals |= is_unclear and bool(weak)

    # ------------------------------------------------------------------ titles

    def _is_ours(self, title: TitleWords) -> bool:
        wanted = self._wanted.title
        return title.raw == wanted.raw or bool(title.left and title.left == wanted.left and not self._wanted.exact_only)

    def _row_match(self, row: Line) -> _Match | None:
        """The innermost title that is ours, with only parts under it; two titles that together are ours; the nearest."""
        wanted = self._wanted.title
        for depth in reversed(range(len(row.path))):
            title = row.titles[depth]
            if self._is_ours(title):
                return _Match(row.heads[depth + 1 :], _over(row, depth), (), title)
            if depth and joined(row.titles[depth - 1].left, wanted.left, title.left):
                return _Match(row.heads[depth + 1 :], _over(row, depth - 1), (), _both(row.titles[depth - 1], title))
            if not self._is_part(row, depth):
                break
        depth = next((n for n in reversed(range(len(row.path))) if not self._is_part(row, n)), -1)
        named = row.titles[depth] if depth >= 0 else None
        if named is None or named.left in self._cores:  # nothing but parts, or another one of the form's titles
            return None
        rest = tuple(one for one in named.left if one not in wanted.left)
        alike = likeness(named.left, wanted.left)
        if alike >= LEAST or (revised(rest) and set(wanted.left) <= set(named.left)):
            return _Match(row.heads[depth + 1 :], _over(row, depth), (), named, min(alike, 0.99))
        return None

    def _is_part(self, row: Line, depth: int) -> bool:
        """A title that only says which part of the one over it: “Nữ”, “Trong đó: lao động nữ”, a part of our count."""
        head, title = row.heads[depth], row.titles[depth]
        if (head.is_plain and not head.is_unit) or self._wanted.part_of(title.text) is not None:
            return True
        return bool(depth and head.sexes) and _within(title.left, row.titles[depth - 1].left)

    def _head_match(self, column: Line) -> _Match | None:
        """A table turned round: our title stands in the heads."""
        for depth, title in enumerate(column.titles):
            if self._is_ours(title):
                return _Match((), (), (*column.heads[:depth], *column.heads[depth + 1 :]), title)
            over = column.titles[depth - 1] if depth else None
            if over and title.left and bare((*over.left, *title.left)) == self._wanted.title.left:
                return _Match((), (), (*column.heads[: depth - 1], *column.heads[depth + 1 :]), _both(over, title))
        return None

    def _matched(self, mine: _Match | None, row: Line, column: Line, turned: _Match | None) -> _Match | None:
        if turned is not None:
            return replace(turned, rows=row.heads)
        inner = row.titles[-1] if row.titles and (mine is None or mine.likeness < 1) else None
        for depth, head in enumerate(column.titles) if inner else ():  # row and head together are our title
            if inner and joined(inner.left, self._wanted.title.left, head.left):
                rest = (*column.heads[:depth], *column.heads[depth + 1 :])
                return _Match((), _over(row, len(row.path) - 1), rest, _both(inner, head))
        return mine and replace(mine, columns=column.heads)

    # ------------------------------------------------------------------ doubts

    def _doubts(self, match: _Match, row: Line, column: Line) -> tuple[list[str], list[str]] | None:
        """What is not as it should be, and what is not understood; None where it cannot be our figure at all."""
        wanted, context, title = self._wanted, self._table.context, match.title
        every = (*match.rows, *(head for _, head in match.over), *match.columns)
        kinds = {kind for one in every for kind in one.kinds}
        if kinds & {FigureKind.CODE, FigureKind.NOTE, FigureKind.UNIT} or (
            FigureKind.RATE in kinds and not wanted.is_rate
        ):
            return None
        whom = self._whom({sex for one in (*every, title) for sex in one.sexes} | context.sexes)
        when = self._when(every, title)
        parts = self._parts(every)
        measure = self._measure(row, column)
        if whom is None or when is None or parts is None or measure is None:
            return None
        known = [] if match.likeness >= 1 else [f"tên dòng là “{title.text[:120]}”"]
        known += [told for kind, told in _KIND_WORDS.items() if kind in (kinds or context.kinds)]
        known += [*whom, *when, *parts, *measure, *self._over(match)]
        known += [f"bảng ghi “{context.narrow[:60]}”"] if context.narrow else []
        strange = [one for one in match.columns if not one.is_plain and wanted.part_of(one.text) is None]
        unknown = [f"không rõ tiêu đề cột “{one.text[:60]}”" for one in strange]
        strange = [one for one in match.rows if not one.is_plain and wanted.part_of(one.text) is None]
        inside = [one for one in strange if one.sexes and _within(said(one.text, head=False).left, title.left)]
        unknown += [f"không rõ “{one.text[:60]}”" for one in strange if one not in inside]
        if not column.path and len(self._table.columns) > 1:
            unknown.append(f"cột {letters(column.number)} không có tiêu đề")
        steps, sheet = (*row.path, *column.path), self._table.sheet
        is_seen = all(step.seen for step in steps) and not sheet.is_unseen(row.number, column.number)
        known += ["dòng đứng sau dòng trống, không rõ còn thuộc bảng trên không"] * row.loose
        known += [_UNDATED] * self._is_undated(column)
        known += ["không rõ cột thuộc nhóm tiêu đề nào ở trên"] * column.loose
        known += ["có dòng hoặc cột đang bị ẩn"] * (not is_seen)
        return known, unknown

    def _is_undated(self, column: Line) -> bool:
        """“Tổng cộng” beside quarters, “Số liệu” beside last year: of which of them is not said."""
        own = column.heads
        if any(one.years or one.spans or one.kinds or names_this(" ".join(one.raw)) for one in own):
            return False
        others = [one for other in self._table.columns if other is not column for one in other.heads]
        return any(
            (one.years or one.spans) and not one.kinds & {FigureKind.RATE, FigureKind.PREVIOUS, FigureKind.NOTE}
            for one in others
        )

    def _whom(self, sexes: set[Sex]) -> list[str] | None:
        wanted = self._wanted.sex
        own = sexes - {Sex.BOTH}
        if wanted is None:
            if len(self._wanted.title.sexes) > 1:  # a title that names both
                return []
            return None if own else []
        if own:
            return [] if own == {wanted} else None
        return [f"không ghi riêng {'nữ' if wanted is Sex.FEMALE else 'nam'}, có thể là cả hai giới"]

    def _parts(self, every: tuple[TitleWords, ...]) -> list[str] | None:
        """Of a count by parts other than women and men."""
        if not self._wanted.part:
            return []
        found = {part for one in every if (part := self._wanted.part_of(one.text))}
        if found == {self._wanted.part}:
            return []
        return None if found else self._wanted.part_doubt

    def _when(self, every: tuple[TitleWords, ...], title: TitleWords) -> list[str] | None:
        wanted, context = self._wanted, self._table.context
        is_raw = title.raw == wanted.title.raw
        own = {year for one in every for year in one.years} | (set() if is_raw else set(title.years))
        told_spans = [span for one in (*every, title) for span in one.spans if span[0] in SPAN_WORDS]
        days = [("day", 0) for one in every for span in one.spans if span[0] == "day"]
        spans = {*told_spans, *days}
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
        for scale, units in self._table.measures(row, column):
            if ("%",) in units and "%" not in wanted:
                return None
            if scale != 1:
                doubts.append(f"đơn vị tính có hệ số {scale:,}".replace(",", "."))
            if units and not any(_same_unit(one, wanted) for one in units):
                doubts.append(f"đơn vị tính khác “{self._wanted.count.measure}”")
        return doubts

    def _over(self, match: _Match) -> list[str]:
        """ReadTable over ours: sections of a form are harmless, a narrower scope is not."""
        doubts = []
        above = self._wanted.above
        for step, head in match.over:
            core = said(step.text, head=False).left
            if head.is_plain or bare(head.raw) in self._sections:
                continue
            if above is not None and core in above:
                continue
            if step.figures and core not in self._cores and FigureKind.RATE not in head.kinds:
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


def _over(row: Line, depth: int) -> tuple[tuple[Step, TitleWords], ...]:
    return tuple(zip(row.path[:depth], row.heads[:depth], strict=True))


def _within(inner: Words, outer: Words) -> bool:
    return f" {' '.join(inner)} " in f" {' '.join(outer)} "


def _both(outer: TitleWords, inner: TitleWords) -> TitleWords:
    return TitleWords(
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
    return "ngày giữa năm" if span[0] == "day" else SPAN_WORDS[span[0]].format(span[1])


def _same_unit(one: Words, other: Words) -> bool:
    return one == other or any(one in group and other in group for group in _SAME_UNITS)
