"""When the receiver of a slip is told of it."""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "referrals_0005"
down_revision = "referrals_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referrals_slip", sa.Column("told_from_utc", UtcDateTime))


def downgrade() -> None:
    op.drop_column("referrals_slip", "told_from_utc")
