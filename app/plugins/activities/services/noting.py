"""What a member keeps for themself: a note of a talk, a wish how often to talk. Nobody else is told or shown any of it."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.activities.domain.rhythm import refusals_for_weeks
from app.plugins.activities.domain.rules import LONGEST_NOTE, too_long
from app.plugins.activities.queries.arrangements import arrangement_for
from app.plugins.activities.queries.own_notes import OwnNote, note_of_arrangement, note_of_talk
from app.plugins.activities.queries.partners import partner
from app.plugins.activities.queries.talks import talk_for
from app.plugins.activities.store_notes import (
    add_note,
    change_note,
    keep_pair_wish,
    keep_rhythm,
    remove_note,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepNote:
    """What a member noted of a talk or an arrangement, by its public id, over which version of their note."""

    group_id: GroupId
    zone: str
    today: date
    member: MemberId
    about: str
    text: str
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a note is about: the keys it names, whom, which day, and the note that stands."""

    keys: dict[str, int]
    other: MemberId | None
    day: date
    note: OwnNote


def note_talk(work: UnitOfWork, command: KeepNote) -> None:
    """Keep the member's own note of a recorded talk of theirs; empty words delete it. Commits."""
    talk = talk_for(work.session, command.group_id, command.about, command.member)
    if talk is None:
        raise NotFound
    subject = _Subject(
        keys={"one_to_one_id": talk.id},
        other=talk.other_than(command.member),
        day=talk.held_on,
        note=note_of_talk(work.session, command.group_id, talk.id, command.member),
    )
    _keep(work, command, subject)


def note_arrangement(work: UnitOfWork, command: KeepNote) -> None:
    """Keep what the member prepares for an arranged talk of theirs; empty words delete it. Commits."""
    found = arrangement_for(work.session, command.group_id, command.about, command.member)
    if found is None:
        raise NotFound
    starts_at = found.standing.starts_at
    subject = _Subject(
        keys={"arrangement_id": found.id},
        other=found.other_than(command.member).id,
        day=local_day(starts_at, command.zone) if starts_at else command.today,
        note=note_of_arrangement(work.session, command.group_id, found.id, command.member),
    )
    _keep(work, command, subject)


def delete_note(work: UnitOfWork, *, group_id: GroupId, member: MemberId, note: str) -> None:
    """Delete a note on its writer's wish; to everybody else it is not there (`NotFound`). Commits."""
    if not remove_note(work.session, group_id, member, note):
        raise NotFound
    work.commit()


def wish_rhythm(
    work: UnitOfWork, *, group_id: GroupId, member: MemberId, typed: str, weeks: int | None, today: date
) -> None:
    """Keep every how many weeks the member would like a talk with anybody; an empty field takes it away. Commits."""
    if refusals := refusals_for_weeks(typed, weeks):
        raise Refused(refusals)
    keep_rhythm(work.session, group_id, member, weeks, today)
    work.commit()


def wish_pair(
    work: UnitOfWork,
    *,
    group_id: GroupId,
    member: MemberId,
    about: str,
    typed: str,
    weeks: int | None,
    today: date,
) -> None:
    """Keep every how many weeks the member would like to talk to that colleague of today. Commits."""
    other = partner(work.session, group_id, about)
    if other is None or other.member_id == member or not other.is_member_on(today):
        raise NotFound
    if refusals := refusals_for_weeks(typed, weeks):
        raise Refused(refusals)
    keep_pair_wish(work.session, group_id, member, other.member_id, weeks=weeks, on=today)
    work.commit()


def _keep(work: UnitOfWork, command: KeepNote, subject: _Subject) -> None:
    refusals = too_long({"own": (command.text, LONGEST_NOTE)})
    stands = subject.note
    if stands.version != command.seen_version:
        refusals.append(Refusal(code="activities.note_changed_meanwhile", field="own"))
    if refusals:
        raise Refused(refusals)
    if not command.text:
        remove_note(work.session, command.group_id, command.member, stands.public_id)
    elif not stands.id:
        _add(work, command, subject)
    elif not change_note(
        work.session,
        command.group_id,
        stands.id,
        seen_version=stands.version,
        text=command.text,
        at=work.now,
    ):
        raise Refused([Refusal(code="activities.note_changed_meanwhile", field="own")])
    work.commit()


def _add(work: UnitOfWork, command: KeepNote, subject: _Subject) -> None:
    values = {
        "group_id": command.group_id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "member_id": command.member,
        "about_member_id": subject.other,
        "day": subject.day,
        "note": command.text,
        "changed_at_utc": work.now,
        "version": 1,
    }
    add_note(work.session, values | subject.keys)
