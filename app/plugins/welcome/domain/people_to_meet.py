"""Three people to meet today, and why: from what they chose to say of themselves; where nothing is known, nobody is named."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.ids import MemberId
from app.core.sentences import N_
from app.plugins.welcome.domain.trades import are_neighbours, words_of

AT_ONCE = 3
"""So many are named at a time; one who is put aside makes room for the next."""


class Why(StrEnum):
    """A reason why two should meet."""

    INTEREST = "interest"
    GOOD_FIT = "good-fit"
    TALK = "talk"
    SAME_INVITER = "same-inviter"
    NEIGHBOURS = "neighbours"
    HOST = "host"
    ALSO_NEW = "also-new"


WHY_WORDS: Mapping[Why, str] = {
    Why.INTEREST: N_("Something in common: %(what)s."),
    Why.GOOD_FIT: N_("Says of a good fit: “%(what)s”"),
    Why.TALK: N_("Likes to be asked about “%(what)s”"),
    Why.SAME_INVITER: N_("Came here through %(what)s too."),
    Why.NEIGHBOURS: N_("A neighbouring trade."),
    Why.HOST: N_("Looks after visitors here and knows everybody."),
    Why.ALSO_NEW: N_("Joined not long ago too, and remembers the first weeks."),
}

_WEIGHT: Mapping[Why, int] = {
    Why.INTEREST: 5,
    Why.GOOD_FIT: 4,
    Why.TALK: 4,
    Why.SAME_INVITER: 3,
    Why.NEIGHBOURS: 3,
    Why.HOST: 1,
    Why.ALSO_NEW: 2,
}
_LONGEST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Newly:
    """The visitor or newcomer: what they told of themselves, and who invited them."""

    trade: str = ""
    said: str = ""
    """Their own words: a written introduction, what they like to talk about."""
    interests: tuple[str, ...] = ()
    invited_by: MemberId | None = None
    is_member: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A member who may be named, with what they chose to show; empty texts where they said nothing."""

    member_id: MemberId
    trade: str = ""
    interests: tuple[str, ...] = ()
    talk_to_me_about: str = ""
    good_fit: str = ""
    came_through: MemberId | None = None
    came_through_name: str = ""
    is_host: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason and what it is about."""

    why: Why
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMeet:
    """Somebody to meet, with every reason, the best first."""

    member_id: MemberId
    reasons: tuple[Reason, ...]


def people_to_meet(
    newly: Newly, members: Sequence[Known], *, put_aside: Collection[MemberId] = (), most: int = AT_ONCE
) -> list[ToMeet]:
    """Return at most `most` people with a reason, best reasons first; the same facts always give the same people."""
    found = [
        ToMeet(member_id=one.member_id, reasons=reasons)
        for one in members
        if one.member_id not in put_aside
        and one.member_id != newly.invited_by
        and (reasons := reasons_for(newly, one))
    ]
    found.sort(key=lambda one: (-sum(_WEIGHT[reason.why] for reason in one.reasons), one.member_id))
    return found[:most]


def reasons_for(newly: Newly, member: Known) -> tuple[Reason, ...]:
    """Return every true reason why the two should meet, the best first; none is made up."""
    reasons = [Reason(why=Why.INTEREST, what=one) for one in _in_common(newly, member)]
    spoken_of = words_of(newly.trade) | _words_of_all(newly.interests)
    if _speaks_of(member.good_fit, spoken_of):
        reasons.append(Reason(why=Why.GOOD_FIT, what=_short(member.good_fit)))
    if _speaks_of(member.talk_to_me_about, spoken_of):
        reasons.append(Reason(why=Why.TALK, what=_short(member.talk_to_me_about)))
    if newly.invited_by is not None and member.came_through == newly.invited_by:
        reasons.append(Reason(why=Why.SAME_INVITER, what=member.came_through_name))
    if are_neighbours(newly.trade, member.trade):
        reasons.append(Reason(why=Why.NEIGHBOURS, what=member.trade))
    if member.is_new and newly.is_member:
        reasons.append(Reason(why=Why.ALSO_NEW))
    if member.is_host and not newly.is_member:
        reasons.append(Reason(why=Why.HOST))
    return tuple(sorted(reasons, key=lambda one: -_WEIGHT[one.why]))


def _in_common(newly: Newly, member: Known) -> list[str]:
    """Return the member's interests that the other has too, or speaks of in their own words."""
    own, said = {tuple(sorted(words_of(one))) for one in newly.interests}, words_of(newly.said)
    shared = []
    for interest in member.interests:
        words = words_of(interest)
        if words and (tuple(sorted(words)) in own or words <= said):
            shared.append(interest)
    return shared[:2]


def _speaks_of(text: str, words: frozenset[str]) -> bool:
    telling = frozenset(word for word in words if len(word) > 3)
    return bool(telling & words_of(text))


def _words_of_all(texts: Collection[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_of(text))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rsplit(' ', 1)[0]} …"
