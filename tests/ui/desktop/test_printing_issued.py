"""What was issued, without a window: frozen as seen, numbered once, held against today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from forms.exchange.publication import PublishedFigure
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.services.changes_since_issue import CellChange, ChangesSince, FigureChange, SourceChange, TextChange, Turn
from tests.ui.desktop.parts import CATALOGUE, FakeFrame, desk_of
from tests.ui.desktop.sticks import HUE, ChoosingAsk, StickProgram, bring, commune, seal
from ui.desktop.printing import publications
from ui.desktop.printing.presenter import DocumentContent, PrintingPresenter, Saving
from ui.desktop.printing.publications import IssuedPage, IssuedPresenter, TypedIssue

NUMBERED = TypedIssue("12", "05/01/2026", "Trần Văn Hùng")


class Screen:
    """A commune's sealed quarter, or Huế with one commune's package."""

    def __init__(self, code: str = "19804") -> None:
        self.program, self.ask = StickProgram(), ChoosingAsk()
        self.shown, self.told = list[IssuedPage](), list[str]()
        self.frame = FakeFrame(self.ask)
        if code == HUE:
            self.office = desk_of(self.program, HUE, collates=True)
            self.merge(c19804=4)
        else:
            self.office = commune(self.program, code, 1, 2, 3, 4)
            seal(self.office)
        saving = Saving(self.program, self.frame, lambda: None)
        parts = (self.office, self.program, self.frame, saving)
        self.report = PrintingPresenter(*parts, lambda _page: None, self.told.append)
        self.issued = IssuedPresenter(*parts, self.shown.append)

    @property
    def page(self) -> IssuedPage:
        """As it was shown last."""
        return self.shown[-1]

    def merge(self, **communes: int) -> None:
        paths = bring(self.program, self.office, **communes)
        self.office.receiving.receive(self.program.find_packages(paths).files, "Người nhận")

    def publish(self, content: DocumentContent = DocumentContent.REPORT) -> str:
        self.report.start()
        self.report.turn_to(content)
        self.report.publish()
        self.issued.start(self.told[-1])
        return self.page.chosen


def words(row) -> list[str]:
    return [item.text for item in row.items]


@pytest.fixture
def xa() -> Screen:
    return Screen()


def test_what_is_seen_is_issued_once_confirmed(xa):
    id = xa.publish()
    assert xa.ask.asked == ["Phát hành bản nội bộ, quý IV năm 2025?"]
    (row,) = xa.page.rows
    assert (row.id, words(row)[1:4]) == (id, ["Quý IV năm 2025", "Nội bộ", "31/12/2025, 10:32"])
    assert words(row)[4:] == ["chưa ghi"] * 3
    assert "Mã niêm phong: 12345 " in row.note


def test_the_public_version_is_issued_where_that_is_seen(xa):
    xa.publish(DocumentContent.PUBLIC)
    assert xa.ask.asked == ["Phát hành bản công khai, quý IV năm 2025?"]
    assert words(xa.page.rows[0])[2] == "Công khai"


def test_a_statistical_sheet_is_not_issued_and_a_no_is_a_no(xa):
    xa.report.start()
    xa.report.turn_to(DocumentContent.SHEET)
    xa.report.publish()
    assert xa.ask.asked == []
    xa.report.turn_to(DocumentContent.REPORT)
    xa.ask.yes = False
    xa.report.publish()
    assert (xa.told, xa.office.publishing.every()) == ([], ())


def test_of_an_unsealed_report_it_is_said_that_the_paper_has_no_digits():
    program, asked = StickProgram(), []
    office, ask = commune(program, "19804", 1), ChoosingAsk()
    ask.confirm = lambda title, text, yes: asked.append(text)
    frame = FakeFrame(ask)
    saving = Saving(program, frame, lambda: None)
    screen = PrintingPresenter(office, program, frame, saving, lambda _page: None, lambda _id: None)
    screen.start()
    screen.publish()
    assert "chưa niêm phong" in asked[0]


def test_the_issued_document_is_shown_and_saved_as_it_was_frozen(xa):
    id = xa.publish()
    xa.issued.look_at(id)
    assert (xa.page.title, xa.page.pdf) == ("Quý IV năm 2025, bản nội bộ", b"%PDF-")
    xa.issued.save("docx")
    (file,) = xa.program.written
    assert file == Path("/tmp/19804_2025-Q4_nq28_hue_phat-hanh_20251231.docx")
    assert xa.program.written[file] == xa.office.publishing.get(id)[0].document
    assert xa.office.ledger.state.journal[-1][0] == "print"


def test_only_what_is_shown_is_saved(xa):
    xa.publish()
    xa.issued.save("pdf")
    assert xa.program.written == {}


def test_number_day_and_signer_are_filled_and_drawn_at_once(xa):
    id = xa.publish()
    xa.issued.look_at(id)
    assert xa.issued.fill(id, NUMBERED, "") is None
    assert words(xa.page.rows[0])[4:] == ["12", "05/01/2026", "Trần Văn Hùng"]
    assert xa.page.title == "Quý IV năm 2025, bản nội bộ, số 12"
    assert xa.program.documents[-1] == ("12", "kept pdf", "Trần Văn Hùng")
    xa.issued.save("pdf")
    assert [file.name for file in xa.program.written] == ["19804_2025-Q4_nq28_hue_phat-hanh_20251231_so-12.pdf"]


def test_another_number_asks_for_a_reason(xa):
    id = xa.publish()
    xa.issued.fill(id, NUMBERED, "")
    other = replace(NUMBERED, number="15")
    assert (xa.issued.writes_over(id, NUMBERED), xa.issued.writes_over(id, other)) == (False, True)
    refusal = xa.issued.fill(id, other, " ")
    assert refusal.code == "PUBLICATION_REASON"
    assert xa.issued.fill(id, other, "Cấp nhầm số") is None
    assert words(xa.page.rows[0])[4] == "15"


def test_what_is_left_empty_stays_and_half_a_day_is_not_a_day(xa):
    id = xa.publish()
    xa.issued.fill(id, TypedIssue("12", "", ""), "")
    assert not xa.issued.writes_over(id, TypedIssue("", "5/", "")), "nothing stands there yet"
    assert xa.issued.fill(id, TypedIssue("", "5/", ""), "").code == "DATE_UNREADABLE"
    assert xa.issued.fill(id, TypedIssue("", "5/1/26", ""), "") is None
    assert words(xa.page.rows[0])[4:] == ["12", "05/01/2026", "chưa ghi"]


def test_nothing_has_changed_until_another_package_comes():
    hue = Screen(HUE)
    id = hue.publish()
    hue.issued.hold_against_today(id)
    assert words(hue.page.changes[0]) == ["Chưa có gì thay đổi từ khi phát hành."]
    hue.merge(c19753=4)
    hue.issued.hold_against_today(id)
    assert hue.page.title == "Từ khi phát hành: quý IV năm 2025, bản nội bộ"
    told = [words(row) for row in hue.page.changes]
    assert told[0] == ["Đơn vị có thay đổi: 1"]
    assert told[1][1:] == ["–", "lần gửi 1", "Mới gửi"]
    counted = next(row for row in told if row[0].endswith("Số tin, bài được tính trong quý") and "đơn vị" in row[1])
    assert counted[1:3] == ["4 (1/40 đơn vị)", "8 (2/40 đơn vị)"]


def test_each_kind_of_change_is_told_in_words():
    """
    Xã Bình Điền          lần gửi 1   lần gửi 2   Đã đính chính
    – Nạn nhân            x           12          Đếm sót
    Tỷ lệ                 62,5 %, đạt 33,3 %, chưa đạt
    """
    form = CATALOGUE.form_for("nq28_hue", Period("2025"))
    share = next(i for i in form.indicators.values() if i.measure == "%")
    cells = (CellChange("a", "Nạn nhân", "not_applicable", "12", "Đếm sót"), CellChange("b", "Nam", "", "none"))
    source = SourceChange(Turn.CORRECTED, UnitKey("19804", date(2025, 7, 1)), "Xã Bình Điền", 1, 2, "d", cells)
    figures = (FigureChange("a", "Nạn nhân", None, PublishedFigure("12", 1, 1), tuple(f"Xã {n}" for n in range(7))),)
    old, new = PublishedFigure("62.500000", 2, 2, "met"), PublishedFigure("33.333333", 2, 2, "not_met")
    results = (FigureChange(share.id, "Tỷ lệ", old, new, ()),)
    found = ChangesSince((source,), figures, results, (TextChange("t", "Kết quả", "", "Hai ba từ"),))
    rows = [words(row) for row in publications.change_rows(found, form)]
    assert rows[1:4] == [
        ["Xã Bình Điền", "lần gửi 1", "lần gửi 2", "Đã đính chính"],
        ["– Nạn nhân", "không áp dụng", "12", "Đếm sót"],
        ["– Nam", "–", "không phát sinh", ""],
    ]
    assert rows[5] == ["Nạn nhân", "–", "12", "Xã 0; Xã 1; Xã 2; Xã 3; Xã 4 và 2 đơn vị khác"]
    assert rows[7][1:3] == ["62,5 % (2/2 đơn vị), đạt", "33,3 % (2/2 đơn vị), chưa đạt"]
    assert rows[9] == ["Kết quả", "–", "3 từ", ""]


def test_a_document_of_a_programme_that_is_gone_keeps_its_id(xa):
    xa.publish()
    (issue,) = xa.office.publishing.every()
    gone = replace(issue, key=issue.key._replace(programme="da_bo"))
    assert words(publications.issue_rows([gone], CATALOGUE)[0])[0] == "da_bo"


def test_a_document_that_is_no_longer_as_it_was_issued_is_refused(xa):
    id = xa.publish()
    kept = xa.office.ledger.state.publications
    kept[id] = replace(kept[id], document=b"khac")
    xa.issued.look_at(id)
    assert (xa.ask.asked[-1], xa.page.pdf) == ("PUBLICATION_DAMAGED", b"")
