"""Customers who were asked to confirm a report by a link, and that they did.

Revision ID: credibility_0003
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "credibility_0003"
down_revision = "credibility_0002"
branch_labels = None
depends_on = None

TABLE = "credibility_confirmation"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        *(
            sa.Column(name, sa.BigInteger, autoincrement=False, nullable=False)
            for name in ("group_id", "slip_id", "by_member_id", "about_member_id")
        ),
        sa.Column("link_hash", sa.String(64)),
        sa.Column("links", sa.Integer, nullable=False),
        sa.Column("asked_at_utc", UtcDateTime, nullable=False),
        sa.Column("expires_at_utc", UtcDateTime, nullable=False),
        sa.Column("mailed_at_utc", UtcDateTime),
        sa.Column("confirmed_at_utc", UtcDateTime),
        sa.PrimaryKeyConstraint("group_id", "slip_id", name="pk_credibility_confirmation"),
        sa.UniqueConstraint("group_id", "link_hash", name="uq_credibility_confirmation_group_id_link_hash"),
        *(
            sa.ForeignKeyConstraint(
                ["group_id", column],
                ["member.group_id", "member.id"],
                name=f"fk_credibility_confirmation_group_id_{column}_member",
            )
            for column in ("by_member_id", "about_member_id")
        ),
    )
    op.create_index("ix_credibility_confirmation_by", TABLE, ["group_id", "by_member_id"])
    op.create_index("ix_credibility_confirmation_about", TABLE, ["group_id", "about_member_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table(TABLE)
