"""What a member gave and received in a period, colleague by colleague in alphabetical order: their own dealings alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.groups.queries import all_members
from app.core.ids import MemberId
from app.core.local_time import Period
from app.http.page import GroupPage
from app.plugins.referrals.domain.slip import RESULTS, SlipState
from app.plugins.referrals.queries.looking import CurrencySum, OwnCount, own_counts, thanks_by_currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One's slips one way: how many, to how many colleagues, of how many a result is told, how many were won.

    Of slips that files brought (`from_files`) nobody told a result.
    """

    slips: int
    colleagues: int
    told: int
    won: int
    from_files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One's slips with one colleague, both ways, and how many of them were won."""

    public_id: str
    name: str
    given: int
    given_won: int
    received: int
    received_won: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A member's own period. `colleagues` is how many others were members on its last day."""

    given: Way
    received: Way
    colleagues: int
    rows: Sequence[OwnRow]
    thanked: Sequence[CurrencySum]


def own_of(page: GroupPage, period: Period) -> Own:
    """Return the viewer's own period. Three statements."""
    session, group, viewer = page.work.session, page.group, page.viewer.member_id
    counts = own_counts(session, group.id, viewer, period, group.zone, now=page.work.now)
    people = all_members(session, group.id)
    names: dict[MemberId | None, tuple[str, str]] = {line.id: (line.public_id, line.name) for line in people}
    colleagues = [
        line
        for line in people
        if line.id != viewer
        and line.joined_on <= period.last
        and (line.ended_on is None or line.ended_on >= period.last)
    ]
    with_slips = {count.other for count in counts}
    order: list[MemberId | None] = [line.id for line in people if line.id in with_slips]
    return Own(
        given=_way(count for count in counts if count.is_given),
        received=_way(count for count in counts if not count.is_given),
        colleagues=len(colleagues),
        rows=[
            _row(
                names.get(other, ("", _("Outside the group"))), [one for one in counts if one.other == other]
            )
            for other in order + ([None] if None in with_slips else [])
        ],
        thanked=thanks_by_currency(session, group.id, period, viewer),
    )


def _way(counts: Iterable[OwnCount]) -> Way:
    own = list(counts)
    return Way(
        slips=sum(one.slips for one in own),
        colleagues=len({one.other for one in own if one.other is not None}),
        told=sum(one.slips for one in own if one.state in RESULTS),
        won=sum(one.slips for one in own if one.state is SlipState.WON),
        from_files=sum(one.slips for one in own if one.is_historic and one.state not in RESULTS),
    )


def _row(who: tuple[str, str], counts: Sequence[OwnCount]) -> OwnRow:
    public_id, name = who
    slips: Counter[tuple[bool, bool]] = Counter()
    for one in counts:
        slips[(one.is_given, one.state is SlipState.WON)] += one.slips
    return OwnRow(
        public_id=public_id,
        name=name,
        given=slips[(True, True)] + slips[(True, False)],
        given_won=slips[(True, True)],
        received=slips[(False, True)] + slips[(False, False)],
        received_won=slips[(False, True)],
    )
