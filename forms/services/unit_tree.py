"""Who has sent, as the tree of a territory: its districts or groups, its agencies, and below them everybody who is asked.

    46 Thừa Thiên Huế ── 479 Hương Thủy ── Phần riêng của thị xã, Xã Thủy Phù …
                      └─ Sở, ban, ngành ── Sở Y tế …

Every answerer is one leaf and in one state, so the states count up to all of them. What stands between is added up from the leaves
below it by the rules of the whole (forms/summary/totals): the originals and the own part, never a sum. There may be any number of
levels between, and none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from forms.exchange.bundle import KeptBundle
from forms.exchange.on_behalf import EntrySource
from forms.exchange.statements import Arrival, Head
from forms.model.cell import CellState
from forms.model.count import Count, Role
from forms.model.expression import Lack, Quantity
from forms.model.form import Form
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.org_unit import OrgUnit, UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.text import collation_key, fold
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Work
from forms.programmes.programme_role import ProgrammeRole, form_at
from forms.services.drafts import key_of
from forms.services.summary import Status, Summaries, Summary, contributions
from forms.summary.totals import Contributions, Result, Sum, results, single, sums

AGENCIES = "agencies"  # the id of the heading above them, behind that of the unit they stand under
OWN_PART = "own"  # the same of a compiling office's own part
_MOST_SHOWN = 3


class UnitState(StrEnum):
    """How what was asked of a unit stands; in the order in which somebody is to see to it."""

    CONFLICT = "conflict"
    HELD = "held"
    MISSING = "missing"
    LATE = "late"
    ON_BEHALF = "on_behalf"
    ON_TIME = "on_time"


UNIT_STATE_TITLES = {
    UnitState.CONFLICT: "Mâu thuẫn",
    UnitState.HELD: "Giữ lại",
    UnitState.MISSING: "Thiếu",
    UnitState.LATE: "Muộn",
    UnitState.ON_BEHALF: "Nhập thay",
    UnitState.ON_TIME: "Đúng hạn",
}
UNIT_STATE_ORDER = tuple(UnitState)
WAITING = (UnitState.CONFLICT, UnitState.HELD, UnitState.MISSING)  # somebody is to do something about it
Measured = Count | Indicator  # what a column of the tree shows


class SentBy(StrEnum):
    """The way a report came."""

    PACKAGE = "package"
    BUNDLE = "bundle"
    WORKBOOK = "workbook"
    PAPER = "paper"


SENT_BY_TITLES = {
    SentBy.PACKAGE: "gói",
    SentBy.BUNDLE: "gói chuyển",
    SentBy.WORKBOOK: "Excel",
    SentBy.PAPER: "giấy",
}


@dataclass(frozen=True, eq=False)
class UnitNode:
    """`id`: the unit's code, of an own part or a heading with a word behind it. A leaf has a `state`; what stands between has none,
    and `bundle` is what its office forwarded last. `earlier`: what a leaf said the year or the period before."""

    id: str
    title: str
    status: Status
    unit: OrgUnit | None = None
    children: tuple[UnitNode, ...] = ()
    state: UnitState | None = None
    held: Arrival | None = None
    sent_by: SentBy | None = None
    bundle: KeptBundle | None = None
    earlier: Head | None = None
    whole: Summary | None = field(default=None, repr=False)  # of the root alone
    name_key: object = field(init=False, repr=False)  # made with the tree, not while somebody waits for it to be sorted

    def __post_init__(self) -> None:
        object.__setattr__(self, "name_key", collation_key(self.title))

    @property
    def is_leaf(self) -> bool:
        return self.state is not None

    @property
    def is_own_part(self) -> bool:
        return self.id.endswith(f"/{OWN_PART}")

    @property
    def gathers(self) -> bool:
        """An office that is to forward what its units sent; a heading and the territory itself are not."""
        return not self.is_leaf and self.unit is not None and self.whole is None

    @cached_property
    def leaves(self) -> tuple[UnitNode, ...]:
        return (self,) if self.is_leaf else tuple(leaf for child in self.children for leaf in child.leaves)

    @cached_property
    def states(self) -> Counter[UnitState]:
        return Counter(leaf.state for leaf in self.leaves if leaf.state)

    @cached_property
    def received(self) -> int:
        """How many of the leaves count in the sums."""
        return sum(leaf.head is not None for leaf in self.leaves)

    @property
    def missing(self) -> int:
        """How many of the leaves count in no sum: nothing came of them, or it is kept aside."""
        return len(self.leaves) - self.received

    @property
    def head(self) -> Head | None:
        return self.status.heads.get(self.unit.key) if self.is_leaf and self.unit else None

    def is_overdue(self, today: date) -> bool:
        """Whether something is lacking after its day."""
        if self.is_leaf:
            due = self.status.due_of(self.unit) if self.unit else None
            return self.head is None and due is not None and today > due
        return any(leaf.is_overdue(today) for leaf in self.leaves)

    @cached_property
    def report(self) -> Report | None:
        """What a leaf sent, on the form as that unit sees it."""
        return reported(self.status, self.head) if self.head else None

    @cached_property
    def answered(self) -> tuple[int, int]:
        """(cells that say something, cells asked) of a leaf; of what stands above (received, asked)."""
        if not self.is_leaf:
            return self.received, len(self.leaves)
        if self.report is None:
            return 0, 0
        cells = self.report.expected_cells
        return sum(self.report.cell(cell).state is not CellState.BLANK for cell in cells), len(cells)

    @cached_property
    def added(self) -> Contributions | None:
        """What is added up here; None for a heading, whose agencies answer different things, and for who sent nothing."""
        if self.is_leaf:
            return _alone(self.report) if self.report else None
        if self.whole:
            return contributions(self.status, self.whole.own)
        return _territory(self) if self.unit else None

    @cached_property
    def results(self) -> tuple[Result, ...]:
        if self.whole:
            return self.whole.results
        return results(self.added, self.status.period.year) if self.added else ()

    @cached_property
    def sums(self) -> Mapping[str, Sum]:
        if self.whole:
            return self.whole.sums
        return sums(self.added) if self.added else {}

    def every(self) -> Iterator[UnitNode]:
        """This and all below, in order."""
        yield self
        for child in self.children:
            yield from child.every()


def find(root: UnitNode, id: str) -> UnitNode | None:
    return next((one for one in root.every() if one.id == id), None)


def result_of(node: UnitNode, indicator: str) -> Result | None:
    return next((one for one in node.results if one.indicator.id == indicator), None)


def quantity_of(node: UnitNode, of: Measured) -> Quantity:
    """A figure of this place."""
    if isinstance(of, Indicator):
        found = result_of(node, of.id)
        return found.quantity if found else Lack.BLANK
    return node.sums[of.id].quantity if of.id in node.sums else Lack.BLANK


def matching(root: UnitNode, text: str = "", state: UnitState | None = None) -> frozenset[str]:
    """The ids of the leaves in a state which have the text, or stand below something that has it: at the start of a word
    without accents, or of a code. “an” is not to find every “Phường …” that ends so."""
    wanted = fold(text)

    def found(node: UnitNode, *, above: bool) -> Iterator[str]:
        here = above or f" {wanted}" in f" {fold(node.title)}" or node.id.startswith(wanted)
        if node.is_leaf and here and state in (None, node.state):
            yield node.id
        for child in node.children:
            yield from found(child, above=here)

    return frozenset(found(root, above=False))


def results_before(leaf: UnitNode) -> tuple[Result, ...]:
    """What a leaf said a period ago."""
    if leaf.earlier is None:
        return ()
    return results(_alone(reported(leaf.status, leaf.earlier)), leaf.status.period.previous().year)


def if_as_before(root: UnitNode, leaf: UnitNode) -> tuple[Result, ...]:
    """The results of the territory if a leaf that is missing said what it said before."""
    if root.whole is None or leaf.unit is None or leaf.earlier is None:
        return ()
    status = replace(root.status, heads={**root.status.heads, leaf.unit.key: leaf.earlier})
    return results(contributions(status, root.whole.own), status.period.year)


class UnitTrees:
    """Reads; the figures of places between are added up when somebody looks at them."""

    def __init__(self, begin: BeginWork, summaries: Summaries, units: OrgUnits) -> None:
        self._begin, self._summaries, self._units = begin, summaries, units

    def tree(self, programme: str, period: Period) -> UnitNode:
        with self._begin() as work:
            summary = self._summaries.summed(work, programme, period, tasks=False)
            return unit_tree(work, summary, self._units.with_units(work.units.all()))


def unit_tree(work: Work, summary: Summary, units: OrgUnits) -> UnitNode:
    """From the territory of a summary down."""
    return _Growing(work, summary, units).grown()


class _Growing:
    """Makes the tree out of one transaction."""

    def __init__(self, work: Work, summary: Summary, units: OrgUnits) -> None:
        self._summary, self._status = summary, summary.status
        status, key = summary.status, key_of(summary.status.form, summary.status.period)
        below = [
            one for one in units.below(status.office.territory, status.period.last) if one.key != status.office.unit
        ]
        self._below: dict[str | None, list[OrgUnit]] = {}
        gathered = {member: unit.code for unit in below for member in unit.members}
        if status.office.kind == "group":
            gathered = {unit.code: status.office.territory for unit in below}
        for unit in below:
            self._below.setdefault(gathered.get(unit.code, unit.parent), []).append(unit)
        self._asked = {unit.key for unit in status.expected}
        self._bundles = {one.unit: one for one in work.bundles.newest(key)}
        self._bundled = frozenset(digest for one in self._bundles.values() for digest in one.originals)
        entered = any(head.is_on_behalf for head in status.heads.values())
        self._papers = {one.entry.digest: one.entry.source for one in work.on_behalf.of(key)} if entered else {}
        self._earlier = self._before(work, status)

    @staticmethod
    def _before(work: Work, status: Status) -> Mapping[UnitKey, Head]:
        """Of the period before, where the same form was filled for it."""
        form, period = status.form, status.period
        if form.years:
            return {}
        return {head.unit: head for head in work.received.heads(key_of(form, period.previous()))}

    def grown(self) -> UnitNode:
        """From the territory down."""
        office = self._status.office
        under = self._arranged(office.territory, office.kind if office.territory == office.unit.code else "province")
        return UnitNode(office.unit.code, office.name, self._status, children=under, whole=self._summary)

    def _arranged(self, code: str, kind: str) -> tuple[UnitNode, ...]:
        """What stands below a unit, its agencies under a heading of their own where others stand beside them."""
        found = [node for unit in self._below.get(code, ()) if (node := self._grown(unit))]
        agencies = [node for node in found if node.unit and node.unit.kind == "agency"]
        if not agencies or len(agencies) == len(found):
            return tuple(found)
        title = "Sở, ban, ngành" if kind in ("province", "city") else "Cơ quan chuyên môn"
        heading = UnitNode(f"{code}/{AGENCIES}", title, self._status, children=tuple(agencies))
        return (*(node for node in found if node not in agencies), heading)

    def _grown(self, unit: OrgUnit) -> UnitNode | None:
        """None where nobody is asked."""
        under = self._arranged(unit.code, unit.kind)
        asked = unit.key in self._asked
        if not under:
            return self._leaf(unit, unit.code, unit.full_name) if asked else None
        called = unit.full_name.removesuffix(unit.name).strip()
        title = f"Phần riêng của {called.lower() or 'đơn vị'}"
        own = (self._leaf(unit, f"{unit.code}/{OWN_PART}", title),) if asked else ()
        bundle = self._bundles.get(unit.key)
        return UnitNode(unit.code, unit.full_name, self._status, unit, (*own, *under), bundle=bundle)

    def _leaf(self, unit: OrgUnit, id: str, title: str) -> UnitNode:
        status = self._status
        head, held = status.heads.get(unit.key), status.held.get(unit.key)
        state, by = _state(status, unit), self._sent_by(head) if head else None
        earlier = self._earlier.get(unit.key)
        return UnitNode(id, title, status, unit, state=state, held=held, sent_by=by, earlier=earlier)

    def _sent_by(self, head: Head) -> SentBy:
        if head.is_on_behalf:
            return SentBy.PAPER if self._papers.get(head.digest) is EntrySource.PAPER else SentBy.WORKBOOK
        return SentBy.BUNDLE if head.digest in self._bundled else SentBy.PACKAGE


def reported(status: Status, head: Head) -> Report:
    """What a unit below sent, on the form as that unit sees it."""
    unit = head.unit
    role = Role.AGENCY if unit in status.agencies else Role.SUMMING if unit in status.offices else Role.REPORTING
    post = ProgrammeRole(role, status.agencies.get(unit, frozenset()))
    return Report(form_at(status.form, post), unit, role, status.period, (status.sent(unit) or head).cells)


def measures(form: Form) -> tuple[tuple[Measured, ...], int]:
    """What the tree may show of a form beside the states, and how many of these at first: the indicators that units below
    compute themselves; what is asked of every unit by itself comes before the others, then what every level answers; of a form of
    news also what is counted."""
    asked = [one for one in form.indicators.values() if Role.REPORTING in one.computed_by and not one.years]
    rules = [one for one in asked if one.kind is IndicatorKind.SHARE_OF_UNITS]
    shared = [one for one in asked if one not in rules and _is_everybodys(one, form)]
    others = [one for one in asked if one not in rules and one not in shared]
    first = sorted([*rules, *shared, *others][:_MOST_SHOWN], key=asked.index)
    counts = [form.counts[name] for one in rules if form.has_news for name in one.names if name in form.counts]
    return (*counts, *first, *(one for one in asked if one not in first)), len(counts) + len(first)


def _is_everybodys(one: Indicator, form: Form) -> bool:
    counts = [form.counts[name] for name in one.names if name in form.counts]
    return bool(counts) and all({Role.REPORTING, Role.SUMMING} <= {*count.filled_by} for count in counts)


def _state(status: Status, unit: OrgUnit) -> UnitState:
    """A question that waits outweighs the rest; what is kept aside counts only where something sound came before."""
    head, held = status.heads.get(unit.key), status.held.get(unit.key)
    if held:
        return UnitState.CONFLICT if held is Arrival.CONFLICT and head else UnitState.HELD
    if head is None:
        return UnitState.MISSING
    if head.is_on_behalf:
        return UnitState.ON_BEHALF
    return UnitState.LATE if status.is_late(unit) else UnitState.ON_TIME


def _alone(report: Report) -> Contributions:
    """One report by itself; the own part of a compiling office has nobody below it."""
    if report.role is Role.SUMMING:
        return Contributions(report.form, (), {}, report.cells)
    return single(report.form, report.unit, report.role, report.cells)


def _territory(node: UnitNode) -> Contributions:
    """Everybody below an office and its own part, by the rules of the whole."""
    status, mine = node.status, node.unit.key if node.unit else None
    sent = {leaf.unit.key: leaf.head.cells for leaf in node.leaves if leaf.unit and leaf.head}
    keys = [leaf.unit.key for leaf in node.leaves if leaf.unit]
    expected = tuple(key for key in keys if key not in status.agencies and key not in status.offices)
    offices = tuple(key for key in keys if key in status.offices and key != mine)
    return Contributions(
        status.form,
        expected,
        {key: sent[key] for key in expected if key in sent},
        sent.get(mine) if mine else None,
        offices=offices,
        parts={key: sent[key] for key in offices if key in sent},
        has_own=mine in status.offices,
    )


def chosen_first(nodes: Collection[UnitNode], *, by_name: bool) -> list[UnitNode]:
    """Siblings by name, an own part before the others of its office; or those first that somebody is to see to."""
    return sorted(nodes, key=_by_name if by_name else _need)


def _by_name(node: UnitNode) -> tuple[bool, object]:
    return not node.is_own_part, node.name_key


def _need(node: UnitNode) -> tuple[int, int, int, object]:
    """Sorts what somebody is to see to first: offices before single units, those that have not forwarded, those that lack most."""
    if node.state:
        return 2, UNIT_STATE_ORDER.index(node.state), 0, node.name_key
    waits = node.missing or node.states[UnitState.CONFLICT]
    return (0 if waits else 1), int(not node.gathers or node.bundle is not None), -node.missing, node.name_key
