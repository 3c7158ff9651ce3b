"""The office's help with a slip that waits: the giver says whether it is wanted, an office says that it has spoken."""

from dataclasses import dataclass

from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.groups.queries import office_holders
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.referrals.interface import SlipHelpAnswered, SlipHelpGiven
from app.plugins.referrals.permissions import HELPERS
from app.plugins.referrals.queries.clock import HelpAsked, help_asked, help_wanted
from app.plugins.referrals.services.telling import OF_HELP, Addresses, News, tell
from app.plugins.referrals.store_clock import keep_answer, keep_help

TO_RECEIVER = N_("%(name)s asked the office to help with a referral that waits for your word.")
TO_OFFICE = N_("%(name)s asks the office to help with a referral.")
SPOKEN = N_("%(name)s has spoken with the receiver about your referral.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHelp:
    """What the giver of a waiting slip says when asked whether the office shall help."""

    group: Group
    slip: str
    giver: MemberId
    giver_name: str
    wants_help: bool
    slip_path: str
    office_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SayHelped:
    """That somebody of the office has spoken with the receiver of a slip."""

    group: Group
    slip: str
    helper: MemberId
    helper_name: str
    addresses: Addresses


def answer_help(work: UnitOfWork, command: AnswerHelp) -> None:
    """Keep the answer; with yes the receiver hears it first, and the office. Said twice, it is told once.

    `NotFound` where the giver was not asked, or the slip waits no more.
    """
    group = command.group
    asked = help_asked(work.session, group.id, command.slip, command.giver)
    if asked is None:
        raise NotFound
    is_new = keep_answer(work.session, group.id, asked.slip_id, wants_help=command.wants_help, now=work.now)
    if is_new:
        work.record(SlipHelpAnswered(group_id=group.id, slip_id=asked.slip_id, wants_help=command.wants_help))
        if command.wants_help:
            _tell_receiver_and_office(work, command, asked)
    work.commit()


def say_helped(work: UnitOfWork, command: SayHelped) -> bool:
    """Keep that the office has spoken, tell the giver, and return whether nobody had said so before.

    `NotFound` where the giver does not want it, or the slip waits no more.
    """
    group = command.group
    lines = help_wanted(work.session, group.id, command.helper)
    line = next((one for one in lines if one.public_id == command.slip), None)
    if line is None:
        raise NotFound
    is_first = keep_help(work.session, group.id, line.slip_id, helper=command.helper, now=work.now)
    if is_first:
        work.record(SlipHelpGiven(group_id=group.id, slip_id=line.slip_id, helper_member_id=command.helper))
        news = News(
            kind="referrals.help_given",
            sentence=SPOKEN,
            body=OF_HELP,
            name=command.helper_name,
            subject=command.slip,
        )
        tell(work, group, line.giver, news, command.addresses)
    work.commit()
    return is_first


def _tell_receiver_and_office(work: UnitOfWork, command: AnswerHelp, asked: HelpAsked) -> None:
    group, today = command.group, local_day(work.now, command.group.zone)
    told = {asked.receiver: (TO_RECEIVER, command.slip_path)}
    for holder in office_holders(work.session, group.id, HELPERS, today):
        told.setdefault(holder, (TO_OFFICE, command.office_path))
    told.pop(command.giver, None)
    for member_id, (text, path) in told.items():
        notify(
            work,
            group_id=group.id,
            member_id=member_id,
            kind="referrals.help_wanted",
            text=text,
            facts={"name": command.giver_name},
            path=path,
        )
