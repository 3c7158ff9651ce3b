"""The group goes by another zone: its meetings to come begin at another instant, and everyone is told once."""

from app.core.groups.domain.standing import Group
from app.core.meetings.queries import meetings_to_come
from app.core.meetings.services import news
from app.core.meetings.services.telling import MeetingAddresses, Told, tell_everyone
from app.core.work import UnitOfWork


def tell_of_zone(work: UnitOfWork, group: Group, addresses: MeetingAddresses, *, version: int) -> Told:
    """Tell everyone that the group, as it is now, went to its zone; nobody where no meeting is to come.

    `version` is the group's own, so that each change is told once. The caller commits.
    """
    coming = meetings_to_come(work.session, group.id, work.now)
    if not coming:
        return Told(members=0, by_mail=0)
    return tell_everyone(work, group, news.zone_changed(group, coming, version=version), addresses)
