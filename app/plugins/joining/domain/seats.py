"""Seats: a trade is held by one member, and two trades may lie so near that somebody should look before they decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.core.sheets.spelling import folded, letters_only

LONGEST_TRADE = 120
_LONG_WORD = 5
"""Words this long tell a trade; shorter ones (“and”, “firm”) stand in many."""
_ALIKE = 0.62


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSeat:
    """A seat with its holder and the last day, where one is known: until then the seat is theirs."""

    trade: str
    member_id: MemberId
    name: str
    until: date | None = None


def seat_of(trade: str) -> str:
    """Return the key by which two spellings of a trade are the same seat; empty where no trade is written."""
    return letters_only(trade) or folded(trade)


def holders_of(trade: str, held: Iterable[HeldSeat], day: date) -> list[HeldSeat]:
    """Return who holds the seat on `day` or later, in the order given."""
    seat = seat_of(trade)
    return [
        one for one in held if seat and seat_of(one.trade) == seat and (one.until is None or one.until >= day)
    ]


def free_from(trade: str, held: Iterable[HeldSeat], today: date) -> date | None:
    """Return the first day on which a successor may start; None where the holder stays."""
    holders = holders_of(trade, held, today)
    if any(one.until is None for one in holders):
        return None
    return max((one.until + timedelta(days=1) for one in holders if one.until is not None), default=today)


def are_near(one: str, other: str, pairs: Iterable[tuple[str, str]] = ()) -> bool:
    """Return whether two different trades are neighbours: by a word, by their letters, or because the group says so.

    `pairs` are the neighbours that the group has written down, in any order and spelling.
    """
    first, second = seat_of(one), seat_of(other)
    if not first or not second or first == second:
        return False
    if {first, second} in [{seat_of(left), seat_of(right)} for left, right in pairs]:
        return True
    return bool(_words(one) & _words(other)) or _share(first, second) >= _ALIKE


def neighbours_of(trade: str, held: Iterable[HeldSeat], pairs: Sequence[tuple[str, str]]) -> list[HeldSeat]:
    """Return the held seats whose trade lies near this one."""
    return [one for one in held if are_near(trade, one.trade, pairs)]


def held_twice(held: Sequence[HeldSeat]) -> list[tuple[HeldSeat, HeldSeat]]:
    """Return each two members who hold one seat at once: trades can be changed by hand, so somebody is told."""
    twice = []
    for number, one in enumerate(held):
        twice += [
            (one, other)
            for other in held[number + 1 :]
            if seat_of(one.trade) and seat_of(one.trade) == seat_of(other.trade)
        ]
    return twice


def refusals_for_trade(trade: str, field: str) -> list[Refusal]:
    """Return every reason why this cannot stand as a trade."""
    if not seat_of(trade):
        return [Refusal(code="joining.trade_missing", field=field)]
    if len(trade) > LONGEST_TRADE:
        return [Refusal(code="joining.too_long", facts={"longest": LONGEST_TRADE}, field=field)]
    return []


def refusals_for_neighbours(one: str, other: str) -> list[Refusal]:
    """Return every reason why two trades cannot be written down as neighbours."""
    refusals = refusals_for_trade(one, "one") + refusals_for_trade(other, "other")
    if not refusals and seat_of(one) == seat_of(other):
        refusals.append(Refusal(code="joining.same_trade", field="other"))
    return refusals


def _words(trade: str) -> frozenset[str]:
    words = (letters_only(word) for word in trade.replace("-", " ").replace("/", " ").split())
    return frozenset(word for word in words if len(word) >= _LONG_WORD)


def _share(one: str, other: str) -> float:
    """Return how much two keys have in common, from 0 to 1, by their pairs of letters."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _pairs(key: str) -> frozenset[str]:
    return frozenset(key[at : at + 2] for at in range(len(key) - 1))
