"""What a visitor does on their own page: change, call off, another day, delete; and say which of two registrations counts."""

from collections.abc import Sequence

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_key, meeting_by_public_id
from app.core.meetings.services.telling import day_written
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visit import Registration, expires_on, refusals_for_registration
from app.plugins.welcome.domain.visitor import VisitorKind, VisitState
from app.plugins.welcome.interface import VisitCalledOff, VisitMoved, VisitRegistered
from app.plugins.welcome.queries.public_page import page_of
from app.plugins.welcome.queries.visits import Visit, earlier_visits, visit_by_key
from app.plugins.welcome.services import visit_telling as words
from app.plugins.welcome.services.forgetting import forget_one
from app.plugins.welcome.services.registering import (
    refusals_for_meeting,
    tell_of_registration,
    values_of,
)
from app.plugins.welcome.services.visit_letters import (
    VisitAddresses,
    confirm,
    say_cancelled,
    say_moved,
    unsend_before,
)
from app.plugins.welcome.services.visit_telling import Said, hosts_of, inviters_of, tell
from app.plugins.welcome.store_visits import (
    add_registration,
    drop_registration,
    hand_links,
    set_state,
    write_visit,
)


def change_visit(
    work: UnitOfWork, group: Group, visit: Visit, wanted: Registration, addresses: VisitAddresses
) -> None:
    """Write what the visitor changed; the hosts see it on their page. Commits."""
    _refuse_over(work, group, visit)
    refusals = refusals_for_registration(wanted, is_address=True, has_agreed=True)
    if refusals:
        raise Refused(refusals)
    new = values_of(wanted)
    if any(getattr(visit, column) != value for column, value in new.items()):
        write_visit(work.session, group.id, visit.id, new)
        facts = {"day": day_written(visit.came_on, group)}
        said = Said(kind="welcome.visit_changed", text=words.CHANGED, facts=facts, by_mail=False)
        tell(work, group, hosts_of(work, group), visit, said, addresses=addresses)
    work.commit()


def call_off_visit(work: UnitOfWork, group: Group, visit: Visit, addresses: VisitAddresses) -> None:
    """Note that the visitor does not come, and tell whoever expected them; a second time changes nothing. Commits."""
    if visit.state == VisitState.CANCELLED:
        return
    _refuse_over(work, group, visit)
    off = set_state(
        work.session,
        group.id,
        visit.id,
        VisitState.CANCELLED,
        was=VisitState.EXPECTED,
        cancelled_at_utc=work.now,
    )
    if not off:
        raise Refused([Refusal(code="welcome.visit_over")])
    unsend_before(work, group, visit)
    say_cancelled(work, group, visit, addresses)
    _tell_both(work, group, visit, "welcome.visit_called_off", words.CALLED_OFF, addresses=addresses)
    work.record(
        VisitCalledOff(group_id=group.id, visitor_id=visit.id, meeting_id=visit.meeting_id, by="visitor")
    )
    work.commit()


def move_visit(work: UnitOfWork, group: Group, visit: Visit, meeting: str, addresses: VisitAddresses) -> None:
    """Let the visitor come to another meeting, from a visit that stands or whose meeting was called off. Commits."""
    if not (visit.is_expected or visit.state == VisitState.CANCELLED):
        raise Refused([Refusal(code="welcome.visit_over", field="meeting")])
    wanted = meeting_by_public_id(work.session, group.id, meeting)
    refusals = refusals_for_meeting(work, group, wanted)
    if refusals or wanted is None:
        raise Refused(refusals)
    if wanted.id == visit.meeting_id and visit.is_expected:
        return
    months = page_of(work.session, group.id).words.months_kept
    moved = set_state(
        work.session,
        group.id,
        visit.id,
        VisitState.EXPECTED,
        was=VisitState(visit.state),
        meeting_id=wanted.id,
        came_on=wanted.local_date,
        expires_on=expires_on(wanted.local_date, months),
        cancelled_at_utc=None,
    )
    now_stands = visit_by_key(work.session, group.id, visit.id)
    if not moved or now_stands is None:
        raise Refused([Refusal(code="welcome.visit_over", field="meeting")])
    unsend_before(work, group, visit)
    say_moved(work, group, now_stands, wanted, addresses)
    facts = {"old": day_written(visit.came_on, group)}
    _tell_both(work, group, now_stands, "welcome.visit_moved_told", words.MOVED, addresses=addresses, **facts)
    work.record(
        VisitMoved(
            group_id=group.id,
            visitor_id=visit.id,
            from_meeting_id=visit.meeting_id,
            meeting_id=wanted.id,
            by="visitor",
        )
    )
    work.commit()


def come_again(
    work: UnitOfWork,
    group: Group,
    visit: Visit,
    meeting: str,
    *,
    held_trades: Sequence[str],
    addresses: VisitAddresses,
) -> None:
    """Register somebody who came for another meeting, with what they wrote before. Commits."""
    wanted = meeting_by_public_id(work.session, group.id, meeting)
    refusals = refusals_for_meeting(work, group, wanted)
    if visit.state not in {VisitState.CAME, VisitState.MISSED}:
        refusals.append(Refusal(code="welcome.visit_over", field="meeting"))
    if refusals or wanted is None:
        raise Refused(refusals)
    again = _second_visit(work, group, visit, wanted)
    work.record(
        VisitRegistered(
            group_id=group.id,
            visitor_id=again.id,
            meeting_id=wanted.id,
            invited_by_member_id=again.invited_by,
        )
    )
    confirm(work, group, again, wanted, addresses)
    tell_of_registration(work, group, again, held_trades, addresses)
    work.commit()


def forget_own_visit(work: UnitOfWork, group: Group, visit: Visit, addresses: VisitAddresses) -> None:
    """Delete everything that is kept of the visitor, now; who was expected is said not to come, without a name. Commits."""
    was_expected = visit.is_expected
    hosts = hosts_of(work, group) if was_expected else ()
    forget_one(work, group, visit, addresses, by="visitor")
    if was_expected:
        work.record(
            VisitCalledOff(group_id=group.id, visitor_id=visit.id, meeting_id=visit.meeting_id, by="visitor")
        )
    for host in hosts:
        facts = {"day": day_written(visit.came_on, group)}
        words.notify_namelessly(work, group, host, facts, path=addresses.list_path)
    work.commit()


def use_newer(work: UnitOfWork, group: Group, waiting: Visit, addresses: VisitAddresses) -> bool:
    """Let the newer answers stand, confirmed from the address of the first; False where only the first's may. Commits."""
    first = visit_by_key(work.session, group.id, waiting.same_as_id or 0)
    if first is None or not may_replace(first, waiting):
        return False
    columns = (
        "name",
        "firm",
        "trade",
        "phone",
        "wants_greeter",
        "listens_only",
        "introduction",
        "access_needs",
    )
    values = {column: getattr(waiting, column) for column in columns}
    hand_links(work.session, group.id, waiting.id, first.id)
    drop_registration(work.session, group.id, waiting.id)
    kept = {"email": waiting.email, "mail_key": waiting.mail_key, "language": waiting.language}
    consent = {"consented_at_utc": work.now, "registered_at_utc": first.registered_at_utc or work.now}
    write_visit(work.session, group.id, first.id, values | kept | consent)
    facts = {"day": day_written(first.came_on, group)}
    said = Said(kind="welcome.visit_changed", text=words.CHANGED, facts=facts, by_mail=False)
    tell(work, group, hosts_of(work, group), first, said, addresses=addresses)
    work.commit()
    return True


def leave_as_it_was(work: UnitOfWork, group: Group, waiting: Visit) -> None:
    """Drop the newer answers; the links open the page of the first where the address is the same. Commits."""
    first = visit_by_key(work.session, group.id, waiting.same_as_id or 0)
    if first is not None and first.mail_key == waiting.mail_key:
        hand_links(work.session, group.id, waiting.id, first.id)
    drop_registration(work.session, group.id, waiting.id)
    work.commit()


def stand_beside(
    work: UnitOfWork,
    group: Group,
    waiting: Visit,
    *,
    held_trades: Sequence[str],
    addresses: VisitAddresses,
) -> None:
    """Put somebody who is somebody else on the list as well. Commits."""
    meeting = meeting_by_key(work.session, group.id, waiting.meeting_id) if waiting.meeting_id else None
    refusals = refusals_for_meeting(work, group, meeting)
    if refusals or meeting is None:
        raise Refused(refusals)
    stands = set_state(
        work.session, group.id, waiting.id, VisitState.EXPECTED, was=VisitState.WAITING, same_as_id=None
    )
    visit = visit_by_key(work.session, group.id, waiting.id)
    if not stands or visit is None:
        raise Refused([Refusal(code="welcome.visit_over")])
    work.record(
        VisitRegistered(
            group_id=group.id,
            visitor_id=visit.id,
            meeting_id=meeting.id,
            invited_by_member_id=visit.invited_by,
        )
    )
    confirm(work, group, visit, meeting, addresses)
    tell_of_registration(work, group, visit, held_trades, addresses)
    work.commit()


def may_replace(first: Visit, waiting: Visit) -> bool:
    """Return whether the newer answers may stand for the first: the address is the same, or the first had none."""
    return first.mail_key in {"", waiting.mail_key} and not (first.email and not first.mail_key)


def _refuse_over(work: UnitOfWork, group: Group, visit: Visit) -> None:
    """Refuse what can no longer be changed: the meeting has begun, or the visit took another end."""
    meeting = meeting_by_key(work.session, group.id, visit.meeting_id) if visit.meeting_id else None
    has_begun = meeting is not None and meeting.starts_at_utc <= work.now
    if not visit.is_expected or has_begun:
        raise Refused([Refusal(code="welcome.visit_over")])


def _tell_both(
    work: UnitOfWork,
    group: Group,
    visit: Visit,
    kind: str,
    text: str,
    *,
    addresses: VisitAddresses,
    **facts: str,
) -> None:
    """Tell hosts and inviters, each once."""
    said = Said(
        kind=kind,
        text=text,
        facts={"day": day_written(visit.came_on, group), **facts},
        period=f"v{visit.version}",
    )
    members = list(dict.fromkeys([*inviters_of(work, group, visit), *hosts_of(work, group)]))
    tell(work, group, members, visit, said, addresses=addresses)


def _second_visit(work: UnitOfWork, group: Group, visit: Visit, meeting: Meeting) -> Visit:
    key, months = work.ids.key(), page_of(work.session, group.id).words.months_kept
    came_before = earlier_visits(
        work.session, group.id, name=visit.name, mail_key=visit.mail_key, before=meeting.local_date
    )
    values = {
        "group_id": group.id,
        "id": key,
        "public_id": work.ids.public_id(),
        "meeting_id": meeting.id,
        "came_on": meeting.local_date,
        "name": visit.name,
        "firm": visit.firm,
        "trade": visit.trade,
        "phone": visit.phone,
        "email": visit.email,
        "mail_key": visit.mail_key,
        "note": "",
        "kind": (VisitorKind.REPEAT if came_before else VisitorKind.FIRST).value,
        "state": VisitState.EXPECTED.value,
        "invited_by_member_id": visit.invited_by,
        "inviter_words": visit.inviter_words,
        "noted_at_utc": work.now,
        "registered_at_utc": work.now,
        "consented_at_utc": work.now,
        "origin": "public",
        "language": visit.language,
        "expires_on": expires_on(meeting.local_date, months),
        "version": 1,
    }
    add_registration(work.session, values)
    found = visit_by_key(work.session, group.id, key)
    if found is None:
        raise LookupError(f"The visit {key} was not kept.")
    return found
