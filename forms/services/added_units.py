"""Org units that the shipped catalogue lacks: a special office, a grouping (cụm), a commune made last month."""

from __future__ import annotations

from forms.model.office import Office
from forms.model.org_unit import OrgUnit
from forms.org_units.catalogue import OrgUnits, UnknownUnit
from forms.ports import BeginWork


class HandUnits:
    """The units added by hand in this ledger; they stand beside the catalogue's and never replace one."""

    def __init__(self, begin: BeginWork, catalogue: OrgUnits) -> None:
        self._begin, self._catalogue = begin, catalogue

    def all(self) -> OrgUnits:
        """The catalogue together with the units added by hand."""
        with self._begin() as work:
            return self._catalogue.with_units(work.units.all())

    def whole_name(self, office: Office) -> str:
        """The office's unit with all above it, because names come again: "Xã Phú Lộc, Thành phố Huế". A unit that no
        catalogue knows keeps its bare name."""
        units = self.all()
        try:
            unit = units.by_key(office.unit)
            return ", ".join(units.path(unit, unit.valid_from))
        except UnknownUnit:
            return office.name

    def add(self, unit: OrgUnit) -> OrgUnit:
        """Raises InputRefused UNIT_OVERLAP, UNIT_PARENT, UNIT_UNKNOWN and the others of OrgUnits.with_units."""
        with self._begin() as work:
            self._catalogue.with_units((*work.units.all(), unit))
            work.units.put(unit)
            work.journal.append("unit_add", {"code": unit.code, "name": unit.full_name, "parent": unit.parent})
        return unit
