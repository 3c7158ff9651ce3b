"""The group's public page: what to expect at a meeting, and the form with which somebody registers for a visit."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_public_id, meetings_to_come
from app.http.limits import posts_limited_by_field, posts_limited_by_network
from app.http.outside import signed_in
from app.http.page import Answer, Page, PublicPage
from app.http.rendering import local_date, local_time
from app.plugins.welcome.domain.public_page import USUAL_POINTS, PageWords, points_of
from app.plugins.welcome.domain.visit import QUICKEST, expires_on
from app.plugins.welcome.interface import SeatsKnown, WaysToJoin
from app.plugins.welcome.queries.public_page import (
    DoorPhoto,
    PublicPageLine,
    page_of,
    photo_of,
    trades_on,
)
from app.plugins.welcome.services.registering import Register, refusals_for_meeting, register_visit
from app.plugins.welcome.web.visit_addresses import addresses_of
from app.plugins.welcome.web.visit_forms import RegisterForm

SHOWN_MEETINGS = 4
_PURPOSE = "welcome form opened 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPoint:
    """A point of a meeting as the page shows it; `at` is the wall time, or empty where no meeting is planned."""

    at: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExpect:
    """All that the public page says before its form; the settings page shows the same as a preview."""

    words: PageWords
    points: list[ExpectedPoint]
    next_meeting: Meeting | None
    dates: list[Meeting]
    trades: list[str]
    photo: DoorPhoto | None
    photo_url: str


@posts_limited_by_network("40 per hour;200 per day")
@posts_limited_by_field("email", "6 per hour;20 per day")
def front(page: PublicPage) -> Answer:
    """Show what to expect, and take a registration."""
    stands = open_page(page)
    form = RegisterForm()
    dates = dates_of(page)
    form.meeting.choices = meeting_choices(page, dates)
    if not form.is_submitted():
        _prefill(page, form, dates)
        return _shown(page, form, stands, dates)
    if form.website.data:
        return page.go("welcome.thanks")
    if not form.validate_on_submit():
        return _shown(page, form, stands, dates), 422
    try:
        _refuse_robots(page, form)
        register_visit(page.work, _command(page, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        _choose_next(form, dates)
        return _shown(page, form, stands, dates), 422
    return page.go("welcome.thanks")


def thanks(page: PublicPage) -> Answer:
    """Say that a mail is on its way, to everybody alike."""
    open_page(page)
    return page.render("welcome/thanks.html")


def open_page(page: PublicPage) -> PublicPageLine:
    """Return what the group says, where it opened its page; for everybody else there is none."""
    stands = page_of(page.work.session, page.group.id)
    if not stands.is_open:
        raise NotFound
    return stands


def to_expect(page: Page, stands: PublicPageLine, dates: list[Meeting], photo_url: str) -> ToExpect:
    """Return what the public page says before its form."""
    words, next_meeting = stands.words, dates[0] if dates else None
    session, group_id = page.work.session, page.group.id
    return ToExpect(
        words=words,
        points=_points(page, words, next_meeting),
        next_meeting=next_meeting,
        dates=dates,
        trades=trades_on(session, group_id, page.today, shown_only=True) if words.shows_trades else [],
        photo=photo_of(session, group_id),
        photo_url=photo_url,
    )


def dates_of(page: Page) -> list[Meeting]:
    """Return the next meetings that somebody could visit."""
    return meetings_to_come(page.work.session, page.group.id, page.work.now)[:SHOWN_MEETINGS]


def meeting_choices(page: Page, dates: list[Meeting]) -> list[tuple[str, str]]:
    """Return the meetings as choices: the day and the time."""
    return [(one.public_id, _when(page, one)) for one in dates]


def held_trades(page: Page) -> list[str]:
    """Return the trades whose seats are held, from those who keep seats, else from the members."""
    seats = page.reader(SeatsKnown)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if seats is None:
        return trades_on(page.work.session, page.group.id, page.today, shown_only=False)
    return [seat.trade for seat in seats.of_group(page.group.id) if seat.held_by_member_id is not None]


def apply_url(page: Page, visitor: str = "") -> str:
    """Return where somebody applies for membership, or nothing where no applications are taken."""
    ways = page.reader(WaysToJoin)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    return ways.apply_path(page.group.slug, visitor) if ways is not None else ""


def _points(page: Page, words: PageWords, meeting: Meeting | None) -> list[ExpectedPoint]:
    own = [(point.minute, point.words) for point in points_of(words.minutes)]
    usual = [
        (minute, _(said)) for minute, said in USUAL_POINTS if meeting is None or minute < meeting.minutes
    ]
    return [
        ExpectedPoint(at=_clock(page, meeting, minute) if meeting else "", words=said)
        for minute, said in own or usual
    ]


def _clock(page: Page, meeting: Meeting, minute: int) -> str:
    return local_time(meeting.starts_at_utc + timedelta(minutes=minute), page.group.zone)


def _when(page: Page, meeting: Meeting) -> str:
    day, begins = local_date(meeting.local_date), local_time(meeting.starts_at_utc, page.group.zone)
    topic = f" · {meeting.topic}" if meeting.topic else ""
    return f"{day}, {begins}{topic}"


def _prefill(page: PublicPage, form: RegisterForm, dates: list[Meeting]) -> None:
    wanted = request.args.get("meeting", "")
    form.meeting.data = wanted or (dates[0].public_id if dates else "")
    form.invited_by.data = request.args.get("by", "")[:200]
    form.started.data = _opened_now(page)
    gone = meeting_by_public_id(page.work.session, page.group.id, wanted) if wanted else None
    if gone is not None and wanted not in {one.public_id for one in dates}:
        form.take(Refused(refusals_for_meeting(page.work, page.group, gone)))
        form.meeting.data = dates[0].public_id if dates else ""


def _choose_next(form: RegisterForm, dates: list[Meeting]) -> None:
    """Choose the next meeting where the one that was chosen is gone, so that sending again is enough."""
    if dates and form.meeting.data not in {one.public_id for one in dates}:
        form.meeting.data = dates[0].public_id


def _refuse_robots(page: PublicPage, form: RegisterForm) -> None:
    """Refuse a form that was filled in faster than anybody can; sent again a moment later it is taken."""
    try:
        opened = datetime.fromtimestamp(signed_in(page.group, _PURPOSE).read(form.started.data or ""), UTC)
    except (ValueError, TypeError, OverflowError):
        form.started.data = _opened_now(page)
        raise Refused([Refusal(code="welcome.too_quick")]) from None
    if page.work.now - opened < QUICKEST:
        raise Refused([Refusal(code="welcome.too_quick")])


def _opened_now(page: PublicPage) -> str:
    return signed_in(page.group, _PURPOSE).token(int(page.work.now.timestamp()))


def _command(page: PublicPage, form: RegisterForm) -> Register:
    return Register(
        group=page.group,
        meeting=form.meeting.data or "",
        wanted=form.registration(email=form.email.data, invited_by=form.invited_by.data),
        has_agreed=bool(form.agreed.data),
        language=str(get_locale() or page.group.locale).replace("_", "-")[:12],
        held_trades=held_trades(page),
        addresses=addresses_of(page.group),
    )


def _shown(page: PublicPage, form: RegisterForm, stands: PublicPageLine, dates: list[Meeting]) -> str:
    first_day = dates[0].local_date if dates else page.today
    return page.render(
        "welcome/front.html",
        form=form,
        expect=to_expect(page, stands, dates, page.url("welcome.door_photo")),
        kept_until=expires_on(first_day, stands.words.months_kept),
        months=stands.words.months_kept,
        apply_url=apply_url(page),
    )
