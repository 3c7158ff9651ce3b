"""Excuses, leave and care.

Revision ID: attendance_0006
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "attendance_0006"
down_revision = "attendance_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "attendance_excuse",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=False),
        sa.Column("asked_by_member_id", sa.BigInteger(), nullable=False),
        sa.Column("word", PersonalText("note"), nullable=False),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=True),
        sa.Column("decided_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'declined', 'withdrawn')", name=op.f("ck_attendance_excuse_state")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "asked_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_excuse_group_id_asked_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "decided_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_excuse_group_id_decided_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name=op.f("fk_attendance_excuse_group_id_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_excuse_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_attendance_excuse")),
        sa.UniqueConstraint(
            "group_id",
            "meeting_id",
            "member_id",
            "number",
            name=op.f("uq_attendance_excuse_group_id_meeting_id_member_id_number"),
        ),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_attendance_excuse_group_id_public_id")),
    )
    op.create_index(
        "ix_attendance_excuse_member", "attendance_excuse", ["group_id", "member_id"], unique=False
    )
    op.create_index("ix_attendance_excuse_state", "attendance_excuse", ["group_id", "state"], unique=False)
    op.create_table(
        "attendance_leave",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("asked_last_day", sa.Date(), nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=False),
        sa.Column("asked_by_member_id", sa.BigInteger(), nullable=False),
        sa.Column("word", PersonalText("note"), nullable=False),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=True),
        sa.Column("decided_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'declined', 'withdrawn')", name=op.f("ck_attendance_leave_state")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "asked_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_leave_group_id_asked_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "decided_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_leave_group_id_decided_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "ended_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_leave_group_id_ended_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_leave_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_attendance_leave")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_attendance_leave_group_id_public_id")),
    )
    op.create_index(
        "ix_attendance_leave_member", "attendance_leave", ["group_id", "member_id", "state"], unique=False
    )
    op.create_index("ix_attendance_leave_state", "attendance_leave", ["group_id", "state"], unique=False)
    op.create_table(
        "attendance_care_numbers",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("absences_weeks", sa.Integer(), nullable=False),
        sa.Column("lates", sa.Integer(), nullable=False),
        sa.Column("lates_weeks", sa.Integer(), nullable=False),
        sa.Column("good_meetings", sa.Integer(), nullable=False),
        sa.Column("good_percent", sa.Integer(), nullable=False),
        sa.Column("drop_weeks", sa.Integer(), nullable=False),
        sa.Column("drop_meetings", sa.Integer(), nullable=False),
        sa.Column("drop_percent", sa.Integer(), nullable=False),
        sa.Column("leave_weeks", sa.Integer(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_attendance_care_numbers_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_attendance_care_numbers")),
    )
    op.create_table(
        "attendance_care",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("pattern", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("newest_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("noticed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("seen_at_utc", UtcDateTime(), nullable=True),
        sa.Column("opened_at_utc", UtcDateTime(), nullable=True),
        sa.Column("gone_at_utc", UtcDateTime(), nullable=True),
        sa.Column("closed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("closed_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("close_reason", PersonalText("note"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('noticed', 'open', 'closed', 'gone')", name=op.f("ck_attendance_care_state")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "closed_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_care_group_id_closed_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_care_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_attendance_care")),
        sa.UniqueConstraint(
            "group_id",
            "member_id",
            "pattern",
            "newest_on",
            name=op.f("uq_attendance_care_group_id_member_id_pattern_newest_on"),
        ),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_attendance_care_group_id_public_id")),
    )
    op.create_index("ix_attendance_care_state", "attendance_care", ["group_id", "state"], unique=False)
    op.create_table(
        "attendance_care_step",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("care_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by_member_id", sa.BigInteger(), nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("subject", PersonalText("mail"), nullable=False),
        sa.Column("body", PersonalText("mail"), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('call', 'note', 'letter')", name=op.f("ck_attendance_care_step_kind")),
        sa.ForeignKeyConstraint(
            ["group_id", "by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_care_step_group_id_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "care_id"],
            ["attendance_care.group_id", "attendance_care.id"],
            name=op.f("fk_attendance_care_step_group_id_care_id_attendance_care"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_attendance_care_step")),
    )
    op.create_index(
        "ix_attendance_care_step_care", "attendance_care_step", ["group_id", "care_id"], unique=False
    )
    op.create_table(
        "attendance_care_words",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", PersonalText("note"), nullable=False),
        sa.Column("body", PersonalText("note"), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_attendance_care_words_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "kind", name=op.f("pk_attendance_care_words")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("attendance_care_words")
    op.drop_table("attendance_care_step")
    op.drop_table("attendance_care")
    op.drop_table("attendance_care_numbers")
    op.drop_table("attendance_leave")
    op.drop_table("attendance_excuse")
