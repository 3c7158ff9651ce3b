"""What does one component need of a slips audit: its rows, whom their names mean, the day and the currency?"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from babel import Locale
from babel.core import get_global

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members
from app.core.ids import MemberId
from app.core.intake.desk import Settled, settle
from app.core.intake.importer import ImportAnswers, ImportContext
from app.core.intake.remarks import Period
from app.core.intake.slips_audit import SaidOfDays, SlipKind, SlipLine, SlipName, SlipsAudit, parse_slips
from app.core.local_time import Period as AskedDays
from app.core.local_time import local_day
from app.core.sheets import Sheet
from app.core.sheets.spelling import folded
from app.core.work import UnitOfWork

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsPart:
    """A slips audit for the component that takes rows of `kinds`.

    `currency` is the answer, else the group's; `asks_currency` where amounts of these kinds stand and nobody said.
    """

    audit: SlipsAudit
    kinds: tuple[SlipKind, ...]
    settled: Settled
    currency: str
    asks_currency: bool

    @property
    def lines(self) -> list[SlipLine]:
        """The component's own rows, in the file's order."""
        return self.audit.lines_of(*self.kinds)

    def member(self, name: SlipName | None) -> MemberId | None:
        """Return whom a name means; None for nobody of the group, and where the desk still asks."""
        if name is None or name.is_elsewhere:
            return None
        return self.settled.member_of.get(folded(name.text))


def read_part(
    work: UnitOfWork,
    group: Group,
    sheet: Sheet,
    kinds: tuple[SlipKind, ...],
    *,
    context: ImportContext,
    answers: ImportAnswers,
) -> SlipsPart:
    """Return the component's part of the audit, with its names settled as far as they are. One statement.

    Raises Refused where the sheet is no slips audit, or the answered period ends before it begins.
    """
    currency = answers.currency.strip().upper()
    is_known = currency in Locale("en").currencies
    said = SaidOfDays(
        today=local_day(work.now, group.zone),
        file_name=context.file_name,
        period=_answered(answers),
        day_order=answers.day_order,
    )
    used = currency if is_known else group.currency
    audit = parse_slips(sheet, said, places=_places_of(used))
    lines = audit.lines_of(*kinds)
    names = [(line.row, name.text) for line in lines for name in _names_to_settle(line)]
    return SlipsPart(
        audit=audit,
        kinds=kinds,
        settled=settle(names, all_members(work.session, group.id), context, answers, may_repeat=True),
        currency=used,
        asks_currency=not is_known and any(line.kind is SlipKind.BUSINESS for line in lines),
    )


def name_outside(name: SlipName | None, line: SlipLine) -> str:
    """Return how somebody who is no member is kept: the name, with the group that the file names."""
    if name is None:
        return ""
    return f"{name.text} ({line.detail})" if name.is_elsewhere and line.detail else name.text


def beyond(
    items: Iterable[Item], standing: Counter[Hashable], key: Callable[[Item], Hashable]
) -> tuple[list[Item], int]:
    """Return the items that do not stand yet, and how many do: equal ones are matched one by one."""
    left = Counter(standing)
    new: list[Item] = []
    already = 0
    for item in items:
        if left[key(item)] > 0:
            left[key(item)] -= 1
            already += 1
        else:
            new.append(item)
    return new, already


def _names_to_settle(line: SlipLine) -> Sequence[SlipName]:
    """Return the names that mean members: not a visitor's, and not those of other groups."""
    names = [line.sender, None if line.kind is SlipKind.VISITOR else line.receiver]
    return [name for name in names if name and not name.is_elsewhere]


def _answered(answers: ImportAnswers) -> Period | None:
    """Return the period that a person gave; one day stands for itself."""
    first, last = answers.period_first or answers.period_last, answers.period_last or answers.period_first
    if first is None or last is None:
        return None
    # Refused here as a period that ends before it begins; the reader's own would be a programmer's error.
    days = AskedDays(first=first, last=last)
    return Period(first=days.first, last=days.last)


def _places_of(currency: str) -> int:
    digits = get_global("currency_fractions")
    return int(digits.get(currency, digits["DEFAULT"])[0])
