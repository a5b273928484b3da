"""A form that asks the rows of another one again, for each of several years: the review (sơ kết, tổng kết) of what a
plan asks every year. Written once, so that a row that is changed is changed in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from forms.definition import Maker, Raw
from forms.errors import CatalogueError

_ASKED = ("breakdown", "section", "check")
_OF_THE_LEDGER = ("from_news", "quarter", "month")  # the ledger counts for one year alone


def likened(maker: Maker, raw: Raw, forms: Mapping[str, Raw]) -> Raw:
    """The keys of a form, to be taken apart, with those of the one it is `like`; its own rows and checks stand behind.

    `[same_figures]` (level, message) asks that each count equals the other form's of that year. Raises CatalogueError.
    """
    own = deepcopy(raw)
    if "like" not in own:
        return own
    like, same = own.pop("like"), maker.table(own, "same_figures")
    other = forms.get(like) if isinstance(like, str) else None
    if other is None or "like" in other:
        raise CatalogueError(maker.file, "like", f"no form {like!r} with rows of its own")
    asked = deepcopy({key: value for key, value in other.items() if key in _ASKED})
    own["breakdown"] = maker.table(asked, "breakdown") | maker.table(own, "breakdown")
    sections = maker.tables(asked, "section")
    counts = _by_years(maker, sections)
    own["section"] = sections + maker.tables(own, "section")
    own["check"] = maker.tables(asked, "check") + maker.tables(own, "check")
    if same:
        own["cross"] = [_cross(like, count) | same for count in counts] + maker.tables(own, "cross")
    return own


def _by_years(maker: Maker, sections: list[Raw]) -> list[str]:
    """The ids of the counts, which no longer follow the ledger of news."""
    counts = []
    for section in sections:
        section["row"] = maker.tables(section, "row")
        for row in (row for row in section["row"] if "count" in row):
            counts.append(str(row["count"]))
            for key in _OF_THE_LEDGER:
                row.pop(key, None)
    return counts


def _cross(like: str, count: str) -> Raw:
    return {"id": f"{count}_as_in_year", "count": count, "form": like, "period": "year", "other": count}
