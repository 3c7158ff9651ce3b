"""Core's first tables: people, groups with their members and offices, meetings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision: str = "core_0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "member_group",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("vocabulary", sa.String(length=40), nullable=False),
        sa.Column("settling_in_days", sa.Integer(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_member_group_slug")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("given_name", PersonalText("profile"), nullable=False),
        sa.Column("family_name", PersonalText("profile"), nullable=False),
        sa.Column("family_first", sa.Boolean(), nullable=False),
        sa.Column("name", PersonalText("profile"), nullable=False),
        sa.Column("sort_name", PersonalText("profile"), nullable=False),
        sa.Column("say_it", PersonalText("profile"), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("erased_at_utc", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_table(
        "member",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("firm", PersonalText("profile"), nullable=False),
        sa.Column("trade", PersonalText("profile"), nullable=False),
        sa.Column("phone", PersonalText("contact"), nullable=False),
        sa.Column("email", PersonalText("contact"), nullable=False),
        sa.Column("about", PersonalText("profile"), nullable=False),
        sa.Column("shows_contact", sa.Boolean(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_member_group_id_member_group")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_person_id_person")),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_member")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_member_group_id_person_id")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_member_group_id_public_id")),
    )
    op.create_index(op.f("ix_member_person_id"), "member", ["person_id"], unique=False)
    op.create_table(
        "plugin_switch",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_plugin_switch_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "plugin", name=op.f("pk_plugin_switch")),
    )
    op.create_table(
        "schedule",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("wall_time", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("call_link", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_schedule_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_schedule")),
    )
    op.create_table(
        "meeting",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("schedule_id", sa.BigInteger(), nullable=True),
        sa.Column("scheduled_on", sa.Date(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("wall_time", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("starts_at_utc", UtcDateTime(), nullable=False),
        sa.Column("ends_at_utc", UtcDateTime(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("call_link", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "schedule_id"],
            ["schedule.group_id", "schedule.id"],
            name=op.f("fk_meeting_group_id_schedule_id_schedule"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_meeting_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_meeting_group_id_public_id")),
        sa.UniqueConstraint(
            "group_id",
            "schedule_id",
            "scheduled_on",
            name=op.f("uq_meeting_group_id_schedule_id_scheduled_on"),
        ),
    )
    op.create_index("ix_meeting_starts", "meeting", ["group_id", "starts_at_utc"], unique=False)
    op.create_table(
        "membership",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_membership_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_membership")),
    )
    op.create_index(
        "ix_membership_member", "membership", ["group_id", "member_id", "started_on"], unique=False
    )
    op.create_table(
        "office_term",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("office", sa.String(length=30), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_office_term_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_office_term")),
    )
    op.create_index("ix_office_term_member", "office_term", ["group_id", "member_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_office_term_member", table_name="office_term")
    op.drop_table("office_term")
    op.drop_index("ix_membership_member", table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_meeting_starts", table_name="meeting")
    op.drop_table("meeting")
    op.drop_table("schedule")
    op.drop_table("plugin_switch")
    op.drop_index(op.f("ix_member_person_id"), table_name="member")
    op.drop_table("member")
    op.drop_table("person")
    op.drop_table("member_group")
