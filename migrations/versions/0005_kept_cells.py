"""What files hold in columns that nobody asked for.

Revision ID: core_0005
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText

revision: str = "core_0005"
down_revision: str | None = "core_0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "import_extra",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("name", PersonalText("note"), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("heading", PersonalText("note"), nullable=False),
        sa.Column("text", PersonalText("note"), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "batch_id"],
            ["import_batch.group_id", "import_batch.id"],
            name=op.f("fk_import_extra_group_id_batch_id_import_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_import_extra_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "batch_id", "number", name=op.f("pk_import_extra")),
    )
    op.create_index("ix_import_extra_member", "import_extra", ["group_id", "member_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_import_extra_member", table_name="import_extra")
    op.drop_table("import_extra")
