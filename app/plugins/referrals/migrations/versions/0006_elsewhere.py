"""How the giver of a slip knows a receiver who is new in the group.

Revision ID: referrals_0006
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText

revision = "referrals_0006"
down_revision = "referrals_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "referrals_slip", sa.Column("known_how", PersonalText("note"), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("referrals_slip", "known_how")
