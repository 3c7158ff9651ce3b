"""One-to-ones and learning units."""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "activities_0001"
down_revision = None
branch_labels = None
depends_on = None

_MEMBER = ["member.group_id", "member.id"]


def upgrade() -> None:
    _create_one_to_one()
    _create_learning()


def downgrade() -> None:
    op.drop_table("activities_learning")
    op.drop_table("activities_one_to_one")


def _create_one_to_one() -> None:
    op.create_table(
        "activities_one_to_one",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("with_member_id", sa.BigInteger),
        sa.Column("with_outside", PersonalText("note"), nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("place", PersonalText("note"), nullable=False),
        sa.Column("note", PersonalText("note"), nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_activities_one_to_one"),
        sa.UniqueConstraint("group_id", "public_id", name="uq_activities_one_to_one_group_id_public_id"),
        *(
            sa.ForeignKeyConstraint(
                ["group_id", column], _MEMBER, name=f"fk_activities_one_to_one_group_id_{column}_member"
            )
            for column in ("member_id", "with_member_id", "recorded_by_member_id")
        ),
        sa.CheckConstraint("member_id <> with_member_id", name=op.f("ck_activities_one_to_one_two")),
    )
    for name, *columns in (
        ("member", "member_id", "held_on"),
        ("with", "with_member_id", "held_on"),
        ("day", "held_on"),
        ("created", "created_at_utc"),
        ("batch", "batch_id"),
    ):
        op.create_index(f"ix_activities_one_to_one_{name}", "activities_one_to_one", ["group_id", *columns])


def _create_learning() -> None:
    op.create_table(
        "activities_learning",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("learned_on", sa.Date, nullable=False),
        sa.Column("what", PersonalText("note"), nullable=False),
        sa.Column("units", sa.SmallInteger, nullable=False),
        *_origin(),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_activities_learning"),
        sa.UniqueConstraint("group_id", "public_id", name="uq_activities_learning_group_id_public_id"),
        *(
            sa.ForeignKeyConstraint(
                ["group_id", column], _MEMBER, name=f"fk_activities_learning_group_id_{column}_member"
            )
            for column in ("member_id", "recorded_by_member_id")
        ),
        sa.CheckConstraint("units > 0", name=op.f("ck_activities_learning_units")),
    )
    for name, *columns in (
        ("member", "member_id", "learned_on"),
        ("day", "learned_on"),
        ("batch", "batch_id"),
    ):
        op.create_index(f"ix_activities_learning_{name}", "activities_learning", ["group_id", *columns])


def _origin() -> tuple[sa.Column[object], ...]:
    """Return the columns that say how and when a line came here, and which version of it stands."""
    return (
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("recorded_by_member_id", sa.BigInteger),
        sa.Column("batch_id", sa.BigInteger),
        sa.Column("created_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
