"""Bundles of compiling offices, and the keys that they vouch for. Frozen once released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bundle",
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("digest"),
        sa.Column("batch", sa.Text(), nullable=True),
        *_texts("at", "unit_code", "unit_from", "unit_name", "programme", "form", "period", "basis"),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_texts("missing", "originals", "adjustments"),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("json_valid(missing)", name="missing_is_json"),
        sa.CheckConstraint("json_valid(originals)", name="originals_is_json"),
        sa.CheckConstraint("json_valid(adjustments)", name="adjustments_is_json"),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("digest", name="bundle_once"),
        sqlite_strict=True,
    )
    op.create_index("bundle_by_report", "bundle", ["programme", "form", "period", "basis"], unique=False)
    op.create_table(
        "vouched_key",
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("bundle", "keyid"),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        *_texts("unit_code", "unit_from", "unit_name", "person", "title", "role", "enrolled_at"),
        sa.CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
        sa.CheckConstraint("role IN ('preparer', 'head_of_unit', 'sole_officer')", name="role_is_known"),
        sa.ForeignKeyConstraint(["bundle"], ["bundle.digest"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("vouched_by_bundle", "vouched_key", ["bundle"], unique=False)
    _on_behalf()


def _on_behalf() -> None:
    op.create_table(
        "on_behalf",
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("digest", "batch", "arrival", "code", "unit_code", "unit_from", "unit_name"),
        *_texts("programme", "form", "period", "basis"),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        *_texts("programme_sha256"),
        sa.Column("form_version", sa.Integer(), nullable=False),
        *_texts("source", "file_name", "file_sha256"),
        sa.Column("file_size", sa.Integer(), nullable=False),
        *_texts("office_code", "office_from", "office_name", "by", "at", "cells"),
        sa.Column("news_listed", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("arrival IN ('on_behalf', 'quarantined')", name="arrival_is_kept"),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("source IN ('workbook', 'paper')", name="source_is_known"),
        sa.CheckConstraint("news_listed IN (0, 1)", name="news_listed_is_flag"),
        sa.CheckConstraint("json_valid(cells)", name="cells_is_json"),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("digest", "batch", name="entry_once_in_a_batch"),
        sqlite_strict=True,
    )
    op.create_index("on_behalf_by_report", "on_behalf", ["programme", "form", "period", "basis"], unique=False)
    op.create_table(
        "on_behalf_file",
        *_texts("sha256"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
        sqlite_strict=True,
    )
    op.create_table(
        "on_behalf_draft",
        *_texts("unit_code", "unit_from", "programme", "form", "period", "basis"),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "unit_from", "programme", "form", "period", "basis"),
        sqlite_strict=True,
    )
    op.create_table(
        "group_member",
        *_texts("group_code", "group_from", "member"),
        sa.PrimaryKeyConstraint("group_code", "group_from", "member"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)
