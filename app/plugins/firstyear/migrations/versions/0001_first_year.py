"""Stays with induction, mentors, plan and talks; the question to leavers.

Revision ID: firstyear_0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "firstyear_0001"
down_revision = None
branch_labels = None
depends_on = None

_MEMBER = ["member.group_id", "member.id"]
_STAY = ["firstyear_stay.group_id", "firstyear_stay.id"]
_IS_OPEN = sa.text("state IN ('asked', 'accepted')")


def upgrade() -> None:
    """Make the tables."""
    _create_steps()
    _create_stay()
    _create_step()
    _create_mentoring()
    _create_to_meet()
    _create_talk()
    _create_exit()


def downgrade() -> None:
    """Take them away."""
    for name in ("exit", "talk", "to_meet", "mentor_ask", "mentor_offer", "step", "stay", "steps"):
        op.drop_table(f"firstyear_{name}")


def _create_steps() -> None:
    op.create_table(
        "firstyear_steps",
        sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("steps", PersonalText("note"), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_firstyear_steps_group_id_member_group")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_firstyear_steps")),
    )


def _create_stay() -> None:
    op.create_table(
        "firstyear_stay",
        *_identity(),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("earlier_until", sa.Date, nullable=True),
        sa.Column("has_plan", sa.Boolean, nullable=False),
        sa.Column("keeper_member_id", sa.BigInteger, nullable=True),
        sa.Column("is_keeper_named", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_keys("stay"),
        _to_member("stay", "member_id"),
        _to_member("stay", "keeper_member_id"),
        sa.UniqueConstraint(
            "group_id",
            "member_id",
            "started_on",
            name=op.f("uq_firstyear_stay_group_id_member_id_started_on"),
        ),
        sa.CheckConstraint("state IN ('running', 'over')", name=op.f("ck_firstyear_stay_state")),
    )
    op.create_index("ix_firstyear_stay_state", "firstyear_stay", ["group_id", "state", "started_on"])


def _create_step() -> None:
    op.create_table(
        "firstyear_step",
        sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("stay_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("text", PersonalText("note"), nullable=False),
        sa.Column("done_at_utc", UtcDateTime(), nullable=True),
        sa.Column("done_by_member_id", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("group_id", "stay_id", "number", name=op.f("pk_firstyear_step")),
        _to_stay("step"),
        _to_member("step", "done_by_member_id"),
    )


def _create_mentoring() -> None:
    op.create_table(
        "firstyear_mentor_offer",
        sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("offered_at_utc", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_firstyear_mentor_offer")),
        _to_member("mentor_offer", "member_id"),
    )
    op.create_table(
        "firstyear_mentor_ask",
        *_identity(),
        sa.Column("stay_id", sa.BigInteger, nullable=False),
        sa.Column("mentor_member_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("asked_by_member_id", sa.BigInteger, nullable=True),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=False),
        sa.Column("answered_at_utc", UtcDateTime(), nullable=True),
        sa.Column("ended_at_utc", UtcDateTime(), nullable=True),
        *_keys("mentor_ask"),
        _to_stay("mentor_ask"),
        _to_member("mentor_ask", "mentor_member_id"),
        _to_member("mentor_ask", "asked_by_member_id"),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'withdrawn', 'stepped-back', 'over')",
            name=op.f("ck_firstyear_mentor_ask_state"),
        ),
    )
    op.create_index(
        "ix_firstyear_mentor_ask_open",
        "firstyear_mentor_ask",
        ["group_id", "stay_id"],
        unique=True,
        postgresql_where=_IS_OPEN,
        sqlite_where=_IS_OPEN,
    )
    op.create_index(
        "ix_firstyear_mentor_ask_mentor", "firstyear_mentor_ask", ["group_id", "mentor_member_id"]
    )


def _create_to_meet() -> None:
    op.create_table(
        "firstyear_to_meet",
        sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("stay_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("met_on", sa.Date, nullable=True),
        sa.Column("is_set_aside", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "stay_id", "member_id", name=op.f("pk_firstyear_to_meet")),
        _to_stay("to_meet"),
        _to_member("to_meet", "member_id"),
    )


def _create_talk() -> None:
    op.create_table(
        "firstyear_talk",
        *_identity(),
        sa.Column("stay_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("round", sa.SmallInteger, nullable=False),
        sa.Column("planned_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("is_moved", sa.Boolean, nullable=False),
        sa.Column("owner_member_id", sa.BigInteger, nullable=True),
        sa.Column("is_owner_named", sa.Boolean, nullable=False),
        sa.Column("told_on", sa.Date, nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("held_on", sa.Date, nullable=True),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("seen_by", sa.String(10), nullable=False),
        sa.Column("words", PersonalText("note"), nullable=False),
        sa.Column("wishes", PersonalText("note"), nullable=False),
        sa.Column("reason", PersonalText("reason"), nullable=False),
        sa.Column("settled_by_member_id", sa.BigInteger, nullable=True),
        sa.Column("forget_on", sa.Date, nullable=True),
        sa.Column("forgotten_at_utc", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        *_keys("talk"),
        _to_stay("talk"),
        _to_member("talk", "owner_member_id"),
        _to_member("talk", "settled_by_member_id"),
        sa.UniqueConstraint(
            "group_id",
            "stay_id",
            "kind",
            "year",
            "round",
            name=op.f("uq_firstyear_talk_group_id_stay_id_kind_year_round"),
        ),
        sa.CheckConstraint(
            "state IN ('due', 'held', 'skipped', 'off')", name=op.f("ck_firstyear_talk_state")
        ),
    )
    op.create_index("ix_firstyear_talk_due", "firstyear_talk", ["group_id", "state", "due_on"])


def _create_exit() -> None:
    op.create_table(
        "firstyear_exit",
        *_identity(),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("ended_on", sa.Date, nullable=False),
        sa.Column("ask_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answer", PersonalText("note"), nullable=False),
        sa.Column("answered_at_utc", UtcDateTime(), nullable=True),
        sa.Column("forget_on", sa.Date, nullable=True),
        sa.Column("forgotten_at_utc", UtcDateTime(), nullable=True),
        *_keys("exit"),
        _to_member("exit", "member_id"),
        sa.UniqueConstraint(
            "group_id", "member_id", "ended_on", name=op.f("uq_firstyear_exit_group_id_member_id_ended_on")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'asked', 'answered', 'not-asked', 'off')",
            name=op.f("ck_firstyear_exit_state"),
        ),
    )
    op.create_index("ix_firstyear_exit_state", "firstyear_exit", ["group_id", "state", "ask_on"])


def _identity() -> list[sa.Column[Any]]:
    return [
        sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
    ]


def _keys(table: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("group_id", "id", name=op.f(f"pk_firstyear_{table}")),
        sa.UniqueConstraint("group_id", "public_id", name=op.f(f"uq_firstyear_{table}_group_id_public_id")),
    ]


def _to_member(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_firstyear_{table}_group_id_{column}_member")
    return sa.ForeignKeyConstraint(["group_id", column], _MEMBER, name=name)


def _to_stay(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_firstyear_{table}_group_id_stay_id_firstyear_stay")
    return sa.ForeignKeyConstraint(["group_id", "stay_id"], _STAY, name=name)
