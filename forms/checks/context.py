"""What a check may look at besides the report itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from forms.model.finding import Refused
from forms.model.report import Report
from forms.programmes.programme import Programme
from forms.prose.live_numbers import LiveNumbers


@dataclass(frozen=True)
class Context:
    """Our other reports: the same form's for earlier periods, the newest first, and those of other forms by (form,
    period label). `figures` are what an office that sums up may write of. `programme` is that of
    the report, `today` is the machine's day, `unit_until` the unit's last day, with the names of those that follow it in `heirs`:
    None where that is not known. `own_tasks`: those that the office answers for, None for all. `refused` is what was typed
    and not taken, by where."""

    earlier: tuple[Report, ...] = ()
    related: Mapping[tuple[str, str], Report] = field(default_factory=dict)
    figures: LiveNumbers | None = None
    programme: Programme | None = None
    today: date | None = None
    unit_until: date | None = None
    heirs: str = ""
    own_tasks: frozenset[str] | None = None
    refused: Mapping[str, Refused] = field(default_factory=dict)


ALONE = Context()
