"""Claims at the door, what members said beforehand, and opening balances.

Revision ID: attendance_0002
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "attendance_0002"
down_revision = "attendance_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "attendance_answer",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("substitute_name", PersonalText("visitor"), nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("for_starts_at_utc", UtcDateTime(), nullable=False),
        sa.Column("via", sa.String(length=10), nullable=False),
        sa.Column("said_at_utc", UtcDateTime(), nullable=False),
        sa.Column("said_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name=op.f("fk_attendance_answer_group_id_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_answer_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "said_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_answer_group_id_said_by_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "meeting_id", "member_id", name=op.f("pk_attendance_answer")),
    )
    op.create_table(
        "attendance_claim",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("claimed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("device_key", sa.String(length=64), nullable=True),
        sa.Column("vouched_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("is_here", sa.Boolean(), nullable=True),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=True),
        sa.Column("decided_by_member_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "decided_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_claim_group_id_decided_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name=op.f("fk_attendance_claim_group_id_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_claim_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "vouched_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_claim_group_id_vouched_by_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "meeting_id", "member_id", name=op.f("pk_attendance_claim")),
    )
    op.create_table(
        "attendance_opening_balance",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("listed_name", PersonalText("profile"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=True),
        sa.Column("p", sa.Integer(), nullable=False),
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("l", sa.Integer(), nullable=False),
        sa.Column("m", sa.Integer(), nullable=False),
        sa.Column("s", sa.Integer(), nullable=False),
        sa.Column("rgi", sa.Integer(), nullable=False),
        sa.Column("rgo", sa.Integer(), nullable=False),
        sa.Column("rri", sa.Integer(), nullable=False),
        sa.Column("rro", sa.Integer(), nullable=False),
        sa.Column("visitors", sa.Integer(), nullable=False),
        sa.Column("one_to_ones", sa.Integer(), nullable=False),
        sa.Column("thank_you_minor", sa.BigInteger(), nullable=False),
        sa.Column("learning_units", sa.Integer(), nullable=False),
        sa.Column("testimonials", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("notes", PersonalText("note"), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "batch_id"],
            ["import_batch.group_id", "import_batch.id"],
            name=op.f("fk_attendance_opening_balance_group_id_batch_id_import_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_opening_balance_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_attendance_opening_balance")),
    )
    op.create_index(
        "ix_attendance_opening_balance_batch",
        "attendance_opening_balance",
        ["group_id", "batch_id"],
        unique=False,
    )
    op.create_index(
        "ix_attendance_opening_balance_period",
        "attendance_opening_balance",
        ["group_id", "first_day", "last_day"],
        unique=False,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_attendance_opening_balance_period", table_name="attendance_opening_balance")
    op.drop_index("ix_attendance_opening_balance_batch", table_name="attendance_opening_balance")
    op.drop_table("attendance_opening_balance")
    op.drop_table("attendance_claim")
    op.drop_table("attendance_answer")
