"""Offices that change hands: the successor's term, the predecessor's last day, and the word to the successor."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy import Select, or_, select

from app.core.errors import Refusal, Refused
from app.core.groups.domain.handover import (
    Handover,
    HeldTerm,
    leaves_nobody,
    mark_of,
    refusals_for_handover,
    refusals_for_term,
)
from app.core.groups.domain.office import LEADERS, OFFICE_TITLES, Office, Term
from app.core.groups.domain.standing import Group
from app.core.groups.events import OfficeLeft, TermChanged
from app.core.groups.models import GroupRow, MemberRow, OfficeTermRow
from app.core.groups.queries import member_by_key
from app.core.groups.services import end_membership, leave_office, take_office
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.notices.services import Letter, notify, write_to_member
from app.core.people.models import PersonRow
from app.core.sentences import N_
from app.core.texts import translated
from app.core.work import UnitOfWork

_NOTICE = N_("%(giver)s hands over an office to you: %(office)s, from %(day)s. Here is what is open.")
AT_ONCE = "groups.office_handed_over_at_once"
"""The wording where the two never hold it together."""

HANDED_OVER_SUBJECT = N_("%(office)s of %(group)s, from %(day)s")
HANDED_OVER = N_(
    "Hello %(name)s,\n\n%(giver)s hands over an office to you: %(office)s of %(group)s, from %(day)s. "
    "You both hold it until %(last)s, so there is time to ask.\n\nWhat is open stands here:\n\n%(link)s\n"
)
HANDED_OVER_AT_ONCE = N_(
    "Hello %(name)s,\n\n%(giver)s hands over an office to you: %(office)s of %(group)s, from %(day)s.\n\n"
    "What is open stands here:\n\n%(link)s\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """An office for a successor. `seen` is the mark of the office's terms on the page that asked for it.

    `path` and `link` lead to what is open, for the notice and for the mail.
    """

    office: Office
    handover: Handover
    seen: str
    path: str
    link: str


def hand_over(work: UnitOfWork, group: Group, command: HandOver) -> None:
    """Give the office to the successor, let the predecessor's term run out, and tell the successor; commit is the caller's.

    Refused as `groups.office_changed_meanwhile` where somebody changed the office's terms since the page was shown.
    """
    _lock_offices(work, group.id)
    held = [_held(row) for row in work.session.scalars(_rows(group.id, [command.office]))]
    wanted, today = command.handover, local_day(work.now, group.zone)
    if mark_of(held, today) != command.seen:
        raise Refused([Refusal(code="groups.office_changed_meanwhile")])
    if refusals := refusals_for_handover(wanted, held, today):
        raise Refused(refusals)
    take_office(
        work,
        group_id=group.id,
        member_id=wanted.successor,
        office=command.office,
        starts_on=wanted.first_day,
    )
    _let_run_out(work, group.id, command.office, wanted, today)
    _tell_successor(work, group, command, today)


def end_term(work: UnitOfWork, group: Group, *, member_id: MemberId, office: Office) -> None:
    """End the member's term of the office today; refused where soon nobody could lead the group. The caller commits."""
    _lock_offices(work, group.id)
    today = local_day(work.now, group.zone)

    def change() -> None:
        leave_office(work, group_id=group.id, member_id=member_id, office=office, last_day=today)

    _unless_nobody_leads(work, group.id, {office}, today, change)


def leave_group(work: UnitOfWork, group: Group, *, member_id: MemberId, last_day: date, reason: str) -> None:
    """End the membership with `last_day`, and with it every office; the caller commits.

    Refused as `groups.last_leader` where soon nobody could lead the group.
    """
    _lock_offices(work, group.id)

    def change() -> None:
        end_membership(work, group_id=group.id, member_id=member_id, last_day=last_day, reason=reason)

    _unless_nobody_leads(work, group.id, LEADERS, local_day(work.now, group.zone), change)


def change_coming_term(
    work: UnitOfWork, group: Group, *, member_id: MemberId, office: Office, first_day: date, dates: Term
) -> None:
    """Give a term that has not begun other days; the caller commits.

    Refused as `groups.term_began` where it runs already, and where soon nobody could lead the group.
    """
    _lock_offices(work, group.id)
    today = local_day(work.now, group.zone)
    rows = list(work.session.scalars(_rows(group.id, [office])))
    found = [row for row in rows if row.member_id == member_id and row.starts_on == first_day]
    if not found:
        raise Refused([Refusal(code="groups.holds_no_such_office")])
    [term, *_none] = found
    if first_day <= today:
        raise Refused([Refusal(code="groups.term_began", facts={"began": first_day})])
    others = [_held(row) for row in rows if row is not term]
    refusals = refusals_for_term(member_id, dates, others, field="starts_on")
    if dates.first < today:
        refusals.append(Refusal(code="groups.hand_over_in_the_past", field="starts_on"))
    if refusals:
        raise Refused(refusals)

    def change() -> None:
        term.starts_on, term.ends_on = dates.first, dates.last

    _unless_nobody_leads(work, group.id, {office}, today, change)
    work.record(
        TermChanged(
            group_id=group.id,
            member_id=member_id,
            office=office.value,
            starts_on=dates.first,
            ends_on=dates.last,
        )
    )


def _lock_offices(work: UnitOfWork, group_id: GroupId) -> None:
    """Let two leaders who change offices at once come one after the other."""
    work.session.execute(select(GroupRow.id).where(GroupRow.id == group_id).with_for_update())


def _unless_nobody_leads(
    work: UnitOfWork, group_id: GroupId, offices: Iterable[Office], today: date, change: Callable[[], None]
) -> None:
    if LEADERS.isdisjoint(offices):
        change()
        return
    before = _leaders_terms(work, group_id)
    change()
    work.session.flush()
    if leaves_nobody(before, _leaders_terms(work, group_id), today):
        raise Refused([Refusal(code="groups.last_leader")])


def _leaders_terms(work: UnitOfWork, group_id: GroupId) -> list[Term]:
    return [_held(row).term for row in work.session.scalars(_rows(group_id, LEADERS))]


def _let_run_out(work: UnitOfWork, group_id: GroupId, office: Office, wanted: Handover, today: date) -> None:
    """Let the predecessor's running term end with the last day of the overlap."""
    query = _rows(group_id, [office]).where(
        OfficeTermRow.member_id == wanted.predecessor,
        OfficeTermRow.starts_on <= today,
        or_(OfficeTermRow.ends_on.is_(None), OfficeTermRow.ends_on >= today),
    )
    [term] = work.session.scalars(query)
    term.ends_on = wanted.predecessors_last_day(today)
    work.record(
        OfficeLeft(
            group_id=group_id,
            member_id=wanted.predecessor,
            office=office.value,
            ended_on=term.ends_on,
        )
    )


def _tell_successor(work: UnitOfWork, group: Group, command: HandOver, today: date) -> None:
    wanted = command.handover
    successor = member_by_key(work.session, group.id, wanted.successor)
    giver = member_by_key(work.session, group.id, wanted.predecessor)
    language = _language_of(work, group, wanted.successor)
    last = wanted.predecessors_last_day(today)
    facts = {
        "name": successor.first_name,
        "giver": giver.name,
        "group": group.name,
        "office": translated(language, OFFICE_TITLES[command.office], vocabulary=group.vocabulary),
        "day": _written(wanted.first_day, language),
        "last": _written(last, language),
        "link": command.link,
    }
    notify(
        work,
        group_id=group.id,
        member_id=wanted.successor,
        kind="groups.office_handed_over",
        text=_NOTICE,
        facts=facts,
        path=command.path,
    )
    letter = Letter(
        kind="groups.office_handed_over",
        subject=HANDED_OVER_SUBJECT,
        body=HANDED_OVER if wanted.overlap_days else HANDED_OVER_AT_ONCE,
        subject_key=f"{command.office.value}/{wanted.first_day}",
        facts=facts,
        wording="" if wanted.overlap_days else AT_ONCE,
    )
    write_to_member(work, group_id=group.id, member_id=wanted.successor, letter=letter)


def _language_of(work: UnitOfWork, group: Group, member_id: MemberId) -> str:
    """Return the member's language, written the group's way where it is the group's, as on their pages."""
    query = (
        select(PersonRow.language)
        .join(MemberRow, MemberRow.person_id == PersonRow.id)
        .where(MemberRow.group_id == group.id, MemberRow.id == member_id)
    )
    language = work.session.scalar(query) or group.locale
    return group.locale if language == group.locale.partition("-")[0] else language


def _written(day: date, language: str) -> str:
    return str(format_date(day, "long", locale=language.replace("-", "_")))


def _rows(group_id: GroupId, offices: Iterable[Office]) -> Select[OfficeTermRow]:
    return select(OfficeTermRow).where(
        OfficeTermRow.group_id == group_id, OfficeTermRow.office.in_(sorted(offices))
    )


def _held(row: OfficeTermRow) -> HeldTerm:
    return HeldTerm(member_id=MemberId(row.member_id), term=Term(first=row.starts_on, last=row.ends_on))
