"""Entry for every programme: marks of a cell, evidence, packages between two seals, packs. Frozen once released.

SQLite changes no constraint of a table that stands. Such a table is set aside under another name, made anew under its
own and filled from what was set aside; `legacy_alter_table` keeps the references of other tables to the name.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REBUILT = ("office", "news", "report_cell", "report")


def upgrade() -> None:
    op.execute("PRAGMA legacy_alter_table = ON")
    op.drop_index("news_by_date", "news")
    for table in _REBUILT:
        op.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    _office()
    _news()
    _report()
    _report_cell()
    _fill()
    for table in _REBUILT:
        op.execute(f"DROP TABLE old_{table}")
    op.execute("PRAGMA legacy_alter_table = OFF")
    _evidence()
    _pending()
    _pack()


# An office that was made by hand knows its kind. What the shipped catalogue says of another follows from how its code and
# its name begin.
_FILL_OFFICE = """
    INSERT INTO office SELECT o.*, coalesce(
        (SELECT kind FROM org_unit u WHERE u.code = o.unit_code AND u.valid_from = o.unit_from),
        CASE
            WHEN length(o.unit_code) = 2 THEN iif(o.name LIKE 'Thành phố %', 'city', 'province')
            WHEN length(o.unit_code) = 3 THEN 'district'
            WHEN o.name LIKE 'Phường %' THEN 'ward'
            WHEN o.name LIKE 'Thị trấn %' THEN 'township'
            WHEN o.name LIKE 'Đặc khu %' THEN 'special_zone'
            ELSE 'commune'
        END
    ) FROM old_office o
"""


def _fill() -> None:
    """What was."""
    op.execute(_FILL_OFFICE)
    op.execute("INSERT INTO news SELECT *, '[]' FROM old_news")
    op.execute("INSERT INTO report SELECT * FROM old_report")
    op.execute("INSERT INTO report_cell SELECT *, 0, 0 FROM old_report_cell")


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def _flags(*names: str) -> tuple[sa.CheckConstraint, ...]:
    return tuple(sa.CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_is_flag") for name in names)


def _jsons(*names: str) -> tuple[sa.CheckConstraint, ...]:
    return tuple(sa.CheckConstraint(f"json_valid({name})", name=f"{name}_is_json") for name in names)


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("unit_code", "unit_from", "name"),
        *_numbers("collates"),
        sa.Column("parent", sa.Text(), nullable=True),
        *_texts("programme"),
        *_numbers("practice"),
        *_texts("kind"),
        sa.CheckConstraint("id = 1", name="only_one"),
        *_flags("collates", "practice"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )


def _news() -> None:
    op.create_table(
        "news",
        *_texts("id", "date", "title", "kind", "channels", "origin", "language"),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=True),
        *_numbers("airings"),
        *_texts("topic", "author", "evidence"),
        *_numbers("counted"),
        *_texts("reason", "files"),
        sa.CheckConstraint("date GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'", name="date_is_iso"),
        sa.CheckConstraint("kind IN ('brief', 'feature', 'slot', 'other')", name="kind_is_known"),
        sa.CheckConstraint("origin IN ('own', 'relayed')", name="origin_is_known"),
        sa.CheckConstraint("airings >= 0", name="airings_not_negative"),
        *_flags("counted"),
        *_jsons("channels", "files"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("news_by_date", "news", ["date"], unique=False)


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("programme", "form", "period", "basis", "unit_code", "unit_from", "role"),
        *_numbers("programme_version"),
        *_texts("programme_sha256"),
        *_numbers("form_version"),
        sa.Column("as_of", sa.Text(), nullable=True),
        *_numbers("estimate"),
        *_texts("state"),
        *_numbers("revision"),
        sa.Column("supersedes", sa.Text(), nullable=True),
        *_texts("narratives", "explanations", "tasks", "nominations", "changes"),
        sa.Column("sealed_news", sa.Text(), nullable=True),
        *_texts("saved_at"),
        sa.CheckConstraint("(state = 'draft') = (sealed_news IS NULL)", name="sealed_keeps_its_news"),
        sa.CheckConstraint(
            "state IN ('draft', 'checked', 'sealed', 'exported', 'accepted', 'returned', 'superseded')",
            name="state_is_known",
        ),
        *_flags("estimate"),
        *_jsons("changes", "explanations", "narratives", "nominations", "tasks"),
        sa.CheckConstraint("revision >= 1", name="revision_counts_from_1"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme", "form", "period", "basis", name="one_report_for_each_key"),
        sqlite_strict=True,
    )


def _report_cell() -> None:
    op.create_table(
        "report_cell",
        *_numbers("report"),
        *_texts("cell", "state"),
        sa.Column("amount", sa.Text(), nullable=True),
        *_texts("note"),
        *_numbers("flagged", "carried"),
        sa.CheckConstraint("(state = 'given') = (amount IS NOT NULL)", name="given_has_amount"),
        sa.CheckConstraint("amount IS NULL OR amount GLOB '[0-9-]*'", name="amount_is_a_number"),
        sa.CheckConstraint(
            "state IN ('given', 'blank', 'none', 'not_applicable', 'not_collected')", name="state_is_known"
        ),
        *_flags("flagged", "carried"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "cell"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _evidence() -> None:
    op.create_table(
        "evidence",
        *_texts("digest"),
        *_numbers("size"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("length(raw) = size", name="size_is_true"),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_strict=True,
    )


def _pending() -> None:
    op.create_table(
        "pending",
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("programme", "form", "period", "basis", "digest", "digits"),
        sa.Column("to_sign", sa.LargeBinary(), nullable=False),
        *_numbers("seq"),
        *_texts("preparer", "head"),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        *_texts("at"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("programme", "form", "period", "basis", name="one_waits_for_each_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "pending_member",
        *_numbers("pending", "place"),
        *_texts("name"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pending"], ["pending.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pending", "place"),
        sqlite_strict=True,
    )


def _pack() -> None:
    op.create_table(
        "pack",
        *_texts("id"),
        *_numbers("version"),
        *_texts("state"),
        sa.CheckConstraint("state IN ('draft', 'released', 'received')", name="state_is_known"),
        sa.PrimaryKeyConstraint("id", "version"),
        sqlite_strict=True,
    )
    op.create_table(
        "pack_file",
        *_texts("id"),
        *_numbers("version"),
        *_texts("name"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["id", "version"], ["pack.id", "pack.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", "version", "name"),
        sqlite_strict=True,
    )
