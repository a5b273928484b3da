"""Two people at one PC. T1 what is handed over cannot be changed, and is what the head seals · T2 only the chosen head
seals · T3 what is taken back is a draft again, and the preparer's seal void · T4 a number of a key is used once, whatever
waits · T5 the head sees what changed since the last package · T6 each act is whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.errors import AppError
from forms.exchange.report_diff import DifferenceKind
from forms.model.cell import Cell, CellState, given
from forms.model.office import PersonRole
from forms.model.period import Period
from forms.model.report import ImportedReport, ReportState
from tests.fakes import FakeSigner, person
from tests.small_form import FORM

from .conftest import Q4, Desk
from .test_drafts import YEAR_2025, two, versions
from .test_import_report import totals

Q3 = Period("2025-Q3")


@pytest.fixture
def people(commune):
    """(preparer, head), each with the key."""
    return commune.ledger.signers()


def fill(commune: Desk, period: Period = Q4, count: int = 5) -> None:
    commune.entry.take(ImportedReport("nq28_hue", period, cells=totals(count)))


def hand_over(commune: Desk, period: Period = Q4, reason: str = ""):
    preparer, head = commune.ledger.signers()
    return commune.approval.hand_over("nq28_hue", period, preparer, head.person, reason)


def approve(commune: Desk, period: Period = Q4):
    return commune.approval.approve("nq28_hue", period, commune.ledger.signers()[1])


def code(act) -> str:
    with pytest.raises(AppError) as refused:
        act()
    return refused.value.code


def test_handed_over_approved_and_received(commune, office):
    fill(commune)
    assert hand_over(commune).state is ReportState.CHECKED
    assert [(one.period, one.state) for one in commune.approval.waiting()] == [(Q4, ReportState.CHECKED)]
    report, sealed = approve(commune)
    assert report.state is ReportState.SEALED
    assert commune.approval.waiting() == ()
    assert commune.sealing.last("nq28_hue", Q4)[1] == sealed
    (line,) = office.receive(sealed.raw).lines
    assert line.code == "NEW"
    kinds = [kind for kind, _ in commune.ledger.state.journal]
    assert kinds == ["import", "hand_over", "seal"]


def test_t1_nothing_can_be_changed_while_it_waits(commune, people):
    """Figure, text, reason, day, news of the quarter, import, correction, another sealing."""
    fill(commune)
    report = hand_over(commune)
    stale = replace(report, state=ReportState.DRAFT)
    for act in (
        lambda: commune.entry.put_cell(stale, "news_counted", given(9)),
        lambda: commune.entry.put_narrative(stale, "highlights", "x"),
        lambda: commune.entry.explain(stale, "enough_news", "x"),
        lambda: commune.entry.date(stale, None, estimate=True),
        lambda: commune.entry.take(ImportedReport("nq28_hue", Q4)),
        lambda: commune.entry.take(ImportedReport("nq28_hue", Q4), correct=True),
        lambda: commune.entry.reopen("nq28_hue", Q4),
        lambda: commune.sealing.seal("nq28_hue", Q4, people),
        lambda: hand_over(commune),
    ):
        assert code(act) == "REPORT_CHECKED"
    assert code(lambda: commune.news_item(29)) == "REPORT_SEALED"
    assert approve(commune)[0].quantity("news_counted") == 5


def test_t2_only_the_head_to_whom_it_was_handed_seals(commune, people):
    fill(commune)
    hand_over(commune)
    other = FakeSigner(person("H2", PersonRole.HEAD))
    for signer in (people[0], other):
        assert code(lambda signer=signer: commune.approval.approve("nq28_hue", Q4, signer)) == "HEAD_OTHER"
    assert commune.entry.open("nq28_hue", Q4).state is ReportState.CHECKED


@pytest.mark.parametrize(
    ("first", "second"), [(1, 0), (0, 0), (1, 1)], ids=["head to preparer", "preparer twice", "head twice"]
)
def test_t2_a_preparer_hands_over_to_a_head(commune, people, first, second):
    fill(commune)
    act = lambda: commune.approval.hand_over("nq28_hue", Q4, people[first], people[second].person)  # noqa: E731
    assert code(act) == "SEALS_INCOMPLETE"


def test_what_is_not_ready_is_not_handed_over(commune):
    """The same checks as of sealing at once: here the figures are missing."""
    assert code(lambda: hand_over(commune)) == "CHECKS_FAILED"
    assert code(lambda: approve(commune)) == "NOT_HANDED_OVER"
    assert code(lambda: commune.approval.take_back("nq28_hue", Q4)) == "NOT_HANDED_OVER"


def test_t3_what_is_given_back_is_a_draft_with_the_heads_remark(commune):
    fill(commune)
    hand_over(commune)
    report = commune.approval.take_back("nq28_hue", Q4, "Kiểm tra lại số lượt phát")
    assert (report.state, report.quantity("news_counted")) == (ReportState.DRAFT, 5)
    assert commune.approval.remark(report) == "Kiểm tra lại số lượt phát"
    assert code(lambda: approve(commune)) == "NOT_HANDED_OVER"
    report = commune.entry.put_cell(report, "news_airings", given(9))
    hand_over(commune)
    assert commune.approval.remark(report) == ""
    assert approve(commune)[0].quantity("news_airings") == 9


def test_t3_figures_of_the_news_follow_the_news_again_when_it_is_taken_back(commune):
    items = [commune.news_item(day) for day in (3, 10, 15, 22)]
    hand_over(commune)
    commune.approval.take_back("nq28_hue", Q4)
    for item in items:
        commune.news.delete(item)
    assert commune.entry.open("nq28_hue", Q4).cell("news_counted").state is CellState.BLANK


def test_t4_a_number_is_used_once_whatever_waits_or_is_taken_back(commune, people):
    """
    Q4 handed over: 1 · Q3 sealed at once: 2 · Q4 taken back, handed over again: 3 · approved
    """
    fill(commune)
    fill(commune, Q3)
    hand_over(commune)
    commune.sealing.seal("nq28_hue", Q3, people)
    commune.approval.take_back("nq28_hue", Q4)
    hand_over(commune)
    approve(commune)
    assert [row[2] for row in commune.ledger.state.sent] == [2, 3]


def test_t4_what_waited_longer_keeps_its_number(commune, people):
    fill(commune)
    fill(commune, Q3)
    hand_over(commune)
    commune.sealing.seal("nq28_hue", Q3, people)
    approve(commune)
    assert [(row[0].period, row[2]) for row in commune.ledger.state.sent] == [("2025-Q3", 2), ("2025-Q4", 1)]


def test_t5_of_a_first_report_the_head_sees_all_of_a_correction_what_changed(commune):
    fill(commune)
    first = commune.approval.changes(hand_over(commune))
    assert {one.where: one.new for one in first if one.kind is DifferenceKind.CELL}["news_counted"] == "5"
    approve(commune)
    commune.entry.take(
        ImportedReport("nq28_hue", Q4, cells=totals(6), narratives={"highlights": "Sót một tin"}), correct=True
    )
    report = hand_over(commune, reason="sót tin")
    told = {(one.where, one.old, one.new) for one in commune.approval.changes(report)}
    assert {("news_counted", "5", "6"), ("highlights", "", "Sót một tin")} <= told
    assert {one.reason for one in report.changes} == {"sót tin"}
    sealed, _ = approve(commune)
    assert (sealed.revision, sealed.changes) == (2, report.changes)


def test_t5_a_correction_that_changes_nothing_is_not_handed_over(commune):
    fill(commune)
    hand_over(commune)
    approve(commune)
    commune.entry.reopen("nq28_hue", Q4)
    assert code(lambda: hand_over(commune)) == "NOTHING_CHANGED"


def test_t5_what_was_sealed_under_an_older_version_can_be_compared(make):
    """The older form has a count that the newer one has not."""
    new = FORM.replace('count = "reached"', 'count = "met"').replace("reached", "met")
    before, after = two(make, versions(year=FORM), versions(("small.v2", {"year": new}), year=FORM))
    report = before.entry.open("small", YEAR_2025)
    report = before.entry.put_cells(report, [(name, given(30)) for name in report.expected_cells])
    before.sealing.seal("small", YEAR_2025, before.ledger.signers())
    after.entry.reopen("small", YEAR_2025)
    report = after.entry.renewed(after.entry.open("small", YEAR_2025))
    told = {(one.where, one.old, one.new) for one in after.approval.changes(report)}
    assert told == {("reached.female", "30", ""), ("reached.male", "30", "")}


@pytest.mark.parametrize("act", [hand_over, approve, lambda commune: commune.approval.take_back("nq28_hue", Q4)])
def test_t6_a_crash_in_the_middle_leaves_everything_as_it_was(commune, monkeypatch, act):
    """The power goes at the last write of the act: its line in the journal."""
    fill(commune)
    if act is not hand_over:
        hand_over(commune)
    before = commune.ledger.state

    def gone(_self, _kind, _detail):
        raise OSError("mất điện")

    with monkeypatch.context() as failing:
        failing.setattr("tests.fake_stores._Journal.append", gone)
        with pytest.raises(OSError, match="mất điện"):
            act(commune)
    assert commune.ledger.state is before
    act(commune)


def test_marks_of_the_office_do_not_leave_it(commune):
    """A flag is no figure: what is sealed has none."""
    fill(commune)
    report = commune.entry.open("nq28_hue", Q4)
    commune.entry.put_cell(report, "news_airings", replace(given(5), flagged=True))
    hand_over(commune)
    sealed, _ = approve(commune)
    assert not any(cell.flagged or cell == Cell() for cell in sealed.cells.values())
