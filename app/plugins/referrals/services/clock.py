"""The receiver's clock at work: two mails with three taps, then the giver is asked whether the office shall help."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, member_by_key
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.clock import Move, next_move
from app.plugins.referrals.domain.taps import TAP_LIVES, LinkedTap, Tap
from app.plugins.referrals.queries.clock import WaitingSlip, waiting_slips
from app.plugins.referrals.services.telling import Addresses
from app.plugins.referrals.store_clock import note_move

REMINDER = "referrals.reminder"
ASKED = "referrals.help_asked"
SECOND_REMINDER = "referrals.reminder_again"
"""The wording of the second mail."""

WAITS = N_("%(name)s would like to know how the referral goes")
FIRST_WORD = N_(
    "%(name)s passed you a referral in %(group)s, and the prospect expects to hear from you. How does it go? One tap "
    "tells %(name)s; you need not sign in.\n\n"
    "I called:\n%(called)s\n\n"
    "I tried, but did not reach them yet:\n%(tried)s\n\n"
    "This is not for me:\n%(declined)s\n\n"
    "The slip, and how to reach them:\n%(link)s\n"
)
SECOND_WORD = N_(
    "The referral that %(name)s passed you in %(group)s still waits for a word. Whatever it is, it helps: one tap "
    "tells %(name)s; you need not sign in. This is the last mail about it.\n\n"
    "I called:\n%(called)s\n\n"
    "I tried, but did not reach them yet:\n%(tried)s\n\n"
    "This is not for me:\n%(declined)s\n\n"
    "The slip, and how to reach them:\n%(link)s\n"
)
ASK = N_("There is no news yet of your referral to %(name)s. Shall the office help?")
_ASK_BODY = N_(
    "There is no news yet of your referral to %(name)s in %(group)s. Shall the office speak with them? Only if you say "
    "yes do they see your two names and how long it waits; never the prospect.\n\n"
    "Yes, please:\n%(help)s\n\n"
    "No, thank you:\n%(no_help)s\n\n"
    "Your slip:\n%(link)s\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the links of a mail lead: the page of a tap, and the page of a slip."""

    tap: Callable[[LinkedTap], str]
    slip: Callable[[str], Addresses]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A waiting slip with its two sides, each None where they are not of the group today."""

    slip: WaitingSlip
    giver: MemberLine | None
    receiver: MemberLine | None


def speak_of_waiting_slips(work: UnitOfWork, group: Group, links: Links) -> int:
    """Make every move that is due in the group, and return how many. The caller commits."""
    waiting = waiting_slips(work.session, group.id, work.now)
    return sum(_move(work, group, slip, links) for slip in waiting)


def _move(work: UnitOfWork, group: Group, slip: WaitingSlip, links: Links) -> bool:
    move = next_move(slip.clock, work.now)
    if move is None:
        return False
    due = _Due(
        slip=slip, giver=_member(work, group, slip.giver), receiver=_member(work, group, slip.receiver)
    )
    to = due.giver if move is Move.ASK_GIVER else due.receiver
    if to is None or due.receiver is None or not note_move(work.session, group.id, slip.id, move, work.now):
        return False
    letter = _ask(work, group, due, links) if move is Move.ASK_GIVER else _reminder(work, group, due, links)
    if move is Move.ASK_GIVER:
        notify(
            work,
            group_id=group.id,
            member_id=to.id,
            kind=ASKED,
            text=ASK,
            facts=letter.facts,
            path=links.slip(slip.public_id).path,
        )
    write_to_member(work, group_id=group.id, member_id=to.id, letter=letter)
    return True


def _member(work: UnitOfWork, group: Group, key: MemberId | None) -> MemberLine | None:
    """Return who stands on that side, if they belong to the group today."""
    if key is None:
        return None
    line, today = member_by_key(work.session, group.id, key), local_day(work.now, group.zone)
    return line if line.joined_on <= today and (line.ended_on is None or today <= line.ended_on) else None


def _reminder(work: UnitOfWork, group: Group, due: _Due, links: Links) -> Letter:
    is_first = due.slip.clock.first_at is None
    return Letter(
        kind=REMINDER,
        subject=WAITS,
        body=FIRST_WORD if is_first else SECOND_WORD,
        subject_key=due.slip.public_id,
        wording="" if is_first else SECOND_REMINDER,
        period=(Move.FIRST if is_first else Move.SECOND).value,
        topic=Topic.WAITING,
        facts={
            "name": due.giver.name if due.giver else due.slip.giver_outside or group.name,
            "group": group.name,
            "link": links.slip(due.slip.public_id).link,
            "called": _tap(work, due.slip, due.receiver, Tap.CALLED, links),
            "tried": _tap(work, due.slip, due.receiver, Tap.TRIED, links),
            "declined": _tap(work, due.slip, due.receiver, Tap.NOT_FOR_ME, links),
        },
    )


def _ask(work: UnitOfWork, group: Group, due: _Due, links: Links) -> Letter:
    return Letter(
        kind=ASKED,
        subject=ASK,
        body=_ASK_BODY,
        subject_key=due.slip.public_id,
        topic=Topic.WAITING,
        facts={
            "name": due.receiver.name if due.receiver else "",
            "group": group.name,
            "link": links.slip(due.slip.public_id).link,
            "help": _tap(work, due.slip, due.giver, Tap.HELP, links),
            "no_help": _tap(work, due.slip, due.giver, Tap.NO_HELP, links),
        },
    )


def _tap(work: UnitOfWork, slip: WaitingSlip, member: MemberLine | None, tap: Tap, links: Links) -> str:
    """Return the address at which the member says this with one tap; nothing for nobody."""
    if member is None:
        return ""
    return links.tap(
        LinkedTap(
            tap=tap,
            slip=slip.public_id,
            member=member.public_id,
            seen=slip.version,
            expires_at=work.now + TAP_LIVES,
        )
    )
