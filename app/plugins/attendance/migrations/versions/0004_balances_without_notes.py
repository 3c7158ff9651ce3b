"""The further columns of a summary stand with its file, not beside the counts, where no page showed them.

Revision ID: attendance_0004
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText

revision = "attendance_0004"
down_revision = "attendance_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the column away."""
    op.drop_column("attendance_opening_balance", "notes")


def downgrade() -> None:
    """Make it again, empty."""
    op.add_column(
        "attendance_opening_balance",
        sa.Column("notes", PersonalText("note"), server_default="", nullable=False),
    )
