"""The rules of arrival, driven at random over stores in memory; tests/storage drives the same over the real ones."""

from __future__ import annotations

from datetime import date

from hypothesis import settings

from forms.model.office import Office
from forms.model.org_unit import UnitKey
from tests.fakes import FakeLedger
from tests.forms.services.lineage_machine import LineageMachine

OFFICE = Office(UnitKey("46", date(2025, 7, 1)), "Thành phố Huế", collates=True)


class InMemory(LineageMachine):
    def ledger(self):
        return FakeLedger(OFFICE).begin


TestInMemory = InMemory.TestCase
TestInMemory.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
