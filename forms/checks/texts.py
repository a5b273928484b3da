"""Prose: sections that must be written, numbers that identify a person, stories about victims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.model.finding import REQUIRED, Finding
from forms.model.report import Report
from forms.model.text import fold

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
        if _tells_a_story(text, where in sensitive):
            yield Finding(
                "warning",
                f"story:{where}",
                "Phần chữ có vẻ kể về một người cụ thể trong vụ việc nhạy cảm. Chỉ ghi số lượng, không ghi tên, địa "
                "chỉ, hoàn cảnh; xóa đi, hoặc ghi lý do nếu không phải.",
                cells,
                spot=spot,
            )


def _tells_a_story(text: str, is_sensitive: bool) -> bool:
    if is_sensitive:
        return names_somebody(text) or len(text) > _STORY
    return names_somebody(text) and is_of_cases(text)


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
