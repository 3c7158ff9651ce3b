"""What of a mail its reader can stop by the link below it, and the words that groups gave their mails.

Revision ID: core_0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision: str = "core_0009"
down_revision: str | None = "core_0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table; what is on its way already has no link."""
    op.add_column(
        "outgoing_mail", sa.Column("topic", sa.String(length=10), nullable=False, server_default="")
    )
    op.create_table(
        "mail_words",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wording", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_mail_words_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "wording", name=op.f("pk_mail_words")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("mail_words")
    op.drop_column("outgoing_mail", "topic")
