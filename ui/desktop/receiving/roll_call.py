"""A period in words: the roll call of the units below and the table of indicators. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from forms.exchange.statements import ARRIVAL_TITLES, Arrival
from forms.model.cell import CellState, at
from forms.model.count import Role
from forms.model.form import Form
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.org_unit import OrgUnit, UnitKey
from forms.model.report import Report
from forms.model.text import collation_key, fold
from forms.org_units.unit_words import units_called, units_counted
from forms.programmes.programme_role import ProgrammeRole, form_at
from forms.services.summary import Status, Summary
from forms.summary.totals import Result
from ui.desktop.number_wording import (
    counted,
    gap_words,
    operand_words,
    part_gap_words,
    quantity_words,
    value_words,
    verdict_item,
)
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row

RESULT_COLUMNS = (
    ListColumnHead("Số", 52),
    ListColumnHead("Chỉ tiêu"),
    ListColumnHead("Tử số / mẫu số", 150, "right"),
    ListColumnHead("Kết quả", 88, "right"),
    ListColumnHead("Số đơn vị", 80, "right"),
    ListColumnHead("Mốc của chương trình", 170),
    ListColumnHead("Đánh giá", 130),
    ListColumnHead("Còn thiếu", 160),
)
FILTERS = {"all": "Mọi đơn vị", "missing": "Chưa gửi", "late": "Gửi muộn", "held": "Có gói giữ lại"}
_HELD_MEANING = {
    Arrival.CONFLICT: "Có gói khác với bản đã nhận, hoặc hai gói khác nhau cùng một lần gửi. Số đã nhận giữ nguyên; hỏi lại đơn vị bản "
    "nào đúng.",
    Arrival.PARKED: "Có gói đang chờ: bản trước của nó chưa tới hoặc đang giữ lại, hoặc chương trình của nó chưa có trên máy "
    "này. Có phần còn thiếu thì gói được xét lại.",
    Arrival.QUARANTINED: "Có gói giữ riêng, chưa cộng vào tổng. Hỏi lại đơn vị; bản gửi sau theo nó cũng chờ cho tới khi bản này "
    "được giải quyết.",
}
_UNVERIFIED = "chưa đối chiếu"


@dataclass(frozen=True, slots=True)
class RollCallFigures:
    """The top line of a period. `late` is None while nobody has set a due date."""

    expected: int
    received: int
    missing: int
    late: int | None
    held: int
    due: str
    share: str
    called: str = "đơn vị"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units the roll call shows: those with a word that begins with the text (without accents) or with that
    code, and of these all, the missing, the late or those with an open question."""

    text: str = ""
    of: str = "all"  # a key of FILTERS

    def taken(self, status: Status) -> list[OrgUnit]:
        wanted = fold(self.text)
        # from the start of a word: "an" is not to find every "Phường …" that ends so
        named = (
            u for u in _of(status, self.of) if f" {wanted}" in f" {fold(u.full_name)}" or u.code.startswith(wanted)
        )
        return sorted(named, key=lambda unit: collation_key(unit.full_name))


def _of(status: Status, of: str) -> Iterable[OrgUnit]:
    match of:
        case "missing":
            return status.missing
        case "late":
            return status.late
        case "held":
            return (unit for unit in status.expected if unit.key in status.held)
    return status.expected


def figures(status: Status) -> RollCallFigures:
    received, expected = len(status.received), len(status.expected)
    due = f"Hạn gửi {status.due:%d/%m/%Y}" if status.due else "Chưa đặt hạn gửi"
    share = f"{100 * received // expected} % số đơn vị" if expected else ""
    called = units_called(status.expected)
    late = len(status.late) if status.due else None
    return RollCallFigures(expected, received, expected - received, late, len(status.held), due, share, called)


def unit_columns(form: Form) -> tuple[ListColumnHead, ...]:
    rule = _asked_of_units(form)
    names = [form.counts[name].title for name in _rule_names(rule) if name in form.counts]
    judged = [ListColumnHead(f"Chỉ tiêu {rule.number}", 120)] if rule else []
    return (
        ListColumnHead("Đơn vị"),
        ListColumnHead("Mã", 80),
        ListColumnHead("Trạng thái", 215),
        ListColumnHead("Lần gửi", 70, "right"),
        ListColumnHead("Nhận lúc", 150),
        ListColumnHead("Ô đã có số liệu", 90, "right"),
        *(ListColumnHead(name, 140, "right") for name in names),
        *judged,
    )


def unit_rows(status: Status, wanted: Filter, today: date) -> tuple[ListRow, ...]:
    """The units asked for, as a Vietnamese list."""
    late = {unit.key for unit in status.late}
    rule, width = _asked_of_units(status.form), len(unit_columns(status.form))
    return tuple(
        row(
            unit.code,
            unit.full_name,
            ListItem(unit.code, "muted"),
            _state(unit, status, unit.key in late, today),
            *(_sent(unit, status, rule) if unit.key in status.heads else [""] * (width - 3)),
            note=_note(unit, status),
        )
        for unit in wanted.taken(status)
    )


def shown_words(shown: int, status: Status) -> str:
    return f"{'' if shown == len(status.expected) else f'{counted(shown)} trong '}{units_counted(status.expected)}"


def missing_names(status: Status) -> str:
    """The missing units, a line each, for a message that reminds them."""
    return "\n".join(sorted((unit.full_name for unit in status.missing), key=collation_key))


def result_rows(summary: Summary) -> tuple[ListRow, ...]:
    """Every indicator under its objective, in a form of years each year by itself."""
    rows: list[ListRow] = []
    for section in summary.status.form.sections:
        mine = {indicator.id for indicator in section.indicators}
        found = [result for result in summary.results if result.indicator.id in mine]
        if found:
            rows += [heading(f"{section.number}. {section.title}"), *_with_parts(found)]
    return tuple(rows)


def when(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y, %H:%M}"


def sent_report(status: Status, unit: UnitKey) -> Report:
    """What the newest accepted package of the unit says, on the form as that unit sees it."""
    agencies = status.agencies.get(unit)
    post = ProgrammeRole(Role.REPORTING) if agencies is None else ProgrammeRole(Role.AGENCY, agencies)
    return Report(
        form_at(status.form, post), unit, post.role, status.period, (status.sent(unit) or status.heads[unit]).cells
    )


def _sent(unit: OrgUnit, status: Status, rule: Indicator | None) -> list[ListItem | str]:
    head = status.heads[unit.key]
    report = sent_report(status, unit.key)
    asked = [quantity_words(report.quantity(name)) for name in _rule_names(rule) if name in status.form.counts]
    judged = [_judged(rule, report)] if rule else []
    cells = report.expected_cells
    known = sum(report.cell(cell).state is not CellState.BLANK for cell in cells)
    return [str(head.revision), when(head.received_at), f"{known}/{len(cells)}", *asked, *judged]


def _state(unit: OrgUnit, status: Status, is_late: bool, today: date) -> ListItem:
    """In words what was sent; a package that waits for an answer outweighs the rest."""
    is_missing, held = unit.key not in status.heads, status.held.get(unit.key)
    if held:
        title = ARRIVAL_TITLES[held]
        return ListItem(title if is_missing else f"Đã nhận; {title.lower()}", "warning", "warning")
    if is_missing:
        tone, icon = ("error", "error") if status.due and today > status.due else ("warning", "hint")
        return ListItem("Chưa gửi", tone, icon)
    return ListItem("Đã nhận, gửi muộn", "warning", "warning") if is_late else ListItem("Đã nhận", "good", "done")


def _note(unit: OrgUnit, status: Status) -> str:
    head, held = status.heads.get(unit.key), status.held.get(unit.key)
    sent = f"lần gửi {head.revision}, nhận lúc {when(head.received_at)}" if head else "chưa nhận được báo cáo nào"
    return "\n".join([f"{unit.full_name} (mã {unit.code}): {sent}", *([_HELD_MEANING[held]] if held else [])])


def _asked_of_units(form: Form) -> Indicator | None:
    """The rule that every unit below has to meet by itself, where the form has one."""
    shares = (i for i in form.indicators.values() if i.kind is IndicatorKind.SHARE_OF_UNITS)
    return next(shares, None) if form.has_news else None


def _rule_names(indicator: Indicator | None) -> tuple[str, ...]:
    return indicator.rule.names if indicator and indicator.rule else ()


def _judged(indicator: Indicator, report: Report) -> ListItem:
    truth = indicator.rule.holds(report.quantity) if indicator.rule else None
    if truth is None:
        return ListItem("Chưa rõ", "muted", "hint")
    return ListItem("Đạt", "good", "done") if truth else ListItem("Chưa đạt", "warning", "warning")


def _with_parts(results: Iterable[Result]) -> Iterable[ListRow]:
    for result in results:
        indicator, target = result.indicator, result.target
        words = target.words if target else ""
        id, of_year = at(indicator.id, result.year), f", năm {result.year}" if result.year else ""
        marks = [] if indicator.verified and (target is None or target.verified) else [_UNVERIFIED]
        yield row(
            id,
            indicator.number,
            f"{indicator.title}{of_year}",
            operand_words(result),
            value_words(result),
            f"{counted(result.reported)}/{counted(result.expected)}",
            " – ".join([f"{target.year}: {words}" if target else "", *marks]).strip(" –"),
            verdict_item(result),
            gap_words(result),
            note=indicator.definition or indicator.title,
        )
        titles = indicator.each_part.parts if indicator.each_part else {}
        lacks = {part: part_gap_words(result, gap, count) for part, _, gap, count in result.judged_parts}
        for part, quantity in result.parts:
            value = quantity_words(quantity, indicator.decimals)
            yield row(id, "", f"– {titles[part]}{of_year}", "", value, "", "", "", lacks.get(part, ""))
