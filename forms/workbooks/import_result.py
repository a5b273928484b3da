"""What came of reading a workbook: what it says, what is wrong in it, what its reader should be told. All at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from forms.errors import InputRefused
from forms.model.news_counting import news_cells
from forms.model.report import ImportedReport, Report
from forms.workbooks.sheets import Plain, Sheet

OLD_EXCEL = (
    "Tệp .xls đời cũ không cho biết ô nào có công thức, báo lỗi, bị ẩn hay có dấu %. Nên cất dạng .xlsx rồi nhập lại."
)
Value = TypeVar("Value")
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Remark:
    """One place of a workbook and what is to be said of it: `where` is “Số liệu!D12”."""

    code: str
    where: str
    message: str


@dataclass(frozen=True)
class Reading:
    """`problems` forbid to take it; `notes` are only told. `places` is where each cell of the form,
    by its name, and each item of news, by its id, stands in the workbook. `asks_days`: its column of days has two
    readings, and a person says which."""

    filled: ImportedReport
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    asks_days: bool = False


def as_filled(report: Report) -> ImportedReport:
    """A draft's own content as an import would bring it: taken again it changes nothing. Figures that its list of items
    gives are left to the list."""
    derived = news_cells(report.form, report.period, report.news) if report.form.has_news else {}
    return ImportedReport(
        report.form.programme,
        report.period,
        report.as_of,
        report.estimate,
        report.form.id,
        {name: cell for name, cell in report.cells.items() if name not in derived or cell.note},
        report.news,
        frozenset(),
        dict(report.narratives),
        report.tasks,
        report.nominations,
        dict(report.explanations),
    )


class Remarks:
    """Gathers what is to be said while a workbook is read."""

    def __init__(self) -> None:
        self.problems: list[Remark] = []
        self.notes: list[Remark] = []
        self.asks_days = False

    def wrong(self, code: str, where: str, message: str) -> None:
        self.problems.append(Remark(code, where, message))

    def tell(self, code: str, where: str, message: str) -> None:
        self.notes.append(Remark(code, where, message))

    def tried(
        self, where: str, otherwise: Value, act: Callable[Given, Value], *given: Given.args, **named: Given.kwargs
    ) -> Value:
        """What `act` gives; a refusal becomes a problem of that place."""
        try:
            return act(*given, **named)
        except InputRefused as error:
            self.wrong(error.code, where, error.message)
            return otherwise

    def plain(self, sheet: Sheet, row: int, column: int) -> Plain | None:
        """What stands in a cell that was asked for. What nobody saw is no answer; a formula's result is one, and said."""
        found, where = sheet.at(row, column), sheet.where(row, column)
        if found is None:
            return None
        if sheet.is_unseen(row, column):
            self.wrong(
                "CELL_HIDDEN", where, "Ô có nội dung nhưng đang bị ẩn hoặc bị lọc. Bỏ ẩn, bỏ lọc, xem lại rồi cất tệp."
            )
            return None
        if sheet.is_covered(row, column):
            self.wrong(
                "CELL_COVERED", where, "Ô có nội dung nhưng nằm dưới một ô gộp nên không ai thấy. Bỏ gộp ô rồi xem lại."
            )
            return None
        if found.formula and found.text:
            self.tell("CELL_FORMULA", where, f"Ô có công thức, lấy kết quả đã lưu: {found.text[:40]}.")
        return found
