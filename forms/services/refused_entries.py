"""Keeps what was typed and not taken, so that neither another page nor another day forgets it, and nothing is sealed past it.

A name says of what it is: a report (`report_name`), a draft of a programme, the settings. Under it stand the places by where
they are on their screen: a cell, `task:t-1:percent`, `text:results`, `as_of`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple

from forms.errors import AppError
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


class RefusedHere:
    """What waits of one report, kept in the ledger at once. `name`: of which, as above."""

    def __init__(self, refusals: Refusals, name: str, known: Mapping[str, Refused]) -> None:
        self._refusals, self._name = refusals, name
        self.all: dict[str, Refused] = dict(known)

    def text(self, where: str) -> str | None:
        """As it was typed; None where nothing waits."""
        found = self.all.get(where)
        return found.text if found else None

    def keep(self, where: str, refused: Refused) -> None:
        self.all[where] = refused
        with suppress(AppError):  # a disk that takes nothing: it still waits here, while the window is open
            self._refusals.keep(self._name, where, refused)

    def answer(self, where: Iterable[str]) -> bool:
        """Something was taken there, or somebody let go of it; whether anything waited. Raises StorageError."""
        mine = self.all.keys() & set(where)
        if mine:
            self._refusals.answer(self._name, mine)
            for one in mine:
                del self.all[one]
        return bool(mine)


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
