"""Checks of prose: sections that must be written, numbers that identify a person, stories about victims; live numbers that the
form does not have or that have no figure to tell yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from forms.checks.context import Context
from forms.model.count import Role
from forms.model.finding import REQUIRED, Finding
from forms.model.live_field import LiveField, parse
from forms.model.report import Report
from forms.model.text import fold, quoted
from forms.prose.live_numbers import Fault, LiveNumbers, fault_of, is_lacking, own_figures

# Twelve digits of a citizen's card, ten of a telephone; as they are written, with points or blanks in between.
_ID_NUMBER = re.compile(r"(?<![0-9.])(?:[0-9]{12}|0[0-9]{2}([ .-])[0-9]{3}\1[0-9]{3}\1[0-9]{3})(?![0-9])")
_PHONE = re.compile(r"(?<![0-9.])(?:0|\+84[ .-]?)[0-9]{2,3}[ .-]?[0-9]{3}[ .-]?[0-9]{3,4}(?![0-9])")
# A form of address before a capital letter is a name: "chị Lan", "cháu H."
_ADDRESSED = re.compile(r"\b(?:anh|chị|em|cháu|bà|ông|bé|nạn nhân)\s+(?:tên\s+)?(?=(\w))", re.IGNORECASE)
_CASES = ("bao luc", "xam hai", "mua ban nguoi", "nan nhan", "hiep dam", "dam o", "tao hon", "cuong buc")
_STORY = 120  # letters of a note that tells more than a figure needs


def required(report: Report) -> Iterator[Finding]:
    for spec in report.form.narratives:
        if spec.required and not report.narratives.get(spec.id, "").strip():
            yield Finding(
                "error",
                f"{REQUIRED}{spec.id}",
                f"Chưa viết mục “{spec.number}. {spec.title}”. Viết mục này, hoặc ghi “không có”.",
                spot=f"text:{spec.id}",
            )


def texts(report: Report) -> Iterator[Finding]:
    sensitive = {name for name, count in report.form.count_of_cell.items() if count.sensitive}
    for where, spot, text in _written(report):
        cells = () if spot else (where,)
        if identifies(text):
            yield Finding(
                "warning",
                f"personal:{where}",
                "Có dãy số giống số căn cước hoặc số điện thoại trong phần ghi "
                "chú. Xóa thông tin cá nhân, hoặc ghi lý do nếu không phải.",
                cells,
                spot=spot,
            )
        is_story = names_somebody(text) if where in sensitive else names_somebody(text) and is_of_cases(text)
        if is_story or (where in sensitive and len(text) > _STORY):
            yield Finding(
                "warning",
                f"story:{where}",
                "Phần chữ có vẻ kể về một người cụ thể trong vụ việc nhạy cảm. Chỉ ghi số lượng, không ghi tên, địa "
                "chỉ, hoàn cảnh; xóa đi, hoặc ghi lý do nếu không phải.",
                cells,
                spot=spot,
            )


def identifies(text: str) -> bool:
    """It holds a number that looks like one of a citizen's card or a telephone."""
    return bool(_ID_NUMBER.search(text) or _PHONE.search(text))


def is_of_cases(text: str) -> bool:
    """It speaks of violence, abuse, trafficking or the like."""
    folded = fold(text)
    return any(word in folded for word in _CASES)


def names_somebody(text: str) -> bool:
    """A form of address before a capital letter."""
    return any(found[1].isupper() for found in _ADDRESSED.finditer(text))


def _written(report: Report) -> Iterator[tuple[str, str, str]]:
    """Every text a person wrote: whose it is, its spot where that is no cell, and its words."""
    yield from ((name, "", cell.note) for name, cell in report.cells.items() if cell.note)
    yield from ((id, f"text:{id}", text) for id, text in report.narratives.items())
    for task in report.tasks:
        yield task.id, f"task:{task.id}", f"{task.result}\n{task.product}\n{task.evidence}"


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
        sound = []
        for piece in dict.fromkeys(piece for piece in parse(text) if not isinstance(piece, str)):
            if isinstance(piece, LiveField) and not (fault := fault_of(piece, report.form)):
                sound.append(piece)
            else:
                wrong = _SAID[fault] if isinstance(piece, LiveField) and fault else _BROKEN
                message = f"Trường số liệu {quoted(piece.written)} {wrong}."
                yield Finding("error", f"field:{id}", message, spot=f"text:{id}")
        known = figures() if sound else None
        if known and (blank := [one for one in sound if is_lacking(one, known)]):
            listed = ", ".join(one.written for one in blank[:3]) + (" …" if len(blank) > 3 else "")
            message = f"Chưa có số liệu cho {listed} trong lời văn. Nhập số liệu, hoặc bỏ câu đó, hoặc ghi lý do."
            yield Finding("warning", f"field_blank:{id}", message, spot=f"text:{id}")


def figures_of(report: Report, context: Context) -> LiveNumbers | None:
    """What the texts of the report may speak of; None for an office that sums up and whose sums are not at hand."""
    if context.figures is not None or report.role is Role.SUMMING:
        return context.figures
    wanted = report.period.previous()
    before = [one for one in context.earlier if one.period == wanted and one.form.id == report.form.id]
    return own_figures(report, before[0] if before else None)
