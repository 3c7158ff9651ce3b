"""What a group sets about its referrals: how long a prospect is kept after the slip has ended."""

import sqlalchemy as sa
from alembic import op

revision = "referrals_0007"
down_revision = "referrals_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referrals_setting",
        sa.Column("group_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("prospect_months", sa.SmallInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("group_id", name="pk_referrals_setting"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name="fk_referrals_setting_group_id_member_group"
        ),
        sa.CheckConstraint("prospect_months between 1 and 36", name=op.f("ck_referrals_setting_months")),
    )


def downgrade() -> None:
    op.drop_table("referrals_setting")
