"""Reports as they were issued. Frozen once released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _publication()
    _source()
    _filled()


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def _publication() -> None:
    op.create_table(
        "publication",
        *_numbers("number"),
        *_texts("id", "programme", "form", "period", "basis"),
        *_numbers("programme_version"),
        *_texts("programme_sha256"),
        *_numbers("is_public"),
        *_texts("digits", "audit_head", "sums", "results", "texts", "withheld"),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        *_texts("document_sha256", "at", "person"),
        sa.CheckConstraint("is_public IN (0, 1)", name="is_public_is_flag"),
        sa.CheckConstraint("length(document_sha256) = 64", name="digest_is_sha256"),
        *(
            sa.CheckConstraint(f"json_valid({name})", name=f"{name}_is_json")
            for name in ("results", "sums", "texts", "withheld")
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id", name="publication_id_once"),
        sqlite_strict=True,
    )


def _source() -> None:
    op.create_table(
        "publication_source",
        *_numbers("publication", "place"),
        *_texts("unit_code", "unit_from", "unit_name"),
        *_numbers("revision"),
        *_texts("digest", "cells"),
        sa.CheckConstraint("json_valid(cells)", name="cells_is_json"),
        sa.ForeignKeyConstraint(["publication"], ["publication.number"]),
        sa.PrimaryKeyConstraint("publication", "place"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _filled() -> None:
    op.create_table(
        "publication_filled",
        *_numbers("number", "publication"),
        *_texts("field", "value", "reason", "at", "person"),
        sa.CheckConstraint("field IN ('number', 'issued', 'signer')", name="field_is_known"),
        sa.ForeignKeyConstraint(["publication"], ["publication.number"]),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("filled_by_publication", "publication_filled", ["publication"], unique=False)
