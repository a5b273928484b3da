"""The tables of what was issued (schema 3). Rows are added and never changed. See tables.py."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint

from storage.columns import column, flag, json, metadata, report_key

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
