"""The tables of an office above: what was received, and the keys it trusts. See tables.py."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import ROLES, column, flag, json, metadata, report_key

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
