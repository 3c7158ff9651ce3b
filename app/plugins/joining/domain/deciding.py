"""Who decides on an application, what their votes allow, and who owns what waits."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.core.sentences import N_

LONGEST_REASON = 2_000


class Ballot(StrEnum):
    """What a member of the committee says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Rule(StrEnum):
    """How many votes an approval needs, as the group has set it."""

    MAJORITY = "majority"
    UNANIMOUS = "unanimous"


class Tie(StrEnum):
    """Why a member of the committee is near the application, and so may abstain."""

    INVITER = "inviter"
    REFEREE = "referee"
    SEAT = "seat"


BALLOT_WORDS: Mapping[Ballot, str] = {
    Ballot.YES: N_("Yes, take them in"),
    Ballot.NO: N_("No"),
    Ballot.ABSTAIN: N_("I am too near to decide"),
}
RULE_WORDS: Mapping[Rule, str] = {
    Rule.MAJORITY: N_("More than half say yes"),
    Rule.UNANIMOUS: N_("Everybody says yes"),
}
TIE_WORDS: Mapping[Tie, str] = {
    Tie.INVITER: N_("invited the applicant"),
    Tie.REFEREE: N_("is one of the referees"),
    Tie.SEAT: N_("holds this seat or one near it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The votes that count today: of those who hold the office now, and of nobody who has left it."""

    yes: int
    no: int
    pending: int
    abstained: int

    @property
    def needed_from(self) -> int:
        """How many have a vote that counts."""
        return self.yes + self.no + self.pending


def in_charge(
    committee: Collection[MemberId],
    leaders: Collection[MemberId],
    votes: Mapping[MemberId, Ballot],
    concerned: Collection[MemberId] = (),
) -> frozenset[MemberId]:
    """Return who sees and owns the application: the committee, the leaders where there is none or all of it abstains.

    Never whom it is about (`concerned`): who joined and sits on the committee reads nothing of what was said of them.
    """
    about = frozenset(concerned)
    chosen = frozenset(committee) - about or frozenset(leaders) - about
    if all(votes.get(one) is Ballot.ABSTAIN for one in chosen):
        return chosen | (frozenset(leaders) - about)
    return chosen


def tally_of(
    committee: Collection[MemberId],
    leaders: Collection[MemberId],
    votes: Mapping[MemberId, Ballot],
    concerned: Collection[MemberId] = (),
) -> Tally:
    """Return the votes that count. A vote of somebody who is no longer in charge is dropped, and so is not waited for."""
    chosen = in_charge(committee, leaders, votes, concerned)
    said = [votes.get(one) for one in chosen]
    return Tally(
        yes=said.count(Ballot.YES),
        no=said.count(Ballot.NO),
        pending=said.count(None),
        abstained=said.count(Ballot.ABSTAIN),
    )


def may_approve(tally: Tally, rule: Rule) -> bool:
    """Return whether the votes are enough for a yes."""
    if rule is Rule.UNANIMOUS:
        return 0 < tally.yes == tally.needed_from
    return tally.yes * 2 > tally.needed_from


def may_decline(tally: Tally, rule: Rule) -> bool:
    """Return whether the votes make a yes impossible, however those who are still asked should say."""
    if tally.no == 0:
        return False
    if rule is Rule.UNANIMOUS:
        return True
    return (tally.yes + tally.pending) * 2 <= tally.needed_from


def is_stuck(tally: Tally) -> bool:
    """Return whether nobody is left who could decide: all abstained, or nobody is in charge."""
    return tally.needed_from == 0


def refusals_for_vote(ballot: str, reason: str, ties: Iterable[Tie]) -> list[Refusal]:
    """Return every reason why this vote cannot be kept; only who is near the application may abstain."""
    refusals = []
    if ballot not in set(Ballot):
        refusals.append(Refusal(code="joining.ballot_missing", field="ballot"))
    if ballot == Ballot.ABSTAIN and not list(ties):
        refusals.append(Refusal(code="joining.not_near", field="ballot"))
    if ballot == Ballot.NO and not reason:
        refusals.append(Refusal(code="joining.reason_missing", field="reason"))
    if len(reason) > LONGEST_REASON:
        refusals.append(Refusal(code="joining.too_long", facts={"longest": LONGEST_REASON}, field="reason"))
    return refusals
