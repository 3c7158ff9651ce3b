"""Visitors, newcomers, and the group's first message.

Revision ID: welcome_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "welcome_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "welcome_words",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", PersonalText("note"), nullable=False),
        sa.Column("body", PersonalText("note"), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_words_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_welcome_words")),
    )
    op.create_table(
        "welcome_newcomer",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("contact_member_id", sa.BigInteger(), nullable=True),
        sa.Column("written_at_utc", UtcDateTime(), nullable=True),
        sa.Column("called_at_utc", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "contact_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_newcomer_group_id_contact_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_newcomer_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_welcome_newcomer")),
    )
    op.create_index(
        "ix_welcome_newcomer_started", "welcome_newcomer", ["group_id", "started_on"], unique=False
    )
    op.create_table(
        "welcome_visitor",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("name", PersonalText("visitor"), nullable=False),
        sa.Column("firm", PersonalText("visitor"), nullable=False),
        sa.Column("trade", PersonalText("visitor"), nullable=False),
        sa.Column("email", PersonalText("visitor"), nullable=False),
        sa.Column("phone", PersonalText("visitor"), nullable=False),
        sa.Column("note", PersonalText("visitor"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("invited_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("noted_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("noted_at_utc", UtcDateTime(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("forgotten_at_utc", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "invited_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_visitor_group_id_invited_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name=op.f("fk_welcome_visitor_group_id_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "noted_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_visitor_group_id_noted_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_visitor_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_welcome_visitor")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_welcome_visitor_group_id_public_id")),
    )
    op.create_index("ix_welcome_visitor_batch", "welcome_visitor", ["group_id", "batch_id"], unique=False)
    op.create_index("ix_welcome_visitor_day", "welcome_visitor", ["group_id", "came_on"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_welcome_visitor_day", table_name="welcome_visitor")
    op.drop_index("ix_welcome_visitor_batch", table_name="welcome_visitor")
    op.drop_table("welcome_visitor")
    op.drop_index("ix_welcome_newcomer_started", table_name="welcome_newcomer")
    op.drop_table("welcome_newcomer")
    op.drop_table("welcome_words")
