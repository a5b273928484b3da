"""The units beside each other: what each one's own figures give for every indicator, and which are best and weakest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.model.count import Role
from forms.model.expression import Lack
from forms.model.form import Form
from forms.model.indicator import Direction, Indicator, IndicatorKind
from forms.model.org_unit import OrgUnit
from forms.summary.totals import Cells, Result, results, single

FEWEST = 3  # different figures that are worth comparing
SMALL = 10  # of so few one more or less would make a unit the best or the weakest

Of = Mapping[str, Result]  # by the indicator's id, of the last year
Beside = tuple[tuple[OrgUnit, Of], ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Units that have the same figure, in the order of their codes, and the result of the first."""

    units: tuple[OrgUnit, ...]
    result: Result


def of_units(form: Form, year: int, sent: Iterable[tuple[OrgUnit, Cells]]) -> Beside:
    """The communes that reported, each with its own results."""

    def own(unit: OrgUnit, cells: Cells) -> Of:
        found = results(single(form, unit.key, Role.REPORTING, cells), year)
        return {result.indicator.id: result for result in found}

    return tuple((unit, own(unit, cells)) for unit, cells in sent)


def ends(indicator: Indicator, beside: Beside) -> tuple[Alike, Alike] | None:
    """The best units and the weakest, each with the figure.

    None where there is little to compare; units whose share is one of less than SMALL persons are left out.
    """
    found = [(unit, of[indicator.id]) for unit, of in beside if indicator.id in of]
    known = [(unit, result) for unit, result in found if (ratio := ratio_of(result)) is None or ratio[1] >= SMALL]
    amounts = sorted({result.amount for _, result in known if result.amount is not None})
    if indicator.kind is not IndicatorKind.FORMULA or len(amounts) < FEWEST:
        return None
    if indicator.direction is Direction.LOWER:
        amounts.reverse()
    return _alike(known, amounts[-1]), _alike(known, amounts[0])


def ratio_of(result: Result) -> tuple[int, int] | None:
    """Numerator and denominator of an indicator that is a share of something counted."""
    known, formula = result.operands, result.indicator.formula
    if result.indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        top, bottom = known["units_meeting"], known["units_expected"]
    else:
        ratio = formula.ratio(lambda name: known.get(name, Lack.BLANK)) if formula else None
        if ratio is None:
            return None
        top, bottom = ratio[:2]
    if isinstance(top, Lack) or isinstance(bottom, Lack) or top % 1 or bottom % 1:
        return None
    return int(top), int(bottom)


def _alike(known: Sequence[tuple[OrgUnit, Result]], amount: object) -> Alike:
    same = sorted((pair for pair in known if pair[1].amount == amount), key=lambda pair: pair[0].key.code)
    return Alike(tuple(unit for unit, _ in same), same[0][1])
