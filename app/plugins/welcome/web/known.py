"""What the house knows of its members for suggestions, asked once a page: what they chose to say, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.groups.queries import MemberLine, members_on
from app.core.ids import MemberId
from app.http.page import GroupPage, Page
from app.plugins.activities.interface import ProfilesTold, ProfileTold
from app.plugins.welcome.domain.people_to_meet import Known, Newly, ToMeet, people_to_meet
from app.plugins.welcome.queries.guests import Guest, came_through, hosts_on, shown_to_visitors
from app.plugins.welcome.queries.newcomers import newcomers_read

_SAID_NOTHING = ProfileTold(talk_to_me_about="", good_fit="", not_a_good_fit="", interests=(), how_to_say="")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGroup:
    """The members of a day and what is known of each."""

    lines: Mapping[MemberId, MemberLine]
    known: Mapping[MemberId, Known]
    shown: frozenset[MemberId]
    told: Mapping[MemberId, ProfileTold]
    settling_in: frozenset[MemberId]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToMeet:
    """Somebody named to a visitor or newcomer, with the reasons."""

    line: MemberLine
    to_meet: ToMeet


def known_group(page: Page, day: date) -> KnownGroup:
    """Return what is known of the members of that day; about six statements, once a page."""
    return page.asked_once(f"welcome.known.{day}", lambda: _asked(page, day))


def _asked(page: Page, day: date) -> KnownGroup:
    session, group = page.work.session, page.group
    lines = {one.id: one for one in members_on(session, group.id, day)}
    told = _profiles(page, lines)
    through = came_through(session, group.id)
    hosts = frozenset(hosts_on(session, group.id, day))
    since = date.fromordinal(day.toordinal() - group.settling_in_days)
    new = frozenset(one.member_id for one in newcomers_read(page.work, group.id, since, day))
    known = {}
    for member_id, line in lines.items():
        profile = told.get(member_id, _SAID_NOTHING)
        inviter = through.get(member_id)
        known[member_id] = Known(
            member_id=member_id,
            trade=line.trade,
            interests=tuple(profile.interests),
            talk_to_me_about=profile.talk_to_me_about,
            good_fit=profile.good_fit,
            came_through=inviter[0] if inviter else None,
            came_through_name=inviter[1] if inviter else "",
            is_host=member_id in hosts,
            is_new=member_id in new,
        )
    return KnownGroup(
        lines=lines,
        known=known,
        shown=shown_to_visitors(session, group.id),
        told=told,
        settling_in=new,
    )


def _profiles(page: Page, lines: Mapping[MemberId, MemberLine]) -> Mapping[MemberId, ProfileTold]:
    profiles = page.reader(ProfilesTold)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    return profiles.of_members(page.group.id, list(lines)) if profiles else {}


def newly_of_guest(guest: Guest, known: KnownGroup) -> Newly:
    """Return a guest as the rules of suggestions know them."""
    if guest.newcomer_id is not None:
        return newly_of_member(guest.newcomer_id, known)
    return Newly(trade=guest.trade, said=guest.introduction, invited_by=guest.invited_by)


def newly_of_member(member_id: MemberId, known: KnownGroup) -> Newly:
    """Return a newcomer as the rules of suggestions know them."""
    own, line = known.known.get(member_id), known.lines.get(member_id)
    if own is None or line is None:
        return Newly(is_member=True)
    return Newly(
        trade=line.trade,
        said=own.talk_to_me_about,
        interests=own.interests,
        invited_by=own.came_through,
        is_member=True,
    )


def named_to_visitor(
    known: KnownGroup, guest: Guest, *, put_aside: frozenset[MemberId], but: frozenset[MemberId]
) -> list[PersonToMeet]:
    """Return the people named to a visitor: of those alone who chose to be shown, without who is with them anyway."""
    who = [one for member_id, one in known.known.items() if member_id in known.shown and member_id not in but]
    return _named(known, people_to_meet(newly_of_guest(guest, known), who, put_aside=put_aside))


def named_to_newcomer(
    known: KnownGroup, newcomer: MemberId, *, put_aside: frozenset[MemberId], but: frozenset[MemberId]
) -> list[PersonToMeet]:
    """Return the people named to a newcomer, who may know every member of the group."""
    who = [one for member_id, one in known.known.items() if member_id != newcomer and member_id not in but]
    return _named(known, people_to_meet(newly_of_member(newcomer, known), who, put_aside=put_aside))


def _named(known: KnownGroup, found: Sequence[ToMeet]) -> list[PersonToMeet]:
    return [PersonToMeet(line=known.lines[one.member_id], to_meet=one) for one in found]


def viewer_line(page: GroupPage) -> MemberLine:
    """Return the viewer as a member of the group."""
    return next(
        one
        for one in members_on(page.work.session, page.group.id, page.today)
        if one.id == page.viewer.member_id
    )
