"""An office's own workbook, in any layout: what comes into the report unasked is right, or nothing comes.

Each layout is generated: heads (years, plan and result, periods, sexes, in any order, merged or not) × titles (with running
numbers, units, codes, parts in rows or columns) × title lines. Every figure in it is another number, so that each one that
is taken says which place it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product

import pytest

from tests.own_workbooks import plainly, taken

POPULATION, LEADERS = "Tổng dân số", "Số giám đốc, chủ doanh nghiệp, hợp tác xã đang hoạt động"
ORGANISATIONS = "Tổng số tổ chức Đảng, chính quyền, cơ quan hành chính, ban, ngành, đoàn thể"
# (heads, which of them is the one asked, whether they say the year)
GROUPS = [
    (("Năm 2025", "Năm 2026"), 1, True),
    (("Năm 2026", "Năm 2025"), 0, True),
    (("2025", "2026"), 1, True),
    (("Năm 2024", "Năm 2025", "Năm 2026"), 2, True),
    (("Kế hoạch năm 2026", "Thực hiện năm 2026"), 1, True),
    (("Thực hiện năm 2026", "Kế hoạch năm 2027"), 0, True),
    (("KH 2026", "TH 2026"), 1, True),
    (("Kế hoạch", "Thực hiện"), 1, False),
    (("Nghị quyết giao", "Kết quả thực hiện"), 1, False),
    (("Chỉ tiêu", "Kết quả"), 1, False),
    (("Cùng kỳ năm trước", "Kỳ báo cáo"), 1, False),
    (("Năm trước", "Năm nay"), 1, False),
    (("6 tháng đầu năm", "Cả năm"), 1, False),
    (("Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm"), 4, False),
    (("Quý I", "Quý II", "Quý III", "Quý IV"), None, False),
    (("Thực hiện 2025", "Ước thực hiện 2026"), None, True),
    (("Ước TH 2026", "TH 2026"), 1, True),
    (("Lũy kế", "Trong kỳ"), 1, False),
    (("Đến 31/12/2025", "Đến 31/12/2026"), 1, True),
    (("Đến 30/6/2026", "Đến 31/12/2026"), 1, True),
    (("Số liệu công an", "Số liệu thống kê"), None, False),
    (("Thôn Đông", "Thôn Tây"), None, False),
    (("Xã Bình Điền", "Xã Hương Thọ"), None, False),
    (("Năm 2027",), None, True),
    (("Tháng 12",), None, False),
    (("Số liệu",), 0, False),
]
SEXES = [("Nữ", "Nam"), ("Nam", "Nữ"), ("Tổng số", "Nữ", "Nam"), ("Nam", "Nữ", "Tổng cộng"), ("Chung", "Trong đó: nữ")]
LINES = [
    (
        "BIỂU TỔNG HỢP SỐ LIỆU NĂM 2026",
        True,
        True,
    ),  # text, whether it says 2026, whether it lets a figure without year be taken
    ("BIỂU TỔNG HỢP SỐ LIỆU", False, True),
    ("BIỂU TỔNG HỢP SỐ LIỆU NĂM 2025", False, False),
    ("BÁO CÁO 6 THÁNG ĐẦU NĂM 2026", False, False),
    ("KẾ HOẠCH NĂM 2026", False, False),
]
UNITS = [("", True), ("Người", True), ("Nghìn người", False), ("Lượt người", False)]


@dataclass
class Layout:
    """A drawing, and where each cell's figure stands in it: none where it does not say it."""

    name: str
    text: str
    right: dict[str, float]


def across() -> Iterator[Layout]:
    """Titles down, years or plan and result over women and men."""
    for (heads, asked, _), sexes, line, unit in product(GROUPS, SEXES, LINES, UNITS):
        if hash_of(heads, sexes, line, unit) % 17:
            continue
        yield _across(
            heads, asked, sexes, line, unit, merged=bool(hash_of(sexes, heads) % 2), first=_first(line, heads)
        )


def _across(heads, asked, sexes, line, unit, *, merged: bool, first: int) -> Layout:
    number, right = count(first), dict[str, float]()
    width = len(sexes)
    top = [f"|TT|Chỉ tiêu|ĐVT|{'|'.join(_group(head, width, merged=merged) for head in heads)}|"]
    left = "|^|^|^|" if merged else "||||"
    top.append(left + "|".join(sex for _ in heads for sex in sexes) + "|")
    body = []
    for place, (title, cell) in enumerate(((POPULATION, "population"), (LEADERS, "business_leaders")), 1):
        figures = []
        for at in range(len(heads)):
            female, male = next(number), next(number)
            known = {"Nữ": female, "Trong đó: nữ": female, "Nam": male}
            figures += [known.get(sex, female + male) for sex in sexes]
            if at == asked and unit[1] and _fits(heads, line, at):
                right |= {f"{cell}.female": female} | ({f"{cell}.male": male} if "Nam" in sexes else {})
        body.append(f"|{place}|{title}|{unit[0]}|{'|'.join(map(str, figures))}|")
    text = "\n".join((f"|{line[0]}|", "---", *top, *body))
    return Layout(f"across {heads} {sexes} {line[0]} {unit[0]} {merged}", text, right)


def down() -> Iterator[Layout]:
    """Women and men in rows below the title, or in a column beside it."""
    marks = [("- Nữ", "- Nam"), ("Nữ", "Nam"), ("Trong đó: nữ", "nam"), ("+ Nam", "+ Nữ"), ("Trong đó: nữ",)]
    for (heads, asked, _), parts, line, unit in product(GROUPS, marks, LINES, UNITS):
        if hash_of(heads, parts, line, unit, 7) % 23:
            continue
        first = _first(parts, heads)
        number, right, body = count(first), dict[str, float](), []
        for place, (title, cell) in enumerate(((POPULATION, "population"), (LEADERS, "business_leaders")), 1):
            figures = {text: [next(number) for _ in heads] for text in parts}
            whole = [sum(column) + (500 if len(parts) == 1 else 0) for column in zip(*figures.values(), strict=True)]
            body.append(_line(str(place), title, unit, whole))
            body += [_line("", text, unit, figures[text]) for text in parts]
            if asked is not None and unit[1] and _fits(heads, line, asked):
                sexes = {text: "female" if "nữ" in text.lower() else "male" for text in parts}
                right |= {f"{cell}.{sexes[text]}": figures[text][asked] for text in parts}
            if place == 1:
                body += [
                    _line("", text, unit, [next(number) for _ in heads]) for text in ("Dân số dân tộc thiểu số", *parts)
                ]
        text = "\n".join((f"|{line[0]}|", "---", f"|TT|Nội dung|ĐVT|{'|'.join(heads)}|", "|A|B|C|1|", *body))
        yield Layout(f"down {heads} {parts} {line[0]} {unit[0]}", text, right)


def single() -> Iterator[Layout]:
    """One figure a title: a code before it, a share behind it, a second table, a near title, other sheets."""
    befores = ["", "Mã số", "Cơ quan chủ trì", "Số dự thảo"]
    afters = ["", "Tỷ lệ (%)", "So với năm 2025", "Ghi chú", "Số điều chỉnh"]
    for (heads, asked, _), before, after, line in product(GROUPS, befores, afters, LINES):
        if hash_of(heads, before, after, line) % 31:
            continue
        first = _first(before, heads)
        number, right = count(first), dict[str, float]()
        extra = [(before, 0)] if before else []
        columns = [*extra, *((head, n) for n, head in enumerate(heads)), *([(after, 0)] if after else [])]
        near, ours = ([next(number) for _ in columns] for _ in range(2))
        if asked is not None and _fits(heads, line, asked):
            right["organisations"] = ours[asked + len(extra)]
        text = "\n".join(
            (
                f"|{line[0]}|",
                f"|TT|Chỉ tiêu|{'|'.join(head for head, _ in columns)}|",
                f"|1|{ORGANISATIONS} chưa cam kết|{'|'.join(map(str, near))}|",
                f"|2|{ORGANISATIONS}|{'|'.join(map(str, ours))}|",
            )
        )
        yield Layout(f"single {before} {heads} {after} {line[0]}", text, right)


def _line(number: str, title: str, unit: tuple[str, bool], figures: list[int]) -> str:
    return f"|{number}|{title}|{unit[0]}|{'|'.join(map(str, figures))}|"


def _fits(heads, line, at: int) -> bool:
    """The year and period follow from the head, or from a title line that says nothing else."""
    text, _, lets = line
    says_year = "2026" in heads[at]
    if text.startswith("KẾ HOẠCH"):
        return any(word in heads[at] for word in ("Thực hiện", "TH ", "Kết quả"))
    if "THÁNG" in text:
        return heads[at] == "Cả năm" or "31/12/2026" in heads[at]
    return says_year or lets


def _group(head: str, width: int, *, merged: bool) -> str:
    return "|".join([head, *(["<"] if merged else [""]) * (width - 1)])


def _first(*things: object) -> int:
    """Figures of every third layout look like years."""
    return 1001 if hash_of(*things) % 3 else 2001


def hash_of(*things: object) -> int:
    """The same in every process, unlike hash."""
    return sum(n * ord(letter) for n, letter in enumerate(repr(things), 1))


LAYOUTS = [*across(), *down(), *single()]


def test_no_layout_brings_a_wrong_figure_in_silence():
    """Of all that the layouts say of our cells, most is taken without a question; none of it is wrong."""
    wrong, there, without = [], 0, 0
    for layout in LAYOUTS:
        cells, _ = taken(plainly(layout.text))
        wrong += [(layout.name, cell, value) for cell, value in cells.items() if layout.right.get(cell) != value]
        there += len(layout.right)
        without += sum(layout.right.get(cell) == value for cell, value in cells.items())
    assert wrong == []
    assert len(LAYOUTS) > 300
    assert without > 0.8 * there, (without, there)


@pytest.mark.parametrize("layout", LAYOUTS[::12], ids=lambda layout: layout.name)
def test_what_is_not_taken_but_there_is_asked_with_its_place(layout):
    cells, proposal = taken(plainly(layout.text))
    asked = {one.cell: {float(c.value) for c in one.candidates} for one in proposal.questions}
    for cell, value in layout.right.items():
        assert cells.get(cell) == value or value in asked[cell]
