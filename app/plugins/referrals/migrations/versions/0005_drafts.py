"""When the receiver of a slip is told of it, and slips that are kept as they are typed."""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "referrals_0005"
down_revision = "referrals_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referrals_slip", sa.Column("told_from_utc", UtcDateTime))
    op.create_index("ix_referrals_slip_told", "referrals_slip", ["group_id", "told_from_utc"])
    op.create_table(
        "referrals_draft",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("public_id", sa.String(64), nullable=False),
        sa.Column("typed", PersonalText("prospect"), nullable=False),
        sa.Column("saved_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "member_id", "public_id", name="pk_referrals_draft"),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name="fk_referrals_draft_group_id_member_id_member",
        ),
    )
    op.create_index("ix_referrals_draft_saved", "referrals_draft", ["group_id", "saved_at_utc"])


def downgrade() -> None:
    op.drop_index("ix_referrals_draft_saved", "referrals_draft")
    op.drop_table("referrals_draft")
    op.drop_index("ix_referrals_slip_told", "referrals_slip")
    op.drop_column("referrals_slip", "told_from_utc")
