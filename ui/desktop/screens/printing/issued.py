"""What was issued, in words: the list, and what would be otherwise today. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from forms.catalogue import Catalogue
from forms.cell import STATE_TITLES, CellState
from forms.errors import InputRefused
from forms.exchange import ReportKey
from forms.indicator import Indicator
from forms.judgement import VERDICT_TITLES, Verdict
from forms.numbers import format_number
from forms.periods import Period
from forms.publication import Figure, Issue
from forms.since import TURN_TITLES, Changes, FigureChange, SourceChange
from forms.spec import Form
from ui.desktop.calendar import capitalised
from ui.desktop.figures import counted
from ui.desktop.rows import Column, Item, Row, heading, row

ISSUE_COLUMNS = (
    Column("Báo cáo"),
    Column("Kỳ", 136),
    Column("Loại", 92),
    Column("Phát hành lúc", 148),
    Column("Số", 112),
    Column("Ngày", 108),
    Column("Người ký", 144),
)
CHANGE_COLUMNS = (
    Column("Thay đổi"),
    Column("Khi phát hành", 172, "right"),
    Column("Hiện nay", 172, "right"),
    Column("Lý do, đơn vị", 320),
)
_MOST_UNITS = 5  # named beside a figure
_UNFILLED = Item("chưa ghi", "muted")


def kind_of(issue: Issue) -> str:
    return "Công khai" if issue.is_public else "Nội bộ"


def called(issue: Issue) -> str:
    """One of a programme's: quý IV năm 2025, bản nội bộ, số 12."""
    number = f", số {issue.filled.number}" if issue.filled.number else ""
    return f"{period_of(issue.key).words}, bản {kind_of(issue).lower()}{number}"


def when(issue: Issue) -> str:
    return f"{issue.at:%d/%m/%Y, %H:%M}"


def issue_rows(issues: Sequence[Issue], catalogue: Catalogue) -> tuple[Row, ...]:
    """The newest first."""
    return tuple(
        row(
            issue.id,
            title_of(issue.key, catalogue),
            capitalised(period_of(issue.key).words),
            kind_of(issue),
            when(issue),
            issue.filled.number or _UNFILLED,
            f"{issue.filled.issued:%d/%m/%Y}" if issue.filled.issued else _UNFILLED,
            issue.filled.signer or _UNFILLED,
            note=_note(issue),
        )
        for issue in issues
    )


def period_of(key: ReportKey) -> Period:
    return Period.parse(key.period, key.basis)


def title_of(key: ReportKey, catalogue: Catalogue) -> str:
    """The programme as it is called; its id where this program has it no more."""
    try:
        return catalogue.programme(key.programme).short_title
    except InputRefused:
        return key.programme


def change_rows(found: Changes, form: Form | None) -> tuple[Row, ...]:
    """Who says what otherwise, then what that does to each figure; nothing where nothing changed. By the form the
    indicators are rounded as they are printed."""
    rows: list[Row] = []
    if found.sources:
        rows.append(heading(f"Đơn vị có thay đổi: {counted(len(found.sources))}"))
        for source in found.sources:
            rows += _source_rows(source)
    for title, figures in (("Số liệu đổi", found.figures), ("Chỉ tiêu đổi", found.results)):
        if figures:
            rows.append(heading(f"{title}: {counted(len(figures))}"))
            rows += [_figure_row(change, form) for change in sorted(figures, key=_order(form))]
    if found.texts:
        rows.append(heading(f"Lời văn đổi: {counted(len(found.texts))}"))
        rows += [
            row(f"text:{one.id}", one.title, _length(one.old), _length(one.new), "", note=_both(one.old, one.new))
            for one in found.texts
        ]
    return tuple(rows)


def _note(issue: Issue) -> str:
    seal = issue.digits or "không có, lúc phát hành báo cáo chưa niêm phong"
    return f"{issue.person} phát hành. Mã niêm phong: {seal}."


def _source_rows(source: SourceChange) -> Iterator[Row]:
    code = source.unit.code
    turn = capitalised(TURN_TITLES[source.turn])
    yield row(f"unit:{code}", source.name, _sending(source.old_revision), _sending(source.new_revision), turn)
    for cell in source.cells:
        yield row(f"unit:{code}:{cell.cell}", f"– {cell.title}", _said(cell.old), _said(cell.new), cell.reason)


def _sending(revision: int) -> str:
    return f"lần gửi {revision}" if revision else "–"


def _order(form: Form | None) -> Callable[[FigureChange], tuple[int, str]]:
    """As the form has them: a count, then its parts; indicators among themselves."""
    counts = form.counts.values() if form else ()
    names = [*(name for count in counts for name in (count.id, *count.cells)), *(form.indicators if form else ())]
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return lambda change: (places.get(change.name, places.get(change.name.partition("@")[0], len(names))), change.name)


def _figure_row(change: FigureChange, form: Form | None) -> Row:
    named = "; ".join(change.units[:_MOST_UNITS])
    more = len(change.units) - _MOST_UNITS
    whose = f"{named} và {counted(more)} đơn vị khác" if more > 0 else named
    indicator = form.indicators.get(change.name.partition("@")[0]) if form else None
    judged = len({one.verdict for one in (change.old, change.new) if one}) > 1
    old, new = (_figure(one, indicator, judged=judged) for one in (change.old, change.new))
    return row(f"figure:{change.name}", change.title, old, new, whose)


def _figure(figure: Figure | None, indicator: Indicator | None, *, judged: bool) -> str:
    """An amount, or why there is none; of how many units, where several were asked; and how it is judged."""
    if figure is None:
        return "–"
    words = _said(figure.text, indicator.decimals if indicator else None)
    if indicator and figure.amount is not None:
        words = f"{words} {indicator.measure}"
    if figure.expected > 1:
        words = f"{words} ({figure.reported}/{figure.expected} đơn vị)"
    return f"{words}, {VERDICT_TITLES[Verdict(figure.verdict)].lower()}" if judged and figure.verdict else words


def _said(text: str, decimals: int | None = None) -> str:
    """An amount as sealed or added up, or the state in its place; empty said nothing."""
    amount = Figure(text, 1, 1).amount
    if amount is not None:
        return format_number(amount, decimals)
    return STATE_TITLES[CellState(text)] if text else "–"


def _length(text: str) -> str:
    return f"{counted(len(text.split()))} từ" if text.strip() else "–"


def _both(old: str, new: str) -> str:
    return f"Khi phát hành:\n{old or '(trống)'}\n\nHiện nay:\n{new or '(trống)'}"
