"""PALMS whole: the letters, the columns of other plugins and what was brought from elsewhere, so that every total adds up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Final

from app.core.ids import MemberId
from app.core.local_time import Period
from app.plugins.attendance.domain.palms import NOTHING, Palms

USUAL_ORDER: Final = ("RGI", "RGO", "RRI", "RRO", "V", "1-2-1", "TYFCB", "CEU", "T")
"""The field's order of the columns after P A L M S."""
THANK_YOU: Final = "TYFCB"


@dataclass(frozen=True, slots=True, order=True)
class ColumnKey:
    """Which column a number belongs to: amounts of two currencies stand in two columns and are never added."""

    place: int
    code: str
    currency: str = ""


def column_key(code: str, currency: str = "", order: int = 100) -> ColumnKey:
    """Return the key of a column, which sorts as the field does; a code that the field does not know goes by `order`."""
    place = 10 * (USUAL_ORDER.index(code) + 1) if code in USUAL_ORDER else order
    return ColumnKey(place, code, currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """One line of PALMS: the letters, and the other numbers by their column; amounts in minor units."""

    palms: Palms = NOTHING
    others: Mapping[ColumnKey, int] = field(default_factory=dict)

    def __add__(self, other: "Numbers") -> "Numbers":
        keys = self.others.keys() | other.others.keys()
        return Numbers(
            palms=self.palms + other.palms,
            others={key: self.others.get(key, 0) + other.others.get(key, 0) for key in keys},
        )

    @property
    def is_anything(self) -> bool:
        """Whether any number is not 0."""
        return bool(self.palms.recorded) or any(self.others.values())


NO_NUMBERS: Final = Numbers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What another system's summary says of its whole period: of each listed member, and of people listed no more.

    `from_outside` is what came from other groups of the organisation, which is nobody's here. `meetings` is how many the period held, 0 where the file does not tell. `order` is that of the file's lines.
    """

    source: str
    period: Period
    meetings: int
    members: Mapping[MemberId, Numbers]
    people_listed_no_more: Numbers
    from_outside: Numbers = NO_NUMBERS
    order: Sequence[MemberId] = ()

    @property
    def total(self) -> Numbers:
        """The numbers of everybody in it."""
        return total_of([*self.members.values(), self.people_listed_no_more, self.from_outside])

    def is_within(self, period: Period) -> bool:
        """Whether it lies whole in `period`; a part of it cannot be told, so it counts whole or not at all."""
        return period.first <= self.period.first and self.period.last <= period.last


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeLine:
    """One member's row."""

    member_id: MemberId
    public_id: str
    name: str
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePalms:
    """PALMS of a period. `counted` balances are in the lines and totals; `cut` ones lie partly outside and are not."""

    keys: Sequence[ColumnKey]
    lines: Sequence[WholeLine]
    people_listed_no_more: Numbers
    from_outside: Numbers
    counted: Sequence[Balance]
    cut: Sequence[Balance]
    held: int

    @property
    def total(self) -> Numbers:
        """The sum of all lines."""
        return total_of(
            [*(line.numbers for line in self.lines), self.people_listed_no_more, self.from_outside]
        )


def total_of(numbers: Iterable[Numbers]) -> Numbers:
    """Return the sum, column by column."""
    return reduce(add, numbers, NO_NUMBERS)


def numbers_of_columns(
    columns: Iterable[tuple[ColumnKey, Mapping[MemberId, int]]],
) -> dict[MemberId, Numbers]:
    """Return the plugins' numbers by member instead of by column."""
    found: dict[MemberId, dict[ColumnKey, int]] = {}
    for key, values in columns:
        for member_id, value in values.items():
            found.setdefault(member_id, {})[key] = value
    return {member_id: Numbers(others=others) for member_id, others in found.items()}


def keys_shown(offered: Iterable[ColumnKey], counted: Iterable[Balance]) -> list[ColumnKey]:
    """Return the columns: those that plugins bring, and those that only a balance has a number for."""
    brought = {key for balance in counted for key, value in balance.total.others.items() if value}
    return sorted({*offered, *brought})
