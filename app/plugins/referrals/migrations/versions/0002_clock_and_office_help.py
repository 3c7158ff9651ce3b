"""The receiver's clock, and whether the giver wants the office to help.

Revision ID: referrals_0003
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "referrals_0002"
down_revision = "referrals_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "referrals_clock",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slip_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_at_utc", UtcDateTime(), nullable=True),
        sa.Column("second_at_utc", UtcDateTime(), nullable=True),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=True),
        sa.Column("wants_help", sa.Boolean(), nullable=True),
        sa.Column("said_at_utc", UtcDateTime(), nullable=True),
        sa.Column("helper_member_id", sa.BigInteger(), nullable=True),
        sa.Column("helped_at_utc", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "slip_id"],
            ["referrals_slip.group_id", "referrals_slip.id"],
            name=op.f("fk_referrals_clock_group_id_slip_id_referrals_slip"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "helper_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_referrals_clock_group_id_helper_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "slip_id", name=op.f("pk_referrals_clock")),
    )
    op.create_index("ix_referrals_clock_wants_help", "referrals_clock", ["group_id", "wants_help"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_referrals_clock_wants_help", table_name="referrals_clock")
    op.drop_table("referrals_clock")
