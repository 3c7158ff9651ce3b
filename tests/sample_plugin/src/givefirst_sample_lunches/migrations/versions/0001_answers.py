"""Answers to lunch after a meeting."""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "lunches_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lunches_answer",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("meeting_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("is_coming", sa.Boolean, nullable=False),
        sa.Column("remark", PersonalText("note"), nullable=False),
        sa.Column("answered_at_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "meeting_id", "member_id", name="pk_lunches_answer"),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting_id"],
            ["meeting.group_id", "meeting.id"],
            name="fk_lunches_answer_group_id_meeting_id_meeting",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name="fk_lunches_answer_group_id_member_id_member",
        ),
    )


def downgrade() -> None:
    op.drop_table("lunches_answer")
