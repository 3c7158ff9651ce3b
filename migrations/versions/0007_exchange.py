"""What crosses groups: which rows of two groups belong together, and which groups may be found by others.

Revision ID: core_0007
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "core_0007"
down_revision: str | None = "core_0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table, and let no group be found yet."""
    op.create_table(
        "exchange_side",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("exchange_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_exchange_side_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "exchange_id", name=op.f("pk_exchange_side")),
    )
    op.create_index("ix_exchange_side_exchange", "exchange_side", ["exchange_id", "group_id"], unique=True)
    op.add_column(
        "member_group",
        sa.Column("is_found_by_others", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("member_group", "is_found_by_others")
    op.drop_index("ix_exchange_side_exchange", table_name="exchange_side")
    op.drop_table("exchange_side")
