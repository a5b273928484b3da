"""The news ledger (sổ tin, bài) of our own unit, and the files that its items are shown by (minh chứng): each content once, by
its SHA-256."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects.sqlite import insert

from forms.model.news_item import Evidence, NewsItem
from forms.model.period import Period
from storage import encoding
from storage.tables import evidence, news

# A file is named by the items of the ledger and by the lists that were frozen into sealed reports.
_NAMED = text(
    "SELECT json_extract(file.value, '$.digest') FROM news, json_each(news.files) AS file UNION "
    "SELECT json_extract(file.value, '$.digest') FROM report, json_each(report.sealed_news) AS item, "
    "json_each(json_extract(item.value, '$.files')) AS file WHERE report.sealed_news IS NOT NULL"
)


class SqlNews:
    """Implements forms.ports.NewsStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._reads_ahead = False
        self._all: list[NewsItem] | None = None

    def read_ahead(self) -> None:
        """From now on all items are read at once, until one is written."""
        self._reads_ahead = True

    def within(self, period: Period) -> tuple[NewsItem, ...]:
        """By date, then id: the order in which items are listed everywhere."""
        query = select(news).order_by(news.c.date, news.c.id)
        if not self._reads_ahead:
            window = news.c.date.between(period.first.isoformat(), period.last.isoformat())
            return tuple(encoding.news_from_row(row._asdict()) for row in self._connection.execute(query.where(window)))
        if self._all is None:
            self._all = [encoding.news_from_row(row._asdict()) for row in self._connection.execute(query)]
        first = bisect_left(self._all, period.first, key=lambda item: item.date)
        return tuple(self._all[first : bisect_right(self._all, period.last, key=lambda item: item.date)])

    def get(self, id: str) -> NewsItem | None:
        row = self._connection.execute(select(news).where(news.c.id == id)).one_or_none()
        return encoding.news_from_row(row._asdict()) if row else None

    def put(self, item: NewsItem) -> None:
        self._reads_ahead, self._all = False, None
        row = encoding.news_to_row(item)
        statement = insert(news).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))

    def delete(self, id: str) -> None:
        self._reads_ahead, self._all = False, None
        self._connection.execute(delete(news).where(news.c.id == id))

    def put_file(self, file: Evidence, data: bytes) -> None:
        row = {"digest": file.digest, "size": file.size, "raw": data}
        self._connection.execute(insert(evidence).on_conflict_do_nothing(), row)

    def file(self, digest: str) -> bytes | None:
        query = select(evidence.c.raw).where(evidence.c.digest == digest)
        return self._connection.execute(query).scalar_one_or_none()

    def sweep_files(self) -> None:
        """Forget the files that no item names any more."""
        named = {row[0] for row in self._connection.execute(_NAMED)}
        for digest in self._connection.execute(select(evidence.c.digest)).scalars().all():
            if digest not in named:
                self._connection.execute(delete(evidence).where(evidence.c.digest == digest))
