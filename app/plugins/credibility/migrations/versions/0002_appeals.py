"""Disagreements with counted reports, who decides on them, and which reports are void.

Revision ID: credibility_0002
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "credibility_0002"
down_revision = "credibility_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _create_appeals()
    _create_deciders()
    op.create_table(
        "credibility_void",
        _key("group_id"),
        sa.Column("facet", sa.String(10), nullable=False),
        _key("slip_id"),
        sa.Column("report_number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "facet", "slip_id", name="pk_credibility_void"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name="fk_credibility_void_group_id_member_group"
        ),
    )


def downgrade() -> None:
    """Take them away."""
    for name in ("void", "decider", "appeal"):
        op.drop_table(f"credibility_{name}")


def _create_appeals() -> None:
    op.create_table(
        "credibility_appeal",
        _key("group_id"),
        _key("id"),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("evidence_id", sa.BigInteger, nullable=False),
        sa.Column("about_member_id", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("filed_at_utc", UtcDateTime, nullable=False),
        sa.Column("due_at_utc", UtcDateTime, nullable=False),
        sa.Column("ended_at_utc", UtcDateTime),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_credibility_appeal"),
        sa.UniqueConstraint("group_id", "public_id", name="uq_credibility_appeal_group_id_public_id"),
        sa.UniqueConstraint("group_id", "evidence_id", name="uq_credibility_appeal_group_id_evidence_id"),
        _member("appeal", "about_member_id"),
    )
    op.create_index(
        "ix_credibility_appeal_about", "credibility_appeal", ["group_id", "about_member_id", "filed_at_utc"]
    )
    op.create_index("ix_credibility_appeal_state", "credibility_appeal", ["group_id", "state"])


def _create_deciders() -> None:
    op.create_table(
        "credibility_decider",
        _key("group_id"),
        _key("appeal_id"),
        _key("member_id"),
        sa.Column("says", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("said_at_utc", UtcDateTime),
        sa.PrimaryKeyConstraint("group_id", "appeal_id", "member_id", name="pk_credibility_decider"),
        sa.ForeignKeyConstraint(
            ["group_id", "appeal_id"],
            ["credibility_appeal.group_id", "credibility_appeal.id"],
            name="fk_credibility_decider_group_id_appeal_id_credibility_appeal",
        ),
        _member("decider", "member_id"),
    )
    op.create_index("ix_credibility_decider_member", "credibility_decider", ["group_id", "member_id"])


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, autoincrement=False, nullable=False)


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id", column],
        ["member.group_id", "member.id"],
        name=f"fk_credibility_{table}_group_id_{column}_member",
    )
