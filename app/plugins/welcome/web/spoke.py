"""“We spoke” on a member's own page, whether visitors may be told of them, and the newcomer's people to meet."""

from datetime import timedelta

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.groups.queries import member_by_public_id
from app.core.ids import MemberId
from app.http.page import Answer, GroupPage
from app.plugins.welcome.domain.spoken import ASKED_FOR, KEPT_FOR_AFTER, Shared, reach_shown
from app.plugins.welcome.queries.guests import shown_to_visitors
from app.plugins.welcome.queries.spoken import VisitorMet, visitors_met
from app.plugins.welcome.services.spoken import (
    choose_to_be_shown,
    member_says_spoke,
    member_takes_back,
    newcomer_puts_aside,
)
from app.plugins.welcome.web.asked import recent_newcomers
from app.plugins.welcome.web.greeting_forms import ShownForm, SpokeForm
from app.plugins.welcome.web.known import viewer_line
from app.plugins.welcome.web.tabs import tabs_of


def spoke(page: GroupPage) -> Answer:
    """Show the visitors of the last weeks: with whom the viewer spoke, and how to reach those who said so too."""
    met = visitors_met(page.work.session, page.group.id, page.viewer.member_id, page.today - KEPT_FOR_AFTER)
    shown = page.viewer.member_id in shown_to_visitors(page.work.session, page.group.id)
    me = viewer_line(page)
    return page.render(
        "welcome/spoke.html",
        visitors=[
            (one, reach_of(one), _may_say(page, one))
            for one in met
            if (one.has_own_page and _may_say(page, one)) or _is_said(one)
        ],
        without_page=sum(_may_say(page, one) and not one.has_own_page and not _is_said(one) for one in met),
        form=SpokeForm(
            formdata=None,
            data={
                "shares_email": me.shows_contact and bool(me.email),
                "shares_phone": me.shows_contact and bool(me.phone),
            },
        ),
        me=me,
        shown_form=ShownForm(formdata=None, data={"is_shown": shown}),
        tabs=tabs_of(page, "welcome.own_greetings"),
    )


def we_spoke(page: GroupPage, visitor: str) -> Answer:
    """Keep the viewer's word that they spoke with the visitor."""
    form = SpokeForm()
    if not form.validate_on_submit():
        return page.go("welcome.spoke")
    shares = Shared(email=form.shares_email.data, phone=form.shares_phone.data)
    found = member_says_spoke(page.work, page.group, page.viewer.member_id, visitor, shares)
    flash(
        _("Noted. You both say so: how to reach %(name)s stands below.", name=found.name)
        if found.spoken.visitor_said_at_utc
        else _("Noted. Once %(name)s says so too, you see how to reach each other.", name=found.name),
        "success",
    )
    return page.go("welcome.spoke")


def take_spoke_back(page: GroupPage, visitor: str) -> Answer:
    """Take the viewer's word back."""
    found = member_takes_back(page.work, page.group, page.viewer.member_id, visitor)
    flash(
        _("Taken back. You and %(name)s do not see any more how to reach each other.", name=found.name),
        "success",
    )
    return page.go("welcome.spoke")


def be_shown(page: GroupPage) -> Answer:
    """Keep whether visitors may be told of the viewer."""
    form = ShownForm()
    if not form.validate_on_submit():
        return page.go("welcome.spoke")
    choose_to_be_shown(page.work, page.group, page.viewer.member_id, is_shown=form.is_shown.data)
    flash(_("Saved."), "success")
    return page.go("welcome.spoke")


def put_person_aside(page: GroupPage, member: str) -> Answer:
    """Name somebody else to the newcomer who is looking."""
    if all(one.member_id != page.viewer.member_id for one in recent_newcomers(page)):
        raise NotFound
    found = member_by_public_id(page.work.session, page.group.id, member)
    if found is None:
        raise NotFound
    newcomer_puts_aside(page.work, page.group, page.viewer.member_id, MemberId(found.id))
    return page.go("home")


def reach_of(one: VisitorMet) -> list[str]:
    """Return how the visitor can be reached, once both have said that they spoke."""
    return reach_shown(one.spoken, one.email, one.phone, one.spoken.visitor_shares)


def asked_by_visitors(page: GroupPage) -> list[VisitorMet]:
    """Return the visitors who say that they spoke with the viewer, who has not said so; one statement a page."""

    def ask() -> list[VisitorMet]:
        since = page.today - ASKED_FOR
        met = visitors_met(page.work.session, page.group.id, page.viewer.member_id, since)
        return [
            one
            for one in met
            if one.spoken.visitor_said_at_utc is not None and one.spoken.member_said_at_utc is None
        ]

    return page.asked_once("welcome.asked_by_visitors", ask)


def _may_say(page: GroupPage, one: VisitorMet) -> bool:
    return one.came_on <= page.today <= one.came_on + timedelta(days=ASKED_FOR.days)


def _is_said(one: VisitorMet) -> bool:
    return one.spoken.visitor_said_at_utc is not None or one.spoken.member_said_at_utc is not None
