"""What a public version of a report keeps back (forms/summary/disclosure.py), worked out from the form and its sums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from forms.model.cell import at
from forms.model.form import Form
from forms.summary.disclosure import NO_PAST, PriorDisclosure, SumConstraint, TableToShow, withheld
from forms.summary.totals import Result, Sum

_CAP = re.compile(r"([a-z_0-9]+(?:\.[a-z_0-9]+)?) <= ([a-z_0-9]+(?:\.[a-z_0-9]+)?)")


@dataclass(frozen=True)
class Disclosure:
    """The names of the cells and broken-down counts that are kept back. A sensitive indicator is told only where it was
    computed from the very figures of the table: one of fewer units would tell what the others have."""

    sums: Mapping[str, Sum]
    withheld: frozenset[str] = frozenset()
    public: bool = False

    def tells(self, result: Result) -> bool:
        """Whether the indicator's figures are shown: none may be worked out from them."""
        if not self.public:
            return True
        read = {name: self.sums.get(at(name, result.year)) for name in result.indicator.names}
        if any(at(name, result.year) in self.withheld for name in read):
            return False
        same = all(
            found is None or found.quantity == result.operands.get(name, found.quantity) for name, found in read.items()
        )
        return same or not result.indicator.sensitive

    @property
    def shown(self) -> dict[str, Decimal]:
        """The figures that readers of this version have."""
        return {
            name: found.quantity
            for name, found in self.sums.items()
            if isinstance(found.quantity, Decimal) and name not in self.withheld
        }


def internal(sums: Mapping[str, Sum]) -> Disclosure:
    """Everything is told."""
    return Disclosure(sums)


def public(form: Form, sums: Mapping[str, Sum], past: PriorDisclosure = NO_PAST) -> Disclosure:
    """What the public is told of one report, given what it has been told of it before."""
    known = {name: found.quantity for name, found in sums.items() if isinstance(found.quantity, Decimal)}
    guarded = [count for count in form.counts.values() if count.sensitive]
    wholes = {at(count.id, year) for count in guarded if count.by for year in count.years or (None,)}
    sensitive = wholes.union(*(count.cells for count in guarded))
    return Disclosure(sums, withheld(TableToShow(known, sensitive, _ties(form, known), _caps(form, known), past)), True)


def _ties(form: Form, known: Mapping[str, Decimal]) -> tuple[SumConstraint, ...]:
    """Parts and their whole. A part of which nothing is known adds nothing."""
    return tuple(
        SumConstraint(whole, tuple(cell for cell in count.cells_at(year) if cell in known))
        for count in form.counts.values()
        if count.by
        for year in count.years or (None,)
        for whole in [at(count.id, year)]
        if whole in known
    )


def _caps(form: Form, known: Mapping[str, Decimal]) -> tuple[tuple[str, str], ...]:
    """What the form's checks say of two figures, where these keep to it: “victims_supported <= victims_found”."""
    pairs = [
        (at(found[1], year), at(found[2], year))
        for check in form.checks
        for found in [_CAP.fullmatch(check.expect.text)]
        if found
        for year in check.years or (None,)
    ]
    return tuple((a, b) for a, b in pairs if a in known and b in known and known[a] <= known[b])
