"""Registration before a visit, the public page, the call and the question afterwards.

Revision ID: welcome_0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "welcome_0002"
down_revision = "welcome_0001"
branch_labels = None
depends_on = None


def _new_columns() -> "list[sa.Column[Any]]":
    """Return what a visitor's row says besides; those who stand already came."""
    return [
        sa.Column("state", sa.String(length=10), nullable=False, server_default="came"),
        sa.Column("registered_at_utc", UtcDateTime(), nullable=True),
        sa.Column("arrived_at_utc", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at_utc", UtcDateTime(), nullable=True),
        sa.Column("wants_greeter", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("listens_only", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("introduction", PersonalText("visitor"), nullable=False, server_default=""),
        sa.Column("access_needs", PersonalText("visitor"), nullable=False, server_default=""),
        sa.Column("inviter_words", PersonalText("visitor"), nullable=False, server_default=""),
        sa.Column("consented_at_utc", UtcDateTime(), nullable=True),
        sa.Column("mail_key", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("link_hash", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("language", sa.String(length=12), nullable=False, server_default=""),
        sa.Column("same_as_id", sa.BigInteger(), nullable=True),
    ]


def upgrade() -> None:
    """Widen the visitors and make the tables."""
    for column in _new_columns():
        op.add_column("welcome_visitor", column)
    op.create_index("ix_welcome_visitor_mail_key", "welcome_visitor", ["group_id", "mail_key"])
    op.create_index("ix_welcome_visitor_expires", "welcome_visitor", ["group_id", "expires_on"])
    _make_page()
    _make_visits()


def _make_page() -> None:
    op.create_table(
        "welcome_page",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("about", PersonalText("note"), nullable=False),
        sa.Column("minutes", PersonalText("note"), nullable=False),
        sa.Column("whom_for", PersonalText("note"), nullable=False),
        sa.Column("cost", PersonalText("note"), nullable=False),
        sa.Column("dress", PersonalText("note"), nullable=False),
        sa.Column("way", PersonalText("note"), nullable=False),
        sa.Column("shows_trades", sa.Boolean(), nullable=False),
        sa.Column("months_kept", sa.Integer(), nullable=False),
        sa.Column("visits_limit", sa.Integer(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_page_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_welcome_page")),
    )
    op.create_table(
        "welcome_door_photo",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_door_photo_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_welcome_door_photo")),
    )


def _make_visits() -> None:
    op.create_table(
        "welcome_visit_link",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_visit_link_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_visit_link_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "link_hash", name=op.f("pk_welcome_visit_link")),
    )
    op.create_index(
        "ix_welcome_visit_link_visitor", "welcome_visit_link", ["group_id", "visitor_id"], unique=False
    )
    op.create_table(
        "welcome_co_inviter",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("words", PersonalText("visitor"), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_co_inviter_group_id_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_co_inviter_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_co_inviter_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_welcome_co_inviter")),
    )
    op.create_index(
        "ix_welcome_co_inviter_visitor", "welcome_co_inviter", ["group_id", "visitor_id"], unique=False
    )
    op.create_table(
        "welcome_call",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner_member_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("due_at_utc", UtcDateTime(), nullable=False),
        sa.Column("called_at_utc", UtcDateTime(), nullable=True),
        sa.Column("called_by_member_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id", "called_by_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_call_group_id_called_by_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "owner_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_call_group_id_owner_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_call_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_call_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "visitor_id", name=op.f("pk_welcome_call")),
    )
    op.create_index("ix_welcome_call_open", "welcome_call", ["group_id", "called_at_utc"], unique=False)
    op.create_table(
        "welcome_call_note",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("author_member_id", sa.BigInteger(), nullable=False),
        sa.Column("words", PersonalText("visitor"), nullable=False),
        sa.Column("written_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "author_member_id"],
            ["member.group_id", "member.id"],
            name=op.f("fk_welcome_call_note_group_id_author_member_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_call_note_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_call_note_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f("pk_welcome_call_note")),
    )
    op.create_index(
        "ix_welcome_call_note_visitor", "welcome_call_note", ["group_id", "visitor_id"], unique=False
    )
    op.create_table(
        "welcome_visit_answer",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("words", PersonalText("visitor"), nullable=False),
        sa.Column("answered_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "visitor_id"],
            ["welcome_visitor.group_id", "welcome_visitor.id"],
            name=op.f("fk_welcome_visit_answer_group_id_visitor_id_welcome_visitor"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_welcome_visit_answer_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "visitor_id", name=op.f("pk_welcome_visit_answer")),
    )


def downgrade() -> None:
    """Take them away; registrations that are no visit go with them, for the older table knows visits alone."""
    for table in (
        "welcome_visit_answer",
        "welcome_call_note",
        "welcome_call",
        "welcome_co_inviter",
        "welcome_visit_link",
        "welcome_door_photo",
        "welcome_page",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM welcome_visitor WHERE state <> 'came'")
    op.drop_index("ix_welcome_visitor_expires", table_name="welcome_visitor")
    op.drop_index("ix_welcome_visitor_mail_key", table_name="welcome_visitor")
    for column in reversed(_new_columns()):
        op.drop_column("welcome_visitor", column.name)
