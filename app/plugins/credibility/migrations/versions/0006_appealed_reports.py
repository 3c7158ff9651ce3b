"""Of which report an appeal is, also where that is counted anew; and since when a report had appeared that was taken away.

Revision ID: credibility_0006
"""

import sqlalchemy as sa
from alembic import op

revision = "credibility_0006"
down_revision = "credibility_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, fill them where the counted report still stands, and make the table."""
    op.add_column("credibility_appeal", sa.Column("slip_id", sa.BigInteger))
    op.add_column("credibility_appeal", sa.Column("report_number", sa.Integer))
    for column in ("slip_id", "report_number"):
        op.execute(_filled(column))
    op.create_table(
        "credibility_appeared",
        sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("facet", sa.String(10), nullable=False),
        sa.Column("slip_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("report_number", sa.Integer, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "facet", "slip_id", name="pk_credibility_appeared"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name="fk_credibility_appeared_group_id_member_group"
        ),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("credibility_appeared")
    op.drop_column("credibility_appeal", "report_number")
    op.drop_column("credibility_appeal", "slip_id")


def _filled(column: str) -> str:
    is_sealed = op.get_bind().dialect.name == "postgresql"
    evidence = "sealed.credibility_evidence" if is_sealed else "credibility_evidence"
    return (
        f"UPDATE credibility_appeal SET {column} = (SELECT one.{column} FROM {evidence} AS one "  # noqa: S608  # names of our own
        "WHERE one.group_id = credibility_appeal.group_id AND one.id = credibility_appeal.evidence_id)"
    )
