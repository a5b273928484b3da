"""Every form of every shipped pack, filled, is a report that prints: for a unit of each role, and for the office above."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pypdfium2
import pytest
from docx import Document as WordDocument

from exports import docx, lint, pdf, xlsx
from exports.reports import ReportTexts, build, form_sheet
from forms.exchange.statements import Head
from forms.model.count import Role
from forms.model.form import Form
from forms.model.office import Office
from forms.model.org_unit import OrgUnit
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.programmes.catalogue import load_all
from forms.programmes.programme import Programme
from forms.services.practice import filled
from forms.services.received_reports import UnitWords
from forms.services.summary import Status, Summary, contributions
from forms.summary.totals import results, sums
from tests.exports.plain_document import as_text

PERIODS = {PeriodKind.YEAR: "", PeriodKind.QUARTER: "-Q4", PeriodKind.MONTH: "-05"}  # after the year
PAPER = ReportTexts(above="Tỉnh Hà Tĩnh", year=2026, digits="12345 67890 12345 67890 12345 67890", audit_head="ab" * 32)
CASES = [
    (programme, form, role)
    for programme in load_all().newest
    for form in programme.forms
    for role in Role
    if form.cells_for(role) or form.tasks
]


def named(case: object) -> str:
    return str(getattr(case, "id", case))


def report_of(form: Form, role: Role, unit: OrgUnit) -> Report:
    year = min(2025, load_all().programme(form.programme).last_year)
    period = Period.parse(form.span or f"{year}{PERIODS[form.period_kind]}")
    content = filled(form, role, period, unit.key.code)
    report = Report(form, unit.key, role, period, as_of=content.as_of, cells=content.cells, tasks=content.tasks)
    report = report.with_nominations(content.nominations)
    for id, text in content.narratives.items():
        report = report.with_narrative(id, f"{text}\n- **Một** việc\n- Hai")
    return report


def summary_of(programme: Programme, form: Form, role: Role, communes: tuple[OrgUnit, ...]) -> Summary:
    """Of a unit its own report; of a summing office that of six communes, one of which is missing."""
    own = report_of(form, role, communes[0])
    office = Office(own.unit, communes[0].full_name, role is Role.SUMMING, "42")
    below = communes[1:7] if role is Role.SUMMING else ()
    heads = {unit.key: head_of(form, unit) for unit in below[1:]}
    status = Status(office, form, own.period, below, heads, date(2026, 1, 31))
    added = contributions(status, own)
    sent = {unit.key: report_of(form, Role.REPORTING, unit) for unit in below[1:]}
    told = {unit: UnitWords(report.tasks, report.nominations) for unit, report in sent.items()}
    return Summary(programme, status, own, sums(added), results(added, own.period.year), told)


def head_of(form: Form, unit: OrgUnit) -> Head:
    sent = datetime(2026, 1, 5, tzinfo=UTC)
    return Head(unit.key, "ab" * 32, 1, sent, sent, report_of(form, Role.REPORTING, unit).cells, True)


@pytest.mark.parametrize(("programme", "form", "role"), CASES, ids=named)
def test_it_is_composed_and_tells_every_part(programme, form, role, communes):
    summary = summary_of(programme, form, role, communes)
    text = as_text(build(summary, PAPER))
    for task in form.tasks.values():
        assert task.title in text
    for nomination in summary.own.nominations:
        assert nomination.name in text
    for result in () if form.has_news else summary.results:
        assert result.indicator.title in text
    if role is Role.SUMMING and form.tasks:
        assert all(f"{unit.full_name} | Hoàn thành" in text for unit in communes[2:7])
    assert text.count("Số liệu thử") >= len(form.narratives)


@pytest.mark.parametrize(("programme", "form", "role"), CASES, ids=named)
def test_where_a_row_is_sensitive_report_and_sheet_say_who_may_read_them(programme, form, role, communes):
    """An indicator or a mere count, as the cases of violence of Lạng Sơn's directive; the public version keeps back."""
    summary, mark = summary_of(programme, form, role, communes), "LƯU HÀNH NỘI BỘ"
    is_sensitive = any(row.sensitive for section in form.sections for row in section.rows)
    assert build(summary, PAPER).circulation == (mark if is_sensitive else "")
    assert build(summary, replace(PAPER, public=True)).circulation == ""
    sheet = form_sheet(summary, PAPER)
    assert (sheet.blocks[0].mark == mark) == (sheet.circulation == mark) == is_sensitive


@pytest.mark.slow
@pytest.mark.parametrize(("programme", "form", "role"), CASES, ids=named)
def test_pdf_word_and_excel_are_made_and_keep_to_the_decree(programme, form, role, communes):
    document = build(summary_of(programme, form, role, communes), PAPER)
    made, word = pdf.write(document), docx.write(document)
    assert [fault for data in (made, word) for fault in lint.measure(data)] == []
    assert len(pypdfium2.PdfDocument(made)) >= 2
    assert WordDocument(BytesIO(word)).paragraphs
    assert xlsx.write(document)[:2] == b"PK"


@pytest.mark.parametrize(("programme", "form", "role"), [case for case in CASES if case[1].counts], ids=named)
def test_its_sheet_has_every_row_and_those_who_sign(programme, form, role, communes):
    text = as_text(form_sheet(summary_of(programme, form, role, communes), PAPER))
    for section in form.sections:
        for count in section.counts:
            assert count.title in text or role not in count.filled_by
    assert "Người kiểm tra" in text or "NGƯỜI KIỂM TRA" in text


@pytest.mark.slow
@pytest.mark.parametrize("write", [pdf.write, docx.write])
@pytest.mark.parametrize("id", ["qd2351_hatinh", "nq28_hue"])
def test_a_sheet_keeps_to_the_decree(id, write, communes):
    """A year and a span of ten."""
    programme = load_all().programme(id)
    form = next(form for form in programme.forms if form.span or form.period_kind is PeriodKind.YEAR)
    sheet = form_sheet(summary_of(programme, form, Role.SUMMING, communes), PAPER)
    assert lint.measure(write(sheet)) == ()
