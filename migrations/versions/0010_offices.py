"""What goes with an office, and offices that members are asked to take.

Revision ID: core_0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision: str = "core_0010"
down_revision: str | None = "core_0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id", column],
        ["member.group_id", "member.id"],
        name=op.f(f"fk_{table}_group_id_{column}_member"),
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "office_word",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("office", sa.String(length=30), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("words", PersonalText("note"), nullable=False),
        sa.Column("written_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _member("office_word", "member_id"),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_office_word")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_office_word_group_id_public_id")),
    )
    op.create_index("ix_office_word_office", "office_word", ["group_id", "office"])
    op.create_table(
        "office_offer",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("office", sa.String(length=30), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("offered_by_member_id", sa.BigInteger(), nullable=False),
        sa.Column("offered_at_utc", UtcDateTime(), nullable=False),
        sa.Column("taken_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at_utc", UtcDateTime(), nullable=True),
        _member("office_offer", "offered_by_member_id"),
        _member("office_offer", "taken_by_member_id"),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_office_offer")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_office_offer_group_id_public_id")),
    )
    op.create_index("ix_office_offer_state", "office_offer", ["group_id", "state"])
    op.create_table(
        "office_asked",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("offer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("answered_at_utc", UtcDateTime(), nullable=True),
        _member("office_asked", "member_id"),
        sa.ForeignKeyConstraint(
            ["group_id", "offer_id"],
            ["office_offer.group_id", "office_offer.id"],
            name=op.f("fk_office_asked_group_id_offer_id_office_offer"),
        ),
        sa.PrimaryKeyConstraint("group_id", "offer_id", "member_id", name=op.f("pk_office_asked")),
    )
    op.create_index("ix_office_asked_member", "office_asked", ["group_id", "member_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("office_asked")
    op.drop_table("office_offer")
    op.drop_table("office_word")
