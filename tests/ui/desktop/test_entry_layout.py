"""Where everything of a section stands: parts across, years across, a band where the parts change."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from forms.model.count import Role
from forms.services.report_session import sections_for
from tests.small_form import small_form
from tests.span_form import span_form
from tests.ui.desktop.entry import count, section_with
from ui.desktop.entry.grid_layout import GridLayout, Stands, fitted, lay_out

ENTRY = Path(__file__).parents[3] / "ui" / "desktop" / "screens" / "entry"
DRAWN = ("acts", "banner", "cut", "delegate", "fitting", "grid", "keys", "model", "paste_dialog", "problems", "row_heads",
         "seal_dialog", "sheet", "side", "strip", "view", "wrapping")  # fmt: skip
_MARKS = {Stands.CELL: "[ ]", Stands.SUM: "sum", Stands.VALUE: "=", Stands.BEFORE: "before", Stands.JUDGED: "judged"}


def drawn(layout: GridLayout) -> str:
    """A table as one would sketch it: number, title and what stands in each column."""
    lines = [" | ".join(("", *(column.title for column in layout.columns)))]
    for row in layout.rows:
        places = [(spot and (_MARKS.get(spot.stands) or spot.name)) or "." for spot in row.spots]
        lines.append(" | ".join((f"{row.number} {row.title[:12]}".strip(), *places)))
    return "\n".join(line.strip() for line in lines)


def sketch(docstring: str | None) -> str:
    """The picture in a test's docstring, after its first paragraph."""
    picture = (docstring or "").split("\n\n")[-1]
    return "\n".join(line.strip() for line in picture.strip().splitlines())


def test_the_parts_of_a_count_stand_side_by_side_with_their_total_and_earlier_periods_before_them():
    """
    The small form of tests/small_form.py in 2025, with two years before it.

    | 2023 | 2024 | Nữ | Nam | Tổng | Mốc, đánh giá
    1 Dân số được | before | before | [ ] | [ ] | sum | judged
    2 Tổng dân số | before | before | [ ] | [ ] | sum | judged
    6.1 Tỷ lệ dân số | before | before | . | . | = | judged
    6.2 Nữ và nam đề | before | before | = | = | = | judged
    6.3 Xã có từ 60 | before | before | . | . | = | judged
    """
    form = small_form()
    layout = lay_out(form.sections[0], Role.REPORTING, "2025", ("2024", "2023"))
    assert drawn(layout) == sketch(
        test_the_parts_of_a_count_stand_side_by_side_with_their_total_and_earlier_periods_before_them.__doc__
    )
    assert layout.cells == ("reached.female", "reached.male", "population.female", "population.male")


def test_in_a_form_of_years_the_years_stand_side_by_side_and_the_parts_go_down():
    """
    Section 1 of tests/span_form.py as the health agency fills it.

    | 2011 | 2012 | 2013 | 2014 | 2015 | 2016 | 2017 | 2018 | 2019 | 2020 | Mốc, đánh giá
    1 Dân số được | sum | sum | sum | sum | sum | sum | sum | sum | sum | sum | judged
    Nữ | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | judged
    Nam | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | judged
    2 Tổng dân số | sum | sum | sum | sum | sum | sum | sum | sum | sum | sum | judged
    Nữ | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | judged
    Nam | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | [ ] | judged
    1.1 Tỷ lệ dân số | = | = | = | = | = | = | = | = | = | = | judged
    """
    layout = lay_out(span_form().sections[0], Role.AGENCY, "2011-2020", ())
    assert drawn(layout) == sketch(test_in_a_form_of_years_the_years_stand_side_by_side_and_the_parts_go_down.__doc__)
    assert layout.cells[:2] == ("reached.female@2011", "reached.female@2012")


def test_where_the_parts_change_a_band_names_them_and_the_columns_are_shared():
    """
    Two counts by sex, one by level, one that is not split.

    | . | . | . | Tổng | Mốc, đánh giá
    | Nữ | Nam | . | . | .
    aa aa | [ ] | [ ] | . | sum | judged
    bb bb | . | . | . | [ ] | judged
    cc cc | [ ] | [ ] | . | sum | judged
    | Xã | Huyện | Tỉnh | . | .
    dd dd | [ ] | [ ] | [ ] | sum | judged
    """
    level = '[breakdown.level]\ntitle = "Cấp"\nlow = "Xã"\nmiddle = "Huyện"\nhigh = "Tỉnh"\n'
    section = section_with(count("aa", "sex") + count("bb") + count("cc", "sex") + count("dd", "level"), level)
    found = drawn(lay_out(section, Role.REPORTING, "2025", ()))
    asked = sketch(test_where_the_parts_change_a_band_names_them_and_the_columns_are_shared.__doc__)
    assert found.splitlines()[1:] == asked.splitlines()[1:]
    assert lay_out(section, Role.REPORTING, "2025", ()).columns[0].title == ""


def test_many_parts_go_down_in_the_column_of_totals():
    """
    A count by seven age groups beside one that is not split.

    | 2025 | Mốc, đánh giá
    aa aa | sum | judged
    p1 | [ ] | judged
    p2 | [ ] | judged
    p3 | [ ] | judged
    p4 | [ ] | judged
    p5 | [ ] | judged
    p6 | [ ] | judged
    p7 | [ ] | judged
    bb bb | [ ] | judged
    """
    ages = '[breakdown.age]\ntitle = "Tuổi"\n' + "".join(f'p{n} = "p{n}"\n' for n in range(1, 8))
    section = section_with(count("aa", "age") + count("bb"), ages)
    assert drawn(lay_out(section, Role.REPORTING, "2025", ())) == sketch(
        test_many_parts_go_down_in_the_column_of_totals.__doc__
    )


def test_a_role_sees_the_sections_in_which_it_types_or_is_judged():
    form = span_form()
    assert [section.number for section in sections_for(form, Role.AGENCY)] == ["1", "2"]
    assert [section.number for section in sections_for(form, Role.REPORTING)] == ["1"]  # the share may be computed


@pytest.mark.parametrize(
    ("room", "hidden", "scrolls"),
    [(1400, 0, False), (860, 0, False), (720, 2, False), (560, 2, True)],
)
def test_earlier_periods_go_first_when_there_is_no_room(room, hidden, scrolls):
    """Room for everything, for the smallest screen, for none of the earlier ones, not even for the rest."""
    columns = lay_out(small_form().sections[0], Role.REPORTING, "2025", ("2024", "2023")).columns
    heads, widths = fitted(columns, room, 116, 1.0)
    assert widths.count(0) == hidden
    assert (heads + sum(widths) > room) == scrolls
    assert scrolls or heads + sum(widths) == room or room > 1000
    assert heads >= 116 + 190, "a title keeps room to be read"


def test_only_what_draws_knows_qt():
    for file in ENTRY.rglob("*.py"):
        imports = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        drawing = any((node.module or "").startswith("PySide6") for node in imports)
        assert not drawing or file.stem in DRAWN, file.name
