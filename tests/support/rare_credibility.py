"""One counted report, one disagreement of a group's leader, on which a newcomer decides, a void report, a network's scheme, and a customer asked."""

from datetime import timedelta

from sqlalchemy import select

from app.core.access.domain.secret import hash_of
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.network import network_constants
from app.plugins.credibility.domain.reports import Facet, day_of
from app.plugins.credibility.domain.scheme import STANDARD
from app.plugins.credibility.domain.standing import Pair, Row, Standing, counted
from app.plugins.credibility.models_appeals import AppearedRow, VoidRow
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.network import NetworkScheme
from app.plugins.credibility.store import add_evidence, hold_week, put_pairs, put_part, put_standings
from app.plugins.credibility.store_appeals import add_appeal, add_deciders
from app.plugins.credibility.store_confirming import add_asking
from app.plugins.credibility.store_schemes import add_network_scheme
from app.plugins.referrals.models import SlipRow


def keep_disagreement(work: UnitOfWork, group: Group, member: MemberLine, decider: MemberLine) -> None:
    """Keep an open appeal with one decider, the mark of a void report and a network's scheme; the caller commits."""
    key = work.ids.key()
    add_appeal(
        work.session,
        {
            "group_id": group.id,
            "id": key,
            "public_id": work.ids.public_id(),
            "evidence_id": key,
            "about_member_id": member.id,
            "reason": "I called on the same day.",
            "state": "open",
            "filed_at_utc": work.now,
            "due_at_utc": work.now + timedelta(days=21),
        },
    )
    add_deciders(work.session, group.id, key, [decider.id])
    add_network_scheme(
        work.session,
        NetworkScheme(
            number=1, name="Our network", effective_on=work.now.date(), constants=network_constants({})
        ),
        work.now,
    )
    _count_a_report(work, group, decider, member)
    _ask_a_customer(work, group)
    gone = {"group_id": group.id, "slip_id": work.ids.key(), "report_number": 1}
    work.session.add(VoidRow(facet="handling", **gone))
    work.session.add(AppearedRow(facet="handling", published_on=work.now.date(), **gone))


def keep_record(work: UnitOfWork, group: Group, about: MemberLine, by: MemberLine) -> None:
    """Keep one counted report on a member where the group has none, with all that comes of it; the caller commits."""
    if secret.all_evidence(work.session, group.id):
        return
    today, day = work.now.date(), day_of(work.now)
    hold_week(work.session, group.id, today, work.now)
    put_part(work.session, group.id, about.id, "yes", work.now)
    row = Row(giver=str(by.id), t=day, weight=0.5, y=1.0, is_independent=True)
    pair, standing = counted(Pair(), Standing(), row, STANDARD)
    evidence = {
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "facet": Facet.HANDLING.value,
        "slip_id": work.ids.key(),
        "report_number": 1,
        "by_member_id": by.id,
        "about_member_id": about.id,
        "day": day,
        "worth": row.y,
        "weight": row.weight,
        "voice": "new",
        "is_independent": True,
        "is_frozen": False,
        "counted_on": today,
        "published_on": today,
    }
    add_evidence(work.session, [evidence])
    put_pairs(work.session, group.id, {(Facet.HANDLING, about.id, by.id): pair})
    put_standings(work.session, group.id, {(Facet.HANDLING, about.id): (standing, standing, today)})


def customer_secret(group: Group) -> str:
    """Return what stands in the link of the group's customer who is asked."""
    return f"customer-of-{group.slug}"


def _count_a_report(work: UnitOfWork, group: Group, about: MemberLine, by: MemberLine) -> None:
    """Keep a counted report on a newcomer, shown to nobody yet: all that a group has whose demo keeps no records."""
    row = Row(giver=str(by.id), t=20_000.0, weight=0.5, y=1.0, is_independent=True)
    pair, standing = counted(Pair(), Standing(), row, STANDARD)
    put_pairs(work.session, group.id, {(Facet.HANDLING, about.id, by.id): pair})
    put_standings(work.session, group.id, {(Facet.HANDLING, about.id): (standing, Standing(), None)})
    put_part(work.session, group.id, about.id, "yes", work.now)
    hold_week(work.session, group.id, work.now.date(), work.now)
    report = {
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "facet": "handling",
        "slip_id": work.ids.key(),
        "report_number": 1,
        "by_member_id": by.id,
        "about_member_id": about.id,
        "day": row.t,
        "worth": row.y,
        "weight": row.weight,
        "voice": "new",
        "is_independent": True,
        "is_frozen": False,
        "counted_on": work.now.date(),
        "published_on": None,
    }
    add_evidence(work.session, [report])


def _ask_a_customer(work: UnitOfWork, group: Group) -> None:
    """Ask the customer of the group's latest slip between two members that holds one and may be asked about."""
    slip = work.session.execute(
        select(SlipRow.id, SlipRow.giver_member_id, SlipRow.receiver_member_id)
        .where(
            SlipRow.group_id == group.id,
            SlipRow.giver_member_id.is_not(None),
            SlipRow.receiver_member_id.is_not(None),
            SlipRow.prospect_id.is_not(None),
            SlipRow.state.not_in(("withdrawn", "declined")),
        )
        .order_by(SlipRow.passed_at_utc.desc(), SlipRow.id.desc())
    ).first()
    assert slip is not None
    add_asking(
        work.session,
        {
            "group_id": group.id,
            "slip_id": slip.id,
            "by_member_id": slip.giver_member_id,
            "about_member_id": slip.receiver_member_id,
            "link_hash": hash_of(customer_secret(group)),
            "links": 1,
            "asked_at_utc": work.now,
            "expires_at_utc": work.now + timedelta(days=30),
            "mailed_at_utc": None,
            "confirmed_at_utc": None,
        },
    )
