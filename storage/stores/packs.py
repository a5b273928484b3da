"""Programme packs of this ledger: the files of each version, exactly as they are hashed."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from forms.programmes.pack import Pack, PackState
from storage.tables import pack, pack_file


class SqlPacks:
    """Implements forms.ports.PackStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Pack, ...]:
        """By id, then version."""
        files: dict[tuple[str, int], dict[str, bytes]] = {}
        for row in self._connection.execute(select(pack_file).order_by(pack_file.c.name)):
            files.setdefault((row.id, row.version), {})[row.name] = row.content
        rows = self._connection.execute(select(pack).order_by(pack.c.id, pack.c.version))
        return tuple(Pack(r.id, r.version, files.get((r.id, r.version), {}), PackState(r.state)) for r in rows)

    def put(self, made: Pack) -> None:
        """Insert, or replace the version whole."""
        self.drop(made.id, made.version)
        key = {"id": made.id, "version": made.version}
        self._connection.execute(insert(pack).values(key | {"state": made.state.value}))
        rows = [key | {"name": name, "content": data} for name, data in made.files.items()]
        self._connection.execute(insert(pack_file), rows)

    def drop(self, id: str, version: int) -> None:
        self._connection.execute(delete(pack).where(pack.c.id == id, pack.c.version == version))
