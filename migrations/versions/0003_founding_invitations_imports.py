"""Core's tables for founding, inviting, importing with answers, and meetings that change.

Revision ID: core_0003
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision: str = "core_0003"
down_revision: str | None = "core_0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables and the columns."""
    op.create_table(
        "network",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("founding", sa.String(length=12), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
    )
    op.create_table(
        "pending_founding",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("email", PersonalText("contact"), nullable=False),
        sa.Column("asked", PersonalText("contact"), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("used_at_utc", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_pending_founding")),
    )
    op.create_table(
        "step_set_aside",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_step_set_aside_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "step", name=op.f("pk_step_set_aside")),
    )
    op.create_table(
        "import_alias",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("folded_name", PersonalText("profile"), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("set_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("set_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_import_alias_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_import_alias_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "folded_name", name=op.f("pk_import_alias")),
    )
    op.create_table(
        "invitation",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("invited_by_member_id", sa.BigInteger(), nullable=True),
        sa.Column("mail_id", sa.BigInteger(), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("times_sent", sa.Integer(), nullable=False),
        sa.Column("first_sent_at_utc", UtcDateTime(), nullable=False),
        sa.Column("sent_at_utc", UtcDateTime(), nullable=False),
        sa.Column("accepted_at_utc", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "invited_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_invitation_group_id_invited_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_invitation_group_id_member_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_invitation")),
    )
    op.create_table(
        "import_effect",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("before", PersonalText("note"), nullable=False),
        sa.Column("after", PersonalText("note"), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "batch_id"],
            ["import_batch.group_id", "import_batch.id"],
            name=op.f("fk_import_effect_group_id_batch_id_import_batch"),
        ),
        sa.PrimaryKeyConstraint("group_id", "batch_id", "number", name=op.f("pk_import_effect")),
    )
    op.add_column("account_link", sa.Column("code_hash", sa.String(length=64), nullable=True))
    op.add_column("account_link", sa.Column("tries_left", sa.Integer(), server_default="5", nullable=False))
    op.add_column(
        "import_batch", sa.Column("answers", PersonalText("note"), server_default="", nullable=False)
    )
    op.add_column("import_batch", sa.Column("step_done", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import_batch", sa.Column("step_total", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import_batch", sa.Column("undone_at_utc", UtcDateTime(), nullable=True))
    op.add_column("import_batch", sa.Column("undone_by_member_id", sa.BigInteger(), nullable=True))
    op.add_column("meeting", sa.Column("note", PersonalText("note"), server_default="", nullable=False))
    op.add_column("member", sa.Column("calendar_number", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "outgoing_mail", sa.Column("attached_name", sa.String(length=80), server_default="", nullable=False)
    )
    op.add_column(
        "outgoing_mail", sa.Column("attached_type", sa.String(length=80), server_default="", nullable=False)
    )
    op.add_column(
        "outgoing_mail", sa.Column("attached", PersonalText("mail"), server_default="", nullable=False)
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("outgoing_mail", "attached")
    op.drop_column("outgoing_mail", "attached_type")
    op.drop_column("outgoing_mail", "attached_name")
    op.drop_column("member", "calendar_number")
    op.drop_column("meeting", "note")
    op.drop_column("import_batch", "undone_by_member_id")
    op.drop_column("import_batch", "undone_at_utc")
    op.drop_column("import_batch", "step_total")
    op.drop_column("import_batch", "step_done")
    op.drop_column("import_batch", "answers")
    op.drop_column("account_link", "tries_left")
    op.drop_column("account_link", "code_hash")
    op.drop_table("import_effect")
    op.drop_table("invitation")
    op.drop_table("import_alias")
    op.drop_table("step_set_aside")
    op.drop_table("pending_founding")
    op.drop_table("network")
