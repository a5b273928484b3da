"""One report open to be filled, without any face: what is typed, explained, written, told of tasks and proposed is one kind of act.

edit = session.edit("nhập số liệu", Entries(cells=…))     what stands there now, and what is to
session.take(edit.new)   in the ledger, judged            session.take(edit.old)   taken back
"""

from __future__ import annotations

import pytest

from forms.errors import StorageError
from forms.model.cell import Cell, given
from forms.model.location import Location
from forms.model.period import Period
from forms.model.report import ReportState
from forms.model.task import Nomination, Nominee, TaskState
from forms.services.report_session import Entries, ReportSession
from tests.agency_form import YEAR
from tests.ui.desktop.parts import FakeProgram, desk_of

from .test_drafts import versions

THIS, LAST = Period("2025"), Period("2024")
REVIEW = Location("qd2351_hatinh", Period("2011..2020"))


@pytest.fixture
def desk(make):
    return make("19804", "Xã A", packs=versions(year=YEAR))


@pytest.fixture
def session(desk) -> ReportSession:
    return desk.session("small", THIS)


@pytest.fixture
def review():
    """An office of Hà Tĩnh with a report of words, tasks and proposals."""
    desk = desk_of(FakeProgram(), "42", collates=True)
    desk.programmes.follow((REVIEW.programme,))
    return desk, desk.session(REVIEW)


def test_a_figure_is_in_the_ledger_and_judged_and_comes_back_out_of_it(desk, session):
    name = session.open_cells[0]
    edit = session.edit("nhập số liệu", Entries(((name, given(3)),)))
    assert session.take(edit.new)
    assert desk.entry.open("small", THIS).cell(name) == given(3) == session.report.cell(name)
    assert name not in session.blank
    assert session.take(edit.old)
    assert desk.entry.open("small", THIS).cell(name) == Cell()
    assert name in session.blank


def test_what_stands_there_already_is_no_act(session):
    name = session.open_cells[0]
    assert session.edit("xóa", Entries(((name, Cell()),))) is None


def test_only_the_indicators_that_read_the_cell_are_judged_again(session):
    """share = offices with a plan ÷ offices; the others stay the very same values."""
    before = session.results
    name = session.open_cells[0]
    assert session.take(Entries(((name, given(3)),)))
    touched = {id for (id, _), one in session.results.items() if one is not before[id, None]}
    reading = {id for id, one in session.report.form.indicators.items() if name.partition(".")[0] in str(one.names)}
    assert touched == reading


def test_words_tasks_proposals_and_reasons_are_acts_like_figures(review):
    desk, session = review
    text, task = session.report.form.narratives[0].id, next(iter(session.report.form.tasks))
    acts = [
        Entries(texts=((text, "Đã xong."),)),
        Entries(tasks={task: {"state": TaskState.DONE, "percent": 100}}),
        Entries(nominations=(Nomination(Nominee.PERSON, "Nguyễn Thị Lan"),)),
        Entries(reasons=(("plan", "Sáp nhập"),)),
    ]
    edits = [session.edit("…", act) for act in acts]
    for edit in edits:
        assert session.take(edit.new)
    kept = desk.entry.open(REVIEW.programme, REVIEW.period)
    assert (kept.narratives[text], kept.task(task).percent, kept.nominations[0].name) == (
        "Đã xong.",
        100,
        "Nguyễn Thị Lan",
    )
    assert kept.explanations == {"plan": "Sáp nhập"}
    for edit in reversed(edits):
        assert session.take(edit.old)
    kept = desk.entry.open(REVIEW.programme, REVIEW.period)
    assert (kept.narratives.get(text, ""), kept.task(task).percent, kept.nominations) == ("", 0, ())
    assert kept.explanations == {}


def test_what_the_ledger_refuses_waits_until_something_is_taken_there(review):
    desk, session = review
    spec = session.report.form.narratives[0]
    assert not session.take(Entries(texts=((spec.id, "a" * (spec.limit + 1)),)))
    assert str(spec.limit) in session.why_refused.replace(".", "")
    assert session.waiting.text(f"text:{spec.id}") == "a" * (spec.limit + 1)
    assert [one.level for one in session.wrong(f"text:{spec.id}") if one.blocks]
    again = desk.session(REVIEW)
    assert again.refused == session.refused, "another page and another day know of it"
    assert session.take(Entries(texts=((spec.id, "ngắn"),)))
    assert not session.refused
    assert not desk.session(REVIEW).refused


def test_a_note_does_not_answer_for_a_number(session):
    name = session.open_cells[0]
    session.refuse(name, session.label(name), "8a", "Không đọc được.")
    assert session.take(Entries(((name, Cell(note="chờ")),)))
    assert session.refused == {name: "8a"}
    assert session.take(Entries(((name, given(8)),)))
    assert session.refused == {}


def test_a_refused_act_leaves_the_report_as_it_was(session, monkeypatch):
    def full(*_):
        raise StorageError("DISK_FULL", "Ổ đĩa đầy.")

    monkeypatch.setattr("forms.services.entry.Entry.put_cells", full)
    before = session.report
    assert not session.take(Entries(((session.open_cells[0], given(3)),)))
    assert (session.report, session.why_refused) == (before, "Ổ đĩa đầy.")


def test_a_sealed_report_takes_nothing_and_an_act_on_the_whole_opens_the_next(desk):
    report = desk.entry.open("small", THIS)
    desk.entry.put_cells(report, [(name, given(1)) for name in report.expected_cells])
    desk.sealing.seal("small", THIS, desk.ledger.signers())
    session = desk.session("small", THIS)
    assert not session.is_draft
    assert not session.take(Entries(((session.report.expected_cells[0], given(1)),)))
    assert "niêm phong" in session.why_refused
    assert session.store(lambda: desk.entry.reopen("small", THIS))
    assert (session.report.state, session.report.revision) == (ReportState.DRAFT, 2)


def test_the_report_before_is_at_hand_for_its_words_also_without_a_figure():
    desk = desk_of(FakeProgram())
    last = desk.entry.open("nq28_hue", LAST)
    desk.entry.put_narrative(last, last.form.narratives[0].id, "Năm ngoái.")
    session = desk.session(Location("nq28_hue", THIS))
    assert [one.period for one in session.before] == [LAST]
    assert session.context.earlier == ()
