"""Reserved.

Revision ID: attendance_0004
"""

revision = "attendance_0004"
down_revision = "attendance_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
