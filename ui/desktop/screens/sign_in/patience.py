"""After wrong passwords one waits longer and longer; nobody is ever locked out. No Qt."""

from __future__ import annotations

import math
from collections.abc import Callable

PAUSES = (0, 2, 4, 8, 15, 30)  # seconds after the first, the second … wrong password


class Patience:
    """`now`: seconds of a clock that nobody sets."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._wrong, self._until = now, 0, 0.0

    @property
    def left(self) -> int:
        """Whole seconds until the next password is looked at."""
        return max(0, math.ceil(self._until - self._now()))

    def wrong(self) -> None:
        self._until = self._now() + PAUSES[min(self._wrong, len(PAUSES) - 1)]
        self._wrong += 1
