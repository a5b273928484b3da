"""What a report says beside figures and prose: how far each task is, and who is proposed for commendation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TaskState(StrEnum):
    """How far a task is."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DONE = "done"


TASK_STATE_TITLES = {
    TaskState.NOT_STARTED: "Chưa thực hiện",
    TaskState.RUNNING: "Đang thực hiện",
    TaskState.DONE: "Hoàn thành",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a work programme and how far it has come (nhiệm vụ). `percent` 0..100; `due` is the day that the
    office set itself where the programme sets none."""

    id: str
    state: TaskState = TaskState.NOT_STARTED
    percent: int = 0
    started: date | None = None
    finished: date | None = None
    product: str = ""
    result: str = ""
    evidence: str = ""
    due: date | None = None


class Nominee(StrEnum):
    """Who is proposed: several together or one by name."""

    COLLECTIVE = "collective"
    PERSON = "person"


NOMINEE_TITLES = {Nominee.COLLECTIVE: "Tập thể", Nominee.PERSON: "Cá nhân"}


@dataclass(frozen=True, slots=True)
class Nomination:
    """A proposal for commendation (đề nghị khen thưởng): who, in which form, on what ground."""

    kind: Nominee
    name: str
    form: str = ""
    ground: str = ""
