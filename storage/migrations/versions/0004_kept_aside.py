"""What is kept aside, and what is parked, is found without walking through every package. Frozen once released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OUTSIDE, PARKED = sa.text("NOT (arrival IN ('new', 'correction'))"), sa.text("arrival = 'parked'")


def upgrade() -> None:
    op.create_index("kept_aside", "package", ["programme", "form", "period", "basis"], sqlite_where=OUTSIDE)
    op.create_index("parked", "package", ["digest"], sqlite_where=PARKED)
