"""Sentences from the figures by keys only: put below what is written, told live, never twice, taken back by one key.

Xã Bình Điền, quý IV năm 2025: 06 tin, bài
    Lời văn > 1. Kết quả nổi bật   Ctrl+J   Ctrl+Z
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from forms.exchange.brought_files import incoming
from forms.model.cell import given
from forms.model.office import EnrolledKey
from forms.model.period import Period
from forms.model.report import ReportState
from forms.services.practice import filled
from main import workbench
from tests.fakes import TODAY
from tests.ui.desktop.keyboard import CTRL, Hands, Key, in_front_of
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from tests.ui.desktop.seen import every, refusal, the
from ui.desktop.main_window import MainWindow
from ui.desktop.shell import Location
from ui.desktop.texts.view import TextsView
from ui.desktop.widgets.prose_document import ProseView
from ui.desktop.widgets.prose_editor import ProseEditor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")
MONTHS = {"news_brief_monthly.m1": 4, "news_feature_monthly.m1": 2}
FIGURES = {"news_counted": 6, "news_brief": 4, "news_feature": 2, "news_own": 6, "news_relayed": 0, "news_airings": 12}


class Writer:
    def __init__(self, qtbot, tmp_path, code: str = "19804", *, collates: bool = False) -> None:
        self.period, self.section = (Period("2025"), "strengths") if collates else (Q4, "highlights")
        self.program = FakeProgram(home=tmp_path)
        self.window = MainWindow(self.program, workbench, FakeAsk())
        self.desk = desk_of(self.program, code, collates=collates)
        self.window.open_ledger(self.desk.ledger)
        self.hands: Hands = in_front_of(qtbot, self.window)

    def fill(self, **figures: int) -> None:
        report = self.report
        self.desk.entry.put_cells(report, [(name, given(n)) for name, n in figures.items()])

    def open(self) -> None:
        self.window.go("texts", str(Location("nq28_hue", self.period, f"text:{self.section}")))
        self.hands.settle()

    @property
    def report(self):
        return self.desk.entry.open("nq28_hue", self.period)

    @property
    def text(self) -> str:
        return self.report.narratives.get(self.section, "")

    @property
    def screen(self) -> TextsView:
        return self.window.workbench.screen_shown

    @property
    def told(self) -> str:
        return "\n".join(box.prose.plain for box in every(self.screen, ProseView, "Lời văn khi in, số liệu đã điền"))

    @property
    def refused(self) -> str:
        return refusal(self.screen)


@pytest.fixture
def writer(qtbot, tmp_path):
    made = Writer(qtbot, tmp_path)
    yield made
    made.window.close()


def test_sentences_come_below_what_is_written_with_their_fields(writer):
    writer.fill(**FIGURES)
    writer.open()
    writer.hands.type("Phat deu.")
    writer.hands.press(Key.Key_J, CTRL)
    first, *drafted = writer.text.split("\n")
    assert first == "Phat deu."
    assert any("{{news_counted|words}}" in line for line in drafted)
    assert "06 (sáu) tin, bài" in writer.told
    assert "{{" not in writer.told


def test_what_was_typed_can_be_taken_back_after_it_was_kept(writer):
    """Keeping shows the page anew, and that must not begin the text anew."""
    writer.open()
    writer.hands.type("Phat deu ")
    writer.hands.press(Key.Key_S, CTRL)
    writer.hands.type("dan.")
    assert the(writer.screen, ProseEditor).toPlainText() == "Phat deu dan."
    writer.hands.press(Key.Key_Z, CTRL, times=2)
    writer.hands.press(Key.Key_S, CTRL)
    assert writer.text == ""


def test_one_key_takes_them_back(writer):
    writer.fill(**FIGURES)
    writer.open()
    writer.hands.type("Phat deu.")
    writer.hands.press(Key.Key_J, CTRL)
    writer.hands.press(Key.Key_Z, CTRL)
    writer.hands.press(Key.Key_S, CTRL)
    assert writer.text == "Phat deu."
    assert writer.told == ""


def test_the_same_sentence_is_never_put_twice(writer):
    writer.fill(**FIGURES)
    writer.open()
    writer.hands.press(Key.Key_J, CTRL, times=2)
    assert writer.text.count("{{news_counted|words}}") == 1
    assert "đã có đủ các câu" in writer.refused


def test_the_button_is_reached_by_tab(writer):
    writer.fill(**FIGURES)
    writer.open()
    writer.hands.push("Soạn từ số liệu (Ctrl+J)")
    assert "{{news_counted|words}}" in writer.text


def test_without_figures_there_is_nothing_to_say(writer):
    writer.open()
    writer.hands.press(Key.Key_J, CTRL)
    assert writer.text == ""
    assert "Chưa có số liệu để soạn câu" in writer.refused


def test_a_field_is_told_as_it_is_typed_and_a_wrong_one_is_marked(writer):
    writer.fill(**FIGURES)
    writer.open()
    writer.hands.type("Co {{news_brief}} tin")
    assert writer.told == "Co 04 tin"
    writer.hands.type(", {{nothing}}")
    writer.hands.press(Key.Key_S, CTRL)
    assert writer.told == "Co 04 tin, {{nothing}}"
    found = writer.window.workbench.screen_shown._presenter._open.found
    assert [(one.level, one.spot) for one in found if one.check.startswith("field")] == [("error", "text:highlights")]


def test_a_figure_put_right_elsewhere_is_told_when_the_page_is_opened_again(writer):
    writer.fill(**FIGURES)
    writer.open()
    writer.hands.press(Key.Key_J, CTRL)
    writer.window.go("home", "")
    writer.fill(news_counted=7)
    writer.open()
    assert "07 (bảy) tin, bài" in writer.told
    assert "{{news_counted|words}}" in writer.text


def test_a_sealed_report_shows_its_numbers(writer):
    writer.fill(**FIGURES)
    blank = [name for name in writer.report.expected_cells if writer.report.cell(name).amount is None]
    writer.fill(**dict.fromkeys(blank, 0) | MONTHS)
    writer.open()
    writer.hands.press(Key.Key_J, CTRL)
    sealed, _ = writer.desk.sealing.seal("nq28_hue", Q4, writer.desk.ledger.signers())
    assert sealed.state is ReportState.SEALED
    writer.open()
    assert "06 (sáu) tin, bài" in writer.text
    writer.hands.press(Key.Key_J, CTRL)
    assert writer.told == ""


@pytest.fixture
def above(qtbot, tmp_path):
    """The office of Huế, to which two communes have sent their year."""
    made = Writer(qtbot, tmp_path, "46", collates=True)
    for code in ("19804", "19753"):
        desk = desk_of(made.program, code)
        report = desk.entry.open("nq28_hue", made.period)
        report = desk.entry.take(filled(report.form, report.role, report.period))
        desk.entry.put_narrative(report, "strengths", f"Phát thanh đều đặn.\nCó mục riêng ở {code}.")
        trust(made.desk, desk)
        _, sealed = desk.sealing.seal("nq28_hue", made.period, desk.ledger.signers())
        made.desk.receiving.receive(incoming([("a.bdg", sealed.raw)]), "A")
    yield made
    made.window.close()


def trust(office, desk) -> None:
    with office.ledger.begin() as work:
        for one in desk.ledger.state.people:
            unit = desk.office
            work.register.add(
                EnrolledKey(one.keyid, one.public_key, unit.unit, unit.name, one.name, one.title, one.role, TODAY)
            )


def test_an_office_above_tells_of_all_its_communes(above):
    above.open()
    above.hands.press(Key.Key_J, CTRL)
    assert "02/40" in above.told
    assert "{{communes_with_news|over}}" in above.text


def test_what_communes_wrote_is_taken_over_with_its_sources(above):
    above.open()
    above.hands.push("Cấp dưới viết…")
    above.hands.settle()
    assert above.hands.here == "Các đoạn lời văn của cấp dưới"
    above.hands.press(Key.Key_Return)
    above.hands.press(Key.Key_Escape)
    first, *rest = above.text.split("\n")
    assert first.startswith("- Phát thanh đều đặn (")
    assert rest == []
    assert above.hands.here == "III.1. Ưu điểm"


def test_all_of_it_by_one_button(above):
    above.open()
    above.hands.push("Cấp dưới viết…")
    above.hands.settle()
    above.hands.push("Chép tất cả, ghi nguồn")
    assert len(above.text.split("\n")) == 3


def test_a_commune_has_nobody_below(writer):
    writer.open()
    assert "Cấp dưới viết…" not in {one.text() for one in every(writer.screen, QAbstractButton)}
