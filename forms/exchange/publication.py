"""A report as it was issued (báo cáo phát hành): frozen with everything it was made of, and what has changed since.

Whatever is merged, corrected or taken back afterwards, printing it again gives the same document. Only what the clerk
(văn thư) fills in on the signed paper comes later: number, day, name of who signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from forms.exchange.statements import ReportKey
from forms.model.cell import Cell
from forms.model.org_unit import UnitKey
from forms.summary.disclosure import PriorDisclosure


@dataclass(frozen=True, slots=True)
class UnitSource:
    """What one unit had said: the package that stood for it, and its figures. A draft of our own has no digest."""

    unit: UnitKey
    name: str
    revision: int
    digest: str
    cells: Mapping[str, Cell] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure as text: a plain amount or the name of a lack; over how many units; of an indicator the verdict."""

    text: str
    reported: int
    expected: int
    verdict: str = ""

    @property
    def amount(self) -> Decimal | None:
        return Decimal(self.text) if self.text[:1] in "-0123456789" and self.text else None


@dataclass(frozen=True)
class Snapshot:
    """Everything a report was made of. `results` are named as sums are: `share`, in a form of years `share@2015`."""

    own: UnitSource
    sources: tuple[UnitSource, ...]
    sums: Mapping[str, PublishedFigure]
    results: Mapping[str, PublishedFigure]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IssueDetails:
    """What the clerk filled in, outside of everything sealed. `signer` is a name; before it, where somebody signs in the
    head's place, by what right and in which office: "KT. Phó Chủ tịch: Nguyễn Thị B" (exports/document.py)."""

    number: str = ""
    issued: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """What was issued, by whom and when; without its content. `digits` and `audit_head` stand at the foot of its pages."""

    id: str
    key: ReportKey
    programme_version: int
    programme_sha256: str
    is_public: bool
    digits: str
    audit_head: str
    document_sha256: str
    at: datetime
    person: str
    filled: IssueDetails = IssueDetails()


@dataclass(frozen=True)
class Publication:
    """An issue with its content. `document` is the neutral document as text, the same bytes for ever."""

    issue: Issue
    snapshot: Snapshot
    withheld: frozenset[str]
    document: bytes = field(repr=False)

    @property
    def shown(self) -> Iterator[tuple[str, Decimal]]:
        """The figures that its readers have."""
        for name, figure in self.snapshot.sums.items():
            if figure.amount is not None and name not in self.withheld:
                yield name, figure.amount


def past_of(earlier: Sequence[Publication]) -> PriorDisclosure:
    """What earlier public issues of a report told and kept back."""
    shown: dict[str, set[Decimal]] = {}
    for publication in earlier:
        for name, amount in publication.shown:
            shown.setdefault(name, set()).add(amount)
    kept = frozenset(name for publication in earlier for name in publication.withheld)
    return PriorDisclosure({name: frozenset(amounts) for name, amounts in shown.items()}, kept)
