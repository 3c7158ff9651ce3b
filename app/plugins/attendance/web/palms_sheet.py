"""PALMS of a period as a page or file shows it: the record's letters, every plugin's columns, and opening balances."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.ids import MemberId
from app.core.local_time import Period
from app.http.page import GroupPage
from app.http.palms import PalmsColumn
from app.plugins.attendance.domain.whole_palms import (
    NO_NUMBERS,
    THANK_YOU,
    Balance,
    ColumnKey,
    Numbers,
    WholeLine,
    WholePalms,
    column_key,
    keys_shown,
    numbers_of_columns,
    total_of,
)
from app.plugins.attendance.queries.balances import balances_touching
from app.plugins.attendance.queries.palms import PalmsSheet, UncountedMeeting, palms_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class PalmsHeading:
    """The heading of a column beyond the letters: the field's short word, and what it means."""

    key: ColumnKey
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPalms:
    """PALMS whole, its headings, and what a reader must know of it.

    `uncounted` meetings have no submitted record; `counted_twice` is how many meetings of this house's own record
    lie within the period of a balance, which knows them too.
    """

    period: Period
    whole: WholePalms
    headings: Sequence[PalmsHeading]
    uncounted: Sequence[UncountedMeeting]
    counted_twice: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to show."""
        return not self.whole.lines and not self.whole.total.is_anything

    @property
    def currencies(self) -> list[str]:
        """The currencies in which thank-you business stands."""
        return sorted({heading.key.currency for heading in self.headings if heading.key.currency})


def palms_of(page: GroupPage, period: Period) -> ShownPalms:
    """Return PALMS of the period."""
    columns = page.palms_columns(period)
    balances = balances_touching(page.work.session, page.group.id, period)
    counted = [balance for balance in balances if balance.is_within(period)]
    kept = {_key(column): column.values for column in columns}
    extra = _by_member(kept, counted)
    sheet = palms_sheet(page.work.session, page.group.id, period, page.work.now, also=[*_who_has_any(extra)])
    whole = WholePalms(
        keys=keys_shown(kept, counted),
        lines=_lines(sheet, extra),
        people_listed_no_more=total_of(balance.people_listed_no_more for balance in counted),
        from_outside=total_of(balance.from_outside for balance in counted),
        counted=counted,
        cut=[balance for balance in balances if not balance.is_within(period)],
        held=sheet.held + sum(balance.meetings for balance in counted),
    )
    return ShownPalms(
        period=period,
        whole=whole,
        headings=_headings(whole.keys, {_key(column): column.title for column in columns}),
        uncounted=sheet.uncounted,
        counted_twice=_counted_twice(sheet, counted),
    )


def _key(column: PalmsColumn) -> ColumnKey:
    return column_key(column.code, column.currency, column.order)


def _by_member(
    columns: Mapping[ColumnKey, Mapping[MemberId, int]], counted: Iterable[Balance]
) -> dict[MemberId, Numbers]:
    """Return what each member has beside the letters of this house's own record."""
    found = numbers_of_columns(columns.items())
    for balance in counted:
        for member_id, numbers in balance.members.items():
            found[member_id] = found.get(member_id, NO_NUMBERS) + numbers
    return found


def _who_has_any(extra: Mapping[MemberId, Numbers]) -> list[MemberId]:
    return [member_id for member_id, numbers in extra.items() if numbers.is_anything]


def _lines(sheet: PalmsSheet, extra: Mapping[MemberId, Numbers]) -> list[WholeLine]:
    return [
        WholeLine(
            member_id=line.member_id,
            public_id=line.public_id,
            name=line.name,
            numbers=Numbers(palms=line.palms) + extra.get(line.member_id, NO_NUMBERS),
        )
        for line in sheet.lines
    ]


def _counted_twice(sheet: PalmsSheet, counted: Iterable[Balance]) -> int:
    return sum(
        any(balance.period.first <= day <= balance.period.last for balance in counted)
        for day in sheet.held_on
    )


def _headings(keys: Iterable[ColumnKey], titles: Mapping[ColumnKey, str]) -> list[PalmsHeading]:
    usual = _usual_titles()
    return [
        PalmsHeading(
            key=key,
            code=f"{key.code} ({key.currency})" if key.currency else key.code,
            title=titles.get(key) or usual.get(key.code, key.code),
        )
        for key in keys
    ]


def _usual_titles() -> Mapping[str, str]:
    """Return what the columns mean whose plugin is off, while a balance has numbers for them."""
    return {
        "RGI": _("Referrals given, inside"),
        "RGO": _("Referrals given, outside"),
        "RRI": _("Referrals received, inside"),
        "RRO": _("Referrals received, outside"),
        "V": _("Visitors"),
        "1-2-1": _("One-to-ones"),
        THANK_YOU: _("Thank-you business"),
        "CEU": _("Learning units"),
        "T": _("Testimonials"),
    }
