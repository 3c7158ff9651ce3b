"""Typing in a pile of paper slips for others: judged line by line, all passed in one transaction or none of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_on
from app.core.ids import MemberId
from app.core.local_time import instant_of
from app.core.notices.hours import Topic
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.domain.on_paper import Written, alike_in, passed_on_paper, refusals_for_day
from app.plugins.referrals.domain.rules import Offer, refusals_for_words
from app.plugins.referrals.services.called import member_called
from app.plugins.referrals.services.passing import keep_passed
from app.plugins.referrals.services.telling import OF_TYPED_IN, TYPED_IN, Addresses, News, tell
from app.plugins.referrals.store import NewSlip

PILE = 0
"""The place under which stands what is wrong with the pile as a whole."""
_END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSlip:
    """One slip as it was read off the paper: both names as typed, the words, and the public id it is to have."""

    number: int
    giver: str
    receiver: str
    offer: Offer
    public_id: str
    addresses: Addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeIn:
    """A pile of paper slips, all of one `day`, as somebody types it in for their givers."""

    group: Group
    today: date
    typist: MemberId
    typist_name: str
    day: date | None
    slips: Sequence[PaperSlip]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A pile after looking at it: what is wrong by place, the two sides of each slip that are known, and which are alike."""

    problems: Mapping[int, Sequence[Refusal]]
    sides: Mapping[int, tuple[MemberLine, MemberLine]]
    alike: Sequence[tuple[int, int]]


def judge_pile(session: Session, command: TypeIn) -> Judged:
    """Return every reason not to take the pile, by place; PILE for what concerns all of it."""
    of_pile = refusals_for_day(command.day, today=command.today)
    if not command.slips:
        of_pile.append(Refusal(code="referrals.pile_empty"))
    members = members_on(session, command.group.id, command.today)
    sides: dict[int, tuple[MemberLine, MemberLine]] = {}
    problems: dict[int, Sequence[Refusal]] = {PILE: of_pile} if of_pile else {}
    for slip in command.slips:
        giver, receiver = _side(slip.giver, members, "giver"), _side(slip.receiver, members, "receiver")
        refusals = [*_about_sides(giver, receiver, command), *_about_words(slip, command)]
        if refusals:
            problems[slip.number] = refusals
        if isinstance(giver, MemberLine) and isinstance(receiver, MemberLine):
            sides[slip.number] = giver, receiver
    return Judged(problems=problems, sides=sides, alike=alike_in(_written(command.slips, sides)))


def type_in(work: UnitOfWork, command: TypeIn) -> None:
    """Pass every slip of the pile, tell each receiver of it, and ask each giver whether it is right. Commits.

    Refused with every reason at once; then nothing was passed.
    """
    judged = judge_pile(work.session, command)
    if judged.problems or command.day is None:
        raise Refused([refusal for refusals in judged.problems.values() for refusal in refusals])
    on = work.now if command.day == command.today else _end_of(command.day, command.group.zone)
    for slip in command.slips:
        giver, receiver = judged.sides[slip.number]
        new = NewSlip(
            id=SlipId(work.ids.key()),
            public_id=slip.public_id,
            prospect_id=ProspectId(work.ids.key()),
            slip=passed_on_paper(giver=giver.id, receiver=receiver.id, on=on, now=work.now),
            offer=slip.offer,
            agreed_on=slip.offer.agreed_on or command.day,
            typed_in_by=command.typist,
        )
        keep_passed(work, command.group, new, giver_name=giver.name, addresses=slip.addresses)
        _ask_giver(work, command, slip, giver.id)
    work.commit()


def _side(typed: str, members: Sequence[MemberLine], field: str) -> MemberLine | Refusal:
    if typed:
        return member_called(typed, members, field=field)
    if field == "giver":
        return Refusal(code="referrals.giver_missing", field=field)
    return Refusal(code="referrals.receiver_missing", field=field)


def _about_sides(
    giver: MemberLine | Refusal, receiver: MemberLine | Refusal, command: TypeIn
) -> list[Refusal]:
    found = [_too_new(giver, "giver", command.day), _too_new(receiver, "receiver", command.day)]
    refusals = [one for one in found if one is not None]
    are_known = isinstance(giver, MemberLine) and isinstance(receiver, MemberLine)
    if are_known and giver == receiver:
        return [*refusals, Refusal(code="referrals.slip_to_oneself", field="receiver")]
    return refusals


def _too_new(side: MemberLine | Refusal, field: str, day: date | None) -> Refusal | None:
    """Return why that side cannot stand on a slip of `day`: not found, or no member yet."""
    if isinstance(side, Refusal):
        return side
    if day is None or side.joined_on <= day:
        return None
    facts = {"name": side.name, "joined": side.joined_on.isoformat()}
    return Refusal(code="referrals.paper_before_joining", facts=facts, field=field)


def _about_words(slip: PaperSlip, command: TypeIn) -> list[Refusal]:
    return refusals_for_words(slip.offer, today=command.today)


def _written(slips: Sequence[PaperSlip], sides: Mapping[int, tuple[MemberLine, MemberLine]]) -> list[Written]:
    return [
        Written(
            number=slip.number,
            giver=sides[slip.number][0].id,
            receiver=sides[slip.number][1].id,
            prospect_name=slip.offer.prospect_name,
            prospect_contact=slip.offer.prospect_contact,
        )
        for slip in slips
        if slip.number in sides
    ]


def _end_of(day: date, zone: str) -> datetime:
    """Return the last minute of a day that is over: after every meeting of it."""
    return instant_of(day, _END_OF_DAY, zone)


def _ask_giver(work: UnitOfWork, command: TypeIn, slip: PaperSlip, giver: MemberId) -> None:
    if giver == command.typist:
        return
    news = News(
        kind="referrals.slip_typed_in",
        sentence=TYPED_IN,
        body=OF_TYPED_IN,
        name=command.typist_name,
        subject=slip.public_id,
        topic=Topic.WAITING,
    )
    tell(work, command.group, giver, news, slip.addresses)
