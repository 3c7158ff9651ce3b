"""Greetings at the door, people to meet, and who spoke with whom.

Revision ID: welcome_0003
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "welcome_0003"
down_revision = "welcome_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_greetings()
    _make_what_was_done()
    _make_people()


def _make_greetings() -> None:
    op.create_table(
        "welcome_greeting",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=True),
        sa.Column("newcomer_member_id", sa.BigInteger(), nullable=True),
        sa.Column("greeter_member_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=True),
        sa.Column("asked_times", sa.Integer(), nullable=False),
        sa.Column("accepted_at_utc", UtcDateTime(), nullable=True),
        sa.Column("met_at_utc", UtcDateTime(), nullable=True),
        sa.Column("host_told_at_utc", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (greeter_member_id IS NULL)", name=op.f("ck_welcome_greeting_greeter")
        ),
        sa.CheckConstraint(
            "(visitor_id IS NULL) <> (newcomer_member_id IS NULL)", name=op.f("ck_welcome_greeting_one_guest")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "greeter_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_greeting_group_id_greeter_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name=op.f("fk_welcome_greeting_group_id_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "newcomer_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_greeting_group_id_newcomer_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_greeting_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_greeting_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_welcome_greeting")),
        sa.UniqueConstraint(
            "group_id",
            "meeting_id",
            "newcomer_member_id",
            name=op.f("uq_welcome_greeting_group_id_meeting_id_newcomer_member_id"),
        ),
        sa.UniqueConstraint(
            "group_id",
            "meeting_id",
            "visitor_id",
            name=op.f("uq_welcome_greeting_group_id_meeting_id_visitor_id"),
        ),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_welcome_greeting_group_id_public_id")),
    )
    op.create_index(
        "ix_welcome_greeting_greeter",
        "welcome_greeting",
        ["group_id", "greeter_member_id", "meeting_id"],
        unique=False,
    )
    op.create_index(
        "ix_welcome_greeting_visitor", "welcome_greeting", ["group_id", "visitor_id"], unique=False
    )


def _make_what_was_done() -> None:
    op.create_table(
        "welcome_greeting_no",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("greeting_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "greeting_id"],
            ["welcome_greeting.group_id", "welcome_greeting.id"],
            name=op.f("fk_welcome_greeting_no_group_id_greeting_id_welcome_greeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_greeting_no_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "greeting_id", "member_id", name=op.f("pk_welcome_greeting_no")),
    )
    op.create_table(
        "welcome_greeting_step",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("greeting_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("with_member_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "greeting_id"],
            ["welcome_greeting.group_id", "welcome_greeting.id"],
            name=op.f("fk_welcome_greeting_step_group_id_greeting_id_welcome_greeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "with_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_greeting_step_group_id_with_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "greeting_id", "step", name=op.f("pk_welcome_greeting_step")),
    )


def _make_people() -> None:
    op.create_table(
        "welcome_put_aside",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=True),
        sa.Column("newcomer_member_id", sa.BigInteger(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(visitor_id IS NULL) <> (newcomer_member_id IS NULL)",
            name=op.f("ck_welcome_put_aside_one_reader"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_put_aside_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "newcomer_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_put_aside_group_id_newcomer_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_put_aside_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_put_aside_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_welcome_put_aside")),
        sa.UniqueConstraint(
            "group_id",
            "newcomer_member_id",
            "member_id",
            name=op.f("uq_welcome_put_aside_group_id_newcomer_member_id_member_id"),
        ),
        sa.UniqueConstraint(
            "group_id",
            "visitor_id",
            "member_id",
            name=op.f("uq_welcome_put_aside_group_id_visitor_id_member_id"),
        ),
    )
    op.create_table(
        "welcome_shown",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_shown_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_welcome_shown")),
    )
    op.create_table(
        "welcome_spoke",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_said_at_utc", UtcDateTime(), nullable=True),
        sa.Column("member_said_at_utc", UtcDateTime(), nullable=True),
        sa.Column("visitor_shares_email", sa.Boolean(), nullable=False),
        sa.Column("visitor_shares_phone", sa.Boolean(), nullable=False),
        sa.Column("member_shares_email", sa.Boolean(), nullable=False),
        sa.Column("member_shares_phone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_spoke_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_spoke_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_spoke_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "visitor_id", "member_id", name=op.f("pk_welcome_spoke")),
    )
    op.create_index("ix_welcome_spoke_member", "welcome_spoke", ["group_id", "member_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    for table in (
        "welcome_spoke",
        "welcome_shown",
        "welcome_put_aside",
        "welcome_greeting_step",
        "welcome_greeting_no",
        "welcome_greeting",
    ):
        op.drop_table(table)
