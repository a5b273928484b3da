"""For any tree, any order of arrival and any mixture of packages and bundles, the sum above is the sum of what each answerer
said last, each once.

46 Thừa Thiên Huế      own part
  479 Hương Thủy       own part   communes 19960 19966 19969
  480 Hương Trà        own part   communes 19996 20005 20008
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .test_tree import COMMUNES, DAY, Y2024, Tree

DISTRICT_OF = {code: district for district, codes in COMMUNES.items() for code in codes}
ANSWERERS = ("46", *COMMUNES, *DISTRICT_OF)
amounts = st.fixed_dictionaries(
    {"led": st.integers(0, 1), "committed": st.integers(0, 50), "organisations": st.just(50)}
)
revisions = st.sampled_from([0, 0, 0, 1, 2])  # 0: the last one there is
deeds = st.one_of(
    st.tuples(st.just("seal"), st.sampled_from(ANSWERERS), amounts),  # a correction
    st.tuples(st.sampled_from(["to_district", "to_province"]), st.sampled_from([*DISTRICT_OF]), revisions),
    st.tuples(st.just("own_to_province"), st.sampled_from([*COMMUNES]), revisions),
    st.tuples(st.just("forward"), st.sampled_from([*COMMUNES]), st.none()),
    st.tuples(st.just("bundle_to_province"), st.sampled_from([*COMMUNES]), revisions),
)


@dataclass
class Played:
    """What was sealed (by unit, one entry a revision), what each office was given, and which bundles exist."""

    tree: Tree
    sealed: dict[str, list[tuple[bytes, dict[str, int]]]] = field(default_factory=dict)
    given: dict[str, set[tuple[str, int]]] = field(default_factory=lambda: {code: set() for code in ("46", *COMMUNES)})
    bundles: dict[str, list[tuple[bytes, set[tuple[str, int]]]]] = field(default_factory=dict)

    def last(self, office: str, unit: str) -> int:
        """The newest revision of a unit that an office counts: every one before it was given too."""
        if office == unit:
            return len(self.sealed.get(unit, []))
        revision = 0
        while (unit, revision + 1) in self.given[office]:
            revision += 1
        return revision

    def seal(self, unit: str, typed: dict[str, int]) -> None:
        mine = self.sealed.setdefault(unit, [])
        if not mine or mine[-1][1] != typed:  # a correction corrects something
            mine.append(((self.tree.correct if mine else self.tree.send)(unit, **typed), typed))

    def deliver(self, unit: str, office: str, revision: int) -> None:
        revision = revision or len(self.sealed[unit])
        if revision <= len(self.sealed[unit]):
            self.tree.desks[office].receive(self.sealed[unit][revision - 1][0])
            self.given[office].add((unit, revision))

    def to_district(self, unit: str, revision: int) -> None:
        self.deliver(unit, DISTRICT_OF[unit], revision)

    def to_province(self, unit: str, revision: int) -> None:
        self.deliver(unit, "46", revision)

    own_to_province = to_province

    def forward(self, district: str, _: None) -> None:
        """A bundle has what the district counts now, and its own part."""
        desk = self.tree.desks[district]
        raw = desk.forwarding.forward("nq28_hue", Y2024, desk.ledger.signers()[1])[0].raw
        held = {(unit, n + 1) for unit in (district, *COMMUNES[district]) for n in range(self.last(district, unit))}
        self.bundles.setdefault(district, []).append((raw, held))

    def bundle_to_province(self, district: str, number: int) -> None:
        made = self.bundles.get(district, [])
        if made and number <= len(made):
            raw, held = made[number - 1]
            self.tree.desks["46"].receive(raw)
            self.given["46"] |= held

    def expected(self, office: str) -> tuple[int, int, int, int]:
        """How many of the answerers count, and the sums of what they said last: led, committed, organisations."""
        units = ANSWERERS if office == "46" else (office, *COMMUNES[office])
        said = [self.sealed[unit][n - 1][1] for unit in units if (n := self.last(office, unit))]
        return len(said), *(sum(one[name] for one in said) for name in ("led", "committed", "organisations"))


@pytest.fixture
def grow(make, units) -> Callable[[], Tree]:
    """A new tree for each example; the province knows every key, so that a package may come by itself."""

    def grown() -> Tree:
        desks = {}
        for code in ANSWERERS:
            unit = units.get(code, DAY)
            collates = code in ("46", *COMMUNES)
            desks[code] = make(code, unit.full_name, collates=collates, since=unit.valid_from, kind=unit.kind)
        for code in ANSWERERS[1:]:
            desks["46"].trust(desks[code])
        for code, district in DISTRICT_OF.items():
            desks[district].trust(desks[code])
        return Tree(desks)

    return grown


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=st.tuples(*[amounts] * len(ANSWERERS)), played=st.lists(deeds, min_size=12, max_size=30))
def test_every_figure_reaches_the_sum_once(grow, first, played):
    world = Played(grow())
    for unit, typed in zip(ANSWERERS, first, strict=True):
        world.seal(unit, typed)
    for deed, unit, what in played:
        getattr(world, deed)(unit, what)
    for office in ("46", *COMMUNES):
        sums = world.tree.desks[office].summaries.sum_up("nq28_hue", Y2024).sums
        count, led, committed, organisations = world.expected(office)
        found = {
            name: sums[name] for name in ("women_led_agencies.council", "organisations_committed", "organisations")
        }
        assert [one.reported for one in found.values()] == [count] * 3
        if count:
            assert [one.quantity for one in found.values()] == [led, committed, organisations]
