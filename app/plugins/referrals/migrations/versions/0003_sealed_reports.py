"""What is said in confidence: sealed reports, who looked back after an import, the quality check.

Revision ID: referrals_0004
Revises: referrals_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "referrals_0003"
down_revision = "referrals_0002"
branch_labels = None
depends_on = None

_MEMBER = ["member.group_id", "member.id"]
_SLIP = ["referrals_slip.group_id", "referrals_slip.id"]


def upgrade() -> None:
    """Create the tables."""
    _create_report()
    _create_look_back()
    _create_quality_check()


def downgrade() -> None:
    """Remove the tables with their rows."""
    for table in ("quality_check", "look_back", "report"):
        op.drop_table(f"referrals_{table}")


def _create_report() -> None:
    op.create_table(
        "referrals_report",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("slip_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("answer", sa.String(10), nullable=False),
        sa.Column("by_member_id", sa.BigInteger, nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "slip_id", "kind", "number", name="pk_referrals_report"),
        sa.ForeignKeyConstraint(
            ["group_id", "slip_id"], _SLIP, name="fk_referrals_report_group_id_slip_id_referrals_slip"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "by_member_id"], _MEMBER, name="fk_referrals_report_group_id_by_member_id_member"
        ),
    )


def _create_look_back() -> None:
    op.create_table(
        "referrals_look_back",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("batch_id", sa.BigInteger, nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "member_id", "batch_id", name="pk_referrals_look_back"),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], _MEMBER, name="fk_referrals_look_back_group_id_member_id_member"
        ),
    )


def _create_quality_check() -> None:
    op.create_table(
        "referrals_quality_check",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("slip_id", sa.BigInteger, nullable=False),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("receiver_member_id", sa.BigInteger, nullable=False),
        sa.Column("called", sa.Boolean),
        sa.Column("welcome", sa.Boolean),
        sa.Column("real", sa.Boolean),
        sa.Column("answered_at_utc", UtcDateTime),
        sa.PrimaryKeyConstraint("group_id", "slip_id", name="pk_referrals_quality_check"),
        sa.ForeignKeyConstraint(
            ["group_id", "slip_id"], _SLIP, name="fk_referrals_quality_check_group_id_slip_id_referrals_slip"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "receiver_member_id"],
            _MEMBER,
            name="fk_referrals_quality_check_group_id_receiver_member_id_member",
        ),
    )
    op.create_index("ix_referrals_quality_check_week", "referrals_quality_check", ["group_id", "week"])
    op.create_index(
        "ix_referrals_quality_check_receiver",
        "referrals_quality_check",
        ["group_id", "receiver_member_id", "week"],
    )
