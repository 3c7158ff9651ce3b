"""Records, marks, substitutes and rule sets.

Revision ID: attendance_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "attendance_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_rule_set()
    _create_record()
    _create_substitute()
    _create_mark()


def downgrade() -> None:
    op.drop_index("ix_attendance_mark_member", "attendance_mark")
    op.drop_table("attendance_mark")
    op.drop_index("ix_attendance_substitute_meeting", "attendance_substitute")
    op.drop_table("attendance_substitute")
    op.drop_table("attendance_record")
    op.drop_table("attendance_rule_set")


def _create_rule_set() -> None:
    op.create_table(
        "attendance_rule_set",
        sa.Column("group_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("cut_off_minutes", sa.Integer, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("created_at_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "version", name="pk_attendance_rule_set"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name="fk_attendance_rule_set_group_id_member_group"
        ),
    )


def _create_record() -> None:
    op.create_table(
        "attendance_record",
        sa.Column("group_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("meeting_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("submitted_at_utc", UtcDateTime),
        sa.Column("submitted_by_member_id", sa.BigInteger),
        sa.Column("presentations_began_at_utc", UtcDateTime),
        sa.Column("head_count", sa.Integer),
        sa.PrimaryKeyConstraint("group_id", "meeting_id", name="pk_attendance_record"),
        _to_meeting("record"),
        _to_member("record", "submitted_by_member_id"),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'reopened')", name=op.f("ck_attendance_record_state")
        ),
    )


def _create_substitute() -> None:
    op.create_table(
        "attendance_substitute",
        sa.Column("group_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("meeting_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("name", PersonalText("visitor"), nullable=False),
        sa.Column("firm", PersonalText("visitor"), nullable=False),
        sa.Column("created_at_utc", UtcDateTime, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_attendance_substitute"),
        _to_meeting("substitute"),
        _to_member("substitute", "member_id"),
    )
    op.create_index("ix_attendance_substitute_meeting", "attendance_substitute", ["group_id", "meeting_id"])


def _create_mark() -> None:
    op.create_table(
        "attendance_mark",
        sa.Column("group_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("meeting_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("status", sa.String(1)),
        sa.Column("arrived_at_utc", UtcDateTime),
        sa.Column("earliest_utc", UtcDateTime),
        sa.Column("latest_utc", UtcDateTime),
        sa.Column("grade", sa.String(1)),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("device_key", sa.String(64)),
        sa.Column("substitute_id", sa.BigInteger),
        sa.Column("left_early_at_utc", UtcDateTime),
        sa.Column("excuse", sa.String(30)),
        sa.Column("excused_by_member_id", sa.BigInteger),
        sa.Column("rules_version", sa.Integer),
        sa.Column("recorded_by_member_id", sa.BigInteger),
        sa.Column("batch_id", sa.BigInteger),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "meeting_id", "member_id", name="pk_attendance_mark"),
        _to_meeting("mark"),
        _to_member("mark", "member_id"),
        _to_member("mark", "excused_by_member_id"),
        _to_member("mark", "recorded_by_member_id"),
        sa.ForeignKeyConstraint(
            ["group_id", "substitute_id"],
            ["attendance_substitute.group_id", "attendance_substitute.id"],
            name="fk_attendance_mark_group_id_substitute_id_attendance_substitute",
        ),
        sa.CheckConstraint("status IN ('P', 'A', 'L', 'M', 'S')", name=op.f("ck_attendance_mark_status")),
    )
    op.create_index("ix_attendance_mark_member", "attendance_mark", ["group_id", "member_id", "meeting_id"])


def _to_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id", "meeting_id"],
        ["meeting.group_id", "meeting.id"],
        name=f"fk_attendance_{table}_group_id_meeting_id_meeting",
    )


def _to_member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id", column],
        ["member.group_id", "member.id"],
        name=f"fk_attendance_{table}_group_id_{column}_member",
    )
