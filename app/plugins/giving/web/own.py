"""What one has put in, for oneself alone; and the words that stand about one, or that one wrote."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.local_time import local_day
from app.http.once import tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.giving.domain.words import CONTRIBUTION_WORDS, Contribution
from app.plugins.giving.interface import ReferralsGiven, VisitorsBrought
from app.plugins.giving.queries.given import GivenHere, given_here
from app.plugins.giving.queries.words import words_by_public_id, words_of
from app.plugins.giving.services.words import show_words, withdraw_words
from app.plugins.giving.web.tabs import tabs_of
from app.plugins.giving.web.wording import days_of

_SHOWN_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One contribution as a line: the day, what it was, and where it leads, if anywhere."""

    day: date
    text: str
    url: str


def given(page: GroupPage) -> Answer:
    """Show the viewer what they have put in during the last year, with dates, to nobody else and uncounted."""
    since = page.today - _SHOWN_FOR
    lines = [*_given_here(page, since), *_given_elsewhere(page, since)]
    return page.render(
        "giving/given.html",
        tabs=tabs_of(page, "giving.given"),
        lines=sorted(lines, key=lambda line: line.day, reverse=True),
        since=since,
    )


def words(page: GroupPage) -> Answer:
    """Show what was said about the viewer, hidden or not, and what they wrote about others."""
    viewer = page.viewer.member_id
    found = words_of(page.work.session, page.group.id, viewer)
    return page.render(
        "giving/words.html",
        day_of=days_of(page),
        tabs=tabs_of(page, "giving.words"),
        about=[line for line in found if line.about_id == viewer],
        by=[line for line in found if line.author_id == viewer],
    )


def hide_thanks(page: GroupPage, thanks: str) -> Answer:
    """Hide a thank-you to the viewer."""
    return _turned(page, "thanks", thanks, is_hidden=True)


def show_thanks(page: GroupPage, thanks: str) -> Answer:
    """Show a thank-you to the viewer again."""
    return _turned(page, "thanks", thanks, is_hidden=False)


def withdraw_thanks(page: GroupPage, thanks: str) -> Answer:
    """Take back a thank-you of the viewer."""
    return _taken_back(page, "thanks", thanks)


def hide_testimonial(page: GroupPage, testimonial: str) -> Answer:
    """Hide a testimonial about the viewer."""
    return _turned(page, "testimonial", testimonial, is_hidden=True)


def show_testimonial(page: GroupPage, testimonial: str) -> Answer:
    """Show a testimonial about the viewer again."""
    return _turned(page, "testimonial", testimonial, is_hidden=False)


def withdraw_testimonial(page: GroupPage, testimonial: str) -> Answer:
    """Take back a testimonial that the viewer wrote."""
    return _taken_back(page, "testimonial", testimonial)


def _turned(page: GroupPage, kind: str, public_id: str, *, is_hidden: bool) -> Answer:
    _must_be(page, kind, public_id, is_about_viewer=True)

    def turn() -> None:
        show_words(page.work, page.group, kind, public_id, page.viewer.member_id, is_hidden=is_hidden)

    done = (
        _("Hidden. Nobody else sees it, and nobody is told.")
        if is_hidden
        else _("It stands on your page again.")
    )
    return _pressed(page, turn, done)


def _taken_back(page: GroupPage, kind: str, public_id: str) -> Answer:
    _must_be(page, kind, public_id, is_about_viewer=False)

    def take() -> None:
        withdraw_words(page.work, page.group, kind, public_id, page.viewer.member_id)

    return _pressed(page, take, _("Taken back. What you wrote is gone."))


def _must_be(page: GroupPage, kind: str, public_id: str, *, is_about_viewer: bool) -> None:
    """Answer that nothing is there, unless the words are about the viewer, or else by the viewer."""
    found = words_by_public_id(page.work.session, page.group.id, kind, public_id)
    whose = None if found is None else found.about_id if is_about_viewer else found.author_id
    if whose != page.viewer.member_id:
        raise NotFound


def _pressed(page: GroupPage, act: Callable[[], None], done: str) -> Answer:
    """Do what the button says, once; a second tap is led on alike."""
    back = page.url("giving.words")
    seen = tapped_before(page, location=back)
    if seen:
        return redirect(seen, 303)
    act()
    flash(done, "success")
    return redirect(back, 303)


def _given_here(page: GroupPage, since: date) -> Iterator[Given]:
    begins = datetime.combine(since, time.min, tzinfo=ZoneInfo(page.group.zone))
    for one in given_here(page.work.session, page.group.id, page.viewer.member_id, begins):
        yield Given(day=local_day(one.at_utc, page.group.zone), text=_in_words(one), url=_url(page, one))


def _given_elsewhere(page: GroupPage, since: date) -> Iterator[Given]:
    member, zone = page.viewer.member_id, page.group.zone
    slips = page.reader(ReferralsGiven)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    visitors = page.reader(VisitorsBrought)  # type: ignore[type-abstract]  # as above
    for kind, lines in (
        (Contribution.REFERRAL, slips.given_by(page.group.id, member, since, zone) if slips else ()),
        (Contribution.VISITOR, visitors.brought_by(page.group.id, member, since) if visitors else ()),
    ):
        for one in lines:
            text = _(CONTRIBUTION_WORDS[kind], name=one.name or _("somebody"))
            yield Given(day=one.day, text=text, url="")


def _in_words(one: GivenHere) -> str:
    if one.other_name:
        return str(_("You introduced %(name)s and %(other)s", name=one.name, other=one.other_name))
    return str(_(CONTRIBUTION_WORDS[one.kind], name=one.name))


def _url(page: GroupPage, one: GivenHere) -> str:
    if one.kind is Contribution.REPLY:
        return page.url("giving.ask", ask=one.public_id)
    if one.kind is Contribution.INTRODUCTION:
        return page.url("giving.introduction", introduction=one.public_id)
    return ""
