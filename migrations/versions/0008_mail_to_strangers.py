"""Mail to people who are no person of the house: readers are told apart by a key, and the person may be absent.

Revision ID: core_0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "core_0008"
down_revision: str | None = "core_0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BEFORE = "uq_outgoing_mail_kind_person_id_subject_key_period"
_AFTER = "uq_outgoing_mail_kind_reader_key_subject_key_period"


def upgrade() -> None:
    """Give each mail the key of its reader, which for persons is their id."""
    op.add_column(
        "outgoing_mail", sa.Column("reader_key", sa.String(length=64), nullable=False, server_default="")
    )
    op.execute("UPDATE outgoing_mail SET reader_key = CAST(person_id AS VARCHAR(20))")
    with op.batch_alter_table("outgoing_mail") as table:
        table.alter_column("person_id", existing_type=sa.BigInteger(), nullable=True)
        table.alter_column("reader_key", existing_type=sa.String(length=64), server_default=None)
        table.drop_constraint(_BEFORE, type_="unique")
        table.create_unique_constraint(_AFTER, ["kind", "reader_key", "subject_key", "period"])


def downgrade() -> None:
    """Drop mails to people who are no person of the house, and the key."""
    op.execute("DELETE FROM outgoing_mail WHERE person_id IS NULL")
    with op.batch_alter_table("outgoing_mail") as table:
        table.drop_constraint(_AFTER, type_="unique")
        table.create_unique_constraint(_BEFORE, ["kind", "person_id", "subject_key", "period"])
        table.alter_column("person_id", existing_type=sa.BigInteger(), nullable=False)
        table.drop_column("reader_key")
