"""One quarter, the whole way, in memory: type, check, seal, receive, sum up. R1 idempotent · R2 order of files does
not matter · R3 refused files change nothing · R4 a batch is one transaction · R5 real and practice never mix."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from forms.errors import Cancelled, InputRefused, NotAllowed, ReportStateError
from forms.exchange.brought_files import incoming
from forms.exchange.statements import Arrival
from forms.model.cell import Cell, CellState, given
from forms.model.expression import Lack
from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.report import ImportedReport, ReportState
from forms.services.receiving import WAITING
from forms.summary.verdict import Verdict
from tests.fakes import clock

from .conftest import Q4


def four_items(commune) -> None:
    for day in (1, 8, 15, 22):
        commune.news_item(day)


def arrivals(batch) -> list[str]:
    return [line.arrival.value for line in batch.lines]


def test_four_items_make_a_sealed_report_without_a_warning(commune):
    four_items(commune)
    report, _ = commune.sealing.seal("nq28_hue", Q4, commune.ledger.signers())
    assert report.state is ReportState.SEALED
    assert report.quantity("news_counted") == 4
    assert commune.entry.open("nq28_hue", Q4).state is ReportState.SEALED


def test_three_items_are_sealed_only_with_a_reason(commune):
    for day in (1, 8, 15):
        commune.news_item(day)
    with pytest.raises(ReportStateError) as refused:
        commune.seal()
    assert refused.value.code == "CHECKS_FAILED"
    commune.entry.explain(commune.entry.open("nq28_hue", Q4), "enough_news", "Mất điện dài ngày do bão")
    assert commune.seal()


def test_an_earlier_package_that_is_written_again_says_nothing_of_the_newest(commune):
    """R1 written · R2 sealed, then killed before its file was written · R1 written once more · R2 is still to be written"""
    first, second = _two_revisions(commune)
    newest, package = commune.sealing.unwritten("nq28_hue", Q4)
    assert (newest.revision, package.raw) == (2, second)
    earlier, original = commune.sealing.earlier("nq28_hue", Q4, 1)
    assert (earlier.revision, original.raw) == (1, first)
    commune.sealing.exported("nq28_hue", Q4, "r1.bdg", earlier.revision)
    assert commune.sealing.unwritten("nq28_hue", Q4)[1].raw == second
    commune.sealing.exported("nq28_hue", Q4, "r2.bdg", newest.revision)
    assert commune.sealing.unwritten("nq28_hue", Q4) is None


def test_an_empty_quarter_is_not_a_report(commune):
    with pytest.raises(ReportStateError) as refused:
        commune.seal()
    assert "Chưa nhập" in refused.value.message


def test_the_preparer_alone_cannot_seal(commune):
    four_items(commune)
    with pytest.raises(NotAllowed) as refused:
        commune.sealing.seal("nq28_hue", Q4, commune.ledger.signers()[:1])
    assert refused.value.code == "SEALS_INCOMPLETE"


def test_news_of_a_sealed_quarter_is_closed(commune):
    four_items(commune)
    commune.seal()
    with pytest.raises(ReportStateError):
        commune.news_item(29)


def test_a_quarter_sealed_under_any_programme_closes_its_news(commune):
    """The office may report on the national strategy today and have sealed Huế's plan before."""
    four_items(commune)
    commune.seal()
    state = commune.ledger.state
    state.office = replace(state.office, programme="nq28")
    with pytest.raises(ReportStateError):
        commune.news_item(29)


def test_r1_the_same_stick_ten_times_changes_nothing(commune, office):
    four_items(commune)
    data = commune.seal()
    assert arrivals(office.receive(data)) == ["new"]
    before = office.ledger.state.received
    for _ in range(10):
        batch = office.receive(data, data)
        assert (batch.id, arrivals(batch)) == (None, ["same", "same"])
    assert office.ledger.state.received == before


def test_r2_a_report_and_its_corrections_in_any_order_give_the_same_figures(commune, make, office):
    four_items(commune)
    packages = [commune.seal()]
    for day in (23, 24):
        commune.entry.reopen("nq28_hue", Q4)
        commune.news_item(day)
        packages.append(commune.seal("sót tin"))
    for files in permutations(packages):
        office.ledger.state.received = []
        assert sorted(arrivals(office.receive(*files))) == ["correction", "correction", "new"]
        assert office.summaries.sum_up("nq28_hue", Q4).sums["news_counted"].quantity == 6


def _two_revisions(commune) -> tuple[bytes, bytes]:
    four_items(commune)
    first = commune.seal()
    commune.entry.reopen("nq28_hue", Q4)
    commune.news_item(23)
    return first, commune.seal("sót tin")


def test_a_correction_before_its_original_waits_and_is_taken_when_that_comes(commune, office):
    """The second e-mail is opened first; nobody has to look for it again."""
    first, second = _two_revisions(commune)
    office.receive(second)
    assert arrivals(office.receiving.preview(incoming([("1.bdg", first)]))) == ["new", "correction"]
    batch = office.receive(first)
    assert [(line.path, line.arrival) for line in batch.lines] == [
        ("0.bdg", Arrival.NEW),
        (WAITING, Arrival.CORRECTION),
    ]
    assert office.summaries.sum_up("nq28_hue", Q4).sums["news_counted"].quantity == 5
    assert arrivals(office.receive(first, second)) == ["same", "same"]
    assert office.receiving.undo(batch.id) == 2


def test_what_was_accepted_stays_known_when_its_key_is_revoked(commune, office):
    first, second = _two_revisions(commune)
    office.receive(first)
    with office.ledger.begin() as work:
        work.register.revoke(commune.ledger.state.people[0].keyid, clock())
    assert arrivals(office.receive(first, second)) == ["same", "refused"]
    assert office.summaries.sum_up("nq28_hue", Q4).sums["news_counted"].quantity == 4


def test_a_correction_before_its_original_is_taken_when_both_are_sent(commune, office):
    first, second = _two_revisions(commune)
    assert arrivals(office.receive(second)) == ["parked"]
    assert arrivals(office.receive(second)) == ["same"]
    assert arrivals(office.receive(first, second)) == ["new", "correction"]
    assert office.summaries.sum_up("nq28_hue", Q4).sums["news_counted"].quantity == 5


def test_a_correction_says_what_changed_and_why(commune):
    four_items(commune)
    commune.seal()
    commune.entry.reopen("nq28_hue", Q4)
    commune.news_item(23)
    report, _ = commune.sealing.seal("nq28_hue", Q4, commune.ledger.signers(), "sót một tin")
    change = next(c for c in report.changes if c.cell == "news_counted")
    assert (change.old, change.new, change.reason) == ("4", "5", "sót một tin")


def test_r3_damage_and_strangers_are_refused_with_their_codes(commune, office, make, units):
    four_items(commune)
    stranger = make(*_second(units))
    four_items(stranger)
    batch = office.receive(b"hong", stranger.seal(), commune.seal())
    assert [(line.arrival.value, line.code) for line in batch.lines] == [
        ("refused", "CONTAINER"),
        ("refused", "KEY_UNKNOWN"),
        ("new", "NEW"),
    ]


def test_r4_a_cancelled_batch_leaves_nothing(commune, office):
    four_items(commune)
    data = commune.seal()

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        office.receiving.receive(incoming([("a.bdg", data)]), "Người nhận", stop)
    assert office.ledger.state.received == []


def test_r4_a_preview_writes_nothing_and_tells_the_same(commune, office):
    four_items(commune)
    data = commune.seal()
    preview = office.receiving.preview(incoming([("a.bdg", data)]))
    assert (preview.id, arrivals(preview)) == (None, ["new"])
    assert office.ledger.state.received == []
    assert office.receive(data).lines == tuple(replace(line, path="0.bdg") for line in preview.lines)


def test_a_batch_can_be_undone_and_received_again(commune, office):
    four_items(commune)
    data = commune.seal()
    batch = office.receive(data)
    assert office.receiving.undo(batch.id) == 1
    assert office.summaries.sum_up("nq28_hue", Q4).sums["news_counted"].quantity is Lack.BLANK
    assert arrivals(office.receive(data)) == ["new"]


def test_r5_practice_packages_never_reach_a_real_ledger(make, units, office):
    code, name = _second(units)
    trying = make(code, name, practice=True)
    office.trust(trying)
    four_items(trying)
    (line,) = office.receive(trying.seal()).lines
    assert (line.arrival, line.code) == (Arrival.REFUSED, "PRACTICE")


def test_a_report_without_any_figure_is_kept_aside_for_a_question(commune, office):
    report = commune.entry.open("nq28_hue", Q4)
    for name in report.expected_cells:
        report = commune.entry.put_cell(report, name, Cell(CellState.NOT_COLLECTED, note="chưa theo dõi"))
    (line,) = office.receive(commune.seal()).lines
    assert (line.arrival, line.code) == (Arrival.QUARANTINED, "BLANK")
    assert office.summaries.status("nq28_hue", Q4).received == ()


def test_the_roll_call_and_the_share_count_the_silent_communes(commune, office):
    four_items(commune)
    office.receive(commune.seal())
    summary = office.summaries.sum_up("nq28_hue", Q4)
    (share,) = summary.results
    assert (len(summary.status.expected), len(summary.status.missing)) == (40, 39)
    assert share.operands == {"units_meeting": 1, "units_expected": 40}
    assert share.verdict is Verdict.NOT_COMPARABLE


def test_a_report_that_came_in_time_stays_so_when_it_is_corrected_later(commune, office):
    """
    hạn 31/12 · nhận 31/12 · bản thay thế nhận 09/01
    """
    four_items(commune)
    office.summaries.set_quarter_due(0)
    office.receive(commune.seal())
    status = office.summaries.status("nq28_hue", Q4)
    (unit, head) = next(iter(status.heads.items()))
    corrected = replace(head, revision=2, received_at=head.received_at + timedelta(days=9))
    assert replace(status, heads={unit: corrected}).late == ()
    late = replace(corrected, first_received_at=corrected.received_at)
    assert [found.key for found in replace(status, heads={unit: late}).late] == [unit]


def test_an_import_fills_the_draft_whole_or_not_at_all(commune):
    commune.news_item(3)
    before = commune.ledger.state
    wrong = ImportedReport("nq28_hue", Q4, cells={"no_such_cell": given(1)})
    with pytest.raises(Exception, match="no_such_cell"):
        commune.entry.take(wrong)
    assert commune.ledger.state is before
    totals = ImportedReport("nq28_hue", Q4, as_of=date(2025, 12, 31), cells={"news_counted": given(5)})
    with pytest.raises(InputRefused) as refusal:
        commune.entry.take(totals)
    assert refusal.value.code == "NEWS_TOTAL_DIFFERS"
    assert commune.entry.take(replace(totals, cells={"news_counted": given(1)})).as_of == date(2025, 12, 31)


def test_where_an_import_is_silent_the_counting_rule_decides(commune):
    """
    03/10 tin, tự sản xuất · 04/10 tin, tiếp phát · 05/10 tin, tiếp phát, tệp ghi "counted": true
    """
    items = tuple(
        NewsItem(f"{day:032x}", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",), origin)
        for day, origin in ((3, Origin.OWN), (4, Origin.RELAYED), (5, Origin.RELAYED))
    )
    silent = frozenset(item.id for item in items[:2])
    report = commune.entry.take(ImportedReport("nq28_hue", Q4, news=items, counted_by_rule=silent))
    assert [item.counted for item in report.news] == [True, False, True]


def test_every_change_is_in_the_journal(commune):
    four_items(commune)
    commune.seal()
    kinds = [kind for kind, _ in commune.ledger.state.journal]
    assert kinds == ["news_add"] * 4 + ["seal"]


def _second(units):
    unit = units.children("46", date(2025, 12, 31))[1]
    return unit.code, unit.full_name
