"""Profiles in one's own words, photos, and recordings of names.

Revision ID: profiles_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalBytes, PersonalText, UtcDateTime

revision = "profiles_0001"
down_revision = None
branch_labels = None
depends_on = None

_WORDS = ("talk_to_me_about", "good_fit", "not_a_good_fit", "interests", "how_to_say")
_SHOWS = (
    "shows_talk_to_me_about",
    "shows_good_fit",
    "shows_not_a_good_fit",
    "shows_interests",
    "is_practised",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "profiles_profile",
        *_whose(),
        *(sa.Column(name, PersonalText("profile"), nullable=False) for name in _WORDS),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in _SHOWS),
        sa.Column("changed_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_keys("profiles_profile"),
    )
    op.create_table(
        "profiles_photo",
        *_whose(),
        sa.Column("jpeg", PersonalBytes("photo"), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("kept_at_utc", UtcDateTime, nullable=False),
        *_keys("profiles_photo"),
    )
    op.create_table(
        "profiles_recording",
        *_whose(),
        sa.Column("sound", PersonalBytes("recording"), nullable=False),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("kept_at_utc", UtcDateTime, nullable=False),
        *_keys("profiles_recording"),
    )


def downgrade() -> None:
    """Take them away."""
    for name in ("recording", "photo", "profile"):
        op.drop_table(f"profiles_{name}")


def _whose() -> tuple[sa.Column[object], ...]:
    """Return the columns that say whose row it is."""
    return (
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    """Return the key, and that it is a member's."""
    return (
        sa.PrimaryKeyConstraint("group_id", "member_id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["group_id", "member_id"],
            ["member.group_id", "member.id"],
            name=f"fk_{table}_group_id_member_id_member",
        ),
    )
