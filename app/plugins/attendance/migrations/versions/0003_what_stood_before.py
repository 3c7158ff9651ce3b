"""What a recorder's last tap wrote over stands beside the mark.

Revision ID: attendance_0003
"""

import sqlalchemy as sa
from alembic import op

revision = "attendance_0003"
down_revision = "attendance_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("attendance_mark", sa.Column("stood_before", sa.String(length=500), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("attendance_mark", "stood_before")
