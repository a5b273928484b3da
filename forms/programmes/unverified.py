"""What of a programme was not held against its original (chưa đối chiếu): shown wherever the programme is, never hidden."""

from __future__ import annotations

from collections.abc import Iterator

from forms.model.indicator import Indicator
from forms.programmes.programme import Programme


def unverified(programme: Programme) -> tuple[str, ...]:
    """By the numbers of the plan: "6.1", "6.1 (mốc 2030)", "nhiệm vụ 3", "cách đếm tin, bài"."""
    return tuple(dict.fromkeys(_unverified(programme)))


def _unverified(programme: Programme) -> Iterator[str]:
    if programme.news is not None and not programme.news.verified:
        yield "cách đếm tin, bài"
    for section in (section for form in programme.forms for section in form.sections):
        for row in section.rows:
            if not row.verified:
                yield row.number
            if isinstance(row, Indicator):
                yield from (f"{row.number} (mốc {target.year})" for target in row.targets if not target.verified)
        yield from (f"nhiệm vụ {task.number}" for task in section.tasks if not task.verified)
