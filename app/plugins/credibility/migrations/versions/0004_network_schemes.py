"""The network's own schemes, which version of one a group has, and when those who decide were reminded.

Revision ID: credibility_0004
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "credibility_0004"
down_revision = "credibility_0003"
branch_labels = None
depends_on = None

_CONSTANTS = (
    "prior",
    "kappa",
    "half_life",
    "mutual_factor",
    "mutual_window",
    "new_voice",
    "min_tenure",
    "min_attended",
    "min_given",
    "min_outcomes",
    "min_independent",
    "min_evidence",
)


def upgrade() -> None:
    """Make the table and the columns; what groups have chosen so far is the first version of it."""
    op.create_table(
        "credibility_network_scheme",
        sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("made_at_utc", UtcDateTime, nullable=False),
        *(sa.Column(name, sa.Float(53), nullable=False) for name in _CONSTANTS),
        sa.PrimaryKeyConstraint("group_id", "number", name="pk_credibility_network_scheme"),
    )
    op.add_column("credibility_scheme", sa.Column("version", sa.Integer, server_default="1", nullable=False))
    op.add_column("credibility_decider", sa.Column("reminded_at_utc", UtcDateTime))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("credibility_decider", "reminded_at_utc")
    op.drop_column("credibility_scheme", "version")
    op.drop_table("credibility_network_scheme")
