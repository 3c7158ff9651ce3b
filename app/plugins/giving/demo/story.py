"""Tells the demo's story of giving: who asks, who answers, who introduces whom, and who says thank you."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MemberBrief
from app.plugins.giving.demo.words import ASKS, LEARN, REASONS, REPLIES, TESTIMONIALS, THANKS
from app.plugins.giving.domain.ask import AskKind, AskState
from app.plugins.giving.domain.introduction import IntroductionState, Outcome, Word
from app.plugins.giving.domain.keys import AskId, IntroductionId, ReplyId, TestimonialId, ThanksId
from app.plugins.giving.domain.words import Help
from app.plugins.giving.interface import (
    AskAnswered,
    AskOpened,
    IntroductionMade,
    IntroductionOffered,
    TestimonialWritten,
    ThanksPublished,
)
from app.plugins.giving.store import add_ask, add_introduction, add_reply, add_words

_NEW_FOR = timedelta(days=91)
_OPEN_FOR = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """The group whose story is told, with today's members in an order of chance."""

    work: UnitOfWork
    group: DemoGroup
    chance: Random
    members: Sequence[MemberBrief]

    @property
    def group_id(self) -> GroupId:
        return GroupId(self.group.group_id)

    def ago(self, days: int) -> datetime:
        return self.work.now - timedelta(days=days, hours=self.chance.randrange(1, 9))

    def identity(self, key: int) -> dict[str, Any]:
        return {"group_id": self.group_id, "id": key, "public_id": self.work.ids.public_id()}


def fill(work: UnitOfWork, group: DemoGroup) -> None:
    """Add asks with answers, introductions in their states, thank-yous and testimonials; the caller commits."""
    chance = group.chance("giving")
    members = list(group.members_on(group.today))
    if len(members) < len(ASKS):
        return
    chance.shuffle(members)
    told = _Told(work=work, group=group, chance=chance, members=members)
    _ask_and_answer(told)
    _newcomers_ask(told)
    _introduce(told)
    _recommend(told)


def _ask_and_answer(told: _Told) -> None:
    for number, (kind, what, why) in enumerate(ASKS):
        asker, helper = told.members[number], told.members[number - 1]
        days = 6 * number + 1
        ask_id = _ask(told, asker, kind, what, why, days=days)
        if number % 2:
            reply_id = _answer(told, ask_id, helper, days=days - 1)
            if number > 1:
                _thank(told, helper, asker, Help.REPLY, reply_id, days=days - 1)


def _newcomers_ask(told: _Told) -> None:
    """Let whoever joined in the last three months be learned about, where that is not nearly everybody."""
    before = {member.id for member in told.group.members_on(told.group.today - _NEW_FOR)}
    new = [member for member in told.members if member.id not in before]
    if len(new) < len(told.members) / 2:
        for member in new[:2]:
            _ask(told, member, AskKind.REFERRAL, *LEARN, days=3, is_learning=True)


def _ask(
    told: _Told,
    asker: MemberBrief,
    kind: AskKind,
    what: str,
    why: str,
    *,
    days: int,
    is_learning: bool = False,
) -> AskId:
    ask_id, opened = AskId(told.work.ids.key()), told.ago(days)
    until = local_day(opened, told.group.zone) + _OPEN_FOR
    is_over = until < told.group.today
    values = {
        "asker_member_id": asker.id,
        "kind": kind.value,
        "is_learning": is_learning,
        "what": what,
        "why": why,
        "until_on": until,
        "state": AskState.HELPED.value if is_over else AskState.OPEN.value,
        "opened_at_utc": opened,
        "closed_at_utc": told.ago(1) if is_over else None,
    }
    add_ask(told.work.session, told.identity(ask_id) | values)
    told.work.record(
        AskOpened(
            group_id=told.group_id,
            ask_id=ask_id,
            asker_member_id=asker.id,
            ask=kind.value,
            is_learning=is_learning,
            until_on=until,
        )
    )
    return ask_id


def _answer(told: _Told, ask_id: AskId, helper: MemberBrief, *, days: int) -> ReplyId:
    reply_id = ReplyId(told.work.ids.key())
    values = {
        "ask_id": ask_id,
        "helper_member_id": helper.id,
        "words": told.chance.choice(REPLIES),
        "at_utc": told.ago(days),
    }
    add_reply(told.work.session, told.identity(reply_id) | values)
    told.work.record(
        AskAnswered(group_id=told.group_id, ask_id=ask_id, reply_id=reply_id, helper_member_id=helper.id)
    )
    return reply_id


def _introduce(told: _Told) -> None:
    """Introduce members three by three: one pair waits, one said yes lately, one was asked what came of it."""
    states = (
        (2, "", "", ""),
        (9, Word.YES.value, "", ""),
        (17, Word.YES.value, Word.YES.value, ""),
        (40, Word.YES.value, Word.YES.value, Outcome.HELPED.value),
    )
    for number, (days, one_says, other_says, outcome) in enumerate(states):
        three = [told.members[(2 * number + place) % len(told.members)] for place in range(3)]
        _introduced(told, three, days=days, said=(one_says, other_says), outcome=outcome)


def _introduced(
    told: _Told, three: Sequence[MemberBrief], *, days: int, said: tuple[str, str], outcome: str
) -> None:
    introducer, one, other = three
    introduction_id = IntroductionId(told.work.ids.key())
    is_made = said == (Word.YES, Word.YES)
    values = {
        "introducer_member_id": introducer.id,
        "one_member_id": one.id,
        "other_member_id": other.id,
        "why": told.chance.choice(REASONS),
        "state": IntroductionState.MADE.value if is_made else IntroductionState.OFFERED.value,
        "one_says": said[0],
        "other_says": said[1],
        "one_outcome": outcome,
        "other_outcome": "",
        "offered_at_utc": told.ago(days + 1),
        "made_at_utc": told.ago(days) if is_made else None,
        "asked_at_utc": told.ago(1) if is_made else None,
    }
    add_introduction(told.work.session, told.identity(introduction_id) | values)
    told.work.record(
        IntroductionOffered(
            group_id=told.group_id,
            introduction_id=introduction_id,
            introducer_member_id=introducer.id,
            one_member_id=one.id,
            other_member_id=other.id,
        )
    )
    if is_made:
        made = IntroductionMade(
            group_id=told.group_id, introduction_id=introduction_id, introducer_member_id=introducer.id
        )
        told.work.record(made)
    if outcome:
        _thank(told, introducer, one, Help.INTRODUCTION, introduction_id, days=1)


def _thank(
    told: _Told, helper: MemberBrief, helped: MemberBrief, help_: Help, about_id: int, *, days: int
) -> None:
    thanks_id = ThanksId(told.work.ids.key())
    values = {
        "helper_member_id": helper.id,
        "helped_member_id": helped.id,
        "kind": help_.value,
        "about_id": about_id,
        "words": told.chance.choice(THANKS),
        "at_utc": told.ago(days),
    }
    add_words(told.work.session, "thanks", told.identity(thanks_id) | values)
    told.work.record(
        ThanksPublished(
            group_id=told.group_id,
            thanks_id=thanks_id,
            helper_member_id=helper.id,
            helped_member_id=helped.id,
        )
    )


def _recommend(told: _Told) -> None:
    for number, words in enumerate(TESTIMONIALS):
        author, about = told.members[number], told.members[number + 2]
        testimonial_id = TestimonialId(told.work.ids.key())
        values = {
            "author_member_id": author.id,
            "about_member_id": about.id,
            "words": words,
            "at_utc": told.ago(20 * number + 2),
        }
        add_words(told.work.session, "testimonial", told.identity(testimonial_id) | values)
        told.work.record(
            TestimonialWritten(
                group_id=told.group_id,
                testimonial_id=testimonial_id,
                author_member_id=author.id,
                about_member_id=about.id,
            )
        )
