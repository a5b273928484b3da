"""A count held against those of the periods before it, or against the earlier years of its own form."""

from __future__ import annotations

from collections.abc import Iterator

from forms.cell import CellState, at, place
from forms.checks.finding import Context, Finding
from forms.count import Count
from forms.numbers import format_number, is_whole
from forms.report import Report
from forms.unusual import Surprise, Unusual, unusual

MOST = 8  # periods that are looked at
_LEVELS = {
    Surprise.HIGH: "warning",
    Surprise.LOW: "warning",
    Surprise.NOUGHT: "warning",
    Surprise.FIRST: "hint",
    Surprise.SAME: "hint",
}


def history(report: Report, context: Context) -> Iterator[Finding]:
    for name in report.expected_cells:
        count, cell = report.form.count_of_cell[name], report.cell(name)
        if not _is_count(count) or cell.amount is None or not is_whole(cell.amount):
            continue
        earlier = counted_before(name, count, report, context)
        found = unusual(earlier, int(cell.amount))
        if found:
            message = f"“{count.label(name)}” là {format_number(cell.amount)}; {_said(found, earlier)}"
            yield Finding(_LEVELS[found.surprise], f"unusual:{name}", message, (name,))


def _is_count(count: Count) -> bool:
    """Something counted, not a share, a yes or no, or a target that somebody proposes."""
    return count.adds_up and not count.decimals and count.maximum != 1


def counted_before(name: str, count: Count, report: Report, context: Context) -> list[int]:
    """What stood in the same place before, the newest first; ends where a period did not tell."""
    bare, year = place(name)
    if year:
        before = [report.cell(at(bare, one)) for one in reversed(count.years) if one < year]
    else:
        before = [earlier.cell(name) for earlier in context.earlier]
    found: list[int] = []
    for cell in before[:MOST]:
        if cell.state is CellState.NONE:
            found.append(0)
        elif cell.amount is not None and is_whole(cell.amount) and cell.amount >= 0:
            found.append(int(cell.amount))
        elif not year:
            break
    return found


def _said(found: Unusual, earlier: list[int]) -> str:
    listed = "; ".join(f"{one:,}".replace(",", ".") for one in earlier[:4])
    told = "kỳ trước" if len(earlier) == 1 else "các kỳ trước"
    match found.surprise:
        case Surprise.HIGH | Surprise.LOW:
            far = "cao" if found.surprise is Surprise.HIGH else "thấp"
            usual = f"{found.low:,} đến {found.high:,}".replace(",", ".")
            return f"{told} là {listed}: {far} hơn mức thường gặp ({usual}). Kiểm tra lại, hoặc ghi lý do."
        case Surprise.NOUGHT:
            return f"{told} là {listed}. Kiểm tra xem có bỏ sót không, hoặc ghi lý do."
        case Surprise.FIRST:
            return f"{told} đều bằng 0. Kiểm tra lại số lần đầu phát sinh."
    return f"đúng bằng {told}. Kiểm tra xem có phải số cũ chép lại không."
