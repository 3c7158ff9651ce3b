"""Counted reports, voices, standings, weekly days, the chosen scheme and who takes part.

Revision ID: credibility_0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import UtcDateTime

revision = "credibility_0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = ("evidence", "pair", "standing", "week", "scheme", "part")


def upgrade() -> None:
    """Make the tables."""
    _create_evidence()
    _create_states()
    _create_choices()


def downgrade() -> None:
    """Take them away."""
    for name in reversed(_TABLES):
        op.drop_table(f"credibility_{name}")


def _create_evidence() -> None:
    op.create_table(
        "credibility_evidence",
        _group(),
        _key("id"),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("facet", sa.String(10), nullable=False),
        _key("slip_id"),
        sa.Column("report_number", sa.Integer, nullable=False),
        _key("by_member_id"),
        _key("about_member_id"),
        *_doubles("day", "worth", "weight"),
        sa.Column("voice", sa.String(10), nullable=False),
        sa.Column("is_independent", sa.Boolean, nullable=False),
        sa.Column("is_frozen", sa.Boolean, nullable=False),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("published_on", sa.Date),
        sa.PrimaryKeyConstraint("group_id", "id", name="pk_credibility_evidence"),
        sa.UniqueConstraint(
            "group_id", "facet", "slip_id", name="uq_credibility_evidence_group_id_facet_slip_id"
        ),
        sa.UniqueConstraint("group_id", "public_id", name="uq_credibility_evidence_group_id_public_id"),
        _member("evidence", "by_member_id"),
        _member("evidence", "about_member_id"),
    )
    op.create_index(
        "ix_credibility_evidence_about",
        "credibility_evidence",
        ["group_id", "facet", "about_member_id", "id"],
    )


def _create_states() -> None:
    op.create_table(
        "credibility_pair",
        _group(),
        sa.Column("facet", sa.String(10), nullable=False),
        _key("about_member_id"),
        _key("by_member_id"),
        *_doubles("n", "good", "bad", "good_in", "bad_in", "day"),
        sa.Column("independent", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(
            "group_id", "facet", "about_member_id", "by_member_id", name="pk_credibility_pair"
        ),
        _member("pair", "by_member_id"),
        _member("pair", "about_member_id"),
    )
    op.create_table(
        "credibility_standing",
        _group(),
        sa.Column("facet", sa.String(10), nullable=False),
        _key("about_member_id"),
        *_doubles("good", "bad", "day"),
        sa.Column("outcomes", sa.Integer, nullable=False),
        sa.Column("independent", sa.Integer, nullable=False),
        *_doubles("shown_good", "shown_bad", "shown_day"),
        sa.Column("shown_outcomes", sa.Integer, nullable=False),
        sa.Column("shown_independent", sa.Integer, nullable=False),
        sa.Column("shown_on", sa.Date),
        sa.PrimaryKeyConstraint("group_id", "facet", "about_member_id", name="pk_credibility_standing"),
        _member("standing", "about_member_id"),
    )


def _create_choices() -> None:
    op.create_table(
        "credibility_week",
        _group(),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "counted_on", name="pk_credibility_week"),
        _of_group("week"),
    )
    op.create_table(
        "credibility_scheme",
        _group(),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(30), nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("chosen_at_utc", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "number", name="pk_credibility_scheme"),
        _of_group("scheme"),
    )
    op.create_table(
        "credibility_part",
        _group(),
        _key("member_id"),
        sa.Column("says", sa.String(10), nullable=False),
        sa.Column("said_at_utc", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "member_id", name="pk_credibility_part"),
        _member("part", "member_id"),
    )


def _group() -> sa.Column[int]:
    return sa.Column("group_id", sa.BigInteger, autoincrement=False, nullable=False)


def _of_group(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id"], ["member_group.id"], name=f"fk_credibility_{table}_group_id_member_group"
    )


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, autoincrement=False, nullable=False)


def _doubles(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float(53), nullable=False) for name in names]


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id", column],
        ["member.group_id", "member.id"],
        name=f"fk_credibility_{table}_group_id_{column}_member",
    )
