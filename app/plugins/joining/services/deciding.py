"""The committee decides: votes, an approval that keeps the seat, a kind no, a place on the waiting list, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_public_id
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.joining.domain.application import (
    UNDECIDED_MONTHS,
    State,
    may_become,
    months_after,
    refusals_for_start,
)
from app.plugins.joining.domain.deciding import (
    Ballot,
    Tally,
    Tie,
    in_charge,
    may_approve,
    may_decline,
    refusals_for_vote,
    tally_of,
)
from app.plugins.joining.domain.seats import are_near, holders_of
from app.plugins.joining.interface import ApplicationDecided, SameMemberConfirmed, VoteCast
from app.plugins.joining.queries.applications import (
    ApplicationLine,
    addresses_of,
    application_by_key,
    application_by_mail,
    application_by_public_id,
    committee_and_leaders,
)
from app.plugins.joining.queries.references import references_of
from app.plugins.joining.queries.seats import held_seats, is_kept_for_another, neighbours, pairs_of
from app.plugins.joining.queries.settings import settings_of
from app.plugins.joining.queries.votes import VoteLine, ballots_of, votes_of
from app.plugins.joining.services.applying import end_application, mail_key, stop_asking
from app.plugins.joining.services.links import Links
from app.plugins.joining.services.telling import (
    APPROVED,
    DECLINED,
    LATER,
    OPENED,
    REOPENED,
    stop_asking_for_votes,
    stop_asking_to_vote,
    tell_applicant,
    tell_those_in_charge,
)
from app.plugins.joining.store import change_application, keep_vote, one_at_a_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An application with all that its decision hangs on, as of today."""

    application: ApplicationLine
    votes: tuple[VoteLine, ...]
    owners: frozenset[MemberId]
    tally: Tally
    ties: Mapping[MemberId, tuple[Tie, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote:
    """What a member of the committee says."""

    group: Group
    application: str
    member: MemberId
    ballot: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """What the committee decided; `starts_on` where it is a yes. Over the version seen."""

    group: Group
    application: str
    member: MemberId
    outcome: str
    starts_on: date | None
    seen_version: int
    links: Links


def matter_of(work: UnitOfWork, group: Group, public_id: str) -> Matter:
    """Return the application with its votes and who is in charge, or raise the one NotFound."""
    found = application_by_public_id(work.session, group.id, public_id)
    if found is None or found.is_forgotten:
        raise NotFound
    committee, leaders = committee_and_leaders(work.session, group.id, local_day(work.now, group.zone))
    votes = tuple(votes_of(work.session, group.id, found.id, found.round))
    ballots = ballots_of(votes)
    owners = in_charge(committee, leaders, ballots, found.concerned)
    return Matter(
        application=found,
        votes=tuple(vote for vote in votes if vote.member_id in owners),
        owners=owners,
        tally=tally_of(committee, leaders, ballots, found.concerned),
        ties=_ties(work, group, found, owners),
    )


def cast_vote(work: UnitOfWork, command: CastVote) -> None:
    """Keep what the member says, in the place of what they said before; only those in charge vote. Commits."""
    matter = owned(work, command.group, command.application, command.member)
    if matter.application.state is not State.OPEN:
        raise Refused([Refusal(code="joining.not_open")])
    ties = matter.ties.get(command.member, ())
    if refusals := refusals_for_vote(command.ballot, command.reason, ties):
        raise Refused(refusals)
    application = matter.application
    keep_vote(
        work.session,
        {
            "group_id": command.group.id,
            "application_id": application.id,
            "round": application.round,
            "member_id": command.member,
            "ballot": Ballot(command.ballot).value,
            "reason": command.reason,
            "at_utc": work.now,
        },
    )
    stop_asking_to_vote(work, command.group, application, command.member)
    work.record(VoteCast(group_id=command.group.id, application_id=application.id))
    work.commit()


def decide(work: UnitOfWork, command: Decide) -> None:
    """Keep the decision that the votes allow, and tell the applicant without votes and reasons. Commits.

    A yes keeps the seat: refused where somebody else holds it on the day of the start, or it is kept for another.
    """
    one_at_a_time(work.session, command.group.id)
    matter = owned(work, command.group, command.application, command.member)
    if command.outcome not in {State.APPROVED.value, State.DECLINED.value, State.LATER.value}:
        raise Refused([Refusal(code="joining.outcome_missing", field="outcome")])
    outcome = State(command.outcome)
    application = matter.application
    if application.state is not State.OPEN or application.version != command.seen_version:
        raise Refused([Refusal(code="joining.not_open")])
    if refusals := _refusals(work, command, matter, outcome):
        raise Refused(refusals)
    counts = {"yes_count": matter.tally.yes, "no_count": matter.tally.no}
    if outcome is State.APPROVED:
        _approve(work, command, application, counts)
    elif outcome is State.LATER:
        _let_wait(work, command, application, counts)
    else:
        end_application(work, command.group, application, State.DECLINED, **counts)
        tell_applicant(work, command.group, application, command.links, DECLINED)
    decided = ApplicationDecided(
        group_id=command.group.id, application_id=application.id, outcome=outcome.value
    )
    work.record(decided)
    work.commit()


def reopen(work: UnitOfWork, group: Group, application: str, member: MemberId, links: Links) -> None:
    """Take up an application again that waits for a seat or has lapsed: everybody votes anew. Commits."""
    found = owned(work, group, application, member).application
    if not may_become(found.state, State.OPEN):
        raise Refused([Refusal(code="joining.not_open")])
    key = mail_key(group, found.email)
    other = application_by_mail(work.session, group.id, key)
    if other is not None and other.id != found.id:
        raise Refused([Refusal(code="joining.applied_again")])
    values = {
        "state": State.OPEN.value,
        "round": found.round + 1,
        "yes_count": 0,
        "no_count": 0,
        "mail_key": key,
        "decided_at_utc": None,
        "approved_until": None,
        "expires_on": months_after(local_day(work.now, group.zone), UNDECIDED_MONTHS),
    }
    if not change_application(work.session, group.id, found.id, found.version, values):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    opened = application_by_key(work.session, group.id, found.id)
    tell_applicant(work, group, opened, links, REOPENED)
    committee, leaders = committee_and_leaders(work.session, group.id, local_day(work.now, group.zone))
    owners = in_charge(committee, leaders, {}, opened.concerned) - {member}
    tell_those_in_charge(work, group, (opened, links), owners, OPENED)
    work.record(ApplicationDecided(group_id=group.id, application_id=found.id, outcome=State.OPEN.value))
    work.commit()


def confirm_same_member(
    work: UnitOfWork, group: Group, application: str, member: MemberId, former: str
) -> None:
    """Note that the applicant is this former member (public id), or nobody who was here before. Commits."""
    found = owned(work, group, application, member).application
    line = member_by_public_id(work.session, group.id, former) if former else None
    if former and line is None:
        raise Refused([Refusal(code="joining.no_such_member", field="former")])
    key = line.id if line else None
    if not change_application(work.session, group.id, found.id, found.version, {"rejoins_member_id": key}):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    work.record(SameMemberConfirmed(group_id=group.id, application_id=found.id, member_id=key))
    work.commit()


def refusals_for_seat(
    work: UnitOfWork, group: Group, application: ApplicationLine, starts_on: date
) -> list[Refusal]:
    """Return why the seat cannot be given from that day: it is looked at on the day on which the successor starts."""
    refusals = []
    held = held_seats(work.session, group.id, starts_on)
    for holder in holders_of(application.trade, held, starts_on):
        if holder.member_id == application.rejoins_id and holder.until is not None:
            continue
        if holder.until is None:
            kept = {"name": holder.name, "day": starts_on}
            refusals.append(Refusal(code="joining.seat_held", facts=kept, field="starts_on"))
        else:
            facts = {"name": holder.name, "until": holder.until}
            refusals.append(Refusal(code="joining.seat_kept_until", facts=facts, field="starts_on"))
    if is_kept_for_another(work.session, group.id, application.seat, application.id):
        refusals.append(Refusal(code="joining.seat_reserved"))
    return refusals


def _refusals(work: UnitOfWork, command: Decide, matter: Matter, outcome: State) -> list[Refusal]:
    rule, tally = settings_of(work.session, command.group.id).rule, matter.tally
    refusals = []
    has_votes = {
        State.APPROVED: may_approve(tally, rule),
        State.DECLINED: may_decline(tally, rule),
        State.LATER: tally.yes + tally.no > 0,
    }
    if not has_votes[outcome]:
        facts = {"yes": tally.yes, "no": tally.no, "pending": tally.pending}
        refusals.append(Refusal(code="joining.votes_missing", facts=facts))
    if outcome is State.APPROVED:
        wrong_day = refusals_for_start(command.starts_on, local_day(work.now, command.group.zone))
        refusals += wrong_day
        if command.starts_on is not None and not wrong_day:
            refusals += refusals_for_seat(work, command.group, matter.application, command.starts_on)
    return refusals


def _approve(
    work: UnitOfWork, command: Decide, application: ApplicationLine, counts: Mapping[str, int]
) -> None:
    group, today = command.group, local_day(work.now, command.group.zone)
    until = today + timedelta(days=settings_of(work.session, group.id).approval_days)
    values = {
        "state": State.APPROVED.value,
        "held_seat": application.seat,
        "decided_at_utc": work.now,
        "starts_on": command.starts_on,
        "approved_until": until,
        **counts,
    }
    if not change_application(work.session, group.id, application.id, application.version, values):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    stop_asking(work, group, application)
    said = format_date(until, "long", locale=group.locale.replace("-", "_"))
    tell_applicant(
        work,
        group,
        application,
        command.links,
        APPROVED,
        facts={"until": said},
    )


def _let_wait(
    work: UnitOfWork, command: Decide, application: ApplicationLine, counts: Mapping[str, int]
) -> None:
    group = command.group
    values = {
        "state": State.LATER.value,
        "decided_at_utc": work.now,
        "expires_on": months_after(local_day(work.now, group.zone), UNDECIDED_MONTHS),
        **counts,
    }
    if not change_application(work.session, group.id, application.id, application.version, values):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    stop_asking_for_votes(work, group, application)
    tell_applicant(work, group, application, command.links, LATER)


def owned(work: UnitOfWork, group: Group, application: str, member: MemberId) -> Matter:
    """Return the matter for somebody in charge of it; for everybody else there is none to decide."""
    matter = matter_of(work, group, application)
    if member not in matter.owners:
        raise NotFound
    return matter


def _ties(
    work: UnitOfWork, group: Group, application: ApplicationLine, owners: frozenset[MemberId]
) -> dict[MemberId, tuple[Tie, ...]]:
    """Return who of those in charge is near the application, and why."""
    referees = {one.email for one in references_of(work.session, group.id, application.id) if one.email}
    known = addresses_of(work.session, group.id, sorted(owners))
    pairs = pairs_of(neighbours(work.session, group.id))
    today = local_day(work.now, group.zone)
    near = {
        one.member_id
        for one in held_seats(work.session, group.id, today)
        if holders_of(application.trade, [one], today) or are_near(application.trade, one.trade, pairs)
    }
    found: dict[MemberId, tuple[Tie, ...]] = {}
    for member in owners:
        ties = []
        if member == application.inviter_id:
            ties.append(Tie.INVITER)
        if known.get(member, "") in referees:
            ties.append(Tie.REFEREE)
        if member in near:
            ties.append(Tie.SEAT)
        if ties:
            found[member] = tuple(ties)
    return found
