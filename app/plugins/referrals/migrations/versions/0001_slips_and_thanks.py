"""Slips with their prospects and steps, and thank-you business."""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "referrals_0001"
down_revision = None
branch_labels = None
depends_on = None

_MEMBER = ["member.group_id", "member.id"]
_SLIP = ["referrals_slip.group_id", "referrals_slip.id"]


def upgrade() -> None:
    _create_prospect()
    _create_slip()
    _create_step()
    _create_thank_you()


def downgrade() -> None:
    op.drop_table("referrals_thank_you")
    op.drop_table("referrals_step")
    op.drop_table("referrals_slip")
    op.drop_table("referrals_prospect")


def _create_prospect() -> None:
    op.create_table(
        "referrals_prospect",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("name", PersonalText("prospect"), nullable=False),
        sa.Column("contact", PersonalText("prospect"), nullable=False),
        sa.Column("agreed", sa.Boolean, nullable=False),
        sa.Column("agreed_how", PersonalText("prospect"), nullable=False),
        sa.Column("agreed_on", sa.Date),
        sa.Column("created_at_utc", UtcDateTime, nullable=False),
        sa.Column("expires_on", sa.Date),
        sa.Column("objected_at_utc", UtcDateTime),
        sa.Column("redacted_at_utc", UtcDateTime),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_referrals_prospect"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name="fk_referrals_prospect_group_id_member_group"
        ),
    )
    op.create_index("ix_referrals_prospect_expires_on", "referrals_prospect", ["group_id", "expires_on"])


def _create_slip() -> None:
    op.create_table(
        "referrals_slip",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("giver_member_id", sa.BigInteger),
        sa.Column("giver_outside", PersonalText("note"), nullable=False),
        sa.Column("receiver_member_id", sa.BigInteger),
        sa.Column("receiver_outside", PersonalText("note"), nullable=False),
        sa.Column("exchange_id", sa.BigInteger),
        sa.Column("prospect_id", sa.BigInteger),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tier", sa.String(10), nullable=False),
        sa.Column("how_well", sa.SmallInteger),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("about", PersonalText("note"), nullable=False),
        sa.Column("urgency", sa.String(20), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("is_historic", sa.Boolean, nullable=False),
        sa.Column("historic_on", sa.Date),
        sa.Column("batch_id", sa.BigInteger),
        sa.Column("passed_at_utc", UtcDateTime, nullable=False),
        sa.Column("acknowledged_at_utc", UtcDateTime),
        sa.Column("news_at_utc", UtcDateTime, nullable=False),
        sa.Column("closed_at_utc", UtcDateTime),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_referrals_slip"),
        sa.UniqueConstraint("group_id", "public_id", name="uq_referrals_slip_group_id_public_id"),
        sa.ForeignKeyConstraint(
            ["group_id", "giver_member_id"], _MEMBER, name="fk_referrals_slip_group_id_giver_member_id_member"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "receiver_member_id"],
            _MEMBER,
            name="fk_referrals_slip_group_id_receiver_member_id_member",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "prospect_id"],
            ["referrals_prospect.group_id", "referrals_prospect.id"],
            name="fk_referrals_slip_group_id_prospect_id_referrals_prospect",
        ),
        sa.CheckConstraint("how_well between 1 and 5", name=op.f("ck_referrals_slip_how_well")),
        sa.CheckConstraint(
            "is_historic = (historic_on is not null)", name=op.f("ck_referrals_slip_historic")
        ),
    )
    for name, *columns in (
        ("receiver", "receiver_member_id", "passed_at_utc"),
        ("giver", "giver_member_id", "passed_at_utc"),
        ("passed", "passed_at_utc"),
        ("closed", "closed_at_utc"),
        ("historic", "historic_on"),
        ("batch", "batch_id"),
    ):
        op.create_index(f"ix_referrals_slip_{name}", "referrals_slip", ["group_id", *columns])


def _create_step() -> None:
    op.create_table(
        "referrals_step",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("slip_id", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("from_state", sa.String(20)),
        sa.Column("to_state", sa.String(20), nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        sa.Column("by_member_id", sa.BigInteger),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "slip_id", "number", name="pk_referrals_step"),
        sa.ForeignKeyConstraint(
            ["group_id", "slip_id"], _SLIP, name="fk_referrals_step_group_id_slip_id_referrals_slip"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "by_member_id"], _MEMBER, name="fk_referrals_step_group_id_by_member_id_member"
        ),
    )


def _create_thank_you() -> None:
    op.create_table(
        "referrals_thank_you",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("thanker_member_id", sa.BigInteger),
        sa.Column("thanker_outside", PersonalText("note"), nullable=False),
        sa.Column("thanked_member_id", sa.BigInteger),
        sa.Column("thanked_outside", PersonalText("note"), nullable=False),
        sa.Column("slip_id", sa.BigInteger),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("thanked_on", sa.Date, nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("batch_id", sa.BigInteger),
        sa.Column("created_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_referrals_thank_you"),
        sa.UniqueConstraint("group_id", "public_id", name="uq_referrals_thank_you_group_id_public_id"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name="fk_referrals_thank_you_group_id_member_group"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "thanker_member_id"],
            _MEMBER,
            name="fk_referrals_thank_you_group_id_thanker_member_id_member",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "thanked_member_id"],
            _MEMBER,
            name="fk_referrals_thank_you_group_id_thanked_member_id_member",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "slip_id"], _SLIP, name="fk_referrals_thank_you_group_id_slip_id_referrals_slip"
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_referrals_thank_you_amount")),
    )
    for name, *columns in (
        ("day", "thanked_on"),
        ("thanked", "thanked_member_id", "thanked_on"),
        ("thanker", "thanker_member_id", "thanked_on"),
        ("slip", "slip_id"),
        ("batch", "batch_id"),
    ):
        op.create_index(f"ix_referrals_thank_you_{name}", "referrals_thank_you", ["group_id", *columns])
