"""What is looked at in the lives of members: each watch returns what stands otherwise than it should."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from sqlalchemy import select

from app.core.groups.models import MemberRow, MembershipRow
from app.core.ledger.queries import weak_links
from app.core.local_time import local_day
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.people.models import PersonRow
from app.plugins.firstyear.models import StayRow
from app.plugins.firstyear.queries.mentors import open_asks
from app.plugins.joining.domain.deciding import in_charge, tally_of
from app.plugins.joining.domain.seats import seat_of
from app.plugins.joining.models import ReferenceRow
from app.plugins.joining.queries.applications import committee_and_leaders
from app.plugins.joining.queries.votes import open_ballots
from app.plugins.welcome.models import NewcomerRow
from tests.support.membership_lives import Chapter
from tests.support.membership_visits import all_people, calls, visitors

_TO_HOSTS: Final = {"welcome.call_a_visitor", "welcome.visit_registered"}
Watch = Callable[[Chapter], list[str]]


@dataclass(frozen=True, kw_only=True)
class _Time:
    """A membership: whose, in which seat, from the first to the last day."""

    member: int
    seat: str
    first: date
    last: date


def one_seat_one_holder(chapter: Chapter) -> list[str]:
    """Return each seat that two hold on one day, as members or by an approval, and each member who is one twice.

    Days past are not asked again: a trade has no days, and whoever came back may have held another seat then.
    """
    today = local_day(chapter.world.now, chapter.group.zone)
    query = (
        select(
            MemberRow.id,
            MemberRow.person_id,
            MemberRow.trade,
            MembershipRow.started_on,
            MembershipRow.ended_on,
        )
        .join(
            MembershipRow,
            (MembershipRow.group_id == MemberRow.group_id) & (MembershipRow.member_id == MemberRow.id),
        )
        .where(MemberRow.group_id == chapter.group.id)
    )
    with chapter.reading() as session:
        times = [
            _Time(
                member=row.id,
                seat=seat_of(row.trade),
                first=max(row.started_on, today),
                last=row.ended_on or date.max,
            )
            for row in session.execute(query)
            if row.ended_on is None or row.ended_on >= today
        ]
    found = [
        f"{one} and {other} are in one seat"
        for one, other in combinations(times, 2)
        if one.seat and one.seat == other.seat and max(one.first, other.first) <= min(one.last, other.last)
    ]
    kept = Counter(one.held_seat for one in chapter.applications() if one.held_seat)
    return found + [f"{seat} is kept for {count}" for seat, count in kept.items() if count > 1]


def nothing_waits_without_an_owner(chapter: Chapter) -> list[str]:
    """Return each application for which nobody of today is in charge, or for which nobody could do the next thing."""
    today = local_day(chapter.world.now, chapter.group.zone)
    with chapter.reading() as session:
        committee, leaders = committee_and_leaders(session, chapter.group.id, today)
        ballots = open_ballots(session, chapter.group.id)
    here = {one.id for one in chapter.members()}
    found = []
    for one in chapter.applications():
        if one.state not in {"open", "approved", "later"}:
            continue
        votes = ballots.get(one.id, {})
        owners = in_charge(committee, leaders, votes)
        if not owners:
            found.append(f"{one.state} {one.public_id} has no owner")
        found += [f"{owner} owns {one.public_id} and is no member" for owner in owners - here]
        asked = {owner for owner in owners if owner not in votes}
        if tally_of(committee, leaders, votes).pending != len(asked):
            found.append(f"{one.public_id} waits for votes of nobody")
    return found


def nobody_forgotten_is_written_to(chapter: Chapter) -> list[str]:
    """Return each mail and notice about somebody of whom nothing may be kept, and each to a referee who is not asked."""
    living = chapter.applications()
    addresses = {one.email for one in living}
    asked = _asked_referees(chapter)
    with chapter.reading() as session:
        mails = session.execute(
            select(OutgoingMailRow.address, OutgoingMailRow.kind, OutgoingMailRow.body).where(
                OutgoingMailRow.group_id == chapter.group.id, OutgoingMailRow.kind.startswith("joining.")
            )
        ).all()
        notices = list(
            session.scalars(
                select(NoticeRow.text).where(
                    NoticeRow.group_id == chapter.group.id, NoticeRow.kind.startswith("joining.")
                )
            )
        )
    names = {one.name for one in living}
    gone = [person for person in chapter.people if person.name not in names]
    found = [
        f"{mail.kind} to {mail.address}, who is forgotten"
        for mail in mails
        if mail.address.endswith("@applicant.example")
        and mail.address not in addresses
        and mail.kind != "joining.opened"  # to one who became a member and sits on the committee now
    ]
    found += [
        f"{mail.kind} to {mail.address}, who is not asked"
        for mail in mails
        if mail.kind.startswith("joining.reference") and mail.address not in asked
    ]
    told = [*notices, *(mail.body for mail in mails)]
    found += [
        f"{person.name} is forgotten and told of"
        for person in gone
        if any(person.name in one for one in told)
    ]
    return found


def no_visitor_forgotten_is_told_of(chapter: Chapter) -> list[str]:
    """Return each mail to, and each word about, a visitor of whom nothing is kept any more."""
    kept = visitors(chapter)
    names, addresses = {one.name for one in kept}, {one.email for one in kept}
    gone = [person.name for person in chapter.people if person.name not in names]
    told = _told(chapter, "welcome.visit", "welcome.call_a_visitor")
    return [f"{kind} tells of {name}" for kind, _to, text in told for name in gone if name in text] + [
        f"{kind} goes to {to}, of whom no visit is kept"
        for kind, to, _text in told
        if to.endswith("@applicant.example") and to not in addresses and kind not in _TO_HOSTS
    ]


def nobody_erased_is_told_of(chapter: Chapter) -> list[str]:
    """Return each mail to somebody erased, and each word about somebody of whom no record is left."""
    erased = select(PersonRow.id).where(PersonRow.erased_at_utc.is_not(None))
    query = select(OutgoingMailRow.kind).where(OutgoingMailRow.person_id.in_(erased))
    with chapter.reading() as session:
        found = [f"{kind} goes to somebody erased" for kind in session.scalars(query)]
    known = {*all_people(chapter).values(), *(one.name for one in chapter.applications())}
    known |= {one.name for one in visitors(chapter)}
    gone = [person.name for person in chapter.people if person.name not in known]
    told = _told(chapter, "")
    return found + [f"{kind} tells of {name}" for kind, _to, text in told for name in gone if name in text]


def no_call_stay_or_mentor_without_an_owner(chapter: Chapter) -> list[str]:
    """Return each call, first year and mentor's office that is in the hands of nobody who is here."""
    here = {one.id for one in chapter.members()}
    found = [f"the call to {one.name} is nobody's" for one in calls(chapter) if one.owner not in here]
    today = local_day(chapter.world.now, chapter.group.zone)
    since = today - timedelta(days=chapter.group.settling_in_days)
    with chapter.reading() as session:
        stays = session.execute(
            select(StayRow.member_id, StayRow.keeper_member_id).where(
                StayRow.group_id == chapter.group.id,
                StayRow.state == "running",
                StayRow.started_on > today - timedelta(days=365),
            )
        ).all()
        newcomers = session.execute(
            select(NewcomerRow.member_id, NewcomerRow.contact_member_id).where(
                NewcomerRow.group_id == chapter.group.id,
                NewcomerRow.contact_member_id.is_not(None),
                NewcomerRow.started_on > since,
            )
        ).all()
        asks = open_asks(session, chapter.group.id)
        able = frozenset().union(*committee_and_leaders(session, chapter.group.id, today))
    found += [
        f"the first year of {member} is kept by {keeper}"
        for member, keeper in stays
        if member in here
        and (keeper == member or (keeper is None and able - {member}) or (keeper and keeper not in here))
    ]
    found += [
        f"{contact} is the contact of {member} and not here"
        for member, contact in newcomers
        if member in here and contact not in here
    ]
    return found + [f"{ask.name} has a mentor who left" for ask in asks if ask.mentor_id not in here]


def states_follow_the_table(chapter: Chapter) -> list[str]:
    """Return each change of a state that is in no table."""
    return [f"from {before or 'nothing'} to {after or 'nothing'}" for before, after in chapter.jumps]


def an_address_has_one_living_application_and_one_record(chapter: Chapter) -> list[str]:
    """Return each address with two applications that live, or with two records of members."""
    states = {"unconfirmed", "open", "later", "approved"}
    living = Counter(one.email for one in chapter.applications() if one.state in states)
    with chapter.reading() as session:
        query = select(MemberRow.email).where(MemberRow.group_id == chapter.group.id)
        records = Counter(session.scalars(query))
    return [f"{one} applies {count} times" for one, count in living.items() if count > 1] + [
        f"{one} has {count} records" for one, count in records.items() if one and count > 1
    ]


def the_ledger_is_whole(chapter: Chapter) -> list[str]:
    """Return each weak link of the chain."""
    with chapter.reading() as session:
        return [str(one) for one in weak_links(session, chapter.group.id)]


def _told(chapter: Chapter, *kinds: str) -> list[tuple[str, str, str]]:
    """Return what notices and mails of those kinds say: kind, address (none of a notice), text."""
    notices = select(NoticeRow.kind, NoticeRow.text).where(NoticeRow.group_id == chapter.group.id)
    mails = select(
        OutgoingMailRow.kind, OutgoingMailRow.address, OutgoingMailRow.subject, OutgoingMailRow.body
    ).where(OutgoingMailRow.group_id == chapter.group.id)
    with chapter.reading() as session:
        found = [(row.kind, "", row.text) for row in session.execute(notices)]
        found += [(row.kind, row.address, f"{row.subject} {row.body}") for row in session.execute(mails)]
    return [one for one in found if one[0].startswith(kinds)]


def _asked_referees(chapter: Chapter) -> set[str]:
    """Return the addresses of referees who are asked, of applications that are still to be decided."""
    undecided = {one.id for one in chapter.applications() if one.state in {"open", "later"}}
    query = select(ReferenceRow.application_id, ReferenceRow.email).where(
        ReferenceRow.group_id == chapter.group.id, ReferenceRow.state.in_(("asked", "expired"))
    )
    with chapter.reading() as session:
        return {row.email for row in session.execute(query) if row.application_id in undecided}


WATCHES: Final[tuple[Watch, ...]] = (
    one_seat_one_holder,
    nothing_waits_without_an_owner,
    nobody_forgotten_is_written_to,
    no_visitor_forgotten_is_told_of,
    nobody_erased_is_told_of,
    no_call_stay_or_mentor_without_an_owner,
    states_follow_the_table,
    an_address_has_one_living_application_and_one_record,
)
AT_THE_END: Final[tuple[Watch, ...]] = (the_ledger_is_whole,)
