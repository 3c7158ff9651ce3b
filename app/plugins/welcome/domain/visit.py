"""A registration for a visit: what is wrong with it, when two are the same, when it is forgotten, when it is spoken of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from app.core.errors import Refusal
from app.core.sheets.spelling import folded, letters_only

_LONGEST_OF = {
    "name": 200,
    "firm": 200,
    "trade": 200,
    "email": 200,
    "phone": 200,
    "invited_by": 200,
    "introduction": 1_000,
    "access_needs": 1_000,
}
_LEAST_ALIKE = 0.8
_FEWEST_WORDS_ALIKE = 2

DAYS_OF_MONTH = 30
WISHES_KEPT_FOR = timedelta(days=7)
"""How long after the visit an introduction and access needs are kept: they were for that day."""

WAITS_FOR = timedelta(days=7)
"""How long a further registration waits until its mail address confirms it."""

REMINDED_FROM, REMINDED_UNTIL = time(16), time(21)
"""Wall times on the day before the meeting: nobody is reminded at night."""

ASKED_FROM = time(9)
"""The wall time on the day after the meeting from which the one question is asked."""

QUICKEST = timedelta(seconds=3)
"""Nobody fills in the form in less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a visitor wishes for the day."""

    wants_greeter: bool = False
    listens_only: bool = False
    introduction: str = ""
    access_needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What somebody wrote on the public page. `email` is as typed; `invited_by` is a name, not a choice."""

    name: str
    firm: str
    trade: str
    email: str
    phone: str
    invited_by: str
    wishes: Wishes


def refusals_for_registration(wanted: Registration, *, is_address: bool, has_agreed: bool) -> list[Refusal]:
    """Return every reason why this cannot be taken; which meeting is meant is judged elsewhere."""
    refusals = []
    if not letters_only(wanted.name):
        refusals.append(Refusal(code="welcome.own_name_missing", field="name"))
    if not wanted.email:
        refusals.append(Refusal(code="welcome.own_address_missing", field="email"))
    elif not is_address:
        refusals.append(
            Refusal(code="welcome.own_address_odd", facts={"address": wanted.email[:80]}, field="email")
        )
    if not wanted.trade:
        refusals.append(Refusal(code="welcome.own_trade_missing", field="trade"))
    texts = {
        "name": wanted.name,
        "firm": wanted.firm,
        "trade": wanted.trade,
        "email": wanted.email,
        "phone": wanted.phone,
        "invited_by": wanted.invited_by,
        "introduction": wanted.wishes.introduction,
        "access_needs": wanted.wishes.access_needs,
    }
    refusals += [
        Refusal(code="welcome.too_long", facts={"longest": longest}, field=field)
        for field, longest in _LONGEST_OF.items()
        if len(texts[field]) > longest
    ]
    if not has_agreed:
        refusals.append(Refusal(code="welcome.not_agreed", field="agreed"))
    return refusals


def mail_key_of(address: str) -> str:
    """Return the fingerprint by which an address is known again."""
    return sha256(address.strip().casefold().encode()).hexdigest() if address.strip() else ""


def are_alike(one: str, other: str) -> bool:
    """Return whether two written names are likely to be one person: same letters in any order of words, or nearly so.

    Accents, case and signs do not count. A name of one word is like another only where all its letters are the same.
    """
    if not letters_only(one) or not letters_only(other):
        return False
    first, second = _words(one), _words(other)
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return True
    if min(len(first), len(second)) < _FEWEST_WORDS_ALIKE:
        return False
    mine, theirs = _pairs(first), _pairs(second)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= _LEAST_ALIKE


def clear_match(written: str, names: Iterable[tuple[int, str]]) -> int | None:
    """Return the key of the one whose whole name was written, accents aside; None where nobody or several could be meant."""
    wanted = sorted(_words(written))
    if not wanted:
        return None
    fit = [key for key, name in names if sorted(_words(name)) == wanted]
    return fit[0] if len(fit) == 1 else None


def neighbouring(trade: str, held: Sequence[str]) -> list[str]:
    """Return the held trades that are this one or share a word of it, each as it is written."""
    wanted = {word for word in folded(trade).split() if len(word) > 3}
    whole = letters_only(trade)
    return [
        one
        for one in dict.fromkeys(held)
        if whole and (letters_only(one) == whole or wanted & set(folded(one).split()))
    ]


def expires_on(day: date, months: int) -> date:
    """Return the last day on which what a visitor wrote is kept: `months` of 30 days after the visit."""
    return day + timedelta(days=DAYS_OF_MONTH * months)


def is_reminded_now(local_now: datetime, meets_on: date, registered_on: date | None) -> bool:
    """Return whether a visitor is reminded now: on the day before, towards evening, unless they wrote that very day."""
    is_day_before = local_now.date() == meets_on - timedelta(days=1)
    in_hours = REMINDED_FROM <= local_now.time() < REMINDED_UNTIL
    return is_day_before and in_hours and registered_on != local_now.date()


def is_asked_now(local_now: datetime, came_on: date) -> bool:
    """Return whether the one question is asked now: on the day after the visit, or the two days that follow."""
    day = local_now.date()
    return came_on < day <= came_on + timedelta(days=3) and local_now.time() >= ASKED_FROM


def _words(name: str) -> list[str]:
    return [bare for word in name.replace("-", " ").split() if (bare := letters_only(word))]


def _pairs(words: Sequence[str]) -> frozenset[str]:
    marked = [f"^{word}" for word in words]
    return frozenset(word[at : at + 2] for word in marked for at in range(len(word) - 1))
