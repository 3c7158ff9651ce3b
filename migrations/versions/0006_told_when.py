"""What members chose to be told of by mail, and in which hours they are left alone.

Revision ID: core_0006
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "core_0006"
down_revision: str | None = "core_0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "told_when",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("waiting_by", sa.String(length=10), nullable=False),
        sa.Column("news_by", sa.String(length=10), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_told_when_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_told_when")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("told_when")
