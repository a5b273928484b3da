"""Whether the day of a news item may be a slip of the hand: one to come, or of another period than the one that is open.

Such a day is never refused, since a clock may be wrong and an item belong elsewhere: it is asked about, in both faces.
"""

from __future__ import annotations

from datetime import date

from forms.periods import Period


def doubt(day: date, today: date, period: Period | None = None) -> str:
    """What is doubtful about it, in words; empty where nothing is. `period` is the one that items are being noted for."""
    said = []
    if day > today:
        said.append(f"chưa tới (hôm nay là {today:%d/%m/%Y})")
    if period is not None and not period.holds(day):
        said.append(f"ngoài {period.words} ({period.window_words})")
    return f"Ngày {day:%d/%m/%Y} {', và '.join(said)}." if said else ""
