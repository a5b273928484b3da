"""Every form of every shipped pack, filled whole, goes through a package and comes out the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from exports.package.codec import PackageCodec
from exports.package.payload import MAX_NARRATIVE
from forms.exchange.statements import Envelope
from forms.model.count import Role
from forms.model.form import Form
from forms.model.period import Period, PeriodKind
from forms.model.report import Report, ReportState
from forms.programmes.catalogue import load_all
from forms.services.practice import filled
from forms.services.sealing import sealed_by
from tests.exports.package.parts import CLERK, HEAD, UNIT, register

CODEC = PackageCodec()
PERIODS = {PeriodKind.YEAR: "2025", PeriodKind.QUARTER: "2025-Q4", PeriodKind.MONTH: "2019-05"}
FORMS = [form for programme in load_all().programmes for form in programme.forms]
ENVELOPE = Envelope("0f" * 16, UNIT.name, 3, "cd" * 32, 41, datetime(2026, 1, 5, tzinfo=UTC), "0.1.0", practice=False)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.programme}.v{form.programme_version}-{form.id}")
def test_a_whole_report_comes_out_as_it_went_in(form: Form) -> None:
    for role in (role for role in Role if form.cells_for(role) or form.tasks):
        report = whole(form, role)
        prepared = CODEC.prepare(report, ENVELOPE, [CLERK.person, HEAD.person], {})
        opened = CODEC.read(sealed_by(CODEC, prepared, (CLERK, HEAD)).raw, register())
        found = CODEC.report(opened, form)
        assert (found.cells, found.narratives, found.tasks) == (report.cells, report.narratives, report.tasks)
        assert (found.nominations, found.explanations) == (report.nominations, report.explanations)
        assert found.state is ReportState.SEALED


def test_no_text_is_longer_than_a_package_holds() -> None:
    assert max(spec.limit for form in FORMS for spec in form.narratives) == MAX_NARRATIVE


def whole(form: Form, role: Role) -> Report:
    period = Period.parse(form.span or PERIODS[form.period_kind])
    content = filled(form, role, period)
    report = Report(form, UNIT.key, role, period, as_of=content.as_of, cells=content.cells)
    for id, text in content.narratives.items():
        report = report.with_narrative(id, text)
    for task in content.tasks:
        report = report.with_task(task)
    for check, reason in content.explanations.items():
        report = report.explained(check, reason)
    return report.with_nominations(content.nominations)
