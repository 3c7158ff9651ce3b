"""Asks with their replies, introductions, thank-yous and testimonials.

Revision ID: giving_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import PersonalText, UtcDateTime

revision = "giving_0001"
down_revision = None
branch_labels = None
depends_on = None

_MEMBER = ["member.group_id", "member.id"]


def upgrade() -> None:
    """Make the tables."""
    _create_ask()
    _create_reply()
    _create_introduction()
    _create_thanks()
    _create_testimonial()


def downgrade() -> None:
    """Take them away."""
    for name in ("testimonial", "thanks", "introduction", "reply", "ask"):
        op.drop_table(f"giving_{name}")


def _create_ask() -> None:
    op.create_table(
        "giving_ask",
        *_identity(),
        sa.Column("asker_member_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("is_learning", sa.Boolean, nullable=False),
        sa.Column("what", PersonalText("note"), nullable=False),
        sa.Column("why", PersonalText("note"), nullable=False),
        sa.Column("until_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("opened_at_utc", UtcDateTime, nullable=False),
        sa.Column("closed_at_utc", UtcDateTime),
        *_keys("giving_ask", "asker"),
    )
    op.create_index("ix_giving_ask_open", "giving_ask", ["group_id", "state", "until_on"])
    op.create_index("ix_giving_ask_asker", "giving_ask", ["group_id", "asker_member_id"])


def _create_reply() -> None:
    op.create_table(
        "giving_reply",
        *_identity(),
        sa.Column("ask_id", sa.BigInteger, nullable=False),
        sa.Column("helper_member_id", sa.BigInteger, nullable=False),
        sa.Column("words", PersonalText("note"), nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        *_keys("giving_reply", "helper"),
        sa.UniqueConstraint(
            "group_id", "ask_id", "helper_member_id", name="uq_giving_reply_group_id_ask_id_helper_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "ask_id"],
            ["giving_ask.group_id", "giving_ask.id"],
            name="fk_giving_reply_group_id_ask_id_giving_ask",
        ),
    )
    op.create_index("ix_giving_reply_helper", "giving_reply", ["group_id", "helper_member_id"])


def _create_introduction() -> None:
    op.create_table(
        "giving_introduction",
        *_identity(),
        sa.Column("introducer_member_id", sa.BigInteger, nullable=False),
        sa.Column("one_member_id", sa.BigInteger, nullable=False),
        sa.Column("other_member_id", sa.BigInteger, nullable=False),
        sa.Column("why", PersonalText("note"), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("one_says", sa.String(4), nullable=False),
        sa.Column("other_says", sa.String(4), nullable=False),
        sa.Column("one_outcome", sa.String(12), nullable=False),
        sa.Column("other_outcome", sa.String(12), nullable=False),
        sa.Column("offered_at_utc", UtcDateTime, nullable=False),
        sa.Column("made_at_utc", UtcDateTime),
        sa.Column("asked_at_utc", UtcDateTime),
        *_keys("giving_introduction", "introducer", "one", "other"),
        sa.CheckConstraint(
            "one_member_id <> other_member_id AND introducer_member_id <> one_member_id "
            "AND introducer_member_id <> other_member_id",
            name=op.f("ck_giving_introduction_three"),
        ),
    )
    for who in ("introducer", "one", "other"):
        op.create_index(
            f"ix_giving_introduction_{who}", "giving_introduction", ["group_id", f"{who}_member_id"]
        )
    op.create_index(
        "ix_giving_introduction_made", "giving_introduction", ["group_id", "state", "made_at_utc"]
    )


def _create_thanks() -> None:
    op.create_table(
        "giving_thanks",
        *_identity(),
        sa.Column("helper_member_id", sa.BigInteger, nullable=False),
        sa.Column("helped_member_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("about_id", sa.BigInteger, nullable=False),
        *_words(),
        *_keys("giving_thanks", "helper", "helped"),
        sa.UniqueConstraint(
            "group_id",
            "kind",
            "about_id",
            "helped_member_id",
            name="uq_giving_thanks_group_id_kind_about_id_helped_member_id",
        ),
    )
    for who in ("helper", "helped"):
        op.create_index(f"ix_giving_thanks_{who}", "giving_thanks", ["group_id", f"{who}_member_id"])


def _create_testimonial() -> None:
    op.create_table(
        "giving_testimonial",
        *_identity(),
        sa.Column("author_member_id", sa.BigInteger, nullable=False),
        sa.Column("about_member_id", sa.BigInteger, nullable=False),
        *_words(),
        *_keys("giving_testimonial", "author", "about"),
        sa.UniqueConstraint(
            "group_id",
            "author_member_id",
            "about_member_id",
            name="uq_giving_testimonial_group_id_author_member_id_about_member_id",
        ),
        sa.CheckConstraint("author_member_id <> about_member_id", name=op.f("ck_giving_testimonial_another")),
    )
    for who in ("about", "author"):
        op.create_index(
            f"ix_giving_testimonial_{who}", "giving_testimonial", ["group_id", f"{who}_member_id"]
        )


def _words() -> tuple[sa.Column[object], ...]:
    """Return the columns of words that stand on somebody's page, or are hidden by them."""
    return (
        sa.Column("words", PersonalText("note"), nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        sa.Column("hidden_at_utc", UtcDateTime),
    )


def _identity() -> tuple[sa.Column[object], ...]:
    """Return the columns by which a row is known, inside and in addresses."""
    return (
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
    )


def _keys(table: str, *people: str) -> tuple[sa.Constraint, ...]:
    """Return the key, the public id's uniqueness, and that each of the people is a member of the group."""
    return (
        sa.PrimaryKeyConstraint("group_id", "id", name=f"pk_{table}"),
        sa.UniqueConstraint("group_id", "public_id", name=f"uq_{table}_group_id_public_id"),
        *(
            sa.ForeignKeyConstraint(
                ["group_id", f"{who}_member_id"], _MEMBER, name=f"fk_{table}_group_id_{who}_member_id_member"
            )
            for who in people
        ),
    )
