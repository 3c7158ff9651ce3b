"""Leaks put into the product by hand, each of which two worlds must tell: that the comparison sees is shown by what it catches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

import pytest
from flask import abort

from app.core.errors import NotFound
from app.core.groups.queries import members_on
from app.core.local_time import local_day
from app.core.notices import digest
from app.core.notices.services import write_to
from app.core.work import UnitOfWork
from app.http.palms import PalmsColumn
from app.plugin_api import MemberColumn, Panel
from app.plugins.credibility import interface
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.plugin import CredibilityPlugin
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import appeal_by_public_id
from app.plugins.credibility.queries.secret import NOTHING_KNOWN
from app.plugins.credibility.queries.shown import shown_of_all
from app.plugins.credibility.queries.together import together_of
from app.plugins.credibility.services import counting, taking_part
from app.plugins.credibility.web import appeals, house, schemes
from app.plugins.referrals.queries.told import latest_change
from app.plugins.referrals.web import fragments, receivers
from app.web import members
from tests.support.secret_families import SETTLED_DAYS
from tests.support.secret_lives import LATE, LATEST, Family, Life, Said
from tests.support.secret_looks import HOME, Look

Patch = Callable[[pytest.MonkeyPatch], None]

NOTHING: Final = Life(why="nothing said")
FEW: Final = Life(why="outcomes", handled=tuple(Said(slip=LATE + one, answer="yes") for one in (2, 3, 4, 5)))
BAD: Final = Life(why="outcomes", handled=tuple(Said(slip=LATE + one, answer="no") for one in (2, 3, 4, 5)))
UNASKED: Final = Life(
    why="not asked", handled=tuple(Said(slip=LATE + one, answer="yes") for one in range(7)), says=""
)
OPTS_OUT: Final = replace(UNASKED, why="opted out later", says="yes", deeds=("says no",))
OPTED_OUT: Final = replace(UNASKED, why="opted out", says="no")
DISAGREES: Final = replace(FEW, why="appeal running", deeds=("disagrees",))
ONE_MORE: Final = Life(
    why="reported on", handled=(Said(slip=LATEST + 4, answer="yes"),), deeds=("is reported on",)
)


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A fault, the two lives that tell it, and who sees it where."""

    put_in: Patch
    lives: tuple[Life, Life]
    viewer: str = "bystander"
    further: Sequence[str] = field(default=())

    @property
    def family(self) -> Family:
        """The two lives as worlds that begin alike."""
        return Family(lives=self.lives, joined_days=SETTLED_DAYS, x_says="yes", x_says_late="")

    @property
    def look(self) -> Look:
        """Who looks where."""
        return Look(wholly=[self.viewer], further={self.viewer: self.further})


def hidden(session: Any, group_id: Any) -> dict[int, float]:
    """Return what nobody may see: by member, the good that was counted less the bad."""
    known = secret.standings(session, group_id)
    return {
        int(member): one.counted.good - one.counted.bad
        for (facet, member), one in known.items()
        if facet is Facet.HANDLING
    }


def sort(patch: pytest.MonkeyPatch) -> None:
    whole = members_on

    def best_first(session: Any, group_id: Any, day: Any) -> Any:
        weights = hidden(session, group_id)
        return sorted(whole(session, group_id, day), key=lambda line: -weights.get(line.id, 0.0))

    patch.setattr(members, "members_on", best_first)


def count(patch: pytest.MonkeyPatch) -> None:
    _say_together(patch, lambda weights: len([one for one in weights if one > 0]))


def average(patch: pytest.MonkeyPatch) -> None:
    _say_together(patch, lambda weights: round(sum(weights) / len(weights), 1))


def _say_together(patch: pytest.MonkeyPatch, number: Callable[[list[float]], Any]) -> None:
    """Say a number made of everybody's reports where leaders read of the records that are shown."""

    def of_all(work: UnitOfWork, group: Any, asked: Any, offered: Any) -> Any:
        weights = list(hidden(work.session, group.id).values())
        return replace(together_of(work, group, asked, offered), shown=number(weights))

    patch.setattr(schemes, "together_of", of_all)


def filtered(patch: pytest.MonkeyPatch) -> None:
    whole = members_on

    def well_reported(session: Any, group_id: Any, day: Any) -> Any:
        weights = hidden(session, group_id)
        return [line for line in whole(session, group_id, day) if weights.get(line.id, 0.0) >= 0]

    patch.setattr(receivers, "members_on", well_reported)


def refusal(patch: pytest.MonkeyPatch) -> None:
    found = appeals._found  # noqa: SLF001  # the fault is to stand in the page itself

    def forbidden(page: Any, public_id: str) -> Any:
        try:
            return found(page, public_id)
        except NotFound:
            if appeal_by_public_id(page.work.session, page.group.id, public_id) is None:
                raise
            abort(403)

    patch.setattr(appeals, "_found", forbidden)


def etag(patch: pytest.MonkeyPatch) -> None:
    whole = latest_change

    def with_records(session: Any, group_id: Any, now: Any) -> str:
        return f"{whole(session, group_id, now)}-{len(secret.all_evidence(session, group_id))}"

    patch.setattr(fragments, "latest_change", with_records)


def export(patch: pytest.MonkeyPatch) -> None:
    def column(_plugin: Any, work: UnitOfWork, group: Any, _period: Any) -> list[PalmsColumn]:
        known = secret.standings(work.session, group.id)
        values = {
            member: one.counted.outcomes for (facet, member), one in known.items() if facet is Facet.LEAD
        }
        values |= {member: one.counted.outcomes for (facet, member), one in known.items()}
        return [PalmsColumn(code="REP", title="Reports", values=values, order=95)]

    patch.setattr(CredibilityPlugin, "palms_columns", column)


def digest_line(patch: pytest.MonkeyPatch) -> None:
    def with_a_line(work: UnitOfWork, **more: Any) -> None:
        counted = len(secret.all_evidence(work.session, more["group_id"]))
        letter = more["letter"]
        news = f"{letter.facts['news']}\n{counted} reports have been counted."
        write_to(work, **{**more, "letter": replace(letter, facts={**letter.facts, "news": news})})

    patch.setattr(digest, "write_to", with_a_line)


def cache(patch: pytest.MonkeyPatch) -> None:
    """Keep what is shown until the number of reports that wait changes: a key that hangs on everybody's secrets."""
    whole, kept = shown_of_all, dict[tuple[str, int], Any]()

    def remembered(work: UnitOfWork, group: Any, asked: Any) -> Any:
        waiting = [row for row in secret.all_evidence(work.session, group.id) if row.published_on is None]
        key = str(work.session.get_bind()), len(waiting)
        if key not in kept:
            kept[key] = whole(work, group, asked)
        return kept[key]

    patch.setattr(house, "shown_of_all", remembered)


def rank(patch: pytest.MonkeyPatch) -> None:
    def ranked(page: Any, lines: Any) -> Any:
        weights = hidden(page.work.session, page.group.id)
        order = sorted(weights, key=lambda one: -weights[one])
        shown = shown_of_all(page.work, page.group, [line.id for line in lines])
        cells = {member: f"No. {order.index(member) + 1}" for member in shown}
        return (MemberColumn(title="Rank", cells=cells),)

    patch.setattr(house, "member_columns", ranked)


def few(patch: pytest.MonkeyPatch) -> None:
    panels = house.member_panels

    def hinted(page: Any, member: Any) -> Any:
        found = panels(page, member)
        known = secret.known_of(page.work.session, page.group.id, member.id)
        if found or not known.get(Facet.HANDLING, NOTHING_KNOWN).counted.outcomes:
            return found
        return (Panel(key="few", title="Too few reports yet", template="credibility/_interval.html"),)

    patch.setattr(house, "member_panels", hinted)


def publication_day(patch: pytest.MonkeyPatch) -> None:
    whole = counting.take_away

    def and_count(work: UnitOfWork, group: Any, gone: Any, constants: Any) -> None:
        whole(work, group, gone, constants)
        counting.count_as_of(work, group, local_day(work.now, group.zone) + timedelta(days=1))

    patch.setattr(taking_part, "take_away", and_count)


def pulse(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(interface.AppealFiled, "sealed", False)


def one_more_statement(patch: pytest.MonkeyPatch) -> None:
    """Answer the same, after asking once more for each who was reported on: a clock at the wall tells them."""
    whole = shown_of_all

    def slow(work: UnitOfWork, group: Any, asked: Any) -> Any:
        for member in asked:
            if hidden(work.session, group.id).get(member):
                secret.known_of(work.session, group.id, member)
        return whole(work, group, asked)

    patch.setattr(house, "shown_of_all", slow)


PALMS: Final = [f"{HOME}/attendance/palms.csv", f"{HOME}/attendance/palms.xlsx"]
LIVE: Final = [f"{HOME}/referrals/live"]
LEAKS: Final[Mapping[str, Leak]] = {
    "sort": Leak(put_in=sort, lives=(NOTHING, FEW)),
    "count": Leak(put_in=count, lives=(NOTHING, UNASKED), viewer="leader 0"),
    "average": Leak(put_in=average, lives=(FEW, BAD), viewer="leader 0"),
    "filter": Leak(put_in=filtered, lives=(FEW, BAD)),
    "403 for 404": Leak(put_in=refusal, lives=(FEW, DISAGREES)),
    "ETag": Leak(put_in=etag, lives=(NOTHING, FEW), further=LIVE),
    "export column": Leak(put_in=export, lives=(NOTHING, FEW), viewer="leader 0", further=PALMS),
    "line of the digest": Leak(put_in=digest_line, lives=(NOTHING, FEW)),
    "key of a cache": Leak(put_in=cache, lives=(NOTHING, ONE_MORE)),
    "gap in a rank": Leak(put_in=rank, lives=(NOTHING, UNASKED)),
    "few against none": Leak(put_in=few, lives=(NOTHING, FEW)),
    "day of publication": Leak(put_in=publication_day, lives=(OPTED_OUT, OPTS_OUT)),
    "pulse": Leak(put_in=pulse, lives=(FEW, DISAGREES)),
    "one more statement": Leak(put_in=one_more_statement, lives=(NOTHING, FEW)),
}
"""By name: the twelve of the issue, and two more."""
