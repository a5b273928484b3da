"""The tables of our own work, schema version 4. STRICT, with CHECKs; amounts and dates are text, never floats.

A new ledger is made from here, received_tables.py and publication_tables.py; an older one is brought here by storage/migrations. A test
holds the two together: both ways must end in the very same schema.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import ROLES, column, flag, json, metadata, report_key

_CELL_STATES = "('given', 'blank', 'none', 'not_applicable', 'not_collected')"

office = Table(
    "office",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    column("unit_code"),
    column("unit_from"),
    column("name"),
    column("collates", Integer),
    Column("parent", Text),
    column("programme"),
    column("practice", Integer),
    column("kind"),
    CheckConstraint("id = 1", name="only_one"),
    flag("collates"),
    flag("practice"),
    sqlite_strict=True,
)

setting = Table("setting", metadata, Column("name", Text, primary_key=True), column("value"), sqlite_strict=True)

person = Table(
    "person",
    metadata,
    Column("keyid", Text, primary_key=True),
    column("public_key", LargeBinary),
    column("name"),
    column("title"),
    column("role"),
    CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
    CheckConstraint(f"role IN {ROLES}", name="role_is_known"),
    sqlite_strict=True,
)

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    *report_key(),
    column("unit_code"),
    column("unit_from"),
    column("role"),
    column("programme_version", Integer),
    column("programme_sha256"),
    column("form_version", Integer),
    Column("as_of", Text),
    column("estimate", Integer),
    column("state"),
    column("revision", Integer),
    Column("supersedes", Text),
    column("narratives"),
    column("explanations"),
    column("tasks"),
    column("nominations"),
    column("changes"),
    Column("sealed_news", Text),
    column("saved_at"),
    UniqueConstraint("programme", "form", "period", "basis", name="one_report_for_each_key"),
    CheckConstraint("revision >= 1", name="revision_counts_from_1"),
    CheckConstraint(
        "state IN ('draft', 'checked', 'sealed', 'exported', 'accepted', 'returned', 'superseded')",
        name="state_is_known",
    ),
    CheckConstraint("(state = 'draft') = (sealed_news IS NULL)", name="sealed_keeps_its_news"),
    flag("estimate"),
    *(json(name) for name in ("narratives", "explanations", "tasks", "nominations", "changes")),
    sqlite_strict=True,
)

report_cell = Table(
    "report_cell",
    metadata,
    Column("report", Integer, ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
    column("cell"),
    column("state"),
    Column("amount", Text),
    column("note"),
    column("flagged", Integer),
    column("carried", Integer),
    PrimaryKeyConstraint("report", "cell"),
    CheckConstraint(f"state IN {_CELL_STATES}", name="state_is_known"),
    CheckConstraint("(state = 'given') = (amount IS NOT NULL)", name="given_has_amount"),
    CheckConstraint("amount IS NULL OR amount GLOB '[0-9-]*'", name="amount_is_a_number"),
    flag("flagged"),
    flag("carried"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

news = Table(
    "news",
    metadata,
    Column("id", Text, primary_key=True),
    column("date"),
    column("title"),
    column("kind"),
    column("channels"),
    column("origin"),
    column("language"),
    Column("minutes", Integer),
    Column("words", Integer),
    column("airings", Integer),
    column("topic"),
    column("author"),
    column("evidence"),
    column("counted", Integer),
    column("reason"),
    column("files"),
    CheckConstraint("date GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'", name="date_is_iso"),
    CheckConstraint("kind IN ('brief', 'feature', 'slot', 'other')", name="kind_is_known"),
    CheckConstraint("origin IN ('own', 'relayed')", name="origin_is_known"),
    CheckConstraint("airings >= 0", name="airings_not_negative"),
    flag("counted"),
    json("channels"),
    json("files"),
    Index("news_by_date", "date"),
    sqlite_strict=True,
)

evidence = Table(
    "evidence",
    metadata,
    Column("digest", Text, primary_key=True),
    column("size", Integer),
    column("raw", LargeBinary),
    CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    CheckConstraint("length(raw) = size", name="size_is_true"),
    sqlite_strict=True,
)

# A package between its two seals: bytes that may not change any more.
pending = Table(
    "pending",
    metadata,
    Column("number", Integer, primary_key=True),
    *report_key(),
    column("digest"),
    column("digits"),
    column("to_sign", LargeBinary),
    column("seq", Integer),
    column("preparer"),
    column("head"),
    column("mark", LargeBinary),
    column("at"),
    UniqueConstraint("programme", "form", "period", "basis", name="one_waits_for_each_key"),
    sqlite_strict=True,
)

pending_member = Table(
    "pending_member",
    metadata,
    Column("pending", Integer, ForeignKey("pending.number", ondelete="CASCADE"), nullable=False),
    column("place", Integer),
    column("name"),
    column("content", LargeBinary),
    PrimaryKeyConstraint("pending", "place"),
    sqlite_strict=True,
)

pack = Table(
    "pack",
    metadata,
    column("id"),
    column("version", Integer),
    column("state"),
    PrimaryKeyConstraint("id", "version"),
    CheckConstraint("state IN ('draft', 'released', 'received')", name="state_is_known"),
    sqlite_strict=True,
)

pack_file = Table(
    "pack_file",
    metadata,
    column("id"),
    column("version", Integer),
    column("name"),
    column("content", LargeBinary),
    PrimaryKeyConstraint("id", "version", "name"),
    ForeignKeyConstraint(["id", "version"], ["pack.id", "pack.version"], ondelete="CASCADE"),
    sqlite_strict=True,
)

sent = Table(
    "sent",
    metadata,
    Column("digest", Text, primary_key=True),
    column("digits"),
    *report_key(),
    column("revision", Integer),
    column("seq", Integer),
    column("at"),
    column("raw", LargeBinary),
    UniqueConstraint("programme", "form", "period", "basis", "revision", name="one_package_for_each_revision"),
    sqlite_strict=True,
)

sent_key = Table(
    "sent_key",
    metadata,
    column("keyid"),
    column("seq", Integer),
    Column("digest", Text, ForeignKey("sent.digest"), nullable=False),
    PrimaryKeyConstraint("keyid", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

org_unit = Table(
    "org_unit",
    metadata,
    column("code"),
    column("valid_from"),
    column("name"),
    column("full_name"),
    column("kind"),
    Column("parent", Text),
    Column("valid_to", Text),
    PrimaryKeyConstraint("code", "valid_from"),
    sqlite_strict=True,
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    column("event"),
    column("hash"),
    CheckConstraint("number >= 1", name="numbered_from_1"),
    CheckConstraint("length(hash) = 64", name="hash_is_sha256"),
    json("event"),
    sqlite_strict=True,
)

# Exactly as Alembic makes it, so that its tools work on a ledger made here.
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
