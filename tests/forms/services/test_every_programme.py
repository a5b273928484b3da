"""Each of the five documents: somebody who must report on it opens the form, fills it, and both persons seal it."""

from __future__ import annotations

from datetime import date

import pytest

from forms.model.office import Office
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import ReportState
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import Catalogue
from forms.services.entry import Entry
from forms.services.practice import filled
from forms.services.sealing import Press, Sealing
from forms.services.summary import Summaries
from tests.fakes import FakeCodec, FakeLedger, clock, ids

FOUNDED, MERGED = date(2015, 1, 1), date(2025, 7, 1)
REPORTERS = [
    ("qd2351_hatinh", "2011..2020", "Sở Y tế tỉnh Hà Tĩnh", "agency", FOUNDED),
    ("qd2351_hatinh", "2011..2020", "Sở Giáo dục và Đào tạo tỉnh Hà Tĩnh", "agency", FOUNDED),
    ("nq28_hue", "2025", "Phường Phú Xuân", "ward", MERGED),
    ("nq28_hue", "2025", "Sở Nội vụ thành phố Huế", "agency", FOUNDED),
    ("nq28_hue", "2025-Q4", "Xã Bình Điền", "commune", MERGED),
    ("nq28_hue", "2021..2022", "Sở Tư pháp tỉnh Thừa Thiên Huế", "agency", FOUNDED),
    ("nq28_hue", "2021..2025", "Phường Phú Xuân", "ward", MERGED),
    ("bvstbpn_hatinh", "2019", "Sở Lao động - Thương binh và Xã hội tỉnh Hà Tĩnh", "agency", FOUNDED),
    ("ct21_langson", "2025", "Công an tỉnh Lạng Sơn", "agency", FOUNDED),
    ("ct21_langson", "2025", "Xã Thất Khê", "commune", MERGED),
    ("qd2282_hungyen", "2025", "Sở Y tế tỉnh Hưng Yên", "agency", FOUNDED),
    ("qd2282_hungyen", "2025", "Xã Ân Thi", "commune", MERGED),
    ("qd2282", "2025", "Sở Y tế tỉnh Cà Mau", "agency", FOUNDED),
    ("qd1790", "2025", "Xã Ân Thi", "commune", MERGED),
]


@pytest.mark.parametrize(("programme", "label", "name", "kind", "since"), REPORTERS)
def test_a_report_on_every_document_is_filled_and_sealed(
    catalogue: Catalogue, programme: str, label: str, name: str, kind: str, since: date
) -> None:
    ledger = FakeLedger(Office(UnitKey("19804", since), name, parent="46", programme=programme, kind=kind))
    entry = Entry(ledger.begin, catalogue, clock)
    figures = Summaries(ledger.begin, catalogue, OrgUnits.of([]), FakeCodec()).figures_in
    sealing = Sealing(ledger.begin, Press(catalogue, FakeCodec(), clock, ids(), "1.0.0", figures))
    blank = entry.open(programme, Period.parse(label))
    assert blank.expected_cells or blank.form.tasks
    entry.take(filled(blank.form, blank.role, blank.period))
    report, _ = sealing.seal(programme, blank.period, ledger.signers())
    assert report.state is ReportState.SEALED
    assert set(report.cells) >= report.required_cells
