"""PALMS, or the letters of one meeting, to be typed or pasted elsewhere: in that system's order, tab-separated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from app.core.ids import MemberId
from app.core.meetings.queries import meetings_between
from app.core.people.domain.name import Name
from app.http.page import Answer, GroupPage
from app.http.periods import asked_period
from app.plugins.attendance.domain.typing_order import TypingOrder, block, in_order
from app.plugins.attendance.domain.whole_palms import THANK_YOU, USUAL_ORDER, Balance, column_key
from app.plugins.attendance.queries.balances import all_balances
from app.plugins.attendance.queries.roster import roster_in_address
from app.plugins.attendance.queries.written_names import WrittenName, written_names
from app.plugins.attendance.web.palms_sheet import ShownPalms, palms_of
from app.plugins.attendance.web.palms_tables import number_of
from app.plugins.attendance.web.tabs import tabs_of

_COLUMNS = [code for code in USUAL_ORDER if code != "T"]
"""What other systems ask for after the letters; testimonials are asked for by few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the page is asked for: the order, one meeting instead of the period, and whether names stand with it."""

    order: TypingOrder
    meeting: str
    numbers_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToType:
    """What is to be typed: the heading, and each member's cells."""

    heading: Sequence[str]
    cells: Mapping[MemberId, Sequence[str]]


def palms_to_type(page: GroupPage) -> Answer:
    """Show PALMS or a meeting's letters as one block to select and copy."""
    asked, period = _asked(), asked_period(page)
    balances = all_balances(page.work.session, page.group.id)
    meetings = meetings_between(page.work.session, page.group.id, period.period.first, period.period.last)
    shown = None if asked.meeting else palms_of(page, period.period)
    to_type = _of_palms(page, shown) if shown else _of_meeting(page, asked.meeting)
    rows = _rows(to_type, written_names(page.work.session, page.group.id), asked, _file_order(balances))
    answer = page.render(
        "attendance/palms_typing.html",
        asked=asked,
        period=period,
        orders=_orders(balances),
        meetings=[
            one for one in reversed(meetings) if one.takes_place and one.starts_at_utc <= page.work.now
        ],
        text=block(rows),
        lines=len(to_type.cells),
        uncounted=shown.uncounted if shown else (),
        tabs=tabs_of(page, "attendance.palms_to_type"),
    )
    return answer, period.status


def _asked() -> Asked:
    order = request.args.get("order", "")
    return Asked(
        order=TypingOrder(order) if order in set(TypingOrder) else TypingOrder.FAMILY,
        meeting=request.args.get("meeting", "")[:20],
        numbers_only="bare" in request.args,
    )


def _orders(balances: Sequence[Balance]) -> list[tuple[str, str]]:
    offered = [
        (TypingOrder.FAMILY.value, _("Family name first")),
        (TypingOrder.GIVEN.value, _("First name first")),
    ]
    if balances:
        file = _("As in the file %(file)s", file=balances[-1].source)
        offered.append((TypingOrder.FILE.value, file))
    return offered


def _file_order(balances: Sequence[Balance]) -> Sequence[MemberId]:
    return balances[-1].order if balances else ()


def _of_palms(page: GroupPage, shown: ShownPalms) -> ToType:
    """Return the numbers with plain decimals; a column that nobody here keeps stays blank, which is not 0."""
    keys = [column_key(code, page.group.currency if code == THANK_YOU else "") for code in _COLUMNS]
    kept = set(shown.whole.keys)
    return ToType(
        heading=[*"PALMS", *_COLUMNS],
        cells={
            line.member_id: [
                *map(str, line.numbers.palms.letters()),
                *(str(number_of(line.numbers, key)) if key in kept else "" for key in keys),
            ]
            for line in shown.whole.lines
        },
    )


def _of_meeting(page: GroupPage, public_id: str) -> ToType:
    roster = roster_in_address(page.work.session, page.group.id, public_id)
    lines = roster.lines if roster else ()
    return ToType(
        heading=[roster.meeting.local_date.isoformat() if roster else ""],
        cells={line.member_id: [line.mark.status.value if line.mark.status else ""] for line in lines},
    )


def _rows(
    to_type: ToType, names: Mapping[MemberId, WrittenName], asked: Asked, file: Sequence[MemberId]
) -> list[Sequence[str]]:
    spelt = [
        (member_id, Name(given=names[member_id].given, family=names[member_id].family))
        for member_id in to_type.cells
    ]
    ordered = in_order(spelt, asked.order, file)
    if asked.numbers_only:
        return [to_type.cells[member_id] for member_id in ordered]
    is_family_first = asked.order is TypingOrder.FAMILY
    parts = [_("Family name"), _("First name")] if is_family_first else [_("First name"), _("Family name")]
    rows: list[Sequence[str]] = [[*parts, *to_type.heading]]
    for member_id in ordered:
        name = names[member_id]
        written = (name.family, name.given) if is_family_first else (name.given, name.family)
        rows.append([*written, *to_type.cells[member_id]])
    return rows
