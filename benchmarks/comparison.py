"""What a bench says: two figures side by side, their ratio, and what was wanted."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

# What other programs do to the processor is no part of a figure; a coarse clock (Windows) would say nought.
OWN_TIME = time.thread_time if time.get_clock_info("thread_time").resolution < 1e-4 else time.perf_counter
MEMORY = Path("/dev/shm")  # a file system whose sync costs nothing


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table. `other` is None where only a limit is given; then that limit is on `ours` itself.

    `wanted` holds the limit: at least it when `at_least`, else at most. `failure`: why there is no figure.
    """

    what: str
    measure: str
    ours: float
    other: float | None
    beside: str
    wanted: float | None
    at_least: bool = True
    failure: str = ""

    @classmethod
    def failed(cls, what: str, bug: Exception) -> Comparison:
        """A bench that broke off: a line of the table that does not hold, and the others go on."""
        return cls(what, "", 0.0, None, "", None, failure=f"{type(bug).__name__}: {bug}"[:200])

    @property
    def ratio(self) -> float | None:
        """Ours divided by the other."""
        return self.ours / self.other if self.other else None

    @property
    def holds(self) -> bool | None:
        """Whether what was wanted is reached; None where nothing was."""
        if self.failure:
            return False
        if self.wanted is None:
            return None
        judged = self.ours if self.ratio is None else self.ratio
        return judged >= self.wanted if self.at_least else judged <= self.wanted

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"ratio": self.ratio, "holds": self.holds}


def tried(name: str, measure: Callable[[], Iterable[Comparison]]) -> Iterator[Comparison]:
    """The lines of a bench; where it breaks off, a line that says so."""
    try:
        yield from measure()
    except Exception as bug:  # noqa: BLE001 - whatever breaks, the other benches are still asked
        yield Comparison.failed(name, bug)


class Watch:
    """Seconds spent inside `with watch:`, added up."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - started


def alternated(rounds: int, *sides: Callable[[Watch], object]) -> tuple[float, ...]:
    """The least seconds of each side over several rounds. The sides take turns, so that a machine that grows busy or
    cool is so for both, and the least is what other work on the machine disturbed least."""
    seconds: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, taken in zip(sides, seconds, strict=True):
            gc.collect()
            watch = Watch()
            side(watch)
            taken.append(watch.seconds)
    return tuple(min(taken) for taken in seconds)


def percentile(seconds: Sequence[float], percent: int) -> float:
    """The value that `percent` of the measured ones do not exceed."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
