"""Rebuilding: every record made anew from the counted reports, compared with what stands, and put in its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.standing import rebuilt
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.services.counting import fold_again
from app.plugins.credibility.store import Whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """One record made anew, and whether it differed from what stood there."""

    whose: Whose
    differed: bool


def rebuild(work: UnitOfWork, group: Group) -> Iterator[Rebuilt]:
    """Make the records of a group anew, one member at a time; after each the caller may commit, and stop and go on later."""
    constants = constants_in_force(work.session, group.id)
    stood = secret.standings(work.session, group.id)
    whose = {row.whose for row in secret.all_evidence(work.session, group.id)} | set(stood)
    for one in sorted(whose):
        rows = [row for row in secret.evidence_about(work.session, group.id, one) if not row.is_frozen]
        fresh = rebuilt((row.row for row in rows), constants).standing
        known = stood.get(one, secret.NOTHING_KNOWN)
        shown = rebuilt((row.row for row in rows if row.published_on is not None), constants).standing
        fold_again(work, group, one, constants)
        yield Rebuilt(whose=one, differed=(fresh, shown) != (known.counted, known.shown))
