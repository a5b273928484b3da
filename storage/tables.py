"""The tables of the ledger: all of them, their columns and the version of the schema.

The tables of our own work, schema version 4. STRICT, with CHECKs; amounts and dates are text, never floats.

A new ledger is made from here; an older one is brought here by storage/migrations. A test
holds the two together: both ways must end in the very same schema.

The tables of an office above: what was received, and the keys it trusts. See tables.py.

The tables of what was issued (schema 3). Rows are added and never changed. See tables.py.

Making the tables of a new ledger: all of them and the file's identity in one transaction; and whether they are all there.

What the tables are made of: text for days, moments and exact amounts, flags as 0 and 1, small lists as JSON.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    text,
)
from sqlalchemy.types import TypeEngine
from sqlcipher3 import dbapi2

from storage.engine import APPLICATION_ID, SCHEMA_VERSION, engine_over

metadata = MetaData()

ROLES = "('preparer', 'head_of_unit', 'sole_officer')"


def column(name: str, kind: type[TypeEngine[Any]] = Text) -> Column[Any]:
    return Column(name, kind, nullable=False)


def report_key() -> tuple[Column[Any], ...]:
    return tuple(column(name) for name in ("programme", "form", "period", "basis"))


def flag(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_is_flag")


def json(name: str) -> CheckConstraint:
    return CheckConstraint(f"json_valid({name})", name=f"{name}_is_json")


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


publication = Table(
    "publication",
    metadata,
    Column("number", Integer, primary_key=True),
    column("id"),
    *report_key(),
    column("programme_version", Integer),
    column("programme_sha256"),
    column("is_public", Integer),
    column("digits"),
    column("audit_head"),
    column("sums"),
    column("results"),
    column("texts"),
    column("withheld"),
    column("document", LargeBinary),
    column("document_sha256"),
    column("at"),
    column("person"),
    UniqueConstraint("id", name="publication_id_once"),
    CheckConstraint("length(document_sha256) = 64", name="digest_is_sha256"),
    flag("is_public"),
    *(json(name) for name in ("sums", "results", "texts", "withheld")),
    sqlite_strict=True,
)

# Place 0 is the office itself.
publication_source = Table(
    "publication_source",
    metadata,
    Column("publication", Integer, ForeignKey("publication.number"), nullable=False, primary_key=True),
    Column("place", Integer, nullable=False, primary_key=True),
    column("unit_code"),
    column("unit_from"),
    column("unit_name"),
    column("revision", Integer),
    column("digest"),
    column("cells"),
    json("cells"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What the clerk filled in; of each field the last line holds.
publication_filled = Table(
    "publication_filled",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("publication", Integer, ForeignKey("publication.number"), nullable=False),
    column("field"),
    column("value"),
    column("reason"),
    column("at"),
    column("person"),
    CheckConstraint("field IN ('number', 'issued', 'signer')", name="field_is_known"),
    Index("filled_by_publication", "publication"),
    sqlite_strict=True,
)


MERGED_SQL = "arrival IN ('new', 'correction')"
OUTSIDE_SQL, PARKED_SQL = f"NOT ({MERGED_SQL})", "arrival = 'parked'"

batch = Table(
    "batch",
    metadata,
    Column("number", Integer, primary_key=True),
    column("id"),
    column("at"),
    column("person"),
    UniqueConstraint("id", name="batch_id_once"),
    sqlite_strict=True,
)

package = Table(
    "package",
    metadata,
    Column("number", Integer, primary_key=True),
    column("digest"),
    Column("batch", Text, ForeignKey("batch.id"), nullable=False),
    column("arrival"),
    column("code"),
    column("unit_code"),
    column("unit_from"),
    column("unit_name"),
    *report_key(),
    column("programme_version", Integer),
    column("programme_sha256"),
    column("form_version", Integer),
    column("revision", Integer),
    Column("supersedes", Text),
    column("seq", Integer),
    column("practice", Integer),
    column("seals"),
    column("app_version"),
    column("cells"),
    column("news_listed", Integer),
    UniqueConstraint("digest", "batch", name="once_in_a_batch"),
    CheckConstraint("arrival IN ('new', 'correction', 'conflict', 'parked', 'quarantined')", name="arrival_is_kept"),
    CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    flag("practice"),
    flag("news_listed"),
    json("cells"),
    json("seals"),
    # One revision of a unit's report is accepted once, whatever stick it came on.
    Index(
        "accepted_once",
        *("programme", "form", "period", "basis", "unit_code", "unit_from", "revision"),
        unique=True,
        sqlite_where=text(MERGED_SQL),
        postgresql_where=text(MERGED_SQL),
    ),
    # Few of many packages: a statement finds them by these only where it says the same words.
    Index(
        "kept_aside",
        *("programme", "form", "period", "basis"),
        sqlite_where=text(OUTSIDE_SQL),
        postgresql_where=text(OUTSIDE_SQL),
    ),
    Index("parked", "digest", sqlite_where=text(PARKED_SQL), postgresql_where=text(PARKED_SQL)),
    Index("package_by_batch", "batch"),
    Index("package_by_predecessor", "supersedes"),
    sqlite_strict=True,
)

# The bytes stand apart from the figures, so that adding up never walks through them.
package_bytes = Table(
    "package_bytes",
    metadata,
    Column("digest", Text, primary_key=True),
    column("raw", LargeBinary),
    sqlite_strict=True,
)

# Bundles of compiling offices: those that came in a batch; without one, those that this office made.
bundle = Table(
    "bundle",
    metadata,
    Column("number", Integer, primary_key=True),
    column("digest"),
    Column("batch", Text, ForeignKey("batch.id", ondelete="CASCADE")),
    column("at"),
    column("unit_code"),
    column("unit_from"),
    column("unit_name"),
    *report_key(),
    column("revision", Integer),
    column("missing"),
    column("originals"),
    CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    json("missing"),
    json("originals"),
    UniqueConstraint("digest", name="bundle_once"),
    Index("bundle_by_report", "programme", "form", "period", "basis"),
    sqlite_strict=True,
)

# The keys in bundles that came. An enrolled key of the same id stands before it.
vouched_key = Table(
    "vouched_key",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("bundle", Text, ForeignKey("bundle.digest", ondelete="CASCADE"), nullable=False),
    column("keyid"),
    column("public_key", LargeBinary),
    column("unit_code"),
    column("unit_from"),
    column("unit_name"),
    column("person"),
    column("title"),
    column("role"),
    column("enrolled_at"),
    CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
    CheckConstraint(f"role IN {ROLES}", name="role_is_known"),
    Index("vouched_by_bundle", "bundle"),
    sqlite_strict=True,
)

enrolled_key = Table(
    "enrolled_key",
    metadata,
    Column("keyid", Text, primary_key=True),
    column("public_key", LargeBinary),
    column("unit_code"),
    column("unit_from"),
    column("unit_name"),
    column("person"),
    column("title"),
    column("role"),
    column("enrolled_at"),
    Column("revoked_at", Text),
    CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
    CheckConstraint(f"role IN {ROLES}", name="role_is_known"),
    sqlite_strict=True,
)


_WORD = re.compile(r"\w+")


def create_schema(connection: dbapi2.Connection) -> None:
    """Schema version SCHEMA_VERSION in an empty file; the same that the migrations lead to."""
    with engine_over(connection).begin() as transaction:
        metadata.create_all(transaction, checkfirst=False)
        transaction.execute(insert(alembic_version).values(version_num=f"{SCHEMA_VERSION:04d}"))
        transaction.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        transaction.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def is_complete(connection: dbapi2.Connection) -> bool:
    """Whether every table and index of this program is there, every column in it, and nothing that acts by itself."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    made = {name: sql or "" for kind, name, sql in rows if kind in ("table", "index")}
    for table in metadata.tables.values():
        words = set(_WORD.findall(made.get(table.name, "")))
        if not words >= {column.name for column in table.columns}:
            return False
        if not all(index.name in made for index in table.indexes):
            return False
    return all(kind in ("table", "index") for kind, _, _ in rows)
