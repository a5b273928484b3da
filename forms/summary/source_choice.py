"""Which of two answers for one whole counts: a person's choice, with the reason, kept as a setting of the office.

It holds until it is taken back; what both said when it was made is kept beside it, so that a later change shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from forms.model.period import Period


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """`count` by its id; `source` is BELOW or an agency of the plan by its id; `at` in ISO format; `said`: by source what
    the count came to then, as text."""

    count: str
    source: str
    reason: str
    by: str
    at: str
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def choice_setting(programme: str, period: Period, count: str = "") -> str:
    """The name of the setting of a count; of all of them the beginning of their names."""
    return f"source:{programme}|{period.label}|{period.basis}|{count}"


def read_choices(settings: Mapping[str, str]) -> dict[str, SourceChoice]:
    """By count, of settings by the rest of their names."""
    return {count: SourceChoice(**json.loads(value)) for count, value in settings.items()}
