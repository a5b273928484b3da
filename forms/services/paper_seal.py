"""Thirty digits from a printed page: which package they are the seal of, and whether it still stands (mã niêm phong)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from forms import digits
from forms.exchange import MERGED, Known, ReportKey
from forms.org_unit import UnitKey
from forms.org_units import OrgUnits, name_of
from forms.ports import BeginWork, Work
from forms.publication import Issue

MOST_NEAR = 5  # more would only help to guess


@dataclass(frozen=True, slots=True)
class Found:
    """A package with such a seal. `is_newest`: no later revision of the report is known; one that is kept aside for a
    question counts for nothing. `issues` are the publications that carry the seal at their foot."""

    digits: str
    package: Known
    is_newest: bool
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSeal:
    """The answer. `near` are seals one slip away from what was typed, where nothing has it exactly."""

    digits: str
    found: tuple[Found, ...]
    near: tuple[Found, ...]


class PaperSeals:
    """Reads; changes nothing."""

    def __init__(self, begin: BeginWork, units: OrgUnits) -> None:
        self._begin, self._units = begin, units

    def look_up(self, text: str) -> PaperSeal:
        """What was typed or scanned. Raises InputRefused PAPER_DIGITS."""
        typed = digits.read(text)
        with self._begin() as work:
            packages = {one.digest: one for one in (*work.sent.known(), *work.received.known())}
            seals = {digest: digits.bare(digits.of_digest(digest)) for digest in packages}
            newest = _newest(packages.values())
            exact = [packages[digest] for digest, seal in seals.items() if seal == typed]
            near = [] if exact else [packages[d] for d, seal in seals.items() if digits.is_near(typed, seal)]
            issues = work.publications.all() if exact or near else ()
            units = self._units.with_units(work.units.all())
            told = [
                tuple(_found(work, one, newest, issues, units) for one in some) for some in (exact, near[:MOST_NEAR])
            ]
        return PaperSeal(typed, *told)


_Report = tuple[UnitKey | None, ReportKey]


def _newest(packages: Iterable[Known]) -> dict[_Report, str]:
    """The digest of the newest revision of each report, of those that count."""
    counting = [one for one in packages if one.arrival is None or one.arrival in MERGED]
    return {(one.unit, one.key): one.digest for one in sorted(counting, key=lambda one: one.revision)}


def _found(work: Work, package: Known, newest: dict[_Report, str], issues: Iterable[Issue], units: OrgUnits) -> Found:
    seal = digits.of_digest(package.digest)
    mine = tuple(issue for issue in issues if issue.digits == seal and package.unit is None)
    if package.unit is None:
        office = work.office.get()
        package = Known(package.digest, office.unit, office.name, package.key, package.revision, package.at)
        return Found(seal, package, newest.get((None, package.key)) == package.digest, mine)
    is_newest = newest.get((package.unit, package.key)) == package.digest
    # What was received by earlier versions is kept under the name that its sender used.
    return Found(seal, replace(package, unit_name=name_of(units, package.unit) or package.unit_name), is_newest)
