"""Dues: what is owed and paid.

Revision ID: dues_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "dues_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "dues_entry",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("listed_name", PersonalText("profile"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("noted_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_dues_entry_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_dues_entry_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_dues_entry")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f("uq_dues_entry_group_id_public_id")),
    )
    op.create_index("ix_dues_entry_batch", "dues_entry", ["group_id", "batch_id"], unique=False)
    op.create_index("ix_dues_entry_due", "dues_entry", ["group_id", "state", "due_on"], unique=False)
    op.create_index("ix_dues_entry_member", "dues_entry", ["group_id", "member_id"], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_dues_entry_member", table_name="dues_entry")
    op.drop_index("ix_dues_entry_due", table_name="dues_entry")
    op.drop_index("ix_dues_entry_batch", table_name="dues_entry")
    op.drop_table("dues_entry")
