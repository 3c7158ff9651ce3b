"""What several parts of one page want to know, asked once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.core.ids import MemberId
from app.http.page import GroupPage
from app.plugins.activities.interface import TalksCounted
from app.plugins.attendance.interface import LeavesApproved
from app.plugins.firstyear import permissions as may
from app.plugins.firstyear.domain.dates import Rest, anniversary, is_resting
from app.plugins.firstyear.domain.plan import FIRST_TALK_WITHIN, FOR_SO_LONG
from app.plugins.firstyear.domain.talks import SHOWN_BEFORE
from app.plugins.firstyear.queries.stays import StayLine, running_stays
from app.plugins.firstyear.queries.talks import TalkLine, talks_due
from app.plugins.welcome.interface import ContactsNamed


def first_years(page: GroupPage) -> Sequence[StayLine]:
    """Return the stays of members in their first year, the latest first; one statement a page."""

    def ask() -> Sequence[StayLine]:
        since = page.today - timedelta(days=366)
        found = running_stays(page.work.session, page.group.id, since)
        return [
            stay for stay in found if not stay.is_standing and anniversary(stay.started_on, 1) >= page.today
        ]

    return page.asked_once("firstyear.stays", ask)


def due_soon(page: GroupPage) -> Sequence[TalkLine]:
    """Return the talks that are due in the next days or were before, without those whose member is on leave."""
    return page.asked_once("firstyear.talks", lambda: _without_leave(page, _due_soon(page)))


def own_due_soon(page: GroupPage) -> Sequence[TalkLine]:
    """Return those of the talks due soon that the viewer holds; nobody's leave is asked about where they hold none."""
    own = [talk for talk in _due_soon(page) if talk.owner_id == page.viewer.member_id]
    if own and page.may(may.STAYS_KEEP):
        return [talk for talk in due_soon(page) if talk.owner_id == page.viewer.member_id]
    return _without_leave(page, own)


def _due_soon(page: GroupPage) -> Sequence[TalkLine]:
    until = page.today + SHOWN_BEFORE
    return page.asked_once("firstyear.talks_due", lambda: talks_due(page.work.session, page.group.id, until))


def _without_leave(page: GroupPage, talks: Sequence[TalkLine]) -> Sequence[TalkLine]:
    resting = on_leave(page, [talk.member_id for talk in talks])
    return [talk for talk in talks if talk.member_id not in resting]


def on_leave(page: GroupPage, member_ids: Sequence[MemberId]) -> frozenset[MemberId]:
    """Return which of these members are on leave today: nothing is asked of them."""
    asked = page.reader(LeavesApproved)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if asked is None or not member_ids:
        return frozenset()
    leaves: Mapping[MemberId, Sequence[Rest]] = {
        member: [Rest(first=one.first, last=one.last) for one in found]
        for member, found in asked.of_members(page.group.id, member_ids).items()
    }
    return frozenset(member for member, found in leaves.items() if is_resting(found, page.today))


def without_mentor(page: GroupPage) -> Sequence[StayLine]:
    """Return the members in their first year who have no mentor yet."""
    return [stay for stay in first_years(page) if stay.mentor_id is None]


def is_contact_too(page: GroupPage, stay: StayLine) -> bool:
    """Return whether the mentor is also the contact whom the welcome names on the newcomer's home page."""
    contacts = page.reader(ContactsNamed)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if contacts is None or stay.mentor_id is None:
        return False
    since = page.today - timedelta(days=page.group.settling_in_days)
    return contacts.of_newcomer(page.group.id, stay.member_id, since) == stay.mentor_id


def without_talk(page: GroupPage) -> Sequence[StayLine]:
    """Return the newcomers who have had no one-to-one three weeks after they joined; nothing where none are kept.

    Whoever came back is asked anew, and nobody on leave is pointed at.
    """

    def ask() -> Sequence[StayLine]:
        talks = page.reader(TalksCounted)  # type: ignore[type-abstract]  # a protocol is asked for, never made
        first, last = page.today - FOR_SO_LONG, page.today - FIRST_TALK_WITHIN
        stays = [stay for stay in first_years(page) if first <= stay.started_on <= last]
        if talks is None or not stays:
            return []
        counted = talks.since(page.group.id, {stay.member_id: stay.started_on for stay in stays})
        without = [stay for stay in stays if not counted.get(stay.member_id)]
        away = on_leave(page, [stay.member_id for stay in without])
        return [stay for stay in without if stay.member_id not in away]

    return page.asked_once("firstyear.without_talk", ask)
