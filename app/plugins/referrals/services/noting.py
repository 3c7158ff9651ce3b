"""Noting something of a colleague, for oneself alone: no event, for an event would be news to others."""

from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.rules import refusals_for_note
from app.plugins.referrals.store_notes import put_note


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepNote:
    """What a member noted of another, over the version that they saw."""

    group_id: GroupId
    member: MemberId
    about: MemberId
    text: str
    seen_version: int


def keep_note(work: UnitOfWork, command: KeepNote) -> None:
    """Keep the note; refused where it changed meanwhile in another window. Commits."""
    refusals = refusals_for_note(command.text)
    if refusals:
        raise Refused(refusals)
    pair = (command.member, command.about)
    kept = command.seen_version >= 0 and put_note(
        work.session, command.group_id, pair, command.text, seen_version=command.seen_version, now=work.now
    )
    if not kept:
        raise Refused([Refusal(code="referrals.note_changed_meanwhile")])
    work.commit()
