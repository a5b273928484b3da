"""Keeps what was typed and not taken, so that neither another page nor another day forgets it, and nothing is sealed past it.

A name says of what it is: a report (`report_name`), a draft of a programme, the settings. Under it stand the places by where
they are on their screen: a cell, `task:t-1:percent`, `text:results`, `as_of`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple

from forms.exchange.statements import ReportKey
from forms.model.finding import Refused
from forms.model.report import Report
from forms.ports import BeginWork, Work

_KEPT = "refused:"  # a setting for each name


class Refusals:
    """Of one ledger. None of it ever leaves the ledger."""

    def __init__(self, begin: BeginWork) -> None:
        self._begin = begin

    def of(self, name: str) -> dict[str, Refused]:
        with self._begin() as work:
            return refused_in(work, name)

    def keep(self, name: str, where: str, refused: Refused) -> None:
        """In place of what was refused there before."""
        with self._begin() as work:
            _put(work, name, {**refused_in(work, name), where: refused})

    def answer(self, name: str, where: Iterable[str]) -> None:
        """Something was taken there, or somebody let go of it."""
        answered = set(where)
        with self._begin() as work:
            _put(work, name, {at: one for at, one in refused_in(work, name).items() if at not in answered})


def refused_in(work: Work, name: str) -> dict[str, Refused]:
    kept = work.office.setting(f"{_KEPT}{name}")
    return {where: Refused(*parts) for where, parts in json.loads(kept).items()} if kept else {}


def forget_refused(work: Work, name: str) -> None:
    """All of it is answered at once."""
    _put(work, name, {})


def report_name(report: Report) -> str:
    key = ReportKey(report.form.programme, report.form.id, report.period.label, report.period.basis)
    return "/".join(key)


def _put(work: Work, name: str, refused: Mapping[str, Refused]) -> None:
    made = {where: astuple(one) for where, one in refused.items()}
    work.office.set(f"{_KEPT}{name}", json.dumps(made, ensure_ascii=False) if made else None)
