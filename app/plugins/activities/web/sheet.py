"""The talk sheet of two: what each likes to talk about, what they have in common, what went between them; and the calendar file."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.ids import MemberId
from app.core.sentences import N_
from app.http.page import Answer, GroupPage
from app.plugins.activities.domain.arranging import TalkState
from app.plugins.activities.domain.calendar_entry import calendar_entry
from app.plugins.activities.interface import ProfilesTold, ProfileTold
from app.plugins.activities.queries.arrangements import Arrangement, Party, arrangement_for
from app.plugins.activities.queries.own_notes import note_of_arrangement
from app.plugins.activities.queries.talks import talks_between
from app.plugins.activities.services.arranging_telling import entry_of
from app.plugins.activities.web.lines import talk_lines
from app.plugins.activities.web.places import places_in
from app.plugins.referrals.interface import SlipHistory

QUESTIONS = (
    N_("What are you working on that you enjoy?"),
    N_("Who was a good customer for you this year, and how did they find you?"),
    N_("What would somebody say who needs you, and does not know it yet?"),
    N_("Whom would you like to meet next?"),
    N_("What should I not send you?"),
    N_("What can I do for you before we meet again?"),
)
"""Open questions, for who likes a beginning."""

_LATEST_TALKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one of the two tells of themself; `profile` is None where they have written nothing."""

    party: Party
    is_viewer: bool
    profile: ProfileTold | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsBetween:
    """How many slips went each way between the two, the viewer's own dealings."""

    given: int
    received: int


def sheet(page: GroupPage, arrangement: str) -> Answer:
    """Show the sheet to the two, to read before and to print."""
    found = _found(page, arrangement)
    viewer = page.viewer.member_id
    other = found.other_than(viewer)
    told = _told(page, found)
    together = talks_between(page.work.session, page.group.id, viewer, other.id, _LATEST_TALKS)
    return page.render(
        "activities/sheet.html",
        arrangement=found,
        other=other,
        told=told,
        profiles_are_on=told is not None,
        in_common=_in_common(told or ()),
        slips=_slips(page, viewer, other.id),
        talks=talk_lines(page, together.lines),
        questions=[_(question) for question in QUESTIONS],
        note=note_of_arrangement(page.work.session, page.group.id, found.id, viewer).note,
    )


def talk_calendar(page: GroupPage, arrangement: str) -> Answer:
    """Answer the calendar entry of an agreed talk, or of one that was called off, to its two."""
    found = _found(page, arrangement)
    standing = found.standing
    if standing.starts_at is None or standing.state not in {TalkState.AGREED, TalkState.CALLED_OFF}:
        raise NotFound
    entry = entry_of(
        found,
        page.group,
        places_in(page.group),
        found.other_than(page.viewer.member_id),
        is_called_off=standing.state is TalkState.CALLED_OFF,
    )
    headers = {"Content-Disposition": 'attachment; filename="one-to-one.ics"'}
    text = calendar_entry(entry, stamp=found.changed_at_utc)
    return Response(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _found(page: GroupPage, arrangement: str) -> Arrangement:
    found = arrangement_for(page.work.session, page.group.id, arrangement, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _told(page: GroupPage, found: Arrangement) -> tuple[Told, ...] | None:
    """Return what both tell of themselves, the other first; None where the group keeps no profiles."""
    reader = page.reader(ProfilesTold)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if reader is None:
        return None
    viewer = page.viewer.member_id
    profiles: Mapping[MemberId, ProfileTold] = reader.of_members(
        page.group.id, (found.one.id, found.other.id)
    )
    parties = (found.other_than(viewer), found.party(viewer))
    return tuple(Told(party=one, is_viewer=one.id == viewer, profile=profiles.get(one.id)) for one in parties)


def _in_common(told: tuple[Told, ...]) -> list[str]:
    """Return the interests that both named, in the other's spelling."""
    if len([one for one in told if one.profile]) < 2:  # of the two
        return []
    theirs, own = (one.profile.interests if one.profile else () for one in told)
    known = {interest.casefold() for interest in own}
    return [interest for interest in theirs if interest.casefold() in known]


def _slips(page: GroupPage, viewer: MemberId, other: MemberId) -> SlipsBetween | None:
    """Return the slips between the two, for the two alone; None where the group keeps no referrals."""
    history = page.reader(SlipHistory)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if history is None:
        return None
    acts = [
        (one.giver_member_id, one.receiver_member_id)
        for one in history.acts(page.group.id)
        if not one.is_handed_back
    ]
    return SlipsBetween(given=acts.count((viewer, other)), received=acts.count((other, viewer)))
