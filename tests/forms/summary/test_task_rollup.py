"""Tasks of a territory, counted over who was asked.

      t1 (all)   t2 (labour leads)
X1    done       –
X2    running    –
SLD   –          done
X3    silent     –
"""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from forms.model.form import TaskSpec
from forms.model.org_unit import UnitKey
from forms.model.task import Task, TaskState
from forms.summary.task_rollup import roll_up

T1, T2 = TaskSpec("t1", "1", "Tuyên truyền"), TaskSpec("t2", "2", "Tập huấn", leads=("labour",))
X1, X2, X3, SLD = (UnitKey(code, date(2025, 7, 1)) for code in ("X1", "X2", "X3", "SLD"))
ASKED = dict.fromkeys((X1, X2, X3), frozenset({"t1"})) | {SLD: frozenset({"t2"})}
LEADS = {SLD: frozenset({"labour"})}
TOLD = {
    X1: [Task("t1", TaskState.DONE, 100)],
    X2: [Task("t1", TaskState.RUNNING, 40)],
    SLD: [Task("t2", TaskState.DONE, 100, product="Báo cáo")],
}


def test_states_are_counted_over_who_was_asked_and_the_silent_are_told():
    first, second = roll_up((T1, T2), ASKED, TOLD, LEADS).values()
    assert (first.asked, first.states, first.silent, first.state) == (
        3,
        {TaskState.DONE: 1, TaskState.RUNNING: 1},
        1,
        TaskState.RUNNING,
    )
    assert (second.asked, second.silent, second.state, second.lead) == (1, 0, TaskState.DONE, TOLD[SLD][0])


def test_a_task_of_which_nobody_told_is_silent_and_not_idle():
    (one,) = roll_up((T1,), ASKED, {}, LEADS).values()
    assert (one.state, one.silent, one.percent) == (None, 3, 0)


def test_what_was_not_asked_of_a_unit_is_not_counted_for_it():
    (one,) = roll_up((T2,), ASKED, TOLD | {X1: [Task("t2", TaskState.DONE, 100)]}, LEADS).values()
    assert [*one.told] == [SLD]


@given(states=st.lists(st.sampled_from([None, *TaskState]), min_size=1, max_size=8))
def test_done_means_everybody(states):
    units = [UnitKey(str(n), date(2025, 7, 1)) for n in range(len(states))]
    told = {unit: [Task("t1", state)] for unit, state in zip(units, states, strict=True) if state}
    (one,) = roll_up((T1,), dict.fromkeys(units, frozenset({"t1"})), told, {}).values()
    assert (one.state is TaskState.DONE) == all(state is TaskState.DONE for state in states)
    assert one.silent + sum(one.states.values()) == len(states)
