"""The preparer seals today, the head another day: the package is byte for byte the one that both would have made at once."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date

import pytest

from exports.package.codec import PackageCodec
from forms.errors import PackageRefused
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import Office
from forms.model.period import Period
from forms.model.report import ReportState
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import load_all
from forms.services.approval import Approval
from forms.services.entry import Entry
from forms.services.news import NewsLedger
from forms.services.sealing import Press, Sealing
from forms.services.summary import Summaries
from tests.exports.package.parts import CLERK, HEAD, UNIT, register
from tests.fakes import FakeLedger, clock, ids

CATALOGUE, Q4 = load_all(), Period("2025-Q4")


def office(ledger: FakeLedger | None = None) -> tuple[FakeLedger, Approval, Sealing]:
    ledger = ledger or FakeLedger(Office(UNIT.key, UNIT.name, parent="46"), (CLERK.person, HEAD.person))
    summaries = Summaries(ledger.begin, CATALOGUE, OrgUnits.of([]), PackageCodec())
    press = Press(CATALOGUE, PackageCodec(), clock, ids(), "0.1.0", summaries.figures_in)
    return ledger, Approval(ledger.begin, press), Sealing(ledger.begin, press)


@pytest.fixture
def filled() -> FakeLedger:
    """A quarter with four items, one of them with a picture, a text and a reason."""
    ledger, _, _ = office()
    news, entry = NewsLedger(ledger.begin, CATALOGUE), Entry(ledger.begin, CATALOGUE, clock)
    for day in (3, 10, 15, 22):
        item = news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",)))
    news.attach(item, "Ảnh.png", b"\x89PNG\r\n\x1a\n ...")
    report = entry.put_narrative(entry.open("nq28_hue", Q4), "highlights", "Phát thanh **đều** đặn.")
    entry.explain(report, "enough_news", "đã đủ")
    return ledger


def test_the_bytes_are_the_same(filled):
    twin = FakeLedger(filled.state.office)
    twin.state = copy.deepcopy(filled.state)
    _, approval, _ = office(filled)
    approval.hand_over("nq28_hue", Q4, CLERK, HEAD.person)
    _, later = approval.approve("nq28_hue", Q4, HEAD)
    _, _, sealing = office(twin)
    _, at_once = sealing.seal("nq28_hue", Q4, (CLERK, HEAD))
    assert later == at_once


def test_what_is_approved_is_what_was_handed_over(filled):
    """The head's seal is over the preparer's very bytes, and the report in the ledger is what the package says."""
    ledger, approval, _ = office(filled)
    approval.hand_over("nq28_hue", Q4, CLERK, HEAD.person)
    (waiting,) = ledger.state.pending.values()
    report, sealed = approval.approve("nq28_hue", Q4, HEAD)
    assert (sealed.digest, sealed.digits) == (waiting.prepared.digest, waiting.prepared.digits)
    codec = PackageCodec()
    opened = codec.read(sealed.raw, register())
    assert [seal.keyid for seal in opened.seals] == sorted([CLERK.keyid, HEAD.keyid])
    assert codec.report(opened, report.form) == report
    assert [*codec.evidence(sealed.raw).values()] == [b"\x89PNG\r\n\x1a\n ..."]
    assert ledger.state.pending == {}


def test_a_waiting_package_that_somebody_touched_is_not_sealed(filled):
    """The bytes in the ledger were changed behind the program's back: the preparer's seal does not fit them."""
    ledger, approval, _ = office(filled)
    approval.hand_over("nq28_hue", Q4, CLERK, HEAD.person)
    ((key, waiting),) = ledger.state.pending.items()
    prepared = waiting.prepared
    members = {**prepared.members, "payload.json": prepared.members["payload.json"].replace(b'"4"', b'"9"')}
    for changed in (
        replace(prepared, members=members),
        replace(prepared, to_sign=prepared.to_sign.replace(b"2025-Q4", b"2025-Q3")),
    ):
        ledger.state.pending[key] = replace(waiting, prepared=changed)
        with pytest.raises(PackageRefused):
            approval.approve("nq28_hue", Q4, HEAD)
        assert ledger.state.reports[key].state is ReportState.CHECKED
        assert ledger.state.sent == []


def test_an_approved_correction_names_its_predecessor(filled):
    ledger, approval, _ = office(filled)
    approval.hand_over("nq28_hue", Q4, CLERK, HEAD.person)
    _, first = approval.approve("nq28_hue", Q4, HEAD)
    entry = Entry(ledger.begin, CATALOGUE, clock)
    entry.reopen("nq28_hue", Q4)
    entry.put_cell(entry.open("nq28_hue", Q4), "news_airings", replace(given(4), note="đã nghe lại"))
    approval.hand_over("nq28_hue", Q4, CLERK, HEAD.person, "ghi chú")
    report, second = approval.approve("nq28_hue", Q4, HEAD)
    opened = PackageCodec().read(second.raw, register())
    assert (opened.revision, opened.supersedes, opened.seq) == (2, first.digest, 2)
    assert (report.changes, report.cell("news_airings").note) == ((), "đã nghe lại")
