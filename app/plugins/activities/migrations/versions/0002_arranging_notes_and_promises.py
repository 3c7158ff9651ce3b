"""Arranged one-to-ones, notes and wishes of one member alone, promises to oneself."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "activities_0002"
down_revision = "activities_0001"
branch_labels = None
depends_on = None

_MEMBER = ["member.group_id", "member.id"]
_IS_OPEN = sa.text("state IN ('asked', 'agreed')")


def upgrade() -> None:
    _create_arrangement()
    _create_talk_time()
    _create_talk_note()
    _create_wishes()
    _create_commitment()


def downgrade() -> None:
    for table in ("commitment", "pair_wish", "rhythm", "talk_note", "talk_time", "arrangement"):
        op.drop_table(f"activities_{table}")


def _create_arrangement() -> None:
    name = "activities_arrangement"
    op.create_table(
        name,
        *_identity(name),
        sa.Column("one_member_id", sa.BigInteger, nullable=False),
        sa.Column("other_member_id", sa.BigInteger, nullable=False),
        sa.Column("asker_member_id", sa.BigInteger, nullable=False),
        sa.Column("waits_for_member_id", sa.BigInteger),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("starts_at_utc", UtcDateTime),
        *_where_and_how_long(),
        sa.Column("words", PersonalText("note"), nullable=False),
        sa.Column("words_by_member_id", sa.BigInteger),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("reminded_sequence", sa.Integer),
        sa.Column("one_to_one_id", sa.BigInteger),
        sa.Column("asked_at_utc", UtcDateTime, nullable=False),
        sa.Column("changed_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_members(
            name,
            "one_member_id",
            "other_member_id",
            "asker_member_id",
            "waits_for_member_id",
            "words_by_member_id",
        ),
        sa.CheckConstraint("one_member_id < other_member_id", name=op.f(f"ck_{name}_pair")),
    )
    op.create_index(
        f"ix_{name}_open",
        name,
        ["group_id", "one_member_id", "other_member_id"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
    for short, *columns in (
        ("one", "one_member_id"),
        ("other", "other_member_id"),
        ("state", "state", "starts_at_utc"),
        ("talk", "one_to_one_id"),
    ):
        op.create_index(f"ix_{name}_{short}", name, ["group_id", *columns])


def _create_talk_time() -> None:
    name = "activities_talk_time"
    op.create_table(
        name,
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("arrangement_id", sa.BigInteger, nullable=False),
        sa.Column("number", sa.SmallInteger, nullable=False),
        sa.Column("starts_at_utc", UtcDateTime, nullable=False),
        *_where_and_how_long(),
        sa.PrimaryKeyConstraint("group_id", "arrangement_id", "number", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["group_id", "arrangement_id"],
            ["activities_arrangement.group_id", "activities_arrangement.id"],
            name=f"fk_{name}_arrangement",
        ),
    )


def _create_talk_note() -> None:
    name = "activities_talk_note"
    op.create_table(
        name,
        *_identity(name),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("about_member_id", sa.BigInteger),
        sa.Column("one_to_one_id", sa.BigInteger),
        sa.Column("arrangement_id", sa.BigInteger),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_members(name, "member_id", "about_member_id"),
        *(
            sa.UniqueConstraint(
                "group_id", column, "member_id", name=f"uq_{name}_group_id_{column}_member_id"
            )
            for column in ("one_to_one_id", "arrangement_id")
        ),
    )
    op.create_index(f"ix_{name}_member", name, ["group_id", "member_id", "day"])


def _create_wishes() -> None:
    for name, keys in (
        ("activities_rhythm", ["member_id"]),
        ("activities_pair_wish", ["member_id", "about_member_id"]),
    ):
        op.create_table(
            name,
            sa.Column("group_id", sa.BigInteger, nullable=False),
            *(sa.Column(key, sa.BigInteger, nullable=False) for key in keys),
            sa.Column("weeks", sa.SmallInteger, nullable=False),
            sa.Column("since", sa.Date, nullable=False),
            sa.PrimaryKeyConstraint("group_id", *keys, name=f"pk_{name}"),
            *_members(name, *keys),
            sa.CheckConstraint("weeks > 0", name=op.f(f"ck_{name}_weeks")),
        )


def _create_commitment() -> None:
    name = "activities_commitment"
    op.create_table(
        name,
        *_identity(name),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("about_member_id", sa.BigInteger),
        sa.Column("words", PersonalText("note"), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("nudged_for", sa.Date),
        sa.Column("made_at_utc", UtcDateTime, nullable=False),
        sa.Column("settled_at_utc", UtcDateTime),
        *_members(name, "member_id", "about_member_id"),
    )
    op.create_index(f"ix_{name}_member", name, ["group_id", "member_id", "state"])
    op.create_index(f"ix_{name}_due", name, ["group_id", "state", "due_on"])


def _identity(name: str) -> Sequence[sa.schema.SchemaItem]:
    return (
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "id", name=f"pk_{name}"),
        sa.UniqueConstraint("group_id", "public_id", name=f"uq_{name}_group_id_public_id"),
    )


def _where_and_how_long() -> Sequence[sa.schema.SchemaItem]:
    return (
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        sa.Column("is_online", sa.Boolean, nullable=False),
        sa.Column("place", PersonalText("note"), nullable=False),
    )


def _members(name: str, *columns: str) -> Sequence[sa.schema.SchemaItem]:
    return [
        sa.ForeignKeyConstraint(["group_id", column], _MEMBER, name=f"fk_{name}_group_id_{column}_member")
        for column in columns
    ]
