"""What units below sent: chains of accepted packages, the rest kept aside, every batch undone as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from forms.errors import StorageError
from forms.exchange.statements import Arrival, Kept, OpenedPackage, Received, ReportKey, Seal
from forms.model.cell import Cell, CellState, given
from forms.model.office import PersonRole
from forms.model.org_unit import UnitKey
from forms.model.period import Basis
from forms.model.report_copies import Total, amounts_of, total_of
from storage.stores import received as received_store
from tests.storage.conftest import NOW

KEY = ReportKey("nq28", "news", "2025-Q4", Basis.CALENDAR)
LAN = "Nguyễn Thị Lan"


def unit(code: int) -> UnitKey:
    return UnitKey(f"{code:05d}", date(2025, 7, 1))


def sent(code: int, revision: int = 1, arrival=Arrival.NEW, key=KEY, amount: int = 4) -> Received:
    """The package that commune `code` would send as its revision `revision`."""
    digest = f"{code:032x}{revision:032x}"
    opened = OpenedPackage(
        digest=digest,
        digits="12345 " * 6,
        unit=unit(code),
        unit_name=f"Xã số {code}",
        key=key,
        programme_version=1,
        programme_sha256="0" * 64,
        form_version=1,
        revision=revision,
        supersedes=f"{code:032x}{revision - 1:032x}" if revision > 1 else None,
        seq=revision,
        practice=True,
        seals=(Seal("aa" * 16, PersonRole.HEAD, known=True, person="Hùng"),),
        app_version="0.1.0",
        payload={},
        raw=b"raw " + digest.encode(),
    )
    cells = {"news_counted": given(amount), "news_own": Cell(CellState.NONE, note="không có đài")}
    return Received(opened, arrival, arrival.name, cells, news_listed=True)


def kept(package: Received) -> Kept:
    o = package.opened
    return Kept(o.digest, o.unit, o.key, o.revision, o.supersedes, package.arrival, package.code)


def receive(database, batch: str, *packages: Received, at=NOW) -> None:
    with database.begin() as work:
        work.received.add(batch, at, LAN, packages)


def test_what_the_figures_of_each_unit_come_to_is_told_without_the_figures(stores):
    """Of the newest accepted package; of less than three amounts above nought nothing is told."""
    cells = {"a": given(7), "b": given(0), "c": given(5), "d": given(Decimal("2.50")), "e": Cell(CellState.NONE)}
    first, second = (replace(sent(1, revision), cells=cells) for revision in (1, 2))
    second = replace(second, arrival=Arrival.CORRECTION, cells=cells | {"a": given(8)})
    receive(stores, "b1", first, sent(2), replace(sent(3), arrival=Arrival.QUARANTINED, cells=cells))
    with stores.begin() as work:
        ((whose, digest, total, read),) = work.received.totals(KEY)
        assert (whose, digest, total, read()) == (unit(1), first.opened.digest, total_of(amounts_of(cells)), cells)
    receive(stores, "b2", second)
    with stores.begin() as work:
        ((whose, digest, total, _),) = work.received.totals(KEY)
        assert (whose, digest, total) == (unit(1), second.opened.digest, Total(3, Decimal("15.5")))


def test_an_accepted_package_stands_for_its_unit(stores):
    receive(stores, "b1", sent(1), sent(2, amount=9))
    with stores.begin() as work:
        first, second = work.received.heads(KEY)
    assert (first.unit, first.revision, first.received_at) == (unit(1), 1, NOW)
    assert first.cells == sent(1).cells
    assert second.cells["news_counted"] == given(9)
    assert first.news_listed


def test_only_the_very_bytes_are_known_as_accepted(stores):
    """commune 1 accepted · a file that claims its digest · commune 2 kept aside · commune 3 never seen"""
    accepted, aside = sent(1), sent(2, arrival=Arrival.QUARANTINED)
    receive(stores, "b1", accepted, aside)
    raw = {one.opened.digest: one.opened.raw for one in (accepted, aside, sent(3))}
    with stores.begin() as work:
        assert [one.raw for one in work.received.accepted(raw).values()] == [accepted.opened.raw]
        assert work.received.accepted({accepted.opened.digest: b"other bytes"}) == {}


def test_a_note_without_a_figure_comes_back(stores):
    """news_own is blank, and says why."""
    package = replace(sent(1), cells={"news_counted": given(4), "news_own": Cell(note="đài hỏng")})
    receive(stores, "b1", package)
    with stores.begin() as work:
        (head,) = work.received.heads(KEY)
    assert head.cells == package.cells


def test_a_correction_takes_over_and_the_chain_remembers(stores):
    receive(stores, "b1", sent(1))
    receive(stores, "b2", sent(1, 2, Arrival.CORRECTION, amount=7), at=NOW + timedelta(days=1))
    with stores.begin() as work:
        (head,) = work.received.heads(KEY)
        chain = work.received.chains(KEY)[unit(1)]
    assert (head.revision, head.cells["news_counted"]) == (2, given(7))
    assert (head.first_received_at, head.received_at) == (NOW, NOW + timedelta(days=1))
    assert [link.revision for link in chain] == [1, 2]


@pytest.mark.parametrize("arrival", [Arrival.PARKED, Arrival.CONFLICT, Arrival.QUARANTINED])
def test_what_is_kept_aside_changes_no_figure(stores, arrival):
    package = sent(1, arrival=arrival)
    receive(stores, "b1", package)
    with stores.begin() as work:
        assert work.received.heads(KEY) == ()
        assert work.received.chains(KEY) == {}
        assert work.received.kept([package.opened.digest, "0" * 64]) == {package.opened.digest: kept(package)}
        assert work.received.raw(package.opened.digest) == package.opened.raw


@pytest.mark.parametrize(
    ("packages", "held"),
    [
        ([sent(1)], {}),
        ([sent(1, 3, Arrival.PARKED)], {unit(1): Arrival.PARKED}),
        ([sent(1), sent(1, 3, Arrival.PARKED)], {unit(1): Arrival.PARKED}),
        ([sent(1, arrival=Arrival.QUARANTINED), sent(1, 2, Arrival.CORRECTION)], {}),
        ([sent(1, 2, Arrival.PARKED), sent(1), sent(1, 2, Arrival.CORRECTION)], {}),
        ([sent(1), sent(1, arrival=Arrival.CONFLICT, amount=5)], {unit(1): Arrival.CONFLICT}),
        ([sent(1), sent(1, arrival=Arrival.CONFLICT, amount=5), sent(1, 2, Arrival.CORRECTION)], {}),
        ([sent(1, arrival=Arrival.QUARANTINED), sent(2)], {unit(1): Arrival.QUARANTINED}),
    ],
)
def test_a_question_stays_open_until_something_accepted_answers_it(stores, packages, held):
    for number, package in enumerate(packages):
        receive(stores, f"b{number}", package)
    with stores.begin() as work:
        assert work.received.held(KEY) == held
        assert work.received.held(KEY._replace(period="2025-Q3")) == {}


def test_another_period_is_another_chain(stores):
    receive(stores, "b1", sent(1))
    with stores.begin() as work:
        assert work.received.heads(KEY._replace(period="2025-Q3")) == ()
        assert work.received.chains(KEY._replace(basis=Basis.ND09)) == {}


def test_a_parked_package_is_accepted_when_its_turn_comes(stores):
    receive(stores, "b1", sent(1, 2, Arrival.PARKED))
    with stores.begin() as work:
        assert work.received.waiting() == (sent(1, 2).opened.raw,)
    receive(stores, "b2", sent(1), sent(1, 2, Arrival.CORRECTION))
    with stores.begin() as work:
        assert work.received.heads(KEY)[0].revision == 2
        assert work.received.waiting() == ()
        assert work.received.undo("b2") == 2
        assert work.received.kept([sent(1, 2).opened.digest])[sent(1, 2).opened.digest].arrival is Arrival.PARKED
        assert work.received.raw(sent(1, 2).opened.digest) is not None
        assert work.received.raw(sent(1).opened.digest) is None


def test_a_package_is_known_by_the_latest_decision_about_it(stores):
    """Parked, in conflict, and at last accepted; another one stays in conflict."""
    parked, fork = sent(1, 2, Arrival.PARKED), sent(2, 2, Arrival.CONFLICT)
    in_conflict, accepted = replace(parked, arrival=Arrival.CONFLICT), replace(parked, arrival=Arrival.CORRECTION)
    receive(stores, "b1", parked, fork)
    for batch, latest, conflicts in (("b2", in_conflict, (fork, in_conflict)), ("b3", accepted, (fork,))):
        receive(stores, batch, latest)
        with stores.begin() as work:
            assert work.received.kept([parked.opened.digest])[parked.opened.digest].arrival is latest.arrival
            assert work.received.conflicts() == tuple(map(kept, conflicts))
            assert work.received.waiting() == ()
    with stores.begin() as work:
        work.received.undo("b3")
        assert work.received.conflicts() == (kept(fork), kept(in_conflict))


def test_reports_are_listed_by_period_and_units_by_code(stores):
    """Whatever order they came in; every package is known in the order of arrival."""
    earlier = KEY._replace(period="2025-Q3")
    receive(stores, "b1", sent(2), sent(1), sent(3, key=earlier))
    with stores.begin() as work:
        assert work.received.keys() == (earlier, KEY)
        assert [head.unit for head in work.received.heads(KEY)] == [unit(1), unit(2)]
        assert [known.unit for known in work.received.known()] == [unit(2), unit(1), unit(3)]


def test_the_same_revision_is_never_accepted_twice(stores):
    receive(stores, "b1", sent(1))
    with pytest.raises(Exception, match="UNIQUE"):
        receive(stores, "b2", sent(1))


def test_a_batch_is_undone_whole_and_can_be_received_again(stores):
    receive(stores, "b1", sent(1))
    receive(stores, "b2", sent(2), sent(3), sent(4, arrival=Arrival.QUARANTINED))
    with stores.begin() as work:
        assert [(id, size) for id, _, size in work.received.batches()] == [("b1", 1), ("b2", 3)]
        assert work.received.undo("b2") == 3
        assert [head.unit for head in work.received.heads(KEY)] == [unit(1)]
        assert [id for id, _, _ in work.received.batches()] == ["b1"]
    receive(stores, "b2", sent(2), sent(3))


def test_what_a_later_batch_builds_on_is_not_undone(stores):
    receive(stores, "b1", sent(1))
    receive(stores, "b2", sent(1, 2, Arrival.CORRECTION))
    with stores.begin() as work:
        with pytest.raises(StorageError) as caught:
            work.received.undo("b1")
        assert caught.value.code == "BATCH_BUILT_ON"
        assert "Xã số 1" in caught.value.message
        assert (work.received.undo("b2"), work.received.undo("b1")) == (1, 1)


def test_an_unknown_batch_is_said_so(stores):
    with stores.begin() as work, pytest.raises(StorageError) as caught:
        work.received.undo("b9")
    assert caught.value.code == "BATCH_UNKNOWN"


def test_more_packages_than_one_statement_holds(stores):
    packages = [sent(code) for code in range(1, 1203)]
    receive(stores, "b1", *packages)
    with stores.begin() as work:
        assert len(work.received.heads(KEY)) == 1202
        assert len(work.received.kept(package.opened.digest for package in packages)) == 1202


@pytest.mark.parametrize(
    ("statement", "index"), [(received_store._HELD, "kept_aside"), (received_store._WAITING, "parked")]
)
def test_what_is_kept_aside_is_found_without_walking_through_all_packages(database, statement, index):
    """Of 3 321 packages a quarter over years a handful is kept aside: 78 ms for each look, now 0.2."""
    with database.begin() as work:
        connection = work.received._connection
        made = statement.compile(connection.engine, compile_kwargs={"literal_binds": False})
        given = tuple("x" for _ in made.positiontup or ())
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {made}", given)]
    assert any(f"INDEX {index}" in step for step in plan), plan
    assert not [step for step in plan if step.startswith("SCAN package") and "INDEX" not in step], plan
