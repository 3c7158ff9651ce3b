"""A member introduces two others; both say yes before either sees how to reach the other; each may say what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.giving.domain.introduction import (
    IntroductionState,
    Named,
    Outcome,
    Word,
    refusals_for_introduction,
    state_after,
)
from app.plugins.giving.domain.keys import IntroductionId
from app.plugins.giving.interface import (
    IntroductionEnded,
    IntroductionMade,
    IntroductionOffered,
    IntroductionOutcomeTold,
)
from app.plugins.giving.queries.introductions import Introduction, Party, introduction_for, stands_between
from app.plugins.giving.queries.people import named
from app.plugins.giving.services.telling import MADE, MADE_FOR_YOU, NOT_NOW, OFFERED, TOLD, News, Place, tell
from app.plugins.giving.store import add_introduction, keep_outcome, keep_word, settle


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduce:
    """Two members by their public ids, and why; `place` is where all three find it.

    `is_another` says that it is not the one which stands between these two already.
    """

    group: Group
    today: date
    member: MemberId
    member_name: str
    one: str
    other: str
    why: str
    is_another: bool = False
    public_id: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class OnIntroduction:
    """Who acts on which introduction; `place` is where all three find it."""

    group: Group
    today: date
    member: MemberId
    member_name: str
    introduction: str
    place: Place


def introduce(work: UnitOfWork, command: Introduce) -> IntroductionId:
    """Keep the introduction and ask both; refused with every reason at once. Commits."""
    session, group = work.session, command.group
    one, other = named(session, group.id, command.one), named(session, group.id, command.other)
    refusals = refusals_for_introduction(
        by=command.member,
        one=one,
        other=other,
        why=command.why,
        today=command.today,
        stands_already=not command.is_another
        and one is not None
        and other is not None
        and stands_between(session, group.id, command.member, one.member_id, other.member_id),
    )
    if refusals or one is None or other is None:
        raise Refused(refusals)
    introduction_id = IntroductionId(work.ids.key())
    people = {
        "introducer_member_id": command.member,
        "one_member_id": one.member_id,
        "other_member_id": other.member_id,
    }
    add_introduction(session, _values(work, command, introduction_id) | people)
    work.record(
        IntroductionOffered(
            group_id=group.id,
            introduction_id=introduction_id,
            introducer_member_id=command.member,
            one_member_id=one.member_id,
            other_member_id=other.member_id,
        )
    )
    _ask_both(work, command, one, other)
    work.commit()
    return introduction_id


def say(work: UnitOfWork, command: OnIntroduction, word: str) -> IntroductionState:
    """Keep what one of the two says and return how it stands then; who said no is told to nobody. Commits."""
    found = _found(work, command)
    side = found.side_of(command.member)
    if not side:
        raise NotFound
    if word not in set(Word):
        raise Refused([Refusal(code="giving.no_word")])
    said = keep_word(work.session, command.group.id, found.id, side=side, word=word)
    if said is None:
        raise Refused([Refusal(code="giving.introduction_settled")])
    state = state_after(said.one_says, said.other_says)
    if state is not IntroductionState.OFFERED and settle(
        work.session, command.group.id, found.id, state, work.now
    ):
        willing = [
            party
            for party, word in ((found.one, said.one_says), (found.other, said.other_says))
            if word == Word.YES
        ]
        _tell_settled(work, command, found, state, willing)
    work.commit()
    return state


def take_back(work: UnitOfWork, command: OnIntroduction) -> None:
    """Take the introduction back while it waits, by the introducer alone. Commits."""
    found = _found(work, command)
    if found.introducer.id != command.member:
        raise NotFound
    state = IntroductionState.TAKEN_BACK
    if not settle(work.session, command.group.id, found.id, state, work.now):
        raise Refused([Refusal(code="giving.introduction_settled")])
    work.record(IntroductionEnded(group_id=command.group.id, introduction_id=found.id, state=state.value))
    work.commit()


def tell_outcome(work: UnitOfWork, command: OnIntroduction, outcome: str) -> None:
    """Keep what one of the two says came of it, and tell the introducer that they told; said anew it replaces. Commits."""
    found = _found(work, command)
    side = found.side_of(command.member)
    if not side:
        raise NotFound
    if outcome not in set(Outcome):
        raise Refused([Refusal(code="giving.no_word")])
    if not keep_outcome(work.session, command.group.id, found.id, side=side, outcome=outcome):
        raise Refused([Refusal(code="giving.outcome_not_asked")])
    if found.party(side).outcome != outcome:
        work.record(
            IntroductionOutcomeTold(
                group_id=command.group.id,
                introduction_id=found.id,
                member_id=command.member,
                outcome=outcome,
            )
        )
        _tell_members(work, command, [found.introducer.id], TOLD, {"name": command.member_name})
    work.commit()


def _found(work: UnitOfWork, command: OnIntroduction) -> Introduction:
    found = introduction_for(work.session, command.group.id, command.introduction, command.member)
    if found is None:
        raise NotFound
    return found


def _values(work: UnitOfWork, command: Introduce, introduction_id: IntroductionId) -> dict[str, Any]:
    """Return the columns of an introduction to which nobody has said anything yet."""
    return {
        "group_id": command.group.id,
        "id": introduction_id,
        "public_id": command.public_id,
        "why": command.why,
        "state": IntroductionState.OFFERED.value,
        "one_says": "",
        "other_says": "",
        "one_outcome": "",
        "other_outcome": "",
        "offered_at_utc": work.now,
    }


def _ask_both(work: UnitOfWork, command: Introduce, one: Named, other: Named) -> None:
    for asked, to in ((one, other), (other, one)):
        news = News(
            kind="giving.introduction",
            text=OFFERED,
            key=command.public_id,
            facts={"name": command.member_name, "other": to.name},
            place=command.place,
        )
        tell(work, command.group, asked.member_id, news)


def _tell_settled(
    work: UnitOfWork,
    command: OnIntroduction,
    found: Introduction,
    state: IntroductionState,
    willing: Sequence[Party],
) -> None:
    """Tell all three that it was made; that it was not, only the introducer and whoever said yes."""
    names = {"name": found.one.name, "other": found.other.name}
    if state is IntroductionState.MADE:
        work.record(
            IntroductionMade(
                group_id=command.group.id,
                introduction_id=found.id,
                introducer_member_id=found.introducer.id,
            )
        )
        _tell_members(work, command, [found.introducer.id], MADE_FOR_YOU, names)
        for side in (found.one, found.other):
            _tell_members(work, command, [side.id], MADE, {"other": found.counterpart(side.id).name})
        return
    # No entry of the ledger: it would name as its actor who said no.
    _tell_members(work, command, [found.introducer.id, *(party.id for party in willing)], NOT_NOW, names)


def _tell_members(
    work: UnitOfWork, command: OnIntroduction, members: list[MemberId], text: str, facts: dict[str, str]
) -> None:
    """Tell those of them who are members today."""
    for member_id in members:
        ended_on = member_by_key(work.session, command.group.id, member_id).ended_on
        if ended_on is None or command.today <= ended_on:
            kind = "giving.introduction_made" if text == MADE else "giving.introduction_news"
            news = News(kind=kind, text=text, key=command.introduction, facts=facts, place=command.place)
            tell(work, command.group, member_id, news)
