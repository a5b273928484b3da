"""Where in our reports somebody is or wants to go."""

from __future__ import annotations

from dataclasses import dataclass

from forms.errors import InputRefused
from forms.model.period import Basis, Period


@dataclass(frozen=True, slots=True)
class Location:
    """A report and a spot in it, where somebody is or wants to go, as one text. `spot`: a cell, or what Finding.place names;
    empty for the beginning."""

    programme: str
    period: Period
    spot: str = ""

    def __str__(self) -> str:
        return f"{self.programme}/{self.period.label}/{self.period.basis}#{self.spot}"

    @classmethod
    def read(cls, text: str) -> Location | None:
        """What `str` gave; None for anything else."""
        report, _, spot = text.partition("#")
        programme, _, rest = report.partition("/")
        label, _, basis = rest.partition("/")
        try:
            return cls(programme, Period.parse(label, Basis(basis)), spot)
        except (InputRefused, ValueError):
            return None
