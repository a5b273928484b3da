"""Where in our reports somebody is or wants to go: a report, and a spot in it. One text, so that a screen can be sent there."""

from __future__ import annotations

from dataclasses import dataclass

from forms.errors import InputRefused
from forms.periods import Basis, Period

_OF_TEXTS = ("text:", "task:", "nomination:")


def page_of(spot: str) -> str:
    """The screen on which a spot is filled."""
    return "texts" if spot.startswith(_OF_TEXTS) else "news" if spot.startswith("news:") else "entry"


@dataclass(frozen=True, slots=True)
class Place:
    """`spot`: a cell, or what Finding.spot names; empty for the beginning."""

    programme: str
    period: Period
    spot: str = ""

    def __str__(self) -> str:
        return f"{self.programme}/{self.period.label}/{self.period.basis}#{self.spot}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """What `str` gave; None for anything else."""
        report, _, spot = text.partition("#")
        programme, _, rest = report.partition("/")
        label, _, basis = rest.partition("/")
        try:
            return cls(programme, Period.parse(label, Basis(basis)), spot)
        except (InputRefused, ValueError):
            return None
