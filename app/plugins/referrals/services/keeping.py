"""How long the group keeps its prospects: a shorter time reaches all of them, a longer one those of slips to end."""

from dataclasses import dataclass

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.expiry import forgotten_on, refusals_for_months
from app.plugins.referrals.interface import ProspectTimeSet
from app.plugins.referrals.queries.settings import Settings, kept_after_the_end, settings_of
from app.plugins.referrals.store import let_prospect_expire
from app.plugins.referrals.store_settings import keep_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProspectTime:
    """So many months, over the version of the settings that was seen; None where no number was typed."""

    group: Group
    months: int | None
    seen_version: int


def set_prospect_time(work: UnitOfWork, command: SetProspectTime) -> int:
    """Keep the new time and return how many prospects are forgotten earlier by it. Commits.

    Nobody is kept longer than their own page has told them.
    """
    if refusals := refusals_for_months(command.months):
        raise Refused(refusals)
    months = command.months or 0
    before = settings_of(work.session, command.group.id)
    if months == before.prospect_months:
        return 0
    wanted = Settings(prospect_months=months, version=command.seen_version)
    keep_settings(work.session, command.group.id, wanted)
    earlier = _bring_forward(work, command.group, months)
    work.record(ProspectTimeSet(group_id=command.group.id, months=months))
    work.commit()
    return earlier


def _bring_forward(work: UnitOfWork, group: Group, months: int) -> int:
    earlier = 0
    for kept in kept_after_the_end(work.session, group.id):
        day = forgotten_on(local_day(kept.closed_at, group.zone), months)
        if day < kept.expires_on:
            let_prospect_expire(work.session, group.id, kept.id, day)
            earlier += 1
    return earlier
