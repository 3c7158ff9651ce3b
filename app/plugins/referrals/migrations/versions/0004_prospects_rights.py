"""Own notes of a colleague, earlier versions of thank-yous, and when one was taken back."""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "referrals_0004"
down_revision = "referrals_0003"
branch_labels = None
depends_on = None

_MEMBER = ["member.group_id", "member.id"]


def upgrade() -> None:
    op.add_column("referrals_thank_you", sa.Column("withdrawn_at_utc", UtcDateTime))
    _create_own_note()
    _create_thank_you_version()


def downgrade() -> None:
    op.drop_table("referrals_thank_you_version")
    op.drop_table("referrals_own_note")
    op.drop_column("referrals_thank_you", "withdrawn_at_utc")


def _create_own_note() -> None:
    op.create_table(
        "referrals_own_note",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("about_member_id", sa.BigInteger, nullable=False),
        sa.Column("text", PersonalText("note"), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "member_id", "about_member_id", name="pk_referrals_own_note"),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"], _MEMBER, name="fk_referrals_own_note_group_id_member_id_member"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "about_member_id"],
            _MEMBER,
            name="fk_referrals_own_note_group_id_about_member_id_member",
        ),
        sa.CheckConstraint("member_id <> about_member_id", name=op.f("ck_referrals_own_note_two")),
    )


def _create_thank_you_version() -> None:
    op.create_table(
        "referrals_thank_you_version",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("thank_you_id", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("thanked_on", sa.Date, nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("until_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "thank_you_id", "version", name="pk_referrals_thank_you_version"),
        sa.ForeignKeyConstraint(
            ["group_id", "thank_you_id"],
            ["referrals_thank_you.group_id", "referrals_thank_you.id"],
            name="fk_referrals_thank_you_version_thank_you",
        ),
    )
