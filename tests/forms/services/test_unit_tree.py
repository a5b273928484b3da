"""The tree of who has sent. 46 ── 479 (19960 19966 19969) and 480 (19996 20005 20008), other districts silent; the year 2024."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from forms.exchange.statements import Arrival, Head
from forms.model.cell import given
from forms.model.office import Office
from forms.model.org_unit import OrgUnit, UnitKey
from forms.model.period import Period
from forms.org_units.catalogue import OrgUnits
from forms.services.summary import Status, Summary
from forms.services.unit_tree import (
    UnitNode,
    UnitState,
    UnitTrees,
    chosen_first,
    find,
    if_as_before,
    matching,
    measures,
    unit_tree,
)
from tests.forms.services.test_tree import COMMUNES, Y2024, Tree, fill, forwarded, tree  # noqa: F401 - tree is a fixture

from .conftest import Desk


def grown(desk: Desk, units: OrgUnits) -> UnitNode:
    return UnitTrees(desk.ledger.begin, desk.summaries, units).tree("nq28_hue", Y2024)


def rate(node: UnitNode, number: str) -> Decimal:
    """As it is printed."""
    (found,) = (one.quantity for one in node.results if one.indicator.number == number)
    return round(found, 1)


@pytest.fixture
def above(tree: Tree) -> Desk:  # noqa: F811
    """The province, where the bundle of 479 lies and the communes of 480 came one by one, without 480 itself."""
    sent = fill(tree)
    desk = tree.desks["46"]
    for code in COMMUNES["480"]:
        desk.trust(tree.desks[code])
    desk.receive(forwarded(tree, "479", sent), *(sent[code] for code in COMMUNES["480"]))
    return desk


def test_every_answerer_is_one_leaf_in_one_state(above, units):
    root = grown(above, units)
    expected = above.summaries.status("nq28_hue", Y2024).expected
    assert sorted(leaf.unit.code for leaf in root.leaves) == sorted(unit.code for unit in expected)
    assert sum(root.states.values()) == len(expected)
    assert (root.received, root.missing) == (7, len(expected) - 7)


def test_a_district_has_its_own_part_as_a_child_beside_its_communes(above, units):
    district = find(grown(above, units), "479")
    assert district.children[0].title == "Phần riêng của thị xã"
    assert {"479/own", *COMMUNES["479"]} <= {child.id for child in district.children}


def test_a_district_is_added_up_of_its_originals_and_its_own_part(above, units):
    """479: 1.1 = (1 + 0 + 1 + 1) × 2 of 4 × 2; 6.2 = 24 + 40 of 30 + 45. 480 has not sent its own part: 1 of 3, 24 of 30."""
    root = grown(above, units)
    first, second = find(root, "479"), find(root, "480")
    assert (rate(first, "1.1"), rate(first, "6.2")) == (Decimal(75), Decimal("85.3"))
    assert (round(rate(second, "1.1"), 0), rate(second, "6.2")) == (Decimal(33), Decimal(80))
    assert rate(find(root, COMMUNES["479"][1]), "6.2") == Decimal(80)
    assert rate(find(root, "479/own"), "6.2") == Decimal("88.9")


def test_the_root_says_what_the_table_says(above, units):
    assert grown(above, units).results == above.summaries.sum_up("nq28_hue", Y2024).results


def test_the_way_that_a_report_came_is_told(above, units):
    root = grown(above, units)
    assert (find(root, "479").bundle.revision, find(root, "480").bundle) == (1, None)
    assert find(root, COMMUNES["479"][0]).sent_by.value == "bundle"
    assert find(root, COMMUNES["480"][0]).sent_by.value == "package"
    assert find(root, "480/own").sent_by is None


def test_who_has_to_be_seen_to_stands_first(above, units):
    """480 sent nothing as an office and lacks most of its communes, 479 forwarded; a district of which nothing came is first."""
    root = grown(above, units)
    order = [one.id for one in chosen_first(root.children, by_name=False)]
    assert order.index("480") < order.index("479")
    assert next(one.title for one in chosen_first(find(root, "480").children, by_name=True)) == "Phần riêng của thị xã"


def test_a_text_finds_units_by_the_start_of_a_word_or_code_and_all_below_an_office(above, units):
    root = grown(above, units)
    assert matching(root, "thuy phu") == {"19969"} or "19969" in matching(root, "1996")
    assert matching(root, "479") == {leaf.id for leaf in find(root, "479").leaves}
    assert matching(root, "", UnitState.MISSING) == {leaf.id for leaf in root.leaves if leaf.head is None}
    assert matching(root, "không có ai") == frozenset()


def test_what_a_missing_unit_said_a_year_before_shows_what_it_would_change(above, units):
    """480's own part as 2024's bundle had it: 6.2 from 88/105 to 128/150."""
    root = grown(above, units)
    own = find(root, "480/own")
    told = replace(own, earlier=find(root, "479/own").head)
    assert rate(root, "6.2") == Decimal("83.8")
    (after,) = (one for one in if_as_before(root, told) if one.indicator.number == "6.2")
    assert round(after.quantity, 1) == Decimal("85.3")
    assert if_as_before(root, own) == ()


def test_the_columns_are_those_that_every_level_answers(catalogue):
    shown, first = measures(catalogue.programme("nq28_hue").form("year_indicators"))
    assert [one.number for one in shown[:first]] == ["1.1", "2.3", "6.3"]
    shown, first = measures(catalogue.programme("nq28_hue").form("quarter_news"))
    assert [one.number for one in shown[:first]][-1] == "6.3"


BODIES = ("council", "committee")
SINCE = date(2020, 1, 1)
AT = datetime(2025, 1, 10, tzinfo=UTC)


def status_of(base: Status, units: OrgUnits, heads: dict[UnitKey, Head], held: dict[UnitKey, Arrival]) -> Status:
    leaves = units.below(base.office.unit.code, base.period.last, leaves_only=True)
    return replace(
        base, expected=leaves, heads=heads, held=held, agencies={}, offices=frozenset(), due=date(2025, 1, 5)
    )


@st.composite
def trees(draw) -> tuple[OrgUnits, list[str]]:
    """Units below T to a depth of four, under whatever came before them."""
    units, groups = [OrgUnit("T", "T", "Tỉnh T", "province", None, SINCE)], ["T"]
    for number in range(draw(st.integers(1, 12))):
        above = draw(st.sampled_from(groups))
        is_group = draw(st.booleans()) and above.count(".") < 4
        code = f"{above}.{number}" if is_group else f"c{number}"
        units.append(OrgUnit(code, code, f"Đơn vị {code}", "group" if is_group else "commune", above, SINCE))
        groups += [code] * is_group
    return OrgUnits.of(units), [unit.code for unit in units]


class NoStores:
    """What the tree reads beside the summary."""

    def __init__(self) -> None:
        self.bundles = self.on_behalf = self.received = self.units = self

    def newest(self, key):
        return ()

    of = heads = newest

    def all(self):
        return ()


@settings(max_examples=60, deadline=None)
@for_all(trees(), st.data())
def test_in_any_tree_states_and_figures_of_every_place_count_up_to_those_above(catalogue, made, data):
    units, _ = made
    base = base_status(catalogue)
    leaves = units.below("T", base.period.last, leaves_only=True)
    sent = data.draw(st.lists(st.sampled_from(leaves), unique=True))
    asked = data.draw(st.lists(st.sampled_from(leaves), unique=True))
    amounts = {one.key: data.draw(st.integers(0, 50)) for one in sent}
    heads = {
        key: Head(key, "d" * 64, 1, AT, AT, {"organisations": given(amount)}, news_listed=False)
        for key, amount in amounts.items()
    }
    held = {one.key: Arrival.CONFLICT for one in asked}
    status = status_of(base, units, heads, held)
    root = unit_tree(NoStores(), Summary(catalogue.programme("nq28_hue"), status, None, {}, ()), units)
    assert len(root.leaves) == len(status.expected)
    for node in root.every():
        if not node.is_leaf:
            assert node.states == sum((child.states for child in node.children), type(node.states)())
            assert node.received == sum(child.received for child in node.children)
        if node.gathers and node.received:
            assert node.sums["organisations"].quantity == sum(amounts.get(leaf.unit.key, 0) for leaf in node.leaves)
    assert root.received == len({*sent} & {*status.expected})


def base_status(catalogue) -> Status:
    office = Office(UnitKey("T", SINCE), "Tỉnh T", collates=True, kind="province")
    return Status(office, catalogue.form_for("nq28_hue", Period("2024")), Period("2024"), (), {}, None)


def test_a_group_asks_only_its_members_a_district_also_itself(catalogue):
    """Group g of two communes, each 1 of 1 HĐND and 1 of 1 UBND: 4/4 of two units, and nobody waits for a part of the group's."""
    units = OrgUnits.of(
        [
            OrgUnit("T", "T", "Tỉnh T", "province", None, SINCE),
            OrgUnit("g", "Cụm 1", "Cụm 1", "group", "T", SINCE),
            *(OrgUnit(code, code, f"Xã {code}", "commune", "g", SINCE) for code in ("a", "b")),
        ]
    )
    cells = {f"{name}.{body}": given(1) for name in ("women_led_agencies", "agencies") for body in BODIES}
    heads = {
        unit.key: Head(unit.key, "d" * 64, 1, AT, AT, cells, news_listed=False)
        for unit in units.children("g", AT.date())
    }
    status = status_of(base_status(catalogue), units, heads, {})
    root = unit_tree(NoStores(), Summary(catalogue.programme("nq28_hue"), status, None, {}, ()), units)
    (group,) = root.children
    (share,) = (one for one in group.results if one.indicator.number == "1.1")
    assert (share.quantity, share.reported, share.expected) == (100, 2, 2)
    asked = replace(status, expected=(*status.expected, units.get("g", AT.date())), offices=frozenset({("g", SINCE)}))
    root = unit_tree(NoStores(), Summary(catalogue.programme("nq28_hue"), asked, None, {}, ()), units)
    (share,) = (one for one in root.children[0].results if one.indicator.number == "1.1")
    assert (share.reported, share.expected) == (2, 3)
