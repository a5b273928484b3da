"""The tables of the ledger, schema version 5, and the making of a new one. STRICT, with CHECKs: text for days, moments and
exact amounts (never floats), flags as 0 and 1, small lists as JSON.

A new ledger is made from here; an older one is brought here by storage/migrations. A test
holds the two together: both ways must end in the very same schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


_KINDS: dict[str, type[TypeEngine[Any]]] = {"": Text, "int": Integer, "bytes": LargeBinary}
KEY = ("programme", "form", "period", "basis")  # which report


def columns(*said: str) -> Iterator[Column[Any]]:
    """Words apart by blanks: a text that must be there (`name`), a whole number (`seq:int`), bytes (`raw:bytes`); with `?` it
    may be NULL."""
    for one in " ".join(said).split():
        name, _, kind = one.removesuffix("?").partition(":")
        yield Column(name, _KINDS[kind], nullable=one.endswith("?"))


def flag(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_is_flag")


def json(name: str) -> CheckConstraint:
    return CheckConstraint(f"json_valid({name})", name=f"{name}_is_json")


_CELL_STATES = "('given', 'blank', 'none', 'not_applicable', 'not_collected')"

office = Table(
    "office",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *columns("unit_code unit_from name collates:int parent? programme practice:int kind"),
    CheckConstraint("id = 1", name="only_one"),
    flag("collates"),
    flag("practice"),
    sqlite_strict=True,
)

setting = Table("setting", metadata, Column("name", Text, primary_key=True), *columns("value"), sqlite_strict=True)

person = Table(
    "person",
    metadata,
    Column("keyid", Text, primary_key=True),
    *columns("public_key:bytes name title role"),
    CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
    CheckConstraint(f"role IN {ROLES}", name="role_is_known"),
    sqlite_strict=True,
)

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    *columns(
        *KEY,
        "unit_code unit_from role programme_version:int programme_sha256 form_version:int as_of?",
        "estimate:int state revision:int supersedes? narratives explanations tasks nominations changes",
        "sealed_news? saved_at",
    ),
    UniqueConstraint(*KEY, name="one_report_for_each_key"),
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
    *columns("cell state amount? note flagged:int carried:int"),
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
    *columns(
        "date title kind channels origin language minutes:int? words:int? airings:int topic author",
        "evidence counted:int reason files",
    ),
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
    *columns("size:int raw:bytes"),
    CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    CheckConstraint("length(raw) = size", name="size_is_true"),
    sqlite_strict=True,
)

# A package between its two seals: bytes that may not change any more.
pending = Table(
    "pending",
    metadata,
    Column("number", Integer, primary_key=True),
    *columns(*KEY, "digest digits to_sign:bytes seq:int preparer head mark:bytes at"),
    UniqueConstraint(*KEY, name="one_waits_for_each_key"),
    sqlite_strict=True,
)

pending_member = Table(
    "pending_member",
    metadata,
    Column("pending", Integer, ForeignKey("pending.number", ondelete="CASCADE"), nullable=False),
    *columns("place:int name content:bytes"),
    PrimaryKeyConstraint("pending", "place"),
    sqlite_strict=True,
)

pack = Table(
    "pack",
    metadata,
    *columns("id version:int state"),
    PrimaryKeyConstraint("id", "version"),
    CheckConstraint("state IN ('draft', 'released', 'received')", name="state_is_known"),
    sqlite_strict=True,
)

pack_file = Table(
    "pack_file",
    metadata,
    *columns("id version:int name content:bytes"),
    PrimaryKeyConstraint("id", "version", "name"),
    ForeignKeyConstraint(["id", "version"], ["pack.id", "pack.version"], ondelete="CASCADE"),
    sqlite_strict=True,
)

sent = Table(
    "sent",
    metadata,
    Column("digest", Text, primary_key=True),
    *columns("digits", *KEY, "revision:int seq:int at raw:bytes"),
    UniqueConstraint(*KEY, "revision", name="one_package_for_each_revision"),
    sqlite_strict=True,
)

sent_key = Table(
    "sent_key",
    metadata,
    *columns("keyid seq:int"),
    Column("digest", Text, ForeignKey("sent.digest"), nullable=False),
    PrimaryKeyConstraint("keyid", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

org_unit = Table(
    "org_unit",
    metadata,
    *columns("code valid_from name full_name kind parent? valid_to?"),
    PrimaryKeyConstraint("code", "valid_from"),
    sqlite_strict=True,
)

# The members of groups (cụm).
group_member = Table(
    "group_member",
    metadata,
    *columns("group_code group_from member"),
    PrimaryKeyConstraint("group_code", "group_from", "member"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *columns("event hash"),
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
    *columns(
        "id",
        *KEY,
        "programme_version:int programme_sha256 is_public:int digits audit_head sums results texts",
        "withheld document:bytes document_sha256 at person",
    ),
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
    *columns("unit_code unit_from unit_name revision:int digest cells"),
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
    *columns("field value reason at person"),
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
    *columns("id at person"),
    UniqueConstraint("id", name="batch_id_once"),
    sqlite_strict=True,
)

package = Table(
    "package",
    metadata,
    Column("number", Integer, primary_key=True),
    *columns("digest"),
    Column("batch", Text, ForeignKey("batch.id"), nullable=False),
    *columns(
        "arrival code unit_code unit_from unit_name",
        *KEY,
        "programme_version:int programme_sha256 form_version:int revision:int supersedes? seq:int",
        "practice:int seals app_version cells news_listed:int",
    ),
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
        *(*KEY, "unit_code", "unit_from", "revision"),
        unique=True,
        sqlite_where=text(MERGED_SQL),
        postgresql_where=text(MERGED_SQL),
    ),
    # Few of many packages: a statement finds them by these only where it says the same words.
    Index("kept_aside", *KEY, sqlite_where=text(OUTSIDE_SQL), postgresql_where=text(OUTSIDE_SQL)),
    Index("parked", "digest", sqlite_where=text(PARKED_SQL), postgresql_where=text(PARKED_SQL)),
    Index("package_by_batch", "batch"),
    Index("package_by_predecessor", "supersedes"),
    sqlite_strict=True,
)

# The bytes stand apart from the figures, so that adding up never walks through them.
package_bytes = Table(
    "package_bytes", metadata, Column("digest", Text, primary_key=True), *columns("raw:bytes"), sqlite_strict=True
)

# Bundles of compiling offices: those that came in a batch; without one, those that this office made.
bundle = Table(
    "bundle",
    metadata,
    Column("number", Integer, primary_key=True),
    *columns("digest"),
    Column("batch", Text, ForeignKey("batch.id", ondelete="CASCADE")),
    *columns("at unit_code unit_from unit_name", *KEY, "revision:int missing originals adjustments"),
    CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    json("missing"),
    json("originals"),
    json("adjustments"),
    UniqueConstraint("digest", name="bundle_once"),
    Index("bundle_by_report", *KEY),
    sqlite_strict=True,
)

# The keys in bundles that came. An enrolled key of the same id stands before it.
vouched_key = Table(
    "vouched_key",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("bundle", Text, ForeignKey("bundle.digest", ondelete="CASCADE"), nullable=False),
    *columns("keyid public_key:bytes unit_code unit_from unit_name person title role enrolled_at"),
    CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
    CheckConstraint(f"role IN {ROLES}", name="role_is_known"),
    Index("vouched_by_bundle", "bundle"),
    sqlite_strict=True,
)

# Reports entered for units below: from their workbooks, from paper, or by an office below whose bundle brought them.
on_behalf = Table(
    "on_behalf",
    metadata,
    Column("number", Integer, primary_key=True),
    *columns("digest"),
    Column("batch", Text, ForeignKey("batch.id", ondelete="CASCADE"), nullable=False),
    *columns(
        "arrival code unit_code unit_from unit_name",
        *KEY,
        "programme_version:int programme_sha256 form_version:int source file_name file_sha256 file_size:int",
        "office_code office_from office_name by at cells news_listed:int payload:bytes",
    ),
    CheckConstraint("arrival IN ('on_behalf', 'quarantined')", name="arrival_is_kept"),
    CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    CheckConstraint("source IN ('workbook', 'paper')", name="source_is_known"),
    flag("news_listed"),
    json("cells"),
    UniqueConstraint("digest", "batch", name="entry_once_in_a_batch"),
    Index("on_behalf_by_report", *KEY),
    sqlite_strict=True,
)

# The workbooks and scans themselves, and what is being typed for a unit from its paper.
on_behalf_file = Table(
    "on_behalf_file", metadata, Column("sha256", Text, primary_key=True), *columns("raw:bytes"), sqlite_strict=True
)
on_behalf_draft = Table(
    "on_behalf_draft",
    metadata,
    *columns("unit_code unit_from", *KEY, "programme_version:int payload:bytes"),
    PrimaryKeyConstraint("unit_code", "unit_from", *KEY),
    sqlite_strict=True,
)

enrolled_key = Table(
    "enrolled_key",
    metadata,
    Column("keyid", Text, primary_key=True),
    *columns("public_key:bytes unit_code unit_from unit_name person title role enrolled_at revoked_at?"),
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
