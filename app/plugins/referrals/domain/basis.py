"""What a slip says about itself besides its prospect: on what the giver's word rests, whose need it is, how soon."""

from enum import StrEnum

from app.core.sentences import N_


class Basis(StrEnum):
    """How the giver knows the receiver's work. The value is what the database keeps."""

    BOUGHT_FROM = "bought-from"
    WORKED_WITH = "worked-with"
    SEEN_THE_WORK = "seen-the-work"
    ONLY_MET = "only-met"


class Tier(StrEnum):
    """Whose need it is: the giver's own firm is the customer (inside), or somebody else is (outside)."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Urgency(StrEnum):
    """How soon the prospect expects the call; unset where the giver does not say."""

    UNSET = ""
    TODAY = "today"
    THIS_WEEK = "this-week"
    NO_HURRY = "no-hurry"


BASIS_WORDS = {
    Basis.BOUGHT_FROM: N_("I have bought from them"),
    Basis.WORKED_WITH: N_("I have worked with them"),
    Basis.SEEN_THE_WORK: N_("I have seen their work"),
    Basis.ONLY_MET: N_("We have only met"),
}

TIER_WORDS = {Tier.OUTSIDE: N_("Outside"), Tier.INSIDE: N_("Inside")}

TIER_SAID = {
    Tier.OUTSIDE: N_("Outside: somebody the giver knows is the customer"),
    Tier.INSIDE: N_("Inside: the giver’s own firm is the customer"),
}

URGENCY_WORDS = {
    Urgency.UNSET: N_("Not said"),
    Urgency.TODAY: N_("Today or tomorrow"),
    Urgency.THIS_WEEK: N_("This week"),
    Urgency.NO_HURRY: N_("No hurry"),
}
