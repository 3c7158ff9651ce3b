"""Founding a group, taking members in, letting them go, giving offices, switching plugins."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from app.core.errors import Refusal, Refused
from app.core.groups.domain.founding import refusals_for_group
from app.core.groups.domain.handover import HeldTerm, refusals_for_term
from app.core.groups.domain.office import Office, Term
from app.core.groups.domain.standing import Group
from app.core.groups.events import (
    GroupFounded,
    MembershipEnded,
    MembershipStarted,
    OfficeLeft,
    OfficeTaken,
    PluginSwitched,
)
from app.core.groups.models import GroupRow, MemberRow, MembershipRow, OfficeTermRow, PluginSwitchRow
from app.core.groups.queries import group_by_slug
from app.core.ids import GroupId, MemberId, PersonId
from app.core.ledger.store import open_chain
from app.core.local_time import local_day
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGroup:
    """What a new group is told at first. `slug` stands in its addresses; `vocabulary` is a pack's key."""

    slug: str
    name: str
    zone: str
    currency: str
    locale: str = "en-GB"
    kind: str = "referral-group"
    vocabulary: str = "standard"
    settling_in_days: int = 91


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a member shows in the group."""

    firm: str = ""
    trade: str = ""
    phone: str = ""
    email: str = ""


def found_group(work: UnitOfWork, command: FoundGroup) -> Group:
    """Make a new group with an empty ledger; refused with every reason at once. The caller commits."""
    refusals = refusals_for_group(command.slug, command.name, command.zone, command.currency)
    if group_by_slug(work.session, command.slug) is not None:
        refusals.append(Refusal(code="groups.slug_taken", facts={"slug": command.slug}, field="slug"))
    if refusals:
        raise Refused(refusals)
    row = GroupRow(
        id=work.ids.key(),
        slug=command.slug,
        name=command.name,
        kind=command.kind,
        zone=command.zone,
        currency=command.currency,
        locale=command.locale,
        vocabulary=command.vocabulary,
        settling_in_days=command.settling_in_days,
        created_at_utc=work.now,
    )
    work.session.add(row)
    work.session.flush()
    group_id = GroupId(row.id)
    open_chain(work.session, group_id)
    work.record(GroupFounded(group_id=group_id))
    return Group(
        id=group_id,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        zone=row.zone,
        currency=row.currency,
        locale=row.locale,
        settling_in_days=row.settling_in_days,
        vocabulary=row.vocabulary,
        founded_at_utc=row.created_at_utc,
    )


def start_membership(
    work: UnitOfWork,
    *,
    group_id: GroupId,
    person_id: PersonId,
    started_on: date,
    profile: Profile,
    is_newcomer: bool = True,
) -> MemberId:
    """Make the person a member from `started_on`, continuing their record if they were one before.

    Refused as `groups.already_member` while a membership is open or reaches beyond that day, and as `groups.trade_until`
    for another trade while one still runs: a member has one trade, and until then it is the other. The caller commits.
    """
    member = _member_of(work, group_id, person_id) or _new_member(work, group_id, person_id)
    running = select(MembershipRow.id).where(
        MembershipRow.group_id == group_id,
        MembershipRow.member_id == member.id,
        or_(MembershipRow.ended_on.is_(None), MembershipRow.ended_on >= started_on),
    )
    if work.session.scalar(running.limit(1)) is not None:
        raise Refused([Refusal(code="groups.already_member")])
    _refuse_second_trade(work, member, profile.trade)
    member.firm, member.trade = profile.firm or member.firm, profile.trade or member.trade
    member.phone, member.email = profile.phone or member.phone, profile.email or member.email
    work.session.add(
        MembershipRow(group_id=group_id, id=work.ids.key(), member_id=member.id, started_on=started_on)
    )
    work.session.flush()
    member_id = MemberId(member.id)
    work.record(
        MembershipStarted(
            group_id=group_id,
            member_id=member_id,
            person_id=person_id,
            started_on=started_on,
            is_newcomer=is_newcomer,
        )
    )
    return member_id


def _refuse_second_trade(work: UnitOfWork, member: MemberRow, trade: str) -> None:
    if not trade or _folded(trade) == _folded(member.trade):
        return
    zone = work.session.scalars(select(GroupRow.zone).where(GroupRow.id == member.group_id)).one()
    still = select(func.max(MembershipRow.ended_on)).where(
        MembershipRow.group_id == member.group_id,
        MembershipRow.member_id == member.id,
        MembershipRow.ended_on >= local_day(work.now, zone),
    )
    if (until := work.session.scalar(still)) is not None:
        raise Refused([Refusal(code="groups.trade_until", facts={"until": until}, field="trade")])


def _folded(trade: str) -> str:
    return " ".join(trade.split()).casefold()


def end_membership(
    work: UnitOfWork, *, group_id: GroupId, member_id: MemberId, last_day: date, reason: str
) -> None:
    """Let the open membership end with `last_day`, and with it every office; the caller commits."""
    query = select(MembershipRow).where(
        MembershipRow.group_id == group_id,
        MembershipRow.member_id == member_id,
        MembershipRow.ended_on.is_(None),
    )
    membership = work.session.scalars(query).one_or_none()
    if membership is None:
        raise Refused([Refusal(code="groups.not_a_member")])
    if last_day < membership.started_on:
        raise Refused(
            [
                Refusal(
                    code="groups.ends_before_start",
                    facts={"started": membership.started_on},
                    field="last_day",
                )
            ]
        )
    membership.ended_on, membership.end_reason = last_day, reason
    work.record(MembershipEnded(group_id=group_id, member_id=member_id, ended_on=last_day))
    for term in _terms_reaching(work, group_id, member_id, last_day):
        _close_term(work, term, last_day)


def take_office(
    work: UnitOfWork,
    *,
    group_id: GroupId,
    member_id: MemberId,
    office: Office,
    starts_on: date,
    ends_on: date | None = None,
) -> None:
    """Give the member an office for a term, which must not meet another of theirs; the caller commits."""
    term = Term(first=starts_on, last=ends_on)
    own = _terms_reaching(work, group_id, member_id, starts_on)
    held = [
        HeldTerm(member_id=member_id, term=Term(first=one.starts_on, last=one.ends_on))
        for one in own
        if one.office == office.value
    ]
    if refusals := refusals_for_term(member_id, term, held, field="starts_on"):
        raise Refused(refusals)
    work.session.add(
        OfficeTermRow(
            group_id=group_id,
            id=work.ids.key(),
            member_id=member_id,
            office=office.value,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    work.session.flush()
    work.record(
        OfficeTaken(
            group_id=group_id, member_id=member_id, office=office.value, starts_on=starts_on, ends_on=ends_on
        )
    )


def leave_office(
    work: UnitOfWork, *, group_id: GroupId, member_id: MemberId, office: Office, last_day: date
) -> None:
    """End the member's open term of `office` with `last_day`; the caller commits."""
    reaching = _terms_reaching(work, group_id, member_id, last_day)
    terms = [term for term in reaching if term.office == office.value]
    if not terms:
        raise Refused([Refusal(code="groups.holds_no_such_office")])
    for term in terms:
        _close_term(work, term, last_day)


def switch_plugin(work: UnitOfWork, *, group_id: GroupId, plugin: str, is_on: bool) -> None:
    """Switch a plugin on or off for the group; the caller commits. What it keeps stays either way."""
    row = work.session.get(PluginSwitchRow, (group_id, plugin))
    if row is None:
        row = PluginSwitchRow(group_id=group_id, plugin=plugin, is_on=is_on, changed_at_utc=work.now)
        work.session.add(row)
    row.is_on, row.changed_at_utc = is_on, work.now
    work.session.flush()
    work.record(PluginSwitched(group_id=group_id, plugin=plugin, is_on=is_on))


def _member_of(work: UnitOfWork, group_id: GroupId, person_id: PersonId) -> MemberRow | None:
    query = select(MemberRow).where(MemberRow.group_id == group_id, MemberRow.person_id == person_id)
    return work.session.scalars(query).one_or_none()


def _new_member(work: UnitOfWork, group_id: GroupId, person_id: PersonId) -> MemberRow:
    row = MemberRow(
        group_id=group_id,
        id=work.ids.key(),
        public_id=work.ids.public_id(),
        person_id=person_id,
        firm="",
        trade="",
        phone="",
        email="",
        created_at_utc=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _terms_reaching(
    work: UnitOfWork, group_id: GroupId, member_id: MemberId, day: date
) -> list[OfficeTermRow]:
    """Return the member's terms that are open, or run to `day` or beyond."""
    query = select(OfficeTermRow).where(
        OfficeTermRow.group_id == group_id,
        OfficeTermRow.member_id == member_id,
        or_(OfficeTermRow.ends_on.is_(None), OfficeTermRow.ends_on >= day),
    )
    return list(work.session.scalars(query))


def _close_term(work: UnitOfWork, term: OfficeTermRow, last_day: date) -> None:
    """Cut the term at `last_day`; one that would begin later is never held. A term that ends by then stays as it is."""
    ends_on = max(last_day, term.starts_on - timedelta(days=1))
    if term.ends_on is not None and term.ends_on <= ends_on:
        return
    term.ends_on = ends_on
    work.record(
        OfficeLeft(
            group_id=GroupId(term.group_id),
            member_id=MemberId(term.member_id),
            office=term.office,
            ended_on=term.ends_on,
        )
    )
