"""Checking packages without receiving them, and looking up the thirty digits that stand under a printed page.

Thirty digits from a printed page: which package they are the seal of, and whether it still stands (mã niêm phong).

Looking at package files without receiving them: what was checked of each, what was not, and whose it is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from forms.errors import AppError, unforeseen
from forms.exchange.brought_files import Incoming
from forms.exchange.publication import Issue
from forms.exchange.statements import MERGED, Known, OpenedPackage, ReportKey
from forms.model import fingerprint
from forms.model.org_unit import UnitKey
from forms.org_units.catalogue import OrgUnits, name_of
from forms.ports import BeginWork, Codec, Register, Work

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verified:
    """A file and what is known of it. Refused: `problem`. Else `opened`, and `unit_name` as the catalogue or the register
    has it, empty where neither knows the unit: the name inside the package is the sender's word."""

    path: str
    opened: OpenedPackage | None = None
    problem: AppError | None = None
    unit_name: str = ""
    is_registered: bool = False

    @property
    def checked(self) -> tuple[str, ...]:
        """`structure`: container, content and digests; `seals`: their arithmetic; `keys`: whose they are."""
        if self.opened is None:
            return ()
        return ("structure", "seals", *(("keys",) if self.is_registered else ()))

    @property
    def not_checked(self) -> tuple[str, ...]:
        """`pages`: those of the PDF around the package, which anybody can change; `keys`: whose they are."""
        if self.opened is None:
            return ()
        return (*(("pages",) if self.opened.in_pdf else ()), *(() if self.is_registered else ("keys",)))


def verified(files: Sequence[Incoming], codec: Codec, register: Register | None, units: OrgUnits) -> Iterator[Verified]:
    """Each file by itself: none keeps the others from being looked at."""
    for file in files:
        try:
            if file.problem:
                raise file.problem
            opened = codec.read(file.data, register)
            name = name_of(units, opened.unit) or _registered(opened, register)
            yield Verified(file.path, opened, None, name, register is not None)
        except AppError as problem:
            yield Verified(file.path, problem=problem)
        except Exception as bug:  # noqa: BLE001 - of a file nobody knows what it holds
            _log.debug("bug", exc_info=bug)
            yield Verified(file.path, problem=unforeseen(bug))


def _registered(opened: OpenedPackage, register: Register | None) -> str:
    """The name under which its key was enrolled."""
    keys = [register.get(seal.keyid) for seal in opened.seals] if register else []
    return next((key.unit_name for key in keys if key), "")


MOST_NEAR = 5  # more would only help to guess


@dataclass(frozen=True, slots=True)
class FoundPaper:
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
    found: tuple[FoundPaper, ...]
    near: tuple[FoundPaper, ...]


class PaperSeals:
    """Reads; changes nothing."""

    def __init__(self, begin: BeginWork, units: OrgUnits) -> None:
        self._begin, self._units = begin, units

    def look_up(self, text: str) -> PaperSeal:
        """What was typed or scanned. Raises InputRefused PAPER_DIGITS."""
        typed = fingerprint.read(text)
        with self._begin() as work:
            packages = {one.digest: one for one in (*work.sent.known(), *work.received.known())}
            seals = {digest: fingerprint.bare(fingerprint.of_digest(digest)) for digest in packages}
            newest = _newest(packages.values())
            exact = [packages[digest] for digest, seal in seals.items() if seal == typed]
            near = [] if exact else [packages[d] for d, seal in seals.items() if fingerprint.is_near(typed, seal)]
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


def _found(
    work: Work, package: Known, newest: dict[_Report, str], issues: Iterable[Issue], units: OrgUnits
) -> FoundPaper:
    seal = fingerprint.of_digest(package.digest)
    mine = tuple(issue for issue in issues if issue.digits == seal and package.unit is None)
    if package.unit is None:
        office = work.office.get()
        package = Known(package.digest, office.unit, office.name, package.key, package.revision, package.at)
        return FoundPaper(seal, package, newest.get((None, package.key)) == package.digest, mine)
    is_newest = newest.get((package.unit, package.key)) == package.digest
    # What was received by earlier versions is kept under the name that its sender used.
    return FoundPaper(seal, replace(package, unit_name=name_of(units, package.unit) or package.unit_name), is_newest)
