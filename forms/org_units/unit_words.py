"""What units are called together: "12 huyện, thị xã, thành phố", "40 xã, phường và 17 sở, ban, ngành"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forms.model.number import counted
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit
from forms.model.text import nfc

_TIERS = ("province", "district", "commune", "agency", "group")  # in the order in which they are told
_NOUNS = {  # of each tier what its units are called, in the order in which papers say it
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
    "agency": ("sở, ban, ngành",),
    "group": ("cụm",),
}
KIND_NOUNS = {
    "province": "tỉnh",
    "city": "thành phố trực thuộc trung ương",
    "district": "huyện, quận, thị xã, thành phố",
    "commune": "xã",
    "ward": "phường",
    "township": "thị trấn",
    "special_zone": "đặc khu",
    "agency": "sở, ban, ngành",
    "group": "cụm",
}


@dataclass(frozen=True, slots=True)
class NamedUnits:
    """Units of one tier and their common noun."""

    noun: str
    units: tuple[OrgUnit, ...]

    @property
    def words(self) -> str:
        return f"{counted(len(self.units))} {self.noun}"


def by_tier(units: Iterable[OrgUnit]) -> tuple[NamedUnits, ...]:
    """The units of each tier that has any, by what these very units are called."""
    found: dict[str, list[OrgUnit]] = {}
    for unit in units:
        found.setdefault(_tier(unit), []).append(unit)
    return tuple(NamedUnits(_noun(tier, found[tier]), tuple(found[tier])) for tier in _TIERS if tier in found)


def units_counted(units: Iterable[OrgUnit]) -> str:
    """40 xã, phường và 17 sở, ban, ngành; of none: 0 đơn vị."""
    return _joined([named.words for named in by_tier(units)]) or "0 đơn vị"


def units_called(units: Iterable[OrgUnit]) -> str:
    """xã, phường và sở, ban, ngành; of none: đơn vị."""
    return _joined([named.noun for named in by_tier(units)]) or "đơn vị"


def kinds_called(kinds: Iterable[str]) -> str:
    """Kinds as a programme lists them: xã, phường, thị trấn, đặc khu."""
    return ", ".join(dict.fromkeys(KIND_NOUNS.get(kind, kind) for kind in kinds))


def _tier(unit: OrgUnit) -> str:
    if unit.kind in COMMUNE_KINDS:
        return "commune"
    return "province" if unit.kind == "city" else unit.kind


def _noun(tier: str, units: Sequence[OrgUnit]) -> str:
    nouns = _NOUNS[tier]
    if len(nouns) == 1:
        return nouns[0]
    present = {_own(unit, nouns) for unit in units}
    return ", ".join(noun for noun in nouns if noun in present)


def _own(unit: OrgUnit, nouns: Sequence[str]) -> str:
    """As its full name begins; of a name that tells nothing by its kind."""
    name = f"{nfc(unit.full_name).lower()} "
    by_kind = KIND_NOUNS[unit.kind] if KIND_NOUNS[unit.kind] in nouns else nouns[0]
    return next((noun for noun in nouns if name.startswith(f"{noun} ")), by_kind)


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} và {words[-1]}" if len(words) > 1 else "".join(words)
