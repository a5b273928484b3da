"""From a period's figures to the official report: `build(summary, paper)` gives the document for any writer."""

from __future__ import annotations

from exports.document import Document
from exports.reports.paper import Paper, paper
from exports.reports.quarter import commune_quarter, summing_quarter
from exports.reports.year import year_report
from forms.services.summary import Summary


def build(summary: Summary, paper: Paper) -> Document:
    """The quarterly news report or the yearly indicator report, as a commune or as a summing office writes it."""
    if not summary.status.form.has_news:
        return year_report(summary, paper)
    return summing_quarter(summary, paper) if summary.status.office.collates else commune_quarter(summary, paper)


__all__ = ["Paper", "build", "paper"]
