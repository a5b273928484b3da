"""A batch in words: what was found on the stick, what needs a question first. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from forms.brought import Brought, told
from forms.cell import STATE_TITLES
from forms.exchange import ARRIVAL_TITLES, Arrival, Batch, BatchLine, ReportKey
from forms.numbers import format_number, read_canonical
from forms.periods import Period
from forms.text import one_line
from ui.desktop.calendar import capitalised
from ui.desktop.figures import counted
from ui.desktop.rows import Column, Item, Row, row

COLUMNS = (
    Column("Kết quả", 150),
    Column("Đơn vị", 190),
    Column("Kỳ", 150),
    Column("Lần gửi", 70, "right"),
    Column("Nghĩa là"),
    Column("Tệp", 210),
)
# What asks for somebody's attention stands first.
_ORDER = (
    Arrival.REFUSED,
    Arrival.CONFLICT,
    Arrival.QUARANTINED,
    Arrival.PARKED,
    Arrival.CORRECTION,
    Arrival.NEW,
    Arrival.SAME,
)
_LOOKS = {
    Arrival.NEW: ("good", "add"),
    Arrival.CORRECTION: ("accent", "entry"),
    Arrival.SAME: ("muted", "done"),
    Arrival.PARKED: ("warning", "hint"),
    Arrival.CONFLICT: ("warning", "warning"),
    Arrival.QUARANTINED: ("warning", "warning"),
    Arrival.REFUSED: ("error", "error"),
}
_WORDS = {
    Arrival.NEW: "mới",
    Arrival.CORRECTION: "thay thế",
    Arrival.SAME: "đã nhận trước đây",
    Arrival.PARKED: "chờ bản trước",
    Arrival.CONFLICT: "mâu thuẫn",
    Arrival.QUARANTINED: "giữ lại để hỏi",
    Arrival.REFUSED: "từ chối",
}
_MOST_CHANGES = 4  # shown; the sender's package holds them all
_UNCHANGING = (Arrival.SAME, Arrival.REFUSED)


@dataclass(frozen=True, slots=True)
class Preview:
    """What receiving would do. `can_receive`: at least one package would be kept. `search`: what was looked through and
    passed over, and why; `can_take_more`: some of that can be taken all the same."""

    rows: tuple[Row, ...]
    words: str
    explanation: str
    can_receive: bool
    search: str = ""
    can_take_more: bool = False


CellName = Callable[[ReportKey | None, str], str]  # (report, cell) → what the cell is called on its form


def preview(batch: Batch, brought: Brought, named: CellName) -> Preview:
    lines = sorted(batch.lines, key=_place_of)
    explanation = _explained(len(lines), kept(batch))
    return Preview(
        tuple(_row(line, named) for line in lines),
        _said(batch.lines),
        explanation,
        kept(batch) > 0,
        "\n".join(_searched(batch, brought)),
        brought.can_take_more,
    )


def _searched(batch: Batch, brought: Brought) -> Iterator[str]:
    yield from told(brought)
    if pages := sum(line.in_pdf for line in batch.lines):
        yield f"{counted(pages)} tệp PDF: chỉ lấy gói mang theo, không đọc các trang."


def _place_of(line: BatchLine) -> tuple[object, ...]:
    return (_ORDER.index(line.arrival), not line.warnings, line.unit_name, line.path)


def kept(batch: Batch) -> int:
    """How many packages are stored, whether added up or held for a question."""
    return sum(line.arrival not in _UNCHANGING for line in batch.lines)


def _said(lines: Iterable[BatchLine]) -> str:
    """37 mới, 1 thay thế, 1 đã nhận trước đây, 1 từ chối."""
    found = Counter(line.arrival for line in lines)
    return ", ".join(f"{counted(found[arrival])} {words}" for arrival, words in _WORDS.items() if found[arrival])


def report_of(batch: Batch) -> ReportKey | None:
    """The report that most packages of the batch are; None when none could be read."""
    found = Counter(line.key for line in batch.lines if line.key and line.arrival is not Arrival.REFUSED)
    return found.most_common(1)[0][0] if found else None


def _explained(files: int, stored: int) -> str:
    if not stored:
        return "Không có gì mới để nhận vào sổ."
    if stored < files:
        return f"Chưa ghi gì vào sổ. Bấm “Nhận vào sổ” để nhận {counted(stored)} trong {counted(files)} tệp."
    return "Chưa ghi gì vào sổ. Bấm “Nhận vào sổ” để nhận tất cả."


def _row(line: BatchLine, named: CellName) -> Row:
    tone, icon = _LOOKS[Arrival.QUARANTINED] if line.warnings else _LOOKS[line.arrival]
    warned = [one.message for one in line.warnings]
    period = capitalised(Period.parse(line.period).words) if line.period else ""
    return row(
        line.path,
        Item(ARRIVAL_TITLES[line.arrival], tone, icon),
        line.unit_name or Item("không đọc được", "muted"),
        period,
        str(line.revision or ""),
        " ".join([line.message, *warned]),
        Item(one_line(PurePath(line.path).name), "muted"),
        note="\n".join([line.message, *warned, *map(one_line, _corrected(line, named)), one_line(line.path)]),
    )


def _corrected(line: BatchLine, named: CellName) -> Iterator[str]:
    """What a correction says it changes, cell by cell, and why."""
    for change in line.changes[:_MOST_CHANGES]:
        reason = f" ({change.reason})" if change.reason else ""
        yield f"{named(line.key, change.cell)}: {_amount(change.old)} → {_amount(change.new)}{reason}"
    if len(line.changes) > _MOST_CHANGES:
        yield f"và {counted(len(line.changes) - _MOST_CHANGES)} ô khác"


def _amount(sealed: str) -> str:
    """A cell as it was sealed: an amount, or the name of a state."""
    states: dict[str, str] = {state.value: title for state, title in STATE_TITLES.items()}
    return states.get(sealed) or format_number(read_canonical(sealed))
