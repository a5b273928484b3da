"""What was issued, exactly as it was: added once, read again, never changed but for what the clerk fills in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from forms.exchange.publication import Issue, IssueDetails, Publication, PublishedFigure, Snapshot, UnitSource
from forms.exchange.statements import ReportKey
from forms.model.org_unit import UnitKey
from forms.model.period import Basis
from storage import encoding
from storage.tables import publication, publication_filled, publication_source

_HEADS = select(*(column for column in publication.c if column.name not in ("document", "sums", "results", "texts")))


class SqlPublications:
    """Implements forms.ports.PublicationStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, made: Publication) -> None:
        issue, state = made.issue, made.snapshot
        row = issue.key._asdict() | {
            "id": issue.id,
            "basis": issue.key.basis.value,
            "programme_version": issue.programme_version,
            "programme_sha256": issue.programme_sha256,
            "is_public": int(issue.is_public),
            "digits": issue.digits,
            "audit_head": issue.audit_head,
            "sums": _figures_to_json(state.sums),
            "results": _figures_to_json(state.results),
            "texts": encoding.to_json(dict(state.texts)),
            "withheld": encoding.to_json(sorted(made.withheld)),
            "document": made.document,
            "document_sha256": issue.document_sha256,
            "at": issue.at.isoformat(),
            "person": issue.person,
        }
        number = self._connection.execute(insert(publication).values(row).returning(publication.c.number)).scalar_one()
        rows = [_source_row(number, place, source) for place, source in enumerate((state.own, *state.sources))]
        self._connection.execute(insert(publication_source), rows)

    def all(self) -> tuple[Issue, ...]:
        """The newest first."""
        rows = self._connection.execute(_HEADS.order_by(publication.c.number.desc())).all()
        return tuple(_issue(row, self._filled(row.number)) for row in rows)

    def get(self, id: str) -> Publication | None:
        row = self._connection.execute(select(publication).where(publication.c.id == id)).one_or_none()
        if row is None:
            return None
        mine = select(publication_source).where(publication_source.c.publication == row.number)
        own, *sources = [_source(one) for one in self._connection.execute(mine.order_by(publication_source.c.place))]
        figures = (_figures_from_json(row.sums), _figures_from_json(row.results))
        state = Snapshot(own, tuple(sources), *figures, json.loads(row.texts))
        return Publication(
            _issue(row, self._filled(row.number)), state, frozenset(json.loads(row.withheld)), row.document
        )

    def fill(self, id: str, fields: Mapping[str, str], reason: str, at: datetime, person: str) -> None:
        number = self._connection.execute(select(publication.c.number).where(publication.c.id == id)).scalar_one()
        same = {"publication": number, "reason": reason, "at": at.isoformat(), "person": person}
        rows = [same | {"field": name, "value": value} for name, value in fields.items()]
        self._connection.execute(insert(publication_filled), rows)

    def _filled(self, number: int) -> IssueDetails:
        mine = select(publication_filled).where(publication_filled.c.publication == number)
        rows = self._connection.execute(mine.order_by(publication_filled.c.number))
        said = {row.field: row.value for row in rows}
        day = said.get("issued")
        return IssueDetails(said.get("number", ""), date.fromisoformat(day) if day else None, said.get("signer", ""))


def _issue(row: Any, filled: IssueDetails) -> Issue:
    return Issue(
        row.id,
        ReportKey(row.programme, row.form, row.period, Basis(row.basis)),
        row.programme_version,
        row.programme_sha256,
        bool(row.is_public),
        row.digits,
        row.audit_head,
        row.document_sha256,
        encoding.moment(row.at),
        row.person,
        filled,
    )


def _source_row(number: int, place: int, source: UnitSource) -> dict[str, Any]:
    return {
        "publication": number,
        "place": place,
        "unit_code": source.unit.code,
        "unit_from": source.unit.valid_from.isoformat(),
        "unit_name": source.name,
        "revision": source.revision,
        "digest": source.digest,
        "cells": encoding.cells_to_json(source.cells),
    }


def _source(row: Any) -> UnitSource:
    unit = UnitKey(row.unit_code, date.fromisoformat(row.unit_from))
    return UnitSource(unit, row.unit_name, row.revision, row.digest, encoding.cells_from_json(row.cells))


def _figures_to_json(figures: Mapping[str, PublishedFigure]) -> str:
    return encoding.to_json({name: astuple(figure) for name, figure in figures.items()})


def _figures_from_json(text: str) -> dict[str, PublishedFigure]:
    return {name: PublishedFigure(*parts) for name, parts in json.loads(text).items()}
