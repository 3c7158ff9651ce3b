"""What is set, wanted seats and neighbouring trades; applications with references and votes.

Revision ID: joining_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "joining_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "joining_neighbour",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("one", sa.String(length=120), nullable=False),
        sa.Column("other", sa.String(length=120), nullable=False),
        sa.Column("seats", sa.String(length=250), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_joining_neighbour_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_joining_neighbour")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_joining_neighbour_group_id_public_id")),
        sa.UniqueConstraint("group_id", "seats", name=op.f("uq_joining_neighbour_group_id_seats")),
    )
    op.create_table(
        "joining_setting",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(length=12), nullable=False),
        sa.Column("approval_days", sa.SmallInteger(), nullable=False),
        sa.Column("keep_months", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_joining_setting_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_joining_setting")),
    )
    op.create_table(
        "joining_wanted",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("trade", sa.String(length=120), nullable=False),
        sa.Column("seat", sa.String(length=120), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_joining_wanted_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_joining_wanted")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_joining_wanted_group_id_public_id")),
        sa.UniqueConstraint("group_id", "seat", name=op.f("uq_joining_wanted_group_id_seat")),
    )
    op.create_table(
        "joining_application",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("name", PersonalText("applicant"), nullable=False),
        sa.Column("firm", PersonalText("applicant"), nullable=False),
        sa.Column("trade", PersonalText("applicant"), nullable=False),
        sa.Column("email", PersonalText("applicant"), nullable=False),
        sa.Column("phone", PersonalText("applicant"), nullable=False),
        sa.Column("why", PersonalText("applicant"), nullable=False),
        sa.Column("years", sa.SmallInteger(), nullable=True),
        sa.Column("mail_key", sa.String(length=64), nullable=True),
        sa.Column("held_seat", PersonalText("applicant"), nullable=True),
        sa.Column("visitor_public_id", sa.String(length=16), nullable=False),
        sa.Column("inviter_member_id", sa.BigInteger(), nullable=True),
        sa.Column("rejoins_member_id", sa.BigInteger(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("yes_count", sa.SmallInteger(), nullable=False),
        sa.Column("no_count", sa.SmallInteger(), nullable=False),
        sa.Column("keep_months", sa.SmallInteger(), nullable=False),
        sa.Column("consented_at_utc", UtcDateTime(), nullable=False),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("approved_until", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("forgotten_at_utc", UtcDateTime(), nullable=True),
        sa.Column("link_nonce", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "inviter_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_joining_application_group_id_inviter_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_joining_application_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "rejoins_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_joining_application_group_id_rejoins_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_joining_application_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_joining_application")),
        sa.UniqueConstraint("group_id", "held_seat", name=op.f("uq_joining_application_group_id_held_seat")),
        sa.UniqueConstraint("group_id", "link_hash", name=op.f("uq_joining_application_group_id_link_hash")),
        sa.UniqueConstraint("group_id", "mail_key", name=op.f("uq_joining_application_group_id_mail_key")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_joining_application_group_id_public_id")),
    )
    op.create_index(
        "ix_joining_application_state", "joining_application", ["group_id", "state"], unique=False
    )
    op.create_table(
        "joining_reference",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("name", PersonalText("referee"), nullable=False),
        sa.Column("email", PersonalText("referee"), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("words", PersonalText("referee"), nullable=False),
        sa.Column("times_asked", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=True),
        sa.Column("reminded_at_utc", UtcDateTime(), nullable=True),
        sa.Column("answered_at_utc", UtcDateTime(), nullable=True),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=True),
        sa.Column("link_nonce", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "application_id"],
            ["joining_application.group_id", "joining_application.id"],
            name=op.f("fk_joining_reference_group_id_application_id_joining_application"),
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_joining_reference")),
        sa.UniqueConstraint(
            "group_id",
            "application_id",
            "number",
            name=op.f("uq_joining_reference_group_id_application_id_number"),
        ),
        sa.UniqueConstraint("group_id", "link_hash", name=op.f("uq_joining_reference_group_id_link_hash")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_joining_reference_group_id_public_id")),
    )
    op.create_index("ix_joining_reference_state", "joining_reference", ["group_id", "state"], unique=False)
    op.create_table(
        "joining_vote",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("application_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ballot", sa.String(length=8), nullable=False),
        sa.Column("reason", PersonalText("reason"), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "application_id"],
            ["joining_application.group_id", "joining_application.id"],
            name=op.f("fk_joining_vote_group_id_application_id_joining_application"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_joining_vote_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint(
            "group_id", "application_id", "round", "member_id", name=op.f("pk_joining_vote")
        ),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("joining_vote")
    op.drop_index("ix_joining_reference_state", table_name="joining_reference")
    op.drop_table("joining_reference")
    op.drop_index("ix_joining_application_state", table_name="joining_application")
    op.drop_table("joining_application")
    op.drop_table("joining_wanted")
    op.drop_table("joining_setting")
    op.drop_table("joining_neighbour")
