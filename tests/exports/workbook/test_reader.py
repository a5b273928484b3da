"""A filled workbook coming back: what it says, and everything that is wrong in it, each at its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl.styles import numbers

from exports.workbook.foreign_workbook import read as plainly
from exports.workbook.reader import read
from forms.errors import InputRefused
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.news_item import Evidence, NewsItem, NewsKind, Origin, identified
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from tests.exports.workbook.filling import HUE, OFFICE, Q4, UNIT, codes, reading, typed, written
from tests.small_form import small_form
from tests.span_form import span_form, span_programme

SMALL = Report(small_form(), UNIT, Role.REPORTING, Period("2025"))
QUARTER = Report(HUE.form("quarter_news"), UNIT, Role.REPORTING, Q4)
SPAN = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))
ALL = {"so.reached.female": 60, "so.reached.male": 40, "so.population.female": 90, "so.population.male": 80}
FIRST, TITLE, KIND, TICKS = "C5", "D5", "E5", "FGHIJKLM"


def filled(values, change=None, draft=SMALL, programme=HUE):
    return reading(typed(written(draft, programme), values, change), draft)


def news_line(sheet, row=5, day=date(2025, 10, 3), title="Phát động", kind="Tin", ticks="F"):
    for letter, value in (("C", day), ("D", title), ("E", kind), *((tick, "x") for tick in ticks)):
        sheet[f"{letter}{row}"] = value


def test_figures_come_back_under_their_cells():
    found = filled(ALL | {"as_of": date(2025, 12, 31), "estimate": "Có", "ghi_chu.reached": "theo sổ hộ khẩu"})
    assert codes(found) == []
    assert found.filled.cells == {
        "reached.female": replace(given(60), note="theo sổ hộ khẩu"),
        "reached.male": given(40),
        "population.female": given(90),
        "population.male": given(80),
    }
    assert (found.filled.as_of, found.filled.estimate, found.filled.form) == (date(2025, 12, 31), True, "year")


def test_a_sign_is_a_state_and_an_empty_cell_is_blank():
    found = filled({"so.reached.female": "-", "so.reached.male": "x", "so.population.female": "..."})
    assert found.filled.cells == {
        "reached.female": Cell(CellState.NONE),
        "reached.male": Cell(CellState.NOT_APPLICABLE),
        "population.female": Cell(CellState.NOT_COLLECTED),
    }


def test_everything_wrong_is_told_at_once_each_at_its_place():
    """E5 12,5 · F5 “1,234” · E6 “nhiều” · F6 #REF!"""

    def broken(book):
        book["Số liệu"]["F6"].value, book["Số liệu"]["F6"].data_type = "#REF!", "e"

    found = filled({"so.reached.female": 12.5, "so.reached.male": "1,234", "so.population.female": "nhiều"}, broken)
    assert codes(found) == [
        ("NUMBER_NOT_WHOLE", "Số liệu!E5"),
        ("NUMBER_AMBIGUOUS", "Số liệu!F5"),
        ("NUMBER_UNREADABLE", "Số liệu!E6"),
        ("CELL_ERROR", "Số liệu!F6"),
    ]


def test_a_formula_that_was_never_calculated_is_asked_about():
    assert codes(filled(ALL | {"so.reached.male": "=20+20"})) == [("CELL_UNCALCULATED", "Số liệu!F5")]


@pytest.mark.parametrize("where", ["row", "column", "sheet"])
def test_a_figure_that_nobody_saw_is_not_taken(where):
    def hide(book):
        sheet = book["Số liệu"]
        if where == "row":
            sheet.row_dimensions[5].hidden = True
        elif where == "column":
            sheet.column_dimensions["E"].hidden = True
        else:
            sheet.sheet_state = "hidden"

    found = filled(ALL, hide)
    assert {code for code, _ in codes(found)} == {"CELL_HIDDEN"}
    assert found.filled.cells.get("reached.female") is None


def test_a_figure_under_a_merged_cell_is_not_taken():
    def merge(book):
        book["Số liệu"].merged_cells.add("E5:F5")  # as other programs do it: what is covered stays in the file

    assert codes(filled(ALL, merge)) == [("CELL_COVERED", "Số liệu!F5")]


def test_columns_that_were_moved_and_rows_that_were_added_do_not_matter():
    def push(book):
        sheet = book["Số liệu"]
        sheet.insert_rows(5, 3)
        sheet.insert_cols(5, 2)
        sheet["G6"] = 777  # in a row of nobody's

    found = filled(ALL, push)
    assert codes(found) == []
    assert {name: cell.amount for name, cell in found.filled.cells.items()} == {
        "reached.female": 60,
        "reached.male": 40,
        "population.female": 90,
        "population.male": 80,
    }
    assert [(note.code, note.where) for note in found.notes] == [("ROW_EXTRA", "Số liệu!6")]


def test_a_row_that_was_copied_is_told():
    def copy(book):
        for column in range(1, 9):
            book["Số liệu"].cell(12, column).value = book["Số liệu"].cell(5, column).value

    assert codes(filled(ALL, copy)) == [("WORKBOOK_KEYS", "Số liệu!A12")]


def test_a_sheet_or_the_hidden_column_that_is_gone_is_told():
    def drop(book):
        del book["Số liệu"]

    assert codes(filled({}, drop)) == [("WORKBOOK_KEYS", "Số liệu")]

    def unkey(book):
        book["Số liệu"].delete_cols(1)
        book["Số liệu"]["A1"] = "sobinhdang:figures"

    assert {code for code, _ in codes(filled(ALL, unkey))} == {"WORKBOOK_KEYS"}


def test_a_renamed_sheet_is_still_known():
    def rename(book):
        book["Số liệu"].title = "Bieu 1"

    assert filled(ALL, rename).places["reached.male"] == "Bieu 1!F5"


def test_notes_of_other_cells_and_the_offices_own_marks_stay():
    draft = SMALL.with_cell(
        "reached.male", Cell(CellState.GIVEN, given(40).amount, "điều tra", flagged=True, carried=True)
    )
    found = filled({"so.reached.female": 1}, draft=draft)
    assert found.filled.cells["reached.male"] == draft.cell("reached.male")
    changed = filled({"so.reached.male": 41}, draft=draft).filled.cells["reached.male"]
    assert (changed.note, changed.flagged, changed.carried) == ("điều tra", True, False)


@pytest.mark.parametrize(
    ("draft", "office", "code"),
    [
        (SMALL, replace(OFFICE, unit=UnitKey("19807", UNIT.valid_from)), "WORKBOOK_UNIT"),
        (SMALL, replace(OFFICE, practice=False), "WORKBOOK_UNIT"),
        (replace(SMALL, form=replace(SMALL.form, programme_sha256="0" * 64)), OFFICE, "WORKBOOK_VERSION"),
        (replace(SMALL, form=replace(SMALL.form, id="another")), OFFICE, "WORKBOOK_VERSION"),
    ],
)
def test_a_workbook_of_somewhere_else_is_refused(draft, office, code):
    with pytest.raises(InputRefused) as refusal:
        reading(written(SMALL), draft, office)
    assert refusal.value.code == code


def test_a_workbook_that_is_not_ours_or_not_of_today_is_refused():
    def drop(book):
        del book["_sobinhdang"]

    def age(book):
        book["_sobinhdang"]["B2"] = "2"

    for change, code in ((drop, "WORKBOOK_FOREIGN"), (age, "WORKBOOK_FORMAT")):
        with pytest.raises(InputRefused) as refusal:
            filled({}, change)
        assert refusal.value.code == code


def test_an_item_of_one_line():
    def fill(book):
        news_line(book["Tin, bài"], ticks="FK")
        book["Tin, bài"]["N5"], book["Tin, bài"]["O5"], book["Tin, bài"]["U5"] = "Tiếp phát", 3, "Lan"

    (item,) = filled({}, fill, QUARTER).filled.news
    assert (item.date, item.title, item.kind, item.origin, item.airings) == (
        date(2025, 10, 3),
        "Phát động",
        NewsKind.BRIEF,
        Origin.RELAYED,
        3,
    )
    assert item.channels == ("loudspeaker", "website")
    assert item.author == "Lan"
    assert item.counted is False  # the plan does not count what is only relayed


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"C5": "31/02/2025"}, ("DATE_UNREADABLE", "Tin, bài!C5")),
        ({"C5": None}, ("NEWS_DATE", "Tin, bài!C5")),
        ({"C5": datetime(2025, 9, 30)}, ("NEWS_OUTSIDE", "Tin, bài!C5")),
        ({"D5": None}, ("NEWS_TITLE", "Tin, bài!D5")),
        ({"D5": "x" * 301}, ("TEXT_TOO_LONG", "Tin, bài!D5")),
        ({"E5": "Phim"}, ("WORD_UNKNOWN", "Tin, bài!E5")),
        ({"F5": None}, ("NEWS_CHANNEL", "Tin, bài!F5")),
        ({"O5": "ba"}, ("NUMBER_UNREADABLE", "Tin, bài!O5")),
        ({"O5": 10_000}, ("COUNTER_UNREADABLE", "Tin, bài!O5")),
    ],
)
def test_a_line_that_is_wrong_is_told_at_the_cell(change, problem):
    def fill(book):
        news_line(book["Tin, bài"])
        for where, value in change.items():
            book["Tin, bài"][where] = value

    found = filled({}, fill, QUARTER)
    assert codes(found) == [problem]
    assert found.filled.news == ()


def test_a_figure_beside_a_list_has_to_agree_with_it():
    def fill(book):
        news_line(book["Tin, bài"])

    assert codes(filled({"so.news_counted": 2}, fill, QUARTER)) == [("NEWS_TOTAL_DIFFERS", "Số liệu!H5")]
    agreed = filled({"so.news_counted": 1}, fill, QUARTER)
    assert codes(agreed) == []
    assert agreed.filled.cells["news_airings"] == given(1)


def test_an_item_that_was_filtered_away_is_told():
    def fill(book):
        news_line(book["Tin, bài"])
        book["Tin, bài"].row_dimensions[5].hidden = True

    assert codes(filled({}, fill, QUARTER)) == [("CELL_HIDDEN", "Tin, bài!5")]


def test_an_item_of_the_ledger_keeps_its_id_and_its_files_when_it_is_changed():
    item = NewsItem(
        "a" * 32,
        date(2025, 10, 3),
        "Tin cũ",
        NewsKind.BRIEF,
        ("website",),
        language="km",
        files=(Evidence("b" * 64, "a.pdf", 9),),
    )

    def change(book):
        book["Tin, bài"]["D5"] = "Tin mới"
        news_line(book["Tin, bài"], 6, title="Tin thêm")

    changed, added = filled({}, change, QUARTER.with_news([item])).filled.news
    assert changed == replace(item, title="Tin mới")
    assert (added.title, added.id != item.id) == ("Tin thêm", True)


def test_an_empty_list_leaves_the_ledgers_items_and_says_so():
    item = NewsItem("a" * 32, date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("website",))

    def clear(book):
        for line in book["Tin, bài"]["C5:W5"]:
            for cell in line:
                cell.value = None

    found = filled({}, clear, QUARTER.with_news([item]))
    assert found.filled.news == ()
    assert "NEWS_KEPT" in [note.code for note in found.notes]


def test_tasks_texts_and_nominations():
    def fill(book):
        sheet = book["Khen thưởng"]
        for letter, value in zip("CDEF", ("Cá nhân", "Lê Thị A", "Bằng khen", "Có công"), strict=True):
            sheet[f"{letter}5"] = value

    values = {
        "nv.t-1.state": "Đang thực hiện",
        "nv.t-1.percent": 40,
        "nv.t-1.started": date(2019, 3, 1),
        "nv.t-1.result": "Mở 2 lớp",
        "loi_van.results": "Kết quả\nhai dòng",
    }
    found = filled(values, fill, SPAN, span_programme())
    assert codes(found) == []
    assert found.filled.tasks == (Task("t-1", TaskState.RUNNING, 40, date(2019, 3, 1), result="Mở 2 lớp"),)
    assert found.filled.narratives == {"results": "Kết quả\nhai dòng"}
    assert found.filled.nominations == (Nomination(Nominee.PERSON, "Lê Thị A", "Bằng khen", "Có công"),)


def test_a_task_without_a_state_and_a_nominee_without_a_name_are_told():
    def fill(book):
        book["Khen thưởng"]["C5"] = "Cá nhân"

    found = filled({"nv.t-2.percent": 140}, fill, SPAN, span_programme())
    assert codes(found) == [
        ("TASK_INCOMPLETE", "Nhiệm vụ!F6"),
        ("COUNTER_UNREADABLE", "Nhiệm vụ!G6"),
        ("NAME_MISSING", "Khen thưởng!D5"),
    ]


def test_reasons_of_the_sheet_and_those_that_only_the_program_asks_for():
    draft = QUARTER.explained("unusual:news_counted", "đã kiểm tra").explained("enough_news", "cũ")
    found = filled({"giai_trinh.enough_news": "Hỏng loa do bão"}, draft=draft)
    assert found.filled.explanations == {"unusual:news_counted": "đã kiểm tra", "enough_news": "Hỏng loa do bão"}


def test_an_old_excel_file_is_read_and_what_cannot_be_seen_in_it_is_said():
    data = typed(written(SMALL), ALL)
    found = read(replace(plainly(data), kind="xls"), OFFICE, lambda _programme, _period: SMALL)
    assert [note.code for note in found.notes] == ["WORKBOOK_OLD"]


def test_a_form_whose_days_an_excel_with_us_settings_turned_round_is_asked_to_be_typed_again():
    """The day that we wrote ourselves, 3 October, is no real date of that Excel."""
    ours = identified([NewsItem("", date(2025, 10, 3), "Phát động", NewsKind.BRIEF, ("website",))])

    def fill(days):
        def change(book):
            for row, day in enumerate(days, 6):
                news_line(book["Tin, bài"], row, day, f"Tin {row}")

        return change

    def problems(*days):
        return codes(filled({}, fill(days), QUARTER.with_news(ours)))

    assert problems("13/10/2025", "14/10/2025") == []
    assert problems(date(2025, 11, 4)) == []
    assert problems(date(2025, 11, 4), "13/10/2025") == [("DATE_MIXED", "Tin, bài!C6:C7")]
    assert problems(date(2025, 4, 11)) == [("DATE_MIXED", "Tin, bài!C6:C6")]


def test_a_percentage_is_what_people_saw():
    form = small_form()
    count = replace(form.counts["reached"], by=None, decimals=1, measure="%")
    section = replace(form.sections[0], rows=(count,))
    draft = replace(SMALL, form=replace(form, sections=(section,), checks=()))

    def percent(book):
        book["Số liệu"]["E5"].number_format = numbers.FORMAT_PERCENTAGE_00

    found = filled({"so.reached": 0.085}, percent, draft)
    assert found.filled.cells["reached"].amount == given(85).amount / 10
    assert [note.code for note in found.notes] == ["NUMBER_ECHO"]
