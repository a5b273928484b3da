"""The printed report without a window: what is seen is what is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import ExportError, StorageError
from forms.model.period import Period
from forms.summary.disclosure import NO_PAST
from tests.ui.desktop.parts import FakeFrame, desk_of
from tests.ui.desktop.sticks import HUE, ChoosingAsk, StickProgram, bring, commune, seal
from ui.desktop.printing.presenter import DocumentContent, PrintingPresenter, PrintPage, Saving
from ui.desktop.shell import Location


class Desk:
    def __init__(self, code: str = "19804") -> None:
        self.program, self.ask = StickProgram(), ChoosingAsk()
        self.frame = FakeFrame(self.ask)
        collates = code == HUE
        self.office = desk_of(self.program, HUE, collates=True) if collates else commune(self.program, code, 1, 2, 3, 4)
        self.saved = 0
        self.saving = Saving(self.program, self.frame, self.count)
        self.shown = list[PrintPage]()
        parts = (self.office, self.program, self.frame, self.saving)
        self.screen = PrintingPresenter(*parts, self.shown.append, lambda _id: None)

    @property
    def page(self) -> PrintPage:
        """As it was shown last."""
        return self.shown[-1]

    def count(self) -> None:
        self.saved += 1


def year(number: int) -> Location:
    return Location("nq28_hue", Period(str(number)))


@pytest.fixture
def xa() -> Desk:
    return Desk()


def test_the_report_of_the_quarter_is_drawn_at_every_visit(xa):
    xa.screen.start()
    xa.screen.start()
    assert [(page.title, page.pdf) for page in xa.shown] == [("Đang dựng báo cáo…", b""), ("", b"%PDF-")] * 2
    assert xa.program.documents == [("2025-Q4", "pdf", "")] * 2


def test_quarters_and_years_are_offered(xa):
    xa.screen.start(str(year(2024)))
    periods = [choice.periods for choice in xa.page.offered]
    assert [(found[0].label, found[-1].label) for found in periods] == [
        *(("2025-Q4", "2021-Q1"), ("2025", "2021"), ("2021..2022", "2021..2022"), ("2021..2025", "2021..2025")),
    ]
    assert xa.page.place == year(2024)
    assert xa.program.documents == [("2024", "pdf", "")]


def test_a_sealed_report_carries_the_digits_of_its_package(xa):
    seal(xa.office)
    xa.screen.start()
    assert xa.program.documents == [("2025-Q4", "pdf", "12345 12345 12345 12345 12345 12345")]


def test_a_summing_office_is_told_how_many_units_the_figures_are_of():
    hue = Desk(HUE)
    paths = bring(hue.program, hue.office, c19804=4)
    hue.office.receiving.receive(hue.program.find_packages(paths).files, "Người nhận")
    hue.screen.start()
    assert hue.page.hint.startswith("Số liệu của 1/40 xã, phường, còn thiếu 39 xã, phường. Đúng như khi in.")


def test_what_is_saved_as_pdf_is_what_is_seen(xa):
    xa.screen.start()
    xa.program.paper = b"%PDF-later"
    xa.screen.save("pdf")
    assert xa.program.written == {Path("/tmp/19804_2025-Q4_nq28_hue_bao-cao.pdf"): b"%PDF-"}
    assert xa.frame.said == [f"Đã lưu 19804_2025-Q4_nq28_hue_bao-cao.pdf vào {Path('/tmp')}."]


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_word_and_excel_are_made_when_they_are_asked_for(xa, format):
    xa.screen.start()
    xa.screen.save(format)
    assert list(xa.program.written) == [Path(f"/tmp/19804_2025-Q4_nq28_hue_bao-cao.{format}")]
    assert xa.program.documents[-1][1] == format


def test_the_folder_of_what_was_saved_is_opened_when_somebody_wants_it(xa):
    xa.screen.start()
    xa.saving.open_folder()
    assert (xa.saved, xa.ask.opened) == (0, []), "nothing was saved yet"
    xa.screen.save("docx")
    xa.saving.open_folder()
    assert (xa.saved, xa.ask.opened) == (1, [Path("/tmp")])


def test_the_statistical_sheet_is_made_of_the_same_report(xa):
    xa.screen.start()
    xa.screen.turn_to(DocumentContent.SHEET)
    xa.screen.save("docx")
    assert [what for _, what, _ in xa.program.documents] == ["pdf", "sheet pdf", "sheet docx"]
    assert list(xa.program.written) == [Path("/tmp/19804_2025-Q4_nq28_hue_bieu.docx")]


def test_what_the_public_may_read_carries_no_package(xa):
    """Drawn for the public, who was told nothing before; the document as kept, without the exact figures beside it."""
    given = []
    xa.program.draw = lambda summary, marks, past=None: given.append(past) or b"drawn"
    xa.program.printed = lambda document, format, filled, package=b"": b"%PDF-" + document + package
    seal(xa.office)
    xa.screen.start()
    xa.screen.turn_to(DocumentContent.PUBLIC)
    assert (xa.page.pdf, given) == (b"%PDF-drawn", [NO_PAST])
    assert xa.page.hint.startswith("Xem trước, chưa phát hành.")
    xa.screen.save("pdf")
    assert xa.program.written == {Path("/tmp/19804_2025-Q4_nq28_hue_cong-khai.pdf"): b"%PDF-drawn"}


def test_another_report_is_shown_as_the_same_thing(xa):
    xa.screen.start()
    xa.screen.turn_to(DocumentContent.SHEET)
    xa.screen.choose(year(2024))
    assert xa.program.documents[-1][:2] == ("2024", "sheet pdf")


def test_a_name_without_an_ending_gets_one(xa):
    xa.screen.start()
    xa.ask.save_file = lambda title, name, pattern: Path("/tmp/Báo cáo quý 4.2025")
    xa.screen.save("pdf")
    assert list(xa.program.written) == [Path("/tmp/Báo cáo quý 4.2025.pdf")]


def test_giving_up_saves_nothing(xa):
    xa.screen.start()
    xa.ask.place = None
    xa.screen.save("pdf")
    assert xa.program.written == {}


def test_a_report_that_cannot_be_drawn_is_explained_in_place(xa):
    xa.program.unprintable = ExportError("FONT_MISSING", "Thiếu phông chữ. Cài lại phần mềm.")
    xa.screen.start()
    assert xa.page.words == "Thiếu phông chữ. Cài lại phần mềm."
    xa.screen.save("pdf")
    assert xa.program.written == {}


def test_a_full_disk_is_told_by_the_window(xa):
    def full(_path, _data):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    xa.screen.start()
    xa.program.write_file = full
    xa.screen.save("pdf")
    assert (xa.ask.asked, xa.frame.said) == (["DISK_FULL"], [])


def test_a_report_that_comes_late_for_another_period_is_not_shown(xa):
    waiting = []
    xa.frame.work = lambda title, work, done: waiting.append((work, done))
    xa.screen.start(str(year(2025)))
    xa.screen.choose(Location("nq28_hue", Period("2025-Q4")))
    work, done = waiting[0]
    done(work(lambda _done, _total: None))
    assert xa.page.pdf == b""
