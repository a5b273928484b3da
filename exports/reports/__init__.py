"""From a period's figures to the official report: `build(summary, paper)` gives the document for any writer."""

from __future__ import annotations

from exports.document import Document
from exports.reports.indicators import form_sheet
from exports.reports.news import own_news, summed_news
from exports.reports.report_texts import ReportTexts, paper, paper_of
from exports.reports.year import year_report
from forms.services.summary import Summary


def build(summary: Summary, paper: ReportTexts) -> Document:
    """The report on news, or that on everything else, as a unit or as a summing office writes it."""
    if not summary.status.form.has_news:
        return year_report(summary, paper)
    return summed_news(summary, paper) if summary.status.office.collates else own_news(summary, paper)


__all__ = ["ReportTexts", "build", "form_sheet", "paper", "paper_of"]
