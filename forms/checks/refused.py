"""What was typed and not taken: nothing is sealed past it, since the figure before it still stands there."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.finding import Context, Finding
from forms.report import Report, news_cells
from forms.text import quoted


def refused(report: Report, context: Context) -> Iterator[Finding]:
    follow = news_cells(report.form, report.period, report.news) if report.news else {}
    for where, one in context.refused.items():
        cells, spot = _place(where)
        if where in follow or (cells and cells[0] not in report.form.count_of_cell):
            continue  # the figure follows a list of news now, or a newer version of the form asks for it no more
        said = f" {quoted(one.text)}" if one.text.strip() else ""
        message = f"{one.label}: chưa nhận{said}. {one.why} Gõ lại, hoặc xóa chữ ấy đi."
        yield Finding("error", f"refused:{where}", message, cells, spot=spot)


def _place(where: str) -> tuple[tuple[str, ...], str]:
    """The cells and the spot where it is put right: `task:t-1:percent` stands at `task:t-1`."""
    kind, _, rest = where.partition(":")
    match kind:
        case "note":
            return (rest,), ""
        case "task":
            return (), f"task:{rest.rpartition(':')[0]}"
        case "text" | "nomination" | "news":
            return (), where
        case "as_of" | "reason":
            return (), ""
    return (where,), ""
