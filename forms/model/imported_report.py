"""What a file brings into a report, whatever its make: a fill-in workbook, an office's own workbook, JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from forms.model.cell import Cell
from forms.model.news_item import NewsItem
from forms.model.period import Period
from forms.model.task import Nomination, Task


@dataclass(frozen=True)
class ImportedReport:
    """What an import brings: the whole content of one report (JSON shape of the command line, DESIGN §8). `lists_news`: the
    list of items is said, be it empty; else an empty one says nothing."""

    programme: str
    period: Period
    as_of: date | None = None
    estimate: bool = False
    form: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    news: tuple[NewsItem, ...] = ()
    counted_by_rule: frozenset[str] = frozenset()  # ids of the items whose file does not say whether they count
    narratives: dict[str, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    explanations: dict[str, str] = field(default_factory=dict)
    lists_news: bool = False
