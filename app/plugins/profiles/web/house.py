"""What profiles bring to the pages of the house: a member in their own words, and badges on a meeting's page."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugin_api import MeetingBrief, MemberBrief, Panel
from app.plugins.profiles import permissions as may
from app.plugins.profiles.domain.own_words import Part
from app.plugins.profiles.queries.profiles import profile_of


def member_panels(page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
    """Return what the member tells of themselves; to others nothing where they tell nothing."""
    line = profile_of(page.work.session, page.group.id, member.id)
    is_own = member.id == page.viewer.member_id
    faces = line.has_photo or line.has_recording
    if faces and not is_own:
        faces = member.ended_on is None or member.ended_on >= page.today
    if not (is_own or faces or line.words.says_something):
        return ()
    context = {
        "line": line,
        "faces": faces,
        "member": member,
        "is_own": is_own,
        "shown": [(title, line.words.shown(part)) for part, title in _titles() if line.words.shown(part)],
    }
    title = _("In your own words") if is_own else _("In their own words")
    template = "profiles/panel_own_words.html"
    return (Panel(key="words", title=title, template=template, context=context, order=20),)


def meeting_panels(page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
    """Return the way to the badges of a meeting that takes place and is not over, to those who print them."""
    is_over = meeting.ends_at_utc <= page.work.now
    if is_over or meeting.state != "planned" or not page.may(may.BADGES_PRINT):
        return ()
    return (
        Panel(
            key="badges",
            title=_("Name badges"),
            template="profiles/panel_badges.html",
            context={"url": page.url("profiles.badges", meeting=meeting.public_id)},
            order=60,
        ),
    )


def _titles() -> Sequence[tuple[Part, str]]:
    return (
        (Part.TALK, _("Talk to me about")),
        (Part.GOOD_FIT, _("A good fit for me")),
        (Part.NOT_A_GOOD_FIT, _("Not a good fit for me")),
        (Part.INTERESTS, _("Interests")),
    )
