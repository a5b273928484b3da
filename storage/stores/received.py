"""What units below sent: figures for adding up, the exact bytes beside them, a batch for every act of receiving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import batched
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, insert, or_, select, text
from sqlalchemy.dialects.sqlite import insert as insert_or

from forms.errors import StorageError
from forms.exchange import Arrival, Head, Link, Received, ReportKey
from forms.report import UnitKey
from storage import encoding
from storage.tables import MERGED_SQL, batch, package, package_bytes

# SQLite takes at most 32766 parameters in a statement; a few hundred is as fast.
_AT_ONCE = 500
_MERGED = text(MERGED_SQL)
_KEY = ("programme", "form", "period", "basis")
_OF_KEY = and_(*(package.c[name] == bindparam(f"of_{name}") for name in _KEY))
