"""Nhập số liệu: what a typed cell becomes, what is stored when, what is refused and kept as typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from forms.cell import CellState, given
from forms.errors import StorageError
from forms.news import NewsItem, NewsKind
from forms.periods import Period
from forms.report import ReportState
from tests import fakes
from tests.ui.desktop.parts import PASSWORD, FakeProgram, desk_of
from ui.desktop.screens.entry.presenter import EntryPresenter
from ui.desktop.screens.entry.sealing import Sealer, standing
from ui.desktop.screens.entry.words import sheet_of

YEAR = Period("2025")
WOMEN, ALL = "women_led_agencies.council", "agencies.council"


class FakeFace:
    def __init__(self):
        self.place, self.refused = "", ""

    def show_periods(self, periods, chosen):
        self.offered = [period.label for period in periods]

    def show_parts(self, parts, chosen):
        self.parts, self.chosen = parts, chosen

    def show_lines(self, lines):
        self.lines = {line.id: line for line in lines}

    def show_problems(self, found, blank):
        self.found, self.blank = found, blank

    def show_state(self, report, saved):
        self.state, self.saved = report.state, saved

    def show_place(self, id):
        self.place = id

    def show_refused(self, words):
        self.refused = words

    def show_narratives(self, report):
        self.narratives = report.narratives


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


@pytest.fixture
def face():
    return FakeFace()


@pytest.fixture
def edits():
    return []


@pytest.fixture
def entry(desk, face, edits):
    def push(edit):
        edits.append(edit)
        presenter.take(edit.new)

    presenter = EntryPresenter(face, desk, FakeProgram(), push)
    presenter.start("2025")
    return presenter


def stored(desk, name):
    return desk.entry.open("nq28_hue", YEAR).cell(name)


def test_a_cell_is_in_the_ledger_as_soon_as_it_is_left(entry, desk, face):
    entry.put(((WOMEN, "1"),))
    assert stored(desk, WOMEN) == given(1)
    assert face.saved == "10:32"


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("-", CellState.NONE),
        ("x", CellState.NOT_APPLICABLE),
        (".", CellState.NOT_COLLECTED),
        ("…", CellState.NOT_COLLECTED),
    ],
)
def test_a_sign_says_why_there_is_no_number(entry, desk, typed, state):
    entry.put(((WOMEN, typed),))
    assert stored(desk, WOMEN).state is state


def test_totals_and_indicators_follow(entry, face):
    """
    1.1.1  1 + 0 = 1
    1.1.2  1 + 1 = 2
    1.1    100 × 1 ÷ 2 = 50,0 %, below 60 %
    """
    entry.put(((WOMEN, "1"), ("women_led_agencies.committee", "0"), (ALL, "1"), ("agencies.committee", "1")))
    assert [face.lines[id].value for id in ("women_led_agencies", "agencies", "women_led_agencies_share")] == [
        "1",
        "2",
        "50,0",
    ]
    assert face.lines["women_led_agencies_share"].note.startswith(
        "Chưa đạt, thiếu 1 cơ quan · Mốc 2025: Phấn đấu đạt 60%"
    )


def test_they_follow_while_the_cell_is_still_typed_and_nothing_is_stored(entry, desk, face):
    entry.put(((WOMEN, "1"), ("women_led_agencies.committee", "0"), (ALL, "1")))
    entry.typing("agencies.committee", "1")
    assert face.lines["women_led_agencies_share"].value == "50,0"
    assert stored(desk, "agencies.committee").state is CellState.BLANK


def test_what_cannot_be_read_stays_as_typed_and_says_where_and_what_now(entry, desk, face, edits):
    entry.put(((WOMEN, "8a"),))
    line = face.lines[WOMEN]
    assert (line.value, line.refused, line.tone) == ("8a", True, "error")
    assert face.refused.startswith("1.1.1. ")
    assert "Chưa cất ô này" in face.refused
    assert edits == []
    entry.put(((WOMEN, "1"),))
    assert (face.lines[WOMEN].value, face.lines[WOMEN].refused, face.refused) == ("1", False, "")


def test_an_unusual_number_is_taken_with_an_echo_and_an_ambiguous_one_is_asked_about(entry, desk, face):
    entry.put((("population.female", "1.234"),))
    assert stored(desk, "population.female").amount == Decimal(1234)
    entry.put((("population.female", "8.5"),))
    assert "8,5" in face.refused
    entry.put((("population.female", "1,234"),))
    assert "hai cách" in face.refused


def test_a_pasted_column_goes_in_whole_or_not_at_all(entry, desk, edits):
    assert entry.put(((WOMEN, "1"), (ALL, "1")))
    assert len(edits) == 1
    assert not entry.put(((WOMEN, "0"), (ALL, "mười")))
    assert stored(desk, WOMEN) == given(1)


def test_an_edit_is_taken_back_whole_and_done_again(entry, desk, edits):
    entry.put(((WOMEN, "1"), (ALL, "1")))
    entry.take(edits[0].old)
    assert [stored(desk, name).state for name in (WOMEN, ALL)] == [CellState.BLANK, CellState.BLANK]
    entry.take(edits[0].new)
    assert [stored(desk, name) for name in (WOMEN, ALL)] == [given(1), given(1)]


def test_a_note_stays_when_the_number_changes(entry, desk):
    entry.put(((WOMEN, "."),))
    entry.note(WOMEN, "Chưa có quyết định")
    entry.put(((WOMEN, "1"),))
    assert (stored(desk, WOMEN).amount, stored(desk, WOMEN).note) == (1, "Chưa có quyết định")


def test_a_refusal_of_the_disk_is_said_and_the_ledger_keeps_what_it_had(entry, desk, face, monkeypatch):
    def full(*_):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy. Xóa bớt tệp rồi gõ lại.")

    monkeypatch.setattr("forms.services.entry.Entry.put_cells", full)
    entry.put(((WOMEN, "1"),))
    assert face.refused == "Ổ đĩa đầy. Xóa bớt tệp rồi gõ lại."
    assert (face.lines[WOMEN].value, face.lines[WOMEN].refused) == ("1", True)
    monkeypatch.undo()
    assert stored(desk, WOMEN).state is CellState.BLANK


def test_the_next_blank_goes_round_and_a_fault_comes_before_a_blank(entry, face):
    entry.go_on(WOMEN, problems=False)
    assert face.place == "women_led_agencies.committee"
    entry.put(((WOMEN, "2"), (ALL, "1")))
    entry.go_on("population.male", problems=True)
    assert face.place == WOMEN


def test_going_to_a_cell_of_another_part_shows_that_part(entry, face):
    entry.go_to("population.female")
    assert face.parts[face.chosen].title.startswith("6.")
    assert face.place == "population.female"


def test_parts_say_how_complete_they_are(entry, face):
    entry.put(((WOMEN, "2"), (ALL, "1")))
    first = face.parts[0]
    assert (first.done, first.total, first.wrong) == (2, 4, 2)
    assert face.parts[-1].title == "Lời văn của báo cáo"


def test_a_warning_takes_its_reason_here(entry, face):
    entry.put((("agencies.committee", "2"),))
    assert [f.check for f in face.found if f.blocks and f.cells] == ["one_committee"]
    entry.explain("one_committee", "Sáp nhập giữa năm")
    assert [f.check for f in face.found if f.blocks and f.cells] == []


def test_last_years_figures_stand_beside_this_years(desk, face, entry):
    report = desk.entry.open("nq28_hue", Period("2024"))
    desk.entry.put_cell(report, WOMEN, given(1))
    entry.start("2025")
    assert (face.lines[WOMEN].before, face.lines[WOMEN].value) == ("1", "")


def test_cells_of_the_news_ledger_are_locked_once_it_has_items(desk, face, entry):
    entry.go_to("news_q4")
    assert face.lines["news_q4"].typable
    desk.news.save(NewsItem("", date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("website",)))
    entry.start("2025")
    assert not face.lines["news_q4"].typable
    assert (face.lines["news_q4"].value, face.lines["news_q4"].note) == ("1", "Lấy từ sổ tin, bài")
    assert face.lines["news_q1"].typable


def test_a_narrative_and_the_day_of_the_figures_are_kept(entry, desk, face):
    entry.narrate("leadership", "Đã ban hành kế hoạch.")
    entry.date("20/11/2025", True)
    report = desk.entry.open("nq28_hue", YEAR)
    assert (report.narratives["leadership"], report.as_of, report.estimate) == (
        "Đã ban hành kế hoạch.",
        date(2025, 11, 20),
        True,
    )
    entry.date("hôm nay", True)
    assert "không phải là ngày" in face.refused


def test_f1_explains_a_row(entry):
    title, parts = sheet_of(entry.report.form, "women_led_agencies_share")
    told = dict(parts)
    assert title.startswith("1.1. ")
    assert told["Cách tính"] == "100 × [1.1.1] ÷ [1.1.2]"
    assert {"Định nghĩa", "Nguồn", "Cơ quan theo dõi", "Đối chiếu"} <= told.keys()


def test_a_summing_office_types_its_own_counts_only_and_sees_the_whole():
    program = FakeProgram()
    face = FakeFace()
    EntryPresenter(face, desk_of(program, "46", collates=True), program, lambda edit: None).start("2025")
    assert "women_led_agencies.council" in face.lines
    assert all(not label.endswith(("Q1", "Q2", "Q3", "Q4")) for label in face.offered)  # the quarter is the communes'


def quarter_ready(desk):
    for day in (1, 2, 3, 4):
        desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("website",)))
    return desk.entry.open("nq28_hue", Period("2025-Q4"))


def test_both_seal_each_with_a_password_and_the_package_is_written(desk, tmp_path):
    program = FakeProgram()
    sealer, report = Sealer(desk, program), quarter_ready(desk)
    assert [role.value for role, _ in sealer.hands().roles] == ["preparer", "head_of_unit"]
    preparer, head = (people[0].keyid for _, people in sealer.hands().roles)
    assert standing(sealer.findings(report))[1] == "good"
    assert sealer.seal(report, {preparer: PASSWORD, head: "sai"}, "").code == "PASSWORD_WRONG"
    assert desk.entry.open("nq28_hue", report.period).state is ReportState.DRAFT
    assert sealer.seal(report, {preparer: PASSWORD, head: PASSWORD}, "") is None
    file = sealer.write(report, tmp_path)
    assert file.name == "19804_2025-Q4_nq28_hue_R01.bdg"
    assert desk.entry.open("nq28_hue", report.period).state is ReportState.EXPORTED


def test_what_blocks_the_seal_is_said_before_any_password(desk):
    sealer = Sealer(desk, FakeProgram())
    words, tone = standing(sealer.findings(desk.entry.open("nq28_hue", YEAR)))
    assert tone == "error"
    assert "50 điểm" in words


def test_a_sole_officer_seals_alone():
    program = FakeProgram()
    desk = desk_of(program)
    desk.ledger.state.people = (fakes.person("S", fakes.PersonRole.SOLE),)
    assert [role.value for role, _ in Sealer(desk, program).hands().roles] == ["sole_officer"]


def test_a_sealed_report_refuses_typing_until_a_correction_is_opened(desk, face, entry):
    quarter_ready(desk)
    desk.sealing.seal("nq28_hue", Period("2025-Q4"), desk.ledger.signers())
    entry.start("2025-Q4")
    assert face.state is ReportState.SEALED
    entry.narrate("highlights", "thêm")
    assert "niêm phong" in face.refused
    entry.reopen()
    entry.narrate("highlights", "thêm")
    assert (face.state, face.refused) == (ReportState.DRAFT, "")
