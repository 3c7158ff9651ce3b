"""Writes counted reports, voices and standings in tests as the weekly counting does, with any numbers."""

from datetime import date
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import Pair, Standing
from app.plugins.credibility.store import Voice, add_evidence, put_pairs, put_standings

WEEK = date(2026, 11, 23)


def report(
    work: UnitOfWork, group: Group, by: MemberLine, about: MemberLine, **values: Any
) -> dict[str, Any]:
    """Return a counted report as the store takes it; `values` say what is not as usual."""
    usual = {
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "facet": Facet.HANDLING.value,
        "slip_id": work.ids.key(),
        "report_number": 1,
        "by_member_id": by.id,
        "about_member_id": about.id,
        "day": 20_000.25,
        "worth": 1.0,
        "weight": 0.5,
        "voice": "new",
        "is_independent": True,
        "is_frozen": False,
        "counted_on": WEEK,
        "published_on": None,
    }
    return usual | values


def pair(n: float = 0.5) -> Pair:
    """Return a voice with that sum."""
    return Pair(n=n, good=n, bad=0.0, good_in=n, bad_in=0.0, t=20_000.25, independent=1)


def keep_record(work: UnitOfWork, group: Group, by: MemberLine, about: MemberLine, reports: int = 1) -> None:
    """Keep some reports of one member on another, with the voice and the standing; the caller commits."""
    add_evidence(work.session, [report(work, group, by, about) for _ in range(reports)])
    one: Voice = (Facet.HANDLING, about.id, by.id)
    put_pairs(work.session, group.id, {one: pair()})
    sums = Standing(good=0.5, bad=0.0, t=20_000.25, outcomes=reports, independent=1)
    put_standings(work.session, group.id, {(Facet.HANDLING, about.id): (sums, Standing(), None)})
