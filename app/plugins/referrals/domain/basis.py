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


class AgreedHow(StrEnum):
    """How the prospect agreed to be contacted; unset where the giver does not say."""

    UNSET = ""
    IN_PERSON = "in-person"
    BY_PHONE = "by-phone"
    IN_WRITING = "in-writing"


BASIS_WORDS = {
    Basis.BOUGHT_FROM: N_("I have bought from them"),
    Basis.WORKED_WITH: N_("I have worked with them"),
    Basis.SEEN_THE_WORK: N_("I have seen their work"),
    Basis.ONLY_MET: N_("We have only met"),
}

BASIS_TOLD = {
    Basis.BOUGHT_FROM: N_("They have bought from you"),
    Basis.WORKED_WITH: N_("They have worked with you"),
    Basis.SEEN_THE_WORK: N_("They have seen your work"),
    Basis.ONLY_MET: N_("You have only met"),
}
"""The same as the receiver reads it."""

TIER_WORDS = {Tier.OUTSIDE: N_("Outside"), Tier.INSIDE: N_("Inside")}

TIER_SAID = {
    Tier.OUTSIDE: N_("Outside: somebody the giver knows is the customer"),
    Tier.INSIDE: N_("Inside: the giver’s own firm is the customer"),
}

AGREED_HOW_WORDS = {
    AgreedHow.UNSET: N_("Not said"),
    AgreedHow.IN_PERSON: N_("In person"),
    AgreedHow.BY_PHONE: N_("On the phone"),
    AgreedHow.IN_WRITING: N_("In writing"),
}

URGENCY_WORDS = {
    Urgency.UNSET: N_("Not said"),
    Urgency.TODAY: N_("Today or tomorrow"),
    Urgency.THIS_WEEK: N_("This week"),
    Urgency.NO_HURRY: N_("No hurry"),
}
