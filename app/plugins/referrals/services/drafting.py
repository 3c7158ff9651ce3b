"""Keeping a slip as it is typed: the newest words stand, and words of another window are never written over."""

from dataclasses import dataclass

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.draft import KEPT_FOR, Typed, refusals_for_draft, written
from app.plugins.referrals.queries.drafts import draft_of, number_of_drafts
from app.plugins.referrals.store_drafts import (
    DraftKey,
    add_draft,
    change_draft,
    drop_draft,
    drop_drafts_before,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDraft:
    """What a member typed so far in the form with the token `draft`, over the version that the window saw (0: none).

    `spare` is the token under which it is kept where another window has changed that draft meanwhile.
    """

    group_id: GroupId
    member_id: MemberId
    draft: str
    spare: str
    typed: Typed
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Under which token the words are kept now, and as which version; a `is_copy` stands beside the other window's."""

    draft: str
    version: int
    is_copy: bool = False


def keep_draft(work: UnitOfWork, command: KeepDraft) -> Kept:
    """Keep what was typed; where another window was there meanwhile, beside its words. Refused with every reason. Commits."""
    session, group_id, member_id = work.session, command.group_id, command.member_id
    stands = draft_of(session, group_id, member_id, command.draft)
    others = number_of_drafts(session, group_id, member_id) if stands is None else 0
    refusals = refusals_for_draft(command.typed, others=others)
    if refusals:
        raise Refused(refusals)
    if stands is not None and dict(stands.typed) == dict(command.typed):
        return Kept(draft=command.draft, version=stands.version)
    kept = _in_place(work, command) or _beside(work, command)
    work.commit()
    return kept


def throw_away(work: UnitOfWork, group_id: GroupId, member_id: MemberId, draft: str) -> None:
    """Delete a draft of the member's own; `NotFound` where there is none. Commits."""
    if not drop_draft(work.session, (group_id, member_id, draft)):
        raise NotFound
    work.commit()


def drop_old_drafts(work: UnitOfWork, group: Group) -> int:
    """Delete the drafts that nobody has touched for a month; return how many. A job: must not commit."""
    return drop_drafts_before(work.session, group.id, work.now - KEPT_FOR)


def _in_place(work: UnitOfWork, command: KeepDraft) -> Kept | None:
    """Keep the words as the next version of what the window saw, if that still stands."""
    key: DraftKey = (command.group_id, command.member_id, command.draft)
    text = written(command.typed)
    if command.seen == 0:
        is_kept = add_draft(work.session, key, text, work.now)
    else:
        is_kept = change_draft(work.session, key, text, seen=command.seen, now=work.now)
    return Kept(draft=command.draft, version=command.seen + 1) if is_kept else None


def _beside(work: UnitOfWork, command: KeepDraft) -> Kept:
    """Keep the words as a draft of their own, whose token the window goes on with."""
    key: DraftKey = (command.group_id, command.member_id, command.spare)
    add_draft(work.session, key, written(command.typed), work.now)
    return Kept(draft=command.spare, version=1, is_copy=True)
