"""The first schema: everything the spine keeps. Frozen: a released migration is never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _batch()
    _enrolled_key()
    _journal()
    _news()
    _office()
    _org_unit()
    _package_bytes()
    _person()
    _report()
    _sent()
    _setting()
    _package()
    _report_cell()
    _sent_key()


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("id", "at", "person"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id", name="batch_id_once"),
        sqlite_strict=True,
    )


def _enrolled_key() -> None:
    op.create_table(
        "enrolled_key",
        *_texts("keyid"),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        *_texts("unit_code", "unit_from", "unit_name", "person", "title", "role", "enrolled_at"),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('preparer', 'head_of_unit', 'sole_officer')", name="role_is_known"),
        sa.CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
        sa.PrimaryKeyConstraint("keyid"),
        sqlite_strict=True,
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("event", "hash"),
        sa.CheckConstraint("json_valid(event)", name="event_is_json"),
        sa.CheckConstraint("length(hash) = 64", name="hash_is_sha256"),
        sa.CheckConstraint("number >= 1", name="numbered_from_1"),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )


def _news() -> None:
    op.create_table(
        "news",
        *_texts("id", "date", "title", "kind", "channels", "origin", "language"),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=True),
        sa.Column("airings", sa.Integer(), nullable=False),
        *_texts("topic", "author", "evidence"),
        sa.Column("counted", sa.Integer(), nullable=False),
        *_texts("reason"),
        sa.CheckConstraint("date GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'", name="date_is_iso"),
        sa.CheckConstraint("kind IN ('brief', 'feature', 'slot', 'other')", name="kind_is_known"),
        sa.CheckConstraint("origin IN ('own', 'relayed')", name="origin_is_known"),
        sa.CheckConstraint("airings >= 0", name="airings_not_negative"),
        sa.CheckConstraint("counted IN (0, 1)", name="counted_is_flag"),
        sa.CheckConstraint("json_valid(channels)", name="channels_is_json"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("news_by_date", "news", ["date"], unique=False)


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("unit_code", "unit_from", "name"),
        sa.Column("collates", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        *_texts("programme"),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.CheckConstraint("collates IN (0, 1)", name="collates_is_flag"),
        sa.CheckConstraint("id = 1", name="only_one"),
        sa.CheckConstraint("practice IN (0, 1)", name="practice_is_flag"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )


def _org_unit() -> None:
    op.create_table(
        "org_unit",
        *_texts("code", "valid_from", "name", "full_name", "kind"),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code", "valid_from"),
        sqlite_strict=True,
    )


def _package_bytes() -> None:
    op.create_table(
        "package_bytes",
        *_texts("digest"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_strict=True,
    )


def _person() -> None:
    op.create_table(
        "person",
        *_texts("keyid"),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        *_texts("name", "title", "role"),
        sa.CheckConstraint("role IN ('preparer', 'head_of_unit', 'sole_officer')", name="role_is_known"),
        sa.CheckConstraint("length(public_key) = 32", name="key_is_32_bytes"),
        sa.PrimaryKeyConstraint("keyid"),
        sqlite_strict=True,
    )


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("programme", "form", "period", "basis", "unit_code", "unit_from", "role"),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        *_texts("programme_sha256"),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("estimate", sa.Integer(), nullable=False),
        *_texts("state"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.Text(), nullable=True),
        *_texts("narratives", "explanations", "tasks", "nominations", "changes"),
        sa.Column("sealed_news", sa.Text(), nullable=True),
        *_texts("saved_at"),
        sa.CheckConstraint("(state = 'draft') = (sealed_news IS NULL)", name="sealed_keeps_its_news"),
        sa.CheckConstraint(
            "state IN ('draft', 'sealed', 'exported', 'accepted', 'returned', 'superseded')", name="state_is_known"
        ),
        sa.CheckConstraint("estimate IN (0, 1)", name="estimate_is_flag"),
        sa.CheckConstraint("json_valid(changes)", name="changes_is_json"),
        sa.CheckConstraint("json_valid(explanations)", name="explanations_is_json"),
        sa.CheckConstraint("json_valid(narratives)", name="narratives_is_json"),
        sa.CheckConstraint("json_valid(nominations)", name="nominations_is_json"),
        sa.CheckConstraint("json_valid(tasks)", name="tasks_is_json"),
        sa.CheckConstraint("revision >= 1", name="revision_counts_from_1"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme", "form", "period", "basis", name="one_report_for_each_key"),
        sqlite_strict=True,
    )


def _sent() -> None:
    op.create_table(
        "sent",
        *_texts("digest", "digits", "programme", "form", "period", "basis"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        *_texts("at"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
        sa.UniqueConstraint("programme", "form", "period", "basis", "revision", name="one_package_for_each_revision"),
        sqlite_strict=True,
    )


def _setting() -> None:
    op.create_table(
        "setting",
        *_texts("name", "value"),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
    )


def _package() -> None:
    op.create_table(
        "package",
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts(
            "digest",
            "batch",
            "arrival",
            "code",
            "unit_code",
            "unit_from",
            "unit_name",
            "programme",
            "form",
            "period",
            "basis",
        ),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        *_texts("programme_sha256"),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        *_texts("seals", "app_version", "cells"),
        sa.Column("news_listed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "arrival IN ('new', 'correction', 'conflict', 'parked', 'quarantined')", name="arrival_is_kept"
        ),
        sa.CheckConstraint("json_valid(cells)", name="cells_is_json"),
        sa.CheckConstraint("json_valid(seals)", name="seals_is_json"),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("news_listed IN (0, 1)", name="news_listed_is_flag"),
        sa.CheckConstraint("practice IN (0, 1)", name="practice_is_flag"),
        sa.ForeignKeyConstraint(
            ["batch"],
            ["batch.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("digest", "batch", name="once_in_a_batch"),
        sqlite_strict=True,
    )
    op.create_index(
        "accepted_once",
        "package",
        ["programme", "form", "period", "basis", "unit_code", "unit_from", "revision"],
        unique=True,
        sqlite_where=sa.text("arrival IN ('new', 'correction')"),
        postgresql_where=sa.text("arrival IN ('new', 'correction')"),
    )
    op.create_index("package_by_batch", "package", ["batch"], unique=False)
    op.create_index("package_by_predecessor", "package", ["supersedes"], unique=False)


def _report_cell() -> None:
    op.create_table(
        "report_cell",
        sa.Column("report", sa.Integer(), nullable=False),
        *_texts("cell", "state"),
        sa.Column("amount", sa.Text(), nullable=True),
        *_texts("note"),
        sa.CheckConstraint("(state = 'given') = (amount IS NOT NULL)", name="given_has_amount"),
        sa.CheckConstraint("amount IS NULL OR amount GLOB '[0-9-]*'", name="amount_is_a_number"),
        sa.CheckConstraint(
            "state IN ('given', 'blank', 'none', 'not_applicable', 'not_collected')", name="state_is_known"
        ),
        sa.ForeignKeyConstraint(["report"], ["report.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "cell"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _sent_key() -> None:
    op.create_table(
        "sent_key",
        *_texts("keyid"),
        sa.Column("seq", sa.Integer(), nullable=False),
        *_texts("digest"),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["sent.digest"],
        ),
        sa.PrimaryKeyConstraint("keyid", "seq"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
