"""Which meeting, roster or line does an address name? What is not of this group is the one 404."""

from app.core.errors import NotFound
from app.http.page import Page
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address


def meeting_of(page: Page, meeting: str) -> MeetingLine:
    """Return the meeting of this group in the address; another group's is not there."""
    found = meeting_in_address(page.work.session, page.group.id, meeting)
    if found is None:
        raise NotFound
    return found


def roster_of(page: Page, meeting: str) -> Roster:
    """Return the roster of the meeting in the address, empty where nobody was a member on its day."""
    roster = roster_in_address(page.work.session, page.group.id, meeting)
    if roster is None:
        # Nobody was a member on that day: the meeting is there all the same.
        return Roster(meeting=meeting_of(page, meeting), lines=[])
    return roster


def roster_on_page(page: Page, meeting: str) -> Roster | None:
    """Return the roster of a meeting for the parts of its page; one statement a page."""
    return page.asked_once(
        f"attendance.roster.{meeting}", lambda: roster_in_address(page.work.session, page.group.id, meeting)
    )


def line_of(page: Page, meeting: str, member: str) -> tuple[Roster, RosterLine]:
    """Return the roster and the line of the member in the address."""
    roster = roster_of(page, meeting)
    line = roster.line_of(member)
    if line is None:
        raise NotFound
    return roster, line


def is_over(page: Page, meeting: MeetingLine) -> bool:
    """Return whether the meeting has ended."""
    return page.work.now >= meeting.ends_at_utc


def screen_makes_sense(page: Page, meeting: MeetingLine) -> bool:
    """Return whether a screen of the meeting would be of use: it takes place, its record is open, it is not over."""
    return meeting.takes_place and meeting.record.is_open and page.work.now <= meeting.facts.closes_at_utc
