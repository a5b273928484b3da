"""What becomes of a report that an office enters for a unit: it counts until the unit seals its own.

entered 4            → 4, nhập thay       entered 4, entered 6   → a question; answered: 6
entered 4, sealed 5  → 5                  sealed 5, entered 4    → 5
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as anything
from hypothesis import strategies as st

from forms.exchange.on_behalf import (
    BehalfEntry,
    EntryFile,
    EntrySource,
    KeptEntry,
    decide_entry,
    entry_digest,
    held,
    standing,
)
from forms.exchange.statements import Arrival, Head, ReportKey
from forms.model.cell import given
from forms.model.org_unit import NamedUnit, UnitKey
from forms.model.period import Basis

HUE, SINCE = UnitKey("46", date(2025, 7, 1)), date(2025, 7, 1)
AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
KEY = ReportKey("nq28_hue", "quarter_news", "2025-Q4", Basis.CALENDAR)


def entered(amount: int, unit: str = "19804", day: int = 0, office: str = "46", arrival=Arrival.ON_BEHALF) -> KeptEntry:
    made = BehalfEntry(
        "", NamedUnit(UnitKey(unit, SINCE), f"Xã {unit}"), KEY, 1, "0" * 64, 1, EntrySource.PAPER,
        EntryFile("quét.pdf", f"{amount:064x}", 9), NamedUnit(UnitKey(office, SINCE), f"Nơi {office}"), "Lê Thị Tổng",
        AT + timedelta(days=day), b"%d" % amount,
    )  # fmt: skip
    return KeptEntry(
        replace(made, digest=entry_digest(made)), arrival, arrival.value, {"news_counted": given(amount)}, False, b"x"
    )  # fmt: skip


def sealed(amount: int, unit: str = "19804") -> Head:
    return Head(UnitKey(unit, SINCE), "s" * 64, 1, AT, AT, {"news_counted": given(amount)}, news_listed=True)


def decided(kept: KeptEntry, last: KeptEntry | None = None, **said):
    more = {"sealed": False, "same": False, "times": 1, "replacing": False} | said
    decision, changes = decide_entry(kept, last, **more)
    return decision.arrival, decision.code, len(changes)


def test_what_stands_is_the_last_entry_until_the_unit_seals():
    heads = standing((), [entered(4), entered(6, day=2)], HUE)
    (head,) = heads.values()
    assert (head.is_on_behalf, head.by, head.revision) == (True, "Lê Thị Tổng", 2)
    assert (head.cells["news_counted"].amount, head.first_received_at, head.received_at) == (
        6,
        AT,
        AT + timedelta(days=2),
    )
    assert standing([sealed(5)], [entered(4)], HUE) == {sealed(5).unit: sealed(5)}


def test_another_office_is_named_with_the_person():
    (head,) = standing((), [entered(4, office="479")], HUE).values()
    assert head.by == "Lê Thị Tổng, Nơi 479"


def test_what_is_kept_aside_is_told_until_something_is_taken():
    aside = entered(0, arrival=Arrival.QUARANTINED)
    assert held([aside]) == {aside.entry.unit.unit: Arrival.QUARANTINED}
    assert held([aside, entered(4)]) == {}
    assert standing((), [aside], HUE) == {}


def test_a_second_entry_is_a_question_until_a_person_answers():
    assert decided(entered(4)) == (Arrival.ON_BEHALF, "ON_BEHALF", 0)
    assert decided(entered(6), entered(4)) == (Arrival.CONFLICT, "ON_BEHALF_REPLACE", 1)
    assert decided(entered(6), entered(4), replacing=True) == (Arrival.ON_BEHALF, "ON_BEHALF", 1)
    assert decided(entered(4, day=1), entered(4), same=True) == (Arrival.SAME, "SAME", 0)


@pytest.mark.parametrize("replacing", [False, True])
def test_nothing_takes_the_place_of_what_the_unit_sealed(replacing):
    assert decided(entered(4), sealed=True, replacing=replacing) == (Arrival.CONFLICT, "ON_BEHALF_SEALED", 0)
    assert decided(replace(entered(4), raw=None), sealed=True)[:2] == (Arrival.SAME, "ON_BEHALF_SEALED")


def test_two_different_files_of_a_unit_are_a_question_whatever_was_answered():
    assert decided(entered(4), times=2, replacing=True) == (Arrival.CONFLICT, "ON_BEHALF_TWICE", 0)


def test_a_newer_bundle_of_the_same_office_replaces_what_it_said_before():
    def bundled(amount: int, day: int, office: str = "479") -> KeptEntry:
        return replace(entered(amount, day=day, office=office), raw=None)

    assert decided(bundled(6, 3), bundled(4, 1))[:2] == (Arrival.ON_BEHALF, "ON_BEHALF")
    assert decided(bundled(4, 1), bundled(6, 3))[:2] == (Arrival.SAME, "ON_BEHALF_OLDER")
    assert decided(bundled(6, 3, "480"), bundled(4, 1))[:2] == (Arrival.CONFLICT, "ON_BEHALF_REPLACE")


UNITS = st.sampled_from(["19804", "19815", "19819"])


@anything(st.lists(st.tuples(UNITS, st.sampled_from(["workbook", "package"]), st.integers(0, 99)), max_size=12))
def test_the_sum_is_what_each_said_last_with_its_own_seal_before_ours(said):
    """Any mixture of workbooks and packages in any order: a unit that ever sealed counts by its last package."""
    entries, packages, model = [], {}, {}
    for day, (unit, way, amount) in enumerate(said):
        if way == "package":
            packages[unit] = sealed(amount, unit)
            model[unit] = ("package", amount)
        else:
            entries.append(entered(amount, unit, day))
            if model.get(unit, ("",))[0] != "package":
                model[unit] = ("workbook", amount)
    heads = standing(packages.values(), entries, HUE)
    assert sum(head.cells["news_counted"].amount for head in heads.values()) == sum(
        amount for _, amount in model.values()
    )
    assert sum(head.is_on_behalf for head in heads.values()) == sum(way == "workbook" for way, _ in model.values())
