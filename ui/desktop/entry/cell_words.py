"""How a cell, a rate, a target and a verdict are read and written.

Cells and indicators as they are typed and shown in the grid: a number, or a sign for why there is none.

The indicators beside the typed cells: a unit's own, or at a summing office those of everybody below with its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from forms.all_services import Services
from forms.model.cell import STATE_SIGNS, Cell, CellState, place
from forms.model.expression import Lack, Quantity
from forms.model.form import Form, Section
from forms.model.indicator import Direction, IndicatorKind, Operator, Target
from forms.model.number import canonical, decimals_of, format_number, read_typed
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.prose.wording import parts_lacking
from forms.services.summary import contributions
from forms.summary.totals import Result, results, single
from forms.summary.verdict import VERDICT_TITLES, Verdict

TYPED_SIGNS = {
    "-": CellState.NONE,
    "–": CellState.NONE,
    "x": CellState.NOT_APPLICABLE,
    "X": CellState.NOT_APPLICABLE,
    "…": CellState.NOT_COLLECTED,
    "...": CellState.NOT_COLLECTED,
    ".": CellState.NOT_COLLECTED,
}
_LACK_SIGNS = {Lack.BLANK: "", Lack.NOT_ARISEN: "-", Lack.NOT_APPLICABLE: "x", Lack.NOT_COLLECTED: "…"}
_THOUSANDTHS = 3
_OPERATORS = {
    Operator.AT_LEAST: "ít nhất",
    Operator.ABOVE: "trên",
    Operator.EQUAL: "đạt",
    Operator.AT_MOST: "không quá",
    Operator.BELOW: "dưới",
    Operator.ABOUT: "khoảng",
}


def read_cell(text: str, old: Cell, *, whole: bool) -> tuple[Cell, str]:
    """What was typed over a cell, and how it was understood when the writing was unusual. Its note and the mark to look
    at it again stay; what was carried forward is then somebody's own. `whole`: its count takes whole numbers only.
    Raises InputRefused."""
    plain = text.strip()
    state = TYPED_SIGNS.get(plain)
    typed = None if state else read_typed(plain, whole=whole)
    if typed is not None:
        return replace(old, state=CellState.GIVEN, amount=typed.amount, carried=False), typed.echo
    return replace(old, state=state or CellState.BLANK, amount=None, carried=False), ""


def cell_text(cell: Cell) -> str:
    """As it is read: 1.234."""
    return format_number(cell.amount) if cell.amount is not None else STATE_SIGNS[cell.state]


def editable_text(cell: Cell) -> str:
    """As it is typed, and as other programs take it whatever their country: 1234; 8,5."""
    if cell.amount is None:
        return STATE_SIGNS[cell.state]
    text = canonical(cell.amount).replace(".", ",")
    return f"{text}0" if decimals_of(cell.amount) == _THOUSANDTHS else text  # 1,234 alone could be 1234


def quantity_text(quantity: Quantity, decimals: int | None = None) -> str:
    return format_number(quantity, decimals) if isinstance(quantity, Decimal) else _LACK_SIGNS[quantity]


def value_text(result: Result, part: str = "") -> str:
    """An indicator, or one part of it, without its measure."""
    quantity = dict(result.parts).get(part, Lack.BLANK) if part else result.quantity
    if result.indicator.kind is IndicatorKind.YES_NO and isinstance(quantity, Decimal):
        return "Có" if quantity == 1 else "Chưa"
    return quantity_text(quantity, result.indicator.decimals)


def target_text(target: Target, measure: str) -> str:
    """A target in short: ít nhất 60 %."""
    sign = "\u00a0%" if measure == "%" else ""
    return f"{_OPERATORS[target.operator]} {format_number(target.amount)}{sign}"


def target_words(result: Result) -> str:
    """A target in the plan's own words, told where they were never held against the plan."""
    if result.target is None:
        return ""
    said = f"Mốc {result.target.year}: {result.target.words}"
    return said if result.target.verified and result.indicator.verified else f"{said} (chưa đối chiếu)"


def verdict_words(result: Result) -> tuple[str, str]:
    """How an indicator stands against its target, what lacks in persons or units, and the tone of it."""
    if result.target is None or (result.verdict is Verdict.NOT_COMPARABLE and result.amount is None):
        return "", "muted"
    tone = {Verdict.MET: "good", Verdict.NOT_MET: "warning"}.get(result.verdict, "muted")
    return f"{VERDICT_TITLES[result.verdict]}{_lacking(result)}", tone


def short_period(period: Period) -> str:
    """A period as the heading of a narrow column: Q4/2025, T11/2025, 2025."""
    match period.kind:
        case PeriodKind.QUARTER:
            return f"Q{period.number}/{period.year}"
        case PeriodKind.MONTH:
            return f"T{period.number}/{period.year}"
        case PeriodKind.HALF:
            return f"{'Đầu' if period.number == 1 else 'Cuối'} {period.year}"
    return period.label.replace("..", "-")


def _lacking(result: Result) -> str:
    if result.verdict is not Verdict.NOT_MET or not result.gap_count:
        return ""
    verb = "thiếu" if result.indicator.direction is Direction.HIGHER else "vượt"
    lacking = f"{format_number(Decimal(result.gap_count))} {result.indicator.gap_noun}".rstrip()
    return f", {verb} {lacking}{parts_lacking(result)}"


Results = Mapping[tuple[str, int | None], Result]  # by indicator and, in a form of years, the year


class IndicatorCache:
    """Computes the indicators of one report again and again, while it is typed. What came from below is read once."""

    def __init__(self, desk: Services, report: Report) -> None:
        self._status = desk.summaries.status(report.form.programme, report.period) if desk.office.collates else None
        self._narrow: dict[frozenset[str], Form] = {}

    def of(self, report: Report) -> Results:
        """All of them."""
        return self._judged(report, self._status.form if self._status else report.form)

    def again(self, known: Results, report: Report, cells: Collection[str]) -> Results:
        """Those that read one of these cells anew, the others as they were known."""
        counts = frozenset(report.form.count_of_cell[cell].id for cell in cells)
        form = self._narrow.get(counts)
        if form is None:
            whole = self._status.form if self._status else report.form
            form = self._narrow[counts] = _only(whole, counts)
        return {**known, **self._judged(report, form)} if form.indicators else known

    def _judged(self, report: Report, form: Form) -> Results:
        things = single(form, report.unit, report.role, report.cells)
        if self._status is not None:
            things = replace(contributions(self._status, report), form=form)
        found = results(things, report.period.year)
        return {(result.indicator.id, result.year): result for result in found}


def reads(form: Form, indicator: str) -> frozenset[str]:
    """The counts that an indicator is computed from, with the one that may hold a target of its own."""
    asked = form.indicators[indicator]
    bare = {place(name)[0].partition(".")[0] for name in asked.names}
    return frozenset(bare | ({asked.own_target} if asked.own_target else set()))


def _only(form: Form, counts: frozenset[str]) -> Form:
    """The form with the indicators that read one of these counts, and every count."""
    touched = tuple(one for one in form.indicators.values() if counts & reads(form, one.id))
    return replace(form, sections=(Section("", "", (*form.counts.values(), *touched)),))
