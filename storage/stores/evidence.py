"""The files that news items are shown by (minh chứng): each content once, by its SHA-256."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects.sqlite import insert

from forms.news import Evidence
from storage.tables import evidence

# A file is named by the items of the ledger and by the lists that were frozen into sealed reports.
_NAMED = text(
    "SELECT json_extract(file.value, '$.digest') FROM news, json_each(news.files) AS file UNION "
    "SELECT json_extract(file.value, '$.digest') FROM report, json_each(report.sealed_news) AS item, "
    "json_each(json_extract(item.value, '$.files')) AS file WHERE report.sealed_news IS NOT NULL"
)


class SqlEvidence:
    """Implements forms.ports.EvidenceStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, file: Evidence, data: bytes) -> None:
        row = {"digest": file.digest, "size": file.size, "raw": data}
        self._connection.execute(insert(evidence).on_conflict_do_nothing(), row)

    def get(self, digest: str) -> bytes | None:
        query = select(evidence.c.raw).where(evidence.c.digest == digest)
        return self._connection.execute(query).scalar_one_or_none()

    def sweep(self) -> None:
        """Forget the files that no item names any more."""
        named = {row[0] for row in self._connection.execute(_NAMED)}
        for digest in self._connection.execute(select(evidence.c.digest)).scalars().all():
            if digest not in named:
                self._connection.execute(delete(evidence).where(evidence.c.digest == digest))
