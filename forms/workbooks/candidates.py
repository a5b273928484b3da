"""Which figure of a foreign workbook may be which cell of the form: certain, or asked.

A place is certain when every word of its row and heads is accounted for: the title is ours, the year, period, sex or part
are those asked, it is a result and no plan, it counts what we count. Whatever leaves two readings is a question to a
person, with every candidate: likeness proposes, people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from forms.model.cell import place
from forms.model.count import Count
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.workbooks.sheet_tables import Line, Step, is_figure
from forms.workbooks.sheets import Sheets, address
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


def find(report: Report, sheets: Sheets) -> FoundCandidates:
    """Every cell that the unit may fill, looked for in every visible sheet."""
    book = Book(sheets)
    return Finder(report, book).find()


@dataclass(frozen=True)
class _Wanted:
    """One cell of ours and what its place has to say."""

    cell: str
    count: Count
    title: TitleWords
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
        self._totals: dict[str, list[CellCandidate]] = {}
        counts = report.form.counts.values()
        self._cores = {_core(count): count.id for count in counts}
        keys = [_key(count) for count in counts]
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
        doubted = self._unequal(certain)
        questions += doubted
        order = {cell: place for place, cell in enumerate(self._report.expected_cells)}
        kept = {cell: one for cell, one in certain.items() if cell not in {one.cell for one in doubted}}
        return FoundCandidates(kept, tuple(sorted(questions, key=lambda one: order[one.cell])))

    def _unequal(self, certain: Mapping[str, CellCandidate]) -> list[Question]:
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

    def _of(self, cell: str) -> CellCandidate | Question | None:
        wanted = self._wanted(cell)
        ours, near = list[CellCandidate](), list[CellCandidate]()
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
    def _why(filled: list[CellCandidate], shown: list[CellCandidate], *, rivals: bool) -> str:
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
            count.measure.startswith("%") or FigureKind.RATE in said(count.title).kinds, self._above(count),
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

    rows: tuple[TitleWords, ...]
    over: tuple[tuple[Step, TitleWords], ...]
    columns: tuple[TitleWords, ...]
    title: TitleWords
    likeness: float = 1.0
    revised: bool = False


class _Look:
    """One wanted cell in one table."""

    def __init__(
        self,
        titles: ReadTable,
        wanted: _Wanted,
        cores: Mapping[Words, str],
        doubled: Iterable[Words],
        sections: set[Words],
    ) -> None:
        self._titles, self._wanted, self._cores = titles, wanted, cores
        self._exact_only = wanted.title.left in doubled
        self._sections = sections
        self.ours, self.near = list[CellCandidate](), list[CellCandidate]()
        self.has_rivals = False
        self._look()

    def _look(self) -> None:
        alike: dict[int, list[CellCandidate]] = {}
        headed = {column.number: self._head_matches(column) for column in self._titles.columns}
        is_turned = any(headed.values())
        for row in self._titles.rows if is_turned else self._titles.worth(self._wanted.title.left):
            rows = list(self._row_matches(row))
            found: list[CellCandidate] = []
            unclear: list[CellCandidate] = []
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

    def _is_weak(self, one: CellCandidate) -> bool:
        """Its heads do not say that it is the whole, or the part that is asked."""
        heads = [said(text) for text in one.heads]
        return not any(head.sexes for head in heads) and not self._wanted.part

    def _made(self, row: Line, column: Line, doubts: list[str], match: _Match) -> CellCandidate:
        made = self._titles.candidate(row, column)
        value = made.value if is_figure(self._titles.sheet.at(row.number, column.number)) else ""
        return replace(made, value=value, doubts=tuple(dict.fromkeys(doubts)), is_ours=match.likeness >= 1)

    # ------------------------------------------------------------------ titles

    def _is_ours(self, title: TitleWords) -> bool:
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
            if depth and joined(row.titles[depth - 1].left, wanted.left, title.left):
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

    def _part_of(self, title: TitleWords) -> Words | None:
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
                if joined(inner, self._wanted.title.left, head.left):
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
        if kinds & {FigureKind.CODE, FigureKind.NOTE, FigureKind.UNIT} or (
            FigureKind.RATE in kinds and not wanted.is_rate
        ):
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
        sheet = self._titles.sheet
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
        return any(
            (one.years or one.spans) and not one.kinds & {FigureKind.RATE, FigureKind.PREVIOUS, FigureKind.NOTE}
            for one in others
        )

    def _is_inside(self, one: TitleWords, title: TitleWords) -> bool:
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

    def _when(self, every: tuple[TitleWords, ...], title: TitleWords) -> list[str] | None:
        wanted, context = self._wanted, self._titles.context
        is_raw = title.raw == wanted.title.raw
        own = {year for one in every for year in one.years} | (set() if is_raw else set(title.years))
        spans = {span for one in every for span in one.spans} | {one for one in title.spans if one[0] in SPAN_WORDS}
        spans |= {("day", 0) for one in every for span in one.spans if span[0] == "day"}
        spans = {span for span in spans if span[0] in SPAN_WORDS or span == ("day", 0)}
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
