"""Correcting or taking back a one-to-one, by either of the two and within a week; the other is told."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.activities.domain.rules import TalkFacts, may_be_corrected, refusals_for_talk
from app.plugins.activities.interface import OneToOneCorrected, OneToOneTakenBack
from app.plugins.activities.queries.talks import Talk, talk_for, talk_recorded_by
from app.plugins.activities.services.telling import CORRECTED, TAKEN_BACK, tell
from app.plugins.activities.store import correct_talk, remove_talk


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTalk:
    """Who acts on which one-to-one, at which version they saw it; `path` is where the other finds it, or the list."""

    group: Group
    today: date
    member: MemberId
    member_name: str
    talk: str
    seen_version: int
    path: str


def correct(work: UnitOfWork, command: OnTalk, facts: TalkFacts) -> None:
    """Keep the corrected day, place and note; refused with every reason at once.

    To those who are neither of the two the talk does not exist (`NotFound`). One that changed since it was seen is
    refused as `activities.changed_meanwhile`, one of more than a week ago as `activities.week_over`.
    """
    talk = talk_for(work.session, command.group.id, command.talk, command.member)
    if talk is None:
        raise NotFound
    refusals = [*_standing(talk, work, command), *refusals_for_talk(facts, today=command.today)]
    if refusals or facts.held_on is None:
        raise Refused(refusals)
    correct_talk(
        work.session,
        command.group.id,
        talk.id,
        seen_version=command.seen_version,
        held_on=facts.held_on,
        place=facts.place,
        note=facts.note,
    )
    work.record(OneToOneCorrected(group_id=command.group.id, one_to_one_id=talk.id, held_on=facts.held_on))
    _tell_others(work, command, talk, CORRECTED)
    work.commit()


def take_back(work: UnitOfWork, command: OnTalk) -> None:
    """Take the one-to-one away, by one of the two or by the office that recorded it; whoever is concerned is told."""
    group_id = command.group.id
    talk = talk_for(work.session, group_id, command.talk, command.member) or talk_recorded_by(
        work.session, group_id, command.talk, command.member
    )
    if talk is None:
        raise NotFound
    if refusals := _standing(talk, work, command):
        raise Refused(refusals)
    remove_talk(work.session, group_id, talk.id, seen_version=command.seen_version)
    work.record(OneToOneTakenBack(group_id=group_id, one_to_one_id=talk.id))
    _tell_others(work, command, talk, TAKEN_BACK)
    work.commit()


def _standing(talk: Talk, work: UnitOfWork, command: OnTalk) -> list[Refusal]:
    """Return why the talk as it stands cannot be touched."""
    refusals = []
    if command.seen_version != talk.version:
        refusals.append(Refusal(code="activities.changed_meanwhile"))
    if not may_be_corrected(talk.recorded_at, work.now):
        refusals.append(Refusal(code="activities.week_over"))
    return refusals


def _tell_others(work: UnitOfWork, command: OnTalk, talk: Talk, sentence: str) -> None:
    """Tell those of the two who did not act and are still members."""
    for member_id in (talk.member_id, talk.with_member_id):
        if member_id is None or member_id == command.member:
            continue
        ended_on = member_by_key(work.session, command.group.id, member_id).ended_on
        if ended_on is None or command.today <= ended_on:
            tell(work, command.group.id, member_id, sentence, name=command.member_name, path=command.path)
