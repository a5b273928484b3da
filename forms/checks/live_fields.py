"""Live numbers in prose: fields that the form does not have, fields that have no figure to tell yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from forms.checks.context import Context
from forms.model.count import Role
from forms.model.finding import Finding
from forms.model.form import Form
from forms.model.live_field import Broken, LiveField, parse
from forms.model.report import Report
from forms.model.text import quoted
from forms.prose.live_numbers import Fault, LiveNumbers, fault_of, is_lacking, own_figures

_SAID = {
    Fault.UNKNOWN: "biểu này không có số liệu tên đó. Gõ lại tên, hoặc xóa rồi dùng “Soạn từ số liệu”",
    Fault.SENSITIVE: "là số liệu nhạy cảm, chỉ ghi trong bảng. Xóa khỏi lời văn",
    Fault.VIEW: "số liệu này không có cách đọc đó. Bỏ phần sau dấu |, hoặc dùng “Soạn từ số liệu”",
}
_BROKEN = "viết chưa đúng mẫu {{tên}} hoặc {{tên|cách đọc}}. Gõ lại, hoặc xóa hai dấu ngoặc"


def fields(report: Report, figures: Callable[[], LiveNumbers | None]) -> Iterator[Finding]:
    for id, text in report.narratives.items():
        if "{{" not in text and "}}" not in text:
            continue
        pieces = dict.fromkeys(piece for piece in parse(text) if not isinstance(piece, str))
        sound = []
        for piece in pieces:
            if wrong := _wrong(piece, report.form):
                message = f"Trường số liệu {quoted(piece.written)} {wrong}."
                yield Finding("error", f"field:{id}", message, spot=f"text:{id}")
            elif isinstance(piece, LiveField):  # a broken one is always wrong
                sound.append(piece)
        yield from _without_figure(id, sound, figures)


def _wrong(piece: LiveField | Broken, form: Form) -> str:
    """Why it says nothing; empty for a sound one."""
    if isinstance(piece, Broken):
        return _BROKEN
    fault = fault_of(piece, form)
    return _SAID[fault] if fault else ""


def figures_of(report: Report, context: Context) -> LiveNumbers | None:
    """What the texts of the report may speak of; None for an office that sums up and whose sums are not at hand."""
    if context.figures is not None or report.role is Role.SUMMING:
        return context.figures
    wanted = report.period.previous()
    before = [one for one in context.earlier if one.period == wanted and one.form.id == report.form.id]
    return own_figures(report, before[0] if before else None)


def _without_figure(id: str, sound: list[LiveField], figures: Callable[[], LiveNumbers | None]) -> Iterator[Finding]:
    known = figures() if sound else None
    if known is None:
        return
    if blank := [one for one in sound if is_lacking(one, known)]:
        listed = ", ".join(one.written for one in blank[:3]) + (" …" if len(blank) > 3 else "")
        message = f"Chưa có số liệu cho {listed} trong lời văn. Nhập số liệu, hoặc bỏ câu đó, hoặc ghi lý do."
        yield Finding("warning", f"field_blank:{id}", message, spot=f"text:{id}")
