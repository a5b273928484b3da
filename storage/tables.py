"""The tables of the ledger, schema version 1. STRICT, with CHECKs; amounts and dates are text, never floats.

A new ledger is made from here; an older one is brought here by storage/migrations. A test holds the two together:
both ways must end in the very same schema.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData()

MERGED_SQL = "arrival IN ('new', 'correction')"
_CELL_STATES = "('given', 'blank', 'none', 'not_applicable', 'not_collected')"
_ROLES = "('preparer', 'head_of_unit', 'sole_officer')"


def _column(name: str, kind: type[TypeEngine[Any]] = Text) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _report_key() -> tuple[Column[Any], ...]:
    return tuple(_column(name) for name in ("programme", "form", "period", "basis"))


def _flag(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_is_flag")


def _json(name: str) -> CheckConstraint:
    return CheckConstraint(f"json_valid({name})", name=f"{name}_is_json")


office = Table(
    "office",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _column("unit_code"),
    _column("unit_from"),
    _column("name"),
    _column("collates", Integer),
    Column("parent", Text),
    _column("programme"),
    _column("practice", Integer),
    CheckConstraint("id = 1", name="only_one"),
    _flag("collates"),
    _flag("practice"),
    sqlite_strict=True,
)

setting = Table("setting", metadata, Column("name", Text, primary_key=True), _column("value"), sqlite_strict=True)

person = Table(
    "person",
    metadata,
    Column("keyid", Text, primary_key=True),
    _column("public_key", LargeBinary),
    _column("name"),
    _column("title"),
    _column("role"),
    CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
    CheckConstraint(f"role IN {_ROLES}", name="role_is_known"),
    sqlite_strict=True,
)

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    *_report_key(),
    _column("unit_code"),
    _column("unit_from"),
    _column("role"),
    _column("programme_version", Integer),
    _column("programme_sha256"),
    _column("form_version", Integer),
    Column("as_of", Text),
    _column("estimate", Integer),
    _column("state"),
    _column("revision", Integer),
    Column("supersedes", Text),
    _column("narratives"),
    _column("explanations"),
    _column("tasks"),
    _column("nominations"),
    _column("changes"),
    Column("sealed_news", Text),
    _column("saved_at"),
    UniqueConstraint("programme", "form", "period", "basis", name="one_report_for_each_key"),
    CheckConstraint("revision >= 1", name="revision_counts_from_1"),
    CheckConstraint(
        "state IN ('draft', 'sealed', 'exported', 'accepted', 'returned', 'superseded')", name="state_is_known"
    ),
    CheckConstraint("(state = 'draft') = (sealed_news IS NULL)", name="sealed_keeps_its_news"),
    _flag("estimate"),
    *(_json(name) for name in ("narratives", "explanations", "tasks", "nominations", "changes")),
    sqlite_strict=True,
)

report_cell = Table(
    "report_cell",
    metadata,
    Column("report", Integer, ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
    _column("cell"),
    _column("state"),
    Column("amount", Text),
    _column("note"),
    PrimaryKeyConstraint("report", "cell"),
    CheckConstraint(f"state IN {_CELL_STATES}", name="state_is_known"),
    CheckConstraint("(state = 'given') = (amount IS NOT NULL)", name="given_has_amount"),
    CheckConstraint("amount IS NULL OR amount GLOB '[0-9-]*'", name="amount_is_a_number"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

news = Table(
    "news",
    metadata,
    Column("id", Text, primary_key=True),
    _column("date"),
    _column("title"),
    _column("kind"),
    _column("channels"),
    _column("origin"),
    _column("language"),
    Column("minutes", Integer),
    Column("words", Integer),
    _column("airings", Integer),
    _column("topic"),
    _column("author"),
    _column("evidence"),
    _column("counted", Integer),
    _column("reason"),
    CheckConstraint("date GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'", name="date_is_iso"),
    CheckConstraint("kind IN ('brief', 'feature', 'slot', 'other')", name="kind_is_known"),
    CheckConstraint("origin IN ('own', 'relayed')", name="origin_is_known"),
    CheckConstraint("airings >= 0", name="airings_not_negative"),
    _flag("counted"),
    _json("channels"),
    Index("news_by_date", "date"),
    sqlite_strict=True,
)

sent = Table(
    "sent",
    metadata,
    Column("digest", Text, primary_key=True),
    _column("digits"),
    *_report_key(),
    _column("revision", Integer),
    _column("seq", Integer),
    _column("at"),
    _column("raw", LargeBinary),
    UniqueConstraint("programme", "form", "period", "basis", "revision", name="one_package_for_each_revision"),
    sqlite_strict=True,
)

sent_key = Table(
    "sent_key",
    metadata,
    _column("keyid"),
    _column("seq", Integer),
    Column("digest", Text, ForeignKey("sent.digest"), nullable=False),
    PrimaryKeyConstraint("keyid", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

batch = Table(
    "batch",
    metadata,
    Column("number", Integer, primary_key=True),
    _column("id"),
    _column("at"),
    _column("person"),
    UniqueConstraint("id", name="batch_id_once"),
    sqlite_strict=True,
)

package = Table(
    "package",
    metadata,
    Column("number", Integer, primary_key=True),
    _column("digest"),
    Column("batch", Text, ForeignKey("batch.id"), nullable=False),
    _column("arrival"),
    _column("code"),
    _column("unit_code"),
    _column("unit_from"),
    _column("unit_name"),
    *_report_key(),
    _column("programme_version", Integer),
    _column("programme_sha256"),
    _column("form_version", Integer),
    _column("revision", Integer),
    Column("supersedes", Text),
    _column("seq", Integer),
    _column("practice", Integer),
    _column("seals"),
    _column("app_version"),
    _column("cells"),
    _column("news_listed", Integer),
    UniqueConstraint("digest", "batch", name="once_in_a_batch"),
    CheckConstraint("arrival IN ('new', 'correction', 'conflict', 'parked', 'quarantined')", name="arrival_is_kept"),
    CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    _flag("practice"),
    _flag("news_listed"),
    _json("cells"),
    _json("seals"),
    # One revision of a unit's report is accepted once, whatever stick it came on.
    Index(
        "accepted_once",
        *("programme", "form", "period", "basis", "unit_code", "unit_from", "revision"),
        unique=True,
        sqlite_where=text(MERGED_SQL),
        postgresql_where=text(MERGED_SQL),
    ),
    Index("package_by_batch", "batch"),
    Index("package_by_predecessor", "supersedes"),
    sqlite_strict=True,
)

# The bytes stand apart from the figures, so that adding up never walks through them.
package_bytes = Table(
    "package_bytes",
    metadata,
    Column("digest", Text, primary_key=True),
    _column("raw", LargeBinary),
    sqlite_strict=True,
)

enrolled_key = Table(
    "enrolled_key",
    metadata,
    Column("keyid", Text, primary_key=True),
    _column("public_key", LargeBinary),
    _column("unit_code"),
    _column("unit_from"),
    _column("unit_name"),
    _column("person"),
    _column("title"),
    _column("role"),
    _column("enrolled_at"),
    Column("revoked_at", Text),
    CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
    CheckConstraint(f"role IN {_ROLES}", name="role_is_known"),
    sqlite_strict=True,
)

org_unit = Table(
    "org_unit",
    metadata,
    _column("code"),
    _column("valid_from"),
    _column("name"),
    _column("full_name"),
    _column("kind"),
    Column("parent", Text),
    Column("valid_to", Text),
    PrimaryKeyConstraint("code", "valid_from"),
    sqlite_strict=True,
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _column("event"),
    _column("hash"),
    CheckConstraint("number >= 1", name="numbered_from_1"),
    CheckConstraint("length(hash) = 64", name="hash_is_sha256"),
    _json("event"),
    sqlite_strict=True,
)

# Exactly as Alembic makes it, so that its tools work on a ledger made here.
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
