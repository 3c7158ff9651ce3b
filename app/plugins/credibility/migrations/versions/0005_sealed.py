"""On PostgreSQL reports, voices and standings stand in the schema `sealed`, which the web role reaches through functions alone.

Revision ID: credibility_0005
"""

from typing import Final

from alembic import op

revision = "credibility_0005"
down_revision = "credibility_0004"
branch_labels = None
depends_on = None

_TABLES: Final = ("evidence", "pair", "standing")

_OWN: Final = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
"""The function may what its owner may, and nobody can put another table or operator in the place of those it names."""

_READS: Final = (
    (
        "all_evidence(p_group bigint)",
        "SETOF sealed.credibility_evidence",
        "SELECT * FROM sealed.credibility_evidence WHERE group_id = p_group ORDER BY id",
    ),
    (
        "evidence_about(p_group bigint, p_facet text, p_members bigint[])",
        "SETOF sealed.credibility_evidence",
        """
        SELECT * FROM sealed.credibility_evidence
        WHERE group_id = p_group AND facet = p_facet AND about_member_id = ANY(p_members) ORDER BY id
        """,
    ),
    (
        "evidence_called(p_group bigint, p_public_id text)",
        "SETOF sealed.credibility_evidence",
        "SELECT * FROM sealed.credibility_evidence WHERE group_id = p_group AND public_id = p_public_id",
    ),
    (
        "evidence_at(p_group bigint, p_id bigint)",
        "SETOF sealed.credibility_evidence",
        "SELECT * FROM sealed.credibility_evidence WHERE group_id = p_group AND id = p_id",
    ),
    (
        "standings(p_group bigint)",
        "SETOF sealed.credibility_standing",
        "SELECT * FROM sealed.credibility_standing WHERE group_id = p_group",
    ),
    (
        "standings_of(p_group bigint, p_member bigint)",
        "SETOF sealed.credibility_standing",
        "SELECT * FROM sealed.credibility_standing WHERE group_id = p_group AND about_member_id = p_member",
    ),
    (
        "voices_about(p_group bigint, p_members bigint[])",
        "SETOF sealed.credibility_pair",
        "SELECT * FROM sealed.credibility_pair WHERE group_id = p_group AND about_member_id = ANY(p_members)",
    ),
    (
        "named(p_group bigint, p_members bigint[])",
        "SETOF bigint",
        """
        SELECT one FROM unnest(p_members) AS one WHERE
            EXISTS (SELECT FROM sealed.credibility_evidence
                    WHERE group_id = p_group AND one IN (by_member_id, about_member_id))
            OR EXISTS (SELECT FROM sealed.credibility_pair
                       WHERE group_id = p_group AND one IN (by_member_id, about_member_id))
            OR EXISTS (SELECT FROM sealed.credibility_standing
                       WHERE group_id = p_group AND about_member_id = one)
        """,
    ),
)

_ROWS_OF: Final = """
CREATE FUNCTION sealed.credibility_rows_of(p_group bigint, p_rows json) RETURNS json
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM json_array_elements(p_rows) AS one
               WHERE (one ->> 'group_id')::bigint IS DISTINCT FROM p_group) THEN
        RAISE EXCEPTION 'a row of another group' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN p_rows;
END
$$
"""

_WRITES: Final = (
    (
        "add_evidence(p_group bigint, p_rows json)",
        "void",
        """
        INSERT INTO sealed.credibility_evidence
        SELECT * FROM json_populate_recordset(
            NULL::sealed.credibility_evidence, sealed.credibility_rows_of(p_group, p_rows))
        """,
    ),
    (
        "drop_evidence(p_group bigint, p_ids bigint[])",
        "void",
        "DELETE FROM sealed.credibility_evidence WHERE group_id = p_group AND id = ANY(p_ids)",
    ),
    (
        "freeze_evidence(p_group bigint, p_id bigint, p_is_frozen boolean)",
        "void",
        """
        UPDATE sealed.credibility_evidence SET is_frozen = p_is_frozen WHERE group_id = p_group AND id = p_id
        """,
    ),
    (
        "lift_evidence(p_group bigint, p_id bigint, p_weight double precision, p_voice text)",
        "void",
        """
        UPDATE sealed.credibility_evidence SET weight = p_weight, voice = p_voice
        WHERE group_id = p_group AND id = p_id
        """,
    ),
    (
        "publish_evidence(p_group bigint, p_facet text, p_members bigint[], p_week date)",
        "void",
        """
        UPDATE sealed.credibility_evidence SET published_on = p_week
        WHERE group_id = p_group AND facet = p_facet AND about_member_id = ANY(p_members)
          AND published_on IS NULL
        """,
    ),
    (
        "put_voices(p_group bigint, p_rows json)",
        "void",
        """
        INSERT INTO sealed.credibility_pair
        SELECT * FROM json_populate_recordset(
            NULL::sealed.credibility_pair, sealed.credibility_rows_of(p_group, p_rows))
        ON CONFLICT (group_id, facet, about_member_id, by_member_id) DO UPDATE
        SET n = excluded.n, good = excluded.good, bad = excluded.bad, good_in = excluded.good_in,
            bad_in = excluded.bad_in, day = excluded.day, independent = excluded.independent
        """,
    ),
    (
        "drop_voices(p_group bigint, p_facet text, p_member bigint)",
        "void",
        """
        DELETE FROM sealed.credibility_pair
        WHERE group_id = p_group AND facet = p_facet AND about_member_id = p_member
        """,
    ),
    (
        "put_standings(p_group bigint, p_rows json)",
        "void",
        """
        INSERT INTO sealed.credibility_standing
        SELECT * FROM json_populate_recordset(
            NULL::sealed.credibility_standing, sealed.credibility_rows_of(p_group, p_rows))
        ON CONFLICT (group_id, facet, about_member_id) DO UPDATE
        SET good = excluded.good, bad = excluded.bad, day = excluded.day, outcomes = excluded.outcomes,
            independent = excluded.independent, shown_good = excluded.shown_good,
            shown_bad = excluded.shown_bad, shown_day = excluded.shown_day,
            shown_outcomes = excluded.shown_outcomes, shown_independent = excluded.shown_independent,
            shown_on = excluded.shown_on
        """,
    ),
    (
        "drop_record(p_group bigint, p_member bigint)",
        "TABLE (dropped bigint)",
        """
        WITH reports AS (DELETE FROM sealed.credibility_evidence
                         WHERE group_id = p_group AND about_member_id = p_member RETURNING 1),
             voices AS (DELETE FROM sealed.credibility_pair
                        WHERE group_id = p_group AND about_member_id = p_member RETURNING 1),
             standings AS (DELETE FROM sealed.credibility_standing
                           WHERE group_id = p_group AND about_member_id = p_member RETURNING 1)
        SELECT (SELECT count(*) FROM reports) + (SELECT count(*) FROM voices)
             + (SELECT count(*) FROM standings)
        """,
    ),
    (
        "drop_evidence_between(p_group bigint, p_kept bigint, p_gone bigint)",
        "void",
        """
        DELETE FROM sealed.credibility_evidence WHERE group_id = p_group
            AND by_member_id IN (p_kept, p_gone) AND about_member_id IN (p_kept, p_gone)
        """,
    ),
    (
        "hand_over_evidence(p_group bigint, p_kept bigint, p_gone bigint)",
        "TABLE (facet text, about_member_id bigint)",
        """
        UPDATE sealed.credibility_evidence AS one SET by_member_id = p_kept
            WHERE one.group_id = p_group AND one.by_member_id = p_gone;
        UPDATE sealed.credibility_evidence AS one SET about_member_id = p_kept
            WHERE one.group_id = p_group AND one.about_member_id = p_gone;
        SELECT DISTINCT one.facet::text, one.about_member_id FROM sealed.credibility_evidence AS one
            WHERE one.group_id = p_group AND one.by_member_id = p_kept;
        """,
    ),
    (
        "drop_sums(p_group bigint, p_member bigint)",
        "void",
        """
        DELETE FROM sealed.credibility_pair
            WHERE group_id = p_group AND p_member IN (about_member_id, by_member_id);
        DELETE FROM sealed.credibility_standing WHERE group_id = p_group AND about_member_id = p_member;
        """,
    ),
)


def upgrade() -> None:
    """Move the tables and make their functions; who may call them is granted after every upgrade."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _TABLES:
        op.execute(f"ALTER TABLE public.credibility_{table} SET SCHEMA sealed")
        op.execute(f"REVOKE ALL ON sealed.credibility_{table} FROM PUBLIC")
    for call, returns, body in _READS:
        op.execute(_function(call, returns, "STABLE", body))
    op.execute(_ROWS_OF)
    for call, returns, body in _WRITES:
        op.execute(_function(call, returns, "VOLATILE", body))
    for call in _calls():
        op.execute(f"REVOKE ALL ON FUNCTION sealed.credibility_{call} FROM PUBLIC")


def downgrade() -> None:
    """Take the functions away and put the tables back."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for call in reversed(_calls()):
        op.execute(f"DROP FUNCTION sealed.credibility_{call}")
    for table in _TABLES:
        op.execute(f"ALTER TABLE sealed.credibility_{table} SET SCHEMA public")


def _function(call: str, returns: str, kind: str, body: str) -> str:
    return f"CREATE FUNCTION sealed.credibility_{call} RETURNS {returns} LANGUAGE sql {kind} {_OWN} AS $${body}$$"


def _calls() -> list[str]:
    made = [call for call, _returns, _body in _READS]
    return [*made, "rows_of(p_group bigint, p_rows json)", *(call for call, _returns, _body in _WRITES)]
