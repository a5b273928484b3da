"""The news ledger (sổ tin, bài) of our own unit."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from forms.news import NewsItem
from forms.periods import Period
from storage import encoding
from storage.tables import news


class SqlNews:
    """Implements forms.ports.NewsStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def within(self, period: Period) -> tuple[NewsItem, ...]:
        """By date, then id: the order in which items are listed everywhere."""
        window = news.c.date.between(period.first.isoformat(), period.last.isoformat())
        rows = self._connection.execute(select(news).where(window).order_by(news.c.date, news.c.id))
        return tuple(encoding.news_from_row(row._asdict()) for row in rows)

    def get(self, id: str) -> NewsItem | None:
        row = self._connection.execute(select(news).where(news.c.id == id)).one_or_none()
        return encoding.news_from_row(row._asdict()) if row else None

    def put(self, item: NewsItem) -> None:
        row = encoding.news_to_row(item)
        statement = insert(news).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))

    def delete(self, id: str) -> None:
        self._connection.execute(delete(news).where(news.c.id == id))
