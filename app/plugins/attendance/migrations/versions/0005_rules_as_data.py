"""A cut-off may be a point of the agenda, and rules may begin afresh.

Revision ID: attendance_0005
"""

import sqlalchemy as sa
from alembic import op

revision = "attendance_0005"
down_revision = "attendance_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns; what stands was a time of the clock, and looked back."""
    op.add_column(
        "attendance_rule_set",
        sa.Column("cut_off_kind", sa.String(length=8), server_default="clock", nullable=False),
    )
    op.add_column(
        "attendance_rule_set",
        sa.Column("fresh_start", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("attendance_rule_set", "fresh_start")
    op.drop_column("attendance_rule_set", "cut_off_kind")
