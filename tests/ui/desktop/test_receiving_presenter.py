"""The summing screen without a window. R1 a preview writes nothing · R2 what asks for attention stands first ·
R3 a stick brought twice changes nothing · R4 a batch can be taken back · R5 a missing unit is never a zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forms.exchange.brought_files import Brought
from forms.exchange.statements import Arrival, Batch, BatchLine, Head, Warned
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.period import Period
from forms.services.unit_tree import UnitState, find
from tests.ui.desktop.parts import FakeFrame, Shown, desk_of
from tests.ui.desktop.sticks import HUE, Q4, ChoosingAsk, StickProgram, bring, commune, news, seal, trust
from ui.desktop.receiving.presenter import ReceivingPresenter, preview, unit_figures
from ui.desktop.shell import Location


class Face(Shown):
    """The page shown last, and the key file that was brought."""

    key_file: Path | None = None

    def open_key_file(self, path) -> None:
        self.key_file = path

    @property
    def received_units(self) -> int:
        return self.tree.received

    def state(self, code: str) -> str | None:
        """Of a unit, and whether it counts."""
        found = find(self.tree, code)
        return f"{found.state.value}{', counts' if found.head else ''}"


class Desk:
    """Huế with its screen, and a stick."""

    def __init__(self) -> None:
        self.program, self.face = StickProgram(), Face()
        self.ask = ChoosingAsk()
        self.frame = FakeFrame(self.ask)
        self.office = desk_of(self.program, HUE, collates=True)
        self.screen = ReceivingPresenter(self.face, self.face.open_key_file, self.office, self.program, self.frame)

    def bring(self, **communes: int) -> list[Path]:
        return bring(self.program, self.office, **communes)

    def receive(self, **communes: int) -> None:
        self.screen.offer(self.bring(**communes))
        self.screen.receive()


def of(label: str) -> Location:
    return Location("nq28_hue", Period(label))


def words(row) -> list[str]:
    return [item.text for item in row.items]


@pytest.fixture
def hue() -> Desk:
    desk = Desk()
    desk.screen.start()
    return desk


def test_an_empty_quarter_names_everybody_as_missing(hue):
    assert hue.face.tree.states == {UnitState.MISSING: 40}
    assert hue.face.tree.status.due is None


def test_the_quarter_that_is_being_reported_is_shown_first(hue):
    assert hue.face.place == of("2025-Q4")


def test_in_the_middle_of_a_quarter_it_is_the_one_before():
    desk = Desk()
    desk.program.now = datetime(2025, 11, 20, tzinfo=UTC)
    screen = ReceivingPresenter(desk.face, desk.face.open_key_file, desk.office, desk.program, desk.frame)
    screen.start()
    assert desk.face.place == of("2025-Q3")


def test_r1_looking_at_a_stick_writes_nothing(hue):
    hue.screen.offer(hue.bring(c19804=4, c19753=3))
    assert hue.face.preview.words == "2 mới"
    assert hue.face.preview.can_receive
    assert hue.office.receiving.batches() == ()


def test_r2_the_damaged_file_stands_above_the_good_ones(hue):
    paths = hue.bring(c19804=4)
    hue.program.stick[Path("/stick/hỏng.bdg")] = b"?"
    hue.screen.offer([*paths, Path("/stick/hỏng.bdg")])
    first, second = hue.face.preview.rows
    assert words(first)[0] == "Từ chối"
    assert words(first)[4] == "Tệp hỏng. Chép lại từ đơn vị gửi."
    assert words(first)[5] == "hỏng.bdg"
    assert words(second)[:4] == ["Mới", "Phường Hương An", "Quý IV năm 2025", "1"]


def test_every_row_of_a_preview_says_its_class_in_words_and_with_a_sign(hue):
    hue.screen.offer([*hue.bring(c19804=4), *hue.bring(c19753=3)])
    assert all(row.items[0].text and row.items[0].icon for row in hue.face.preview.rows)


def test_an_accepted_package_with_a_warning_stands_above_the_others_and_says_it():
    lines = (
        BatchLine("a.bdg", Arrival.NEW, "NEW", "Báo cáo mới.", "1", "Xã A", "2025-Q4", 1),
        BatchLine(
            "b.bdg",
            Arrival.NEW,
            "NEW",
            "Báo cáo mới.",
            "2",
            "Xã B",
            "2025-Q4",
            1,
            warnings=(Warned("SAME", "Giống hệt Xã C."),),
        ),
    )
    first, second = preview(Batch(None, lines), Brought(()), lambda _key, cell: cell).rows
    assert words(first)[:5] == ["Mới", "Xã B", "Quý IV năm 2025", "1", "Báo cáo mới. Giống hệt Xã C."]
    assert (first.items[0].tone, second.items[0].tone) == ("warning", "good")
    assert "Giống hệt Xã C." in first.note


def test_a_folder_is_searched_for_packages(hue):
    hue.bring(c19804=4)
    hue.ask.place = Path("/stick")
    hue.screen.ask_for_packages(in_folder=True)
    assert hue.face.preview.words == "1 mới"


def test_a_folder_without_packages_is_said_so(hue):
    hue.ask.place = Path("/elsewhere")
    hue.screen.ask_for_packages(in_folder=True)
    assert hue.face.preview.words == "1 từ chối"
    assert words(hue.face.preview.rows[0])[4] == "Không có gói nào ở đây. Chọn lại."
    assert not hue.face.preview.can_receive


def test_what_a_search_passed_over_is_told_and_can_be_taken(hue):
    """The stick holds 19804's package and a hidden one of 19753."""
    hue.bring(c19804=4)
    (hidden,) = hue.bring(c19753=3)
    hue.program.stick[hidden.with_name(".an.bdg")] = hue.program.stick.pop(hidden)
    hue.screen.offer([Path("/stick")])
    preview = hue.face.preview
    assert (preview.words, preview.can_take_more) == ("1 mới", True)
    assert preview.search.splitlines() == [
        "Đã xem 2 tệp trong 1 thư mục.",
        "Bỏ qua 1 mục ẩn, có gói bên trong: /stick/.an.bdg.",
    ]
    hue.screen.take_more()
    assert (hue.face.preview.words, hue.face.preview.can_take_more) == ("2 mới", False)
    hue.screen.receive()
    assert hue.face.received_units == 2


def test_a_files_name_of_two_lines_stays_on_one(hue):
    (path,) = hue.bring(c19804=4)
    hue.program.stick[Path("/stick/a\nĐợt nhận: xong")] = hue.program.stick.pop(path)
    hue.screen.offer([Path("/stick")])
    (line,) = hue.face.preview.rows
    assert words(line)[5] == "a⏎Đợt nhận: xong"
    assert "\nĐợt nhận" not in line.note


def test_a_key_file_is_handed_to_the_register(hue):
    hue.screen.offer([Path("/stick/khoa.bdk")])
    assert hue.face.key_file == Path("/stick/khoa.bdk")
    assert hue.face.preview is None


def test_choosing_nothing_does_nothing(hue):
    hue.ask.place = None
    hue.screen.ask_for_packages(in_folder=True)
    hue.screen.ask_for_packages()
    assert (hue.face.preview, hue.ask.asked) == (None, [])


def test_receiving_fills_the_list_the_figures_and_the_batches(hue):
    hue.receive(c19804=4, c19753=3)
    assert hue.frame.said == ["Đã nhận 2 gói vào sổ."]
    assert hue.face.preview is None
    assert hue.face.received_units == 2
    assert hue.face.state("19804") == "on_time, counts"
    assert [words(row)[1] for row in hue.face.batches] == ["2"]


def test_r3_a_stick_brought_twice_has_nothing_to_receive(hue):
    hue.receive(c19804=4)
    hue.screen.offer([Path("/stick/19804.bdg")])
    assert hue.face.preview.words == "1 đã nhận trước đây"
    assert not hue.face.preview.can_receive
    assert hue.face.preview.explanation == "Không có gì mới để nhận vào sổ."
    hue.screen.receive()
    assert hue.frame.said[-1] == "Không có gì mới; sổ không thay đổi."
    assert len(hue.face.batches) == 1


def test_a_correction_is_called_a_replacement(hue):
    sender = commune(hue.program, "19804", 1, 8)
    trust(hue.office, sender)
    hue.program.stick = {Path("/stick/r1.bdg"): seal(sender)}
    sender.entry.reopen("nq28_hue", Q4)
    sender.entry.explain(sender.entry.open("nq28_hue", Q4), "enough_news", "Bổ sung lý do")
    hue.program.stick[Path("/stick/r2.bdg")] = seal(sender, "Bổ sung lý do")
    hue.screen.offer([Path("/stick")])
    assert hue.face.preview.words == "1 mới, 1 thay thế"
    hue.screen.receive()
    assert find(hue.face.tree, "19804").head.revision == 2


def test_a_correction_says_cell_by_cell_what_it_changes_and_why(hue):
    sender = commune(hue.program, "19804", 1, 8)
    trust(hue.office, sender)
    hue.program.stick = {Path("/stick/r1.bdg"): seal(sender)}
    sender.entry.reopen("nq28_hue", Q4)
    news(sender, 15)
    hue.program.stick[Path("/stick/r2.bdg")] = seal(sender, "Thêm tin ngày 15")
    hue.screen.offer([Path("/stick/r2.bdg"), Path("/stick/r1.bdg")])
    correction = hue.face.preview.rows[0]
    assert "Số tin, bài được tính trong quý: 2 → 3 (Thêm tin ngày 15)" in correction.note
    assert correction.note.splitlines()[-1] == str(Path("/stick/r2.bdg"))
    assert hue.face.preview.rows[1].note == f"Báo cáo mới.\n{Path('/stick/r1.bdg')}"


def test_leaving_a_preview_leaves_the_ledger_as_it_was(hue):
    hue.screen.offer(hue.bring(c19804=4))
    hue.screen.put_away()
    assert hue.face.preview is None
    assert hue.face.received_units == 0


def test_r4_the_batch_just_received_is_taken_back_once_confirmed(hue):
    hue.receive(c19804=4)
    assert hue.face.undo == "Hoàn tác đợt vừa nhận (1 gói)…"
    hue.screen.undo()
    assert hue.ask.asked == ["Hoàn tác đợt nhận này?"]
    assert (hue.face.undo, hue.face.received_units, hue.face.batches) == ("", 0, ())


def test_r4_nothing_is_taken_back_without_a_yes(hue):
    hue.receive(c19804=4)
    hue.ask.yes = False
    hue.screen.undo()
    assert hue.face.received_units == 1


def test_a_batch_that_is_gone_is_refused_in_words(hue):
    hue.screen.undo("0" * 32)
    assert hue.ask.asked == ["Hoàn tác đợt nhận này?", "BATCH_UNKNOWN"]


def test_a_package_that_waits_for_an_answer_is_not_called_missing(hue):
    first, second = commune(hue.program, "19804", 1, 2, 3, 4), commune(hue.program, "19804", 1, 8)
    trust(hue.office, first)
    hue.program.stick = {Path("/stick/a.bdg"): seal(first), Path("/stick/b.bdg"): seal(second)}
    hue.screen.offer([Path("/stick/a.bdg")])
    hue.screen.receive()
    hue.screen.offer([Path("/stick/b.bdg")])
    hue.screen.receive()
    assert hue.face.state("19804") == "conflict, counts"


def test_a_correction_that_came_first_waits_for_the_one_before(hue):
    sender = commune(hue.program, "19804", 1, 8)
    trust(hue.office, sender)
    seal(sender)
    sender.entry.reopen("nq28_hue", Q4)
    news(sender, 15)
    hue.program.stick = {Path("/stick/r2.bdg"): seal(sender)}
    hue.screen.offer([Path("/stick/r2.bdg")])
    hue.screen.receive()
    assert hue.face.state("19804") == "held"
    assert hue.face.tree.missing == 40


def test_the_figures_of_one_unit_are_there_to_read(hue):
    hue.receive(c19804=4)
    hue.screen.look_at("19804")
    figures = hue.face.unit
    assert figures.title == "Phường Hương An, quý IV năm 2025"
    assert words(figures.rows[1])[:4] == ["1", "Số tin, bài được tính trong quý", "tin, bài", "4"]
    hue.screen.choose(of("2025-Q3"))
    assert hue.face.unit is None


def test_a_unit_that_has_sent_nothing_has_no_figures_to_read(hue):
    hue.screen.look_at("19804")
    assert hue.face.unit is None


def test_parts_and_states_of_a_yearly_report_are_told_apart(hue):
    program = hue.program
    sender = desk_of(program, "19804")
    year = Period("2025")
    report = sender.entry.open("nq28_hue", year)
    broken_down = next(count for count in report.form.counts.values() if count.by and Role.REPORTING in count.filled_by)
    first, second = broken_down.cells[:2]
    report = sender.entry.put_cell(report, first, given(7))
    report = sender.entry.put_cell(report, second, Cell(CellState.NOT_COLLECTED, note="chưa có sổ"))
    root = hue.office.trees.tree("nq28_hue", year)
    status = replace(root.status, heads={report.unit: head_of(report)})
    rows = {row.id: words(row) for row in unit_figures(replace(find(root, "19804"), status=status)).rows}
    assert rows[first][3:] == ["7", ""]
    assert rows[second][3:] == ["…", "không thu thập; chưa có sổ"]
    assert rows[broken_down.id][3] == "…"


def head_of(report) -> Head:
    at = datetime(2025, 11, 20, 8, 0, tzinfo=UTC)
    return Head(report.unit, "d" * 64, 1, at, at, report.cells, news_listed=False)


def test_r5_the_share_counts_the_missing_in_the_denominator_and_says_so(hue):
    hue.receive(c19804=4, c19753=3)
    title, share = hue.face.results
    assert title.is_heading
    assert words(share)[0] == "6.3"
    assert words(share)[2:5] == ["1 / 40", "2,5 %", "2/40"]
    assert share.items[6].icon


def test_every_row_of_the_results_has_as_many_items_as_the_list_has_columns(hue):
    hue.receive(c19804=4)
    hue.screen.choose(of("2025"))
    assert {len(row.items) for row in hue.face.results if not row.is_heading} == {8}


def test_a_report_after_the_due_day_is_late_and_who_is_still_missing_is_overdue(hue):
    hue.program.now = datetime(2026, 1, 20, tzinfo=UTC)
    hue.office.summaries.set_quarter_due(10)
    hue.receive(c19804=4)
    assert hue.face.state("19804") == "late, counts"
    assert find(hue.face.tree, "19753").is_overdue(hue.program.now.date())


def test_the_report_that_is_looked_at_stays_and_the_one_that_was_received_is_offered(hue):
    hue.screen.choose(of("2024-Q3"))
    hue.receive(c19804=4)
    assert (hue.face.place, hue.face.received) == (of("2024-Q3"), of("2025-Q4"))
    hue.screen.choose(hue.face.received)
    assert hue.face.received_units == 1
    assert hue.face.received is None


def test_of_the_report_that_is_looked_at_no_other_is_offered(hue):
    hue.screen.choose(of("2025-Q4"))
    hue.receive(c19804=4)
    assert (hue.face.received, hue.face.received_units) == (None, 1)


def test_an_unknown_period_changes_nothing(hue):
    hue.screen.choose(of("2001-Q1"))
    assert hue.screen.place == str(of("2025-Q4"))


def test_sums_that_come_late_for_another_period_are_not_shown(hue):
    waiting = []
    hue.frame.work = lambda title, work, done: waiting.append((work, done))
    hue.screen.choose(of("2025"))
    hue.screen.choose(of("2025-Q4"))
    before = len(hue.face.pages)
    for work, done in reversed(waiting):
        done(work(lambda _done, _total: None))
    shown = hue.face.pages[before:]
    assert shown
    for page in shown:
        assert [words(row)[0] for row in page.results if not row.is_heading] == ["6.3"]
