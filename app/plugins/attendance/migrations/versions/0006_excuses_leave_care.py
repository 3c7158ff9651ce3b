"""Reserved.

Revision ID: attendance_0006
"""

revision = "attendance_0006"
down_revision = "attendance_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
