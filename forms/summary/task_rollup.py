"""The tasks of a territory: for each the states of all who were asked, counted; its own office is one of them.

Nobody answers for another: a task that no one has told of yet is silent, not idle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.model.form import TaskSpec
from forms.model.org_unit import UnitKey
from forms.model.task import Task, TaskState


@dataclass(frozen=True, slots=True)
class TaskRollup:
    """One task: `told` by unit, `asked` of how many. `lead` is what the unit that leads it told, where it did."""

    spec: TaskSpec
    asked: int
    told: Mapping[UnitKey, Task]
    lead: Task | None = None

    @property
    def states(self) -> Counter[TaskState]:
        return Counter(task.state for task in self.told.values())

    @property
    def silent(self) -> int:
        return self.asked - len(self.told)

    @property
    def state(self) -> TaskState | None:
        """Of the territory: done when everybody asked is done, running when somebody has begun; None while nobody told."""
        states = self.states
        if not states:
            return None
        if states[TaskState.DONE] == self.asked:
            return TaskState.DONE
        begun = states[TaskState.DONE] + states[TaskState.RUNNING]
        return TaskState.RUNNING if begun else TaskState.NOT_STARTED

    @property
    def percent(self) -> int:
        """The mean over all who were asked, rounded down; who is silent counts as nothing done."""
        return sum(task.percent for task in self.told.values()) // self.asked if self.asked else 0


def roll_up(
    specs: Iterable[TaskSpec],
    asked: Mapping[UnitKey, frozenset[str]],
    told: Mapping[UnitKey, Iterable[Task]],
    leads: Mapping[UnitKey, frozenset[str]],
) -> dict[str, TaskRollup]:
    """Every task by its id, in printed order. `asked`: the ids of tasks that each unit has in its form; `told`: what each reported;
    `leads`: the agencies of the plan that a unit is."""
    answers = {unit: {task.id: task for task in tasks} for unit, tasks in told.items()}
    found = {}
    for spec in specs:
        who = [unit for unit, ids in asked.items() if spec.id in ids]
        said = {unit: answers[unit][spec.id] for unit in who if spec.id in answers.get(unit, {})}
        leading = [said[unit] for unit in who if unit in said and leads.get(unit, frozenset()) & set(spec.leads)]
        found[spec.id] = TaskRollup(spec, len(who), said, leading[0] if len(leading) == 1 else None)
    return found
