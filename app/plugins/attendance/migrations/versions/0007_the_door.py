"""Tablets with what they sent, what the group's door asks, and the keys that members set for it.

Revision ID: attendance_0007
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "attendance_0007"
down_revision = "attendance_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "attendance_tablet",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("code_expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("last_contact_at_utc", UtcDateTime(), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("clock_off_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "device_id"],
            ["device.group_id", "device.id"],
            name=op.f("fk_attendance_tablet_group_id_device_id_device"),
        ),
        sa.PrimaryKeyConstraint("group_id", "device_id", name=op.f("pk_attendance_tablet")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_attendance_tablet_group_id_public_id")),
    )
    op.create_table(
        "attendance_tablet_anchor",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("boot", sa.String(length=32), nullable=False),
        sa.Column("server_at_utc", UtcDateTime(), nullable=False),
        sa.Column("sent_ms", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("got_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "device_id"],
            ["device.group_id", "device.id"],
            name=op.f("fk_attendance_tablet_anchor_group_id_device_id_device"),
        ),
        sa.PrimaryKeyConstraint(
            "group_id",
            "device_id",
            "boot",
            "server_at_utc",
            "sent_ms",
            name=op.f("pk_attendance_tablet_anchor"),
        ),
    )
    op.create_table(
        "attendance_tablet_run",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("boot", sa.String(length=32), nullable=False),
        sa.Column("began_after_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "device_id"],
            ["device.group_id", "device.id"],
            name=op.f("fk_attendance_tablet_run_group_id_device_id_device"),
        ),
        sa.PrimaryKeyConstraint("group_id", "device_id", "boot", name=op.f("pk_attendance_tablet_run")),
    )
    op.create_table(
        "attendance_tablet_event",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("claimed_hash", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("boot", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("reading_ms", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("name", PersonalText("visitor"), nullable=False),
        sa.Column("firm", PersonalText("visitor"), nullable=False),
        sa.Column("proof", sa.String(length=8), nullable=False),
        sa.Column("uploaded_at_utc", UtcDateTime(), nullable=False),
        sa.Column("earliest_utc", UtcDateTime(), nullable=True),
        sa.Column("latest_utc", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=True),
        sa.Column("decided_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "state IN ('done', 'waits', 'decided')",
            name=op.f("ck_attendance_tablet_event_ck_attendance_tablet_event_state"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "decided_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_tablet_event_group_id_decided_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "device_id"],
            ["device.group_id", "device.id"],
            name=op.f("fk_attendance_tablet_event_group_id_device_id_device"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name=op.f("fk_attendance_tablet_event_group_id_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_tablet_event_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "device_id", "hash", name=op.f("pk_attendance_tablet_event")),
        sa.UniqueConstraint(
            "group_id", "public_id", name=op.f("uq_attendance_tablet_event_group_id_public_id")
        ),
    )
    op.create_index(
        "ix_attendance_tablet_event_uploaded",
        "attendance_tablet_event",
        ["group_id", "device_id", "uploaded_at_utc"],
        unique=False,
    )
    op.create_index(
        "ix_attendance_tablet_event_meeting",
        "attendance_tablet_event",
        ["group_id", "meeting_id", "state"],
        unique=False,
    )
    op.create_table(
        "attendance_door",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asks", sa.String(length=8), nullable=False),
        sa.Column("guests_allowed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "asks IN ('nothing', 'pin')", name=op.f("ck_attendance_door_ck_attendance_door_asks")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_attendance_door_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_attendance_door")),
    )
    op.create_table(
        "attendance_member_key",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("pin_set_at_utc", UtcDateTime(), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_serial", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_attendance_member_key_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_attendance_member_key")),
        sa.UniqueConstraint(
            "group_id", "code_hash", name=op.f("uq_attendance_member_key_group_id_code_hash")
        ),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("attendance_member_key")
    op.drop_table("attendance_door")
    op.drop_table("attendance_tablet_event")
    op.drop_table("attendance_tablet_run")
    op.drop_table("attendance_tablet_anchor")
    op.drop_table("attendance_tablet")
