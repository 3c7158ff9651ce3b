"""An applicant's own page, by the link in their mail: confirm, say yes, take it back, delete everything. No account."""

from flask import flash
from flask_babel import gettext as _

from app.core.access.services.invitations import Inviting
from app.core.errors import NotFound, Refused
from app.core.groups.queries import member_by_key
from app.http.limits import posts_limited_by_network
from app.http.links import code_key, link_address
from app.http.page import Answer, PublicPage
from app.http.sentences import sentence
from app.plugins.joining.domain.application import UNCONFIRMED_FOR, State, may_become
from app.plugins.joining.queries.references import references_of
from app.plugins.joining.services.applying import confirm, own_application, withdraw
from app.plugins.joining.services.leaving import delete_own
from app.plugins.joining.services.taking import take_seat
from app.plugins.joining.web.links import links_of

_RATE = "60 per hour"


def own(page: PublicPage, secret: str) -> Answer:
    """Show where the application stands and what the applicant can do."""
    found = own_application(page.work, page.group, secret)
    is_waiting = found.state is State.UNCONFIRMED
    if is_waiting and page.work.now >= found.asked_at_utc + UNCONFIRMED_FOR:
        raise NotFound
    may_say_yes = (
        found.state is State.APPROVED
        and found.approved_until is not None
        and page.today <= found.approved_until
    )
    member = member_by_key(page.work.session, page.group.id, found.member_id) if found.member_id else None
    return page.render(
        "joining/own.html",
        application=found,
        state=found.state.value,
        secret=secret,
        may_confirm=is_waiting,
        may_say_yes=may_say_yes,
        may_withdraw=may_become(found.state, State.WITHDRAWN),
        referees=references_of(page.work.session, page.group.id, found.id),
        starts_on=max(page.today, found.starts_on) if found.starts_on else None,
        member=member,
    )


@posts_limited_by_network(_RATE)
def own_confirm(page: PublicPage, secret: str) -> Answer:
    """Take the address as proven."""
    try:
        confirm(page.work, page.group, secret, links_of(page.group))
        flash(_("Thank you. Your application is with those who decide."), "success")
    except Refused as refused:
        _say_why_not(page, refused)
    return page.go("joining.own", secret=secret)


@posts_limited_by_network(_RATE)
def own_yes(page: PublicPage, secret: str) -> Answer:
    """Take the seat."""
    inviting = Inviting(group=page.group, by=None, address=link_address(), key=code_key())
    try:
        take_seat(page.work, page.group, secret, links=links_of(page.group), inviting=inviting)
        flash(_("Welcome. A mail with your way in is on its way to you."), "success")
    except Refused as refused:
        _say_why_not(page, refused)
    return page.go("joining.own", secret=secret)


@posts_limited_by_network(_RATE)
def own_withdraw(page: PublicPage, secret: str) -> Answer:
    """Take the application back."""
    try:
        withdraw(page.work, page.group, secret, links_of(page.group))
        flash(_("Your application is taken back. Nobody is asked about you any more."), "success")
    except Refused as refused:
        _say_why_not(page, refused)
    return page.go("joining.own", secret=secret)


@posts_limited_by_network(_RATE)
def own_delete(page: PublicPage, secret: str) -> Answer:
    """Delete everything that is kept about the applicant."""
    delete_own(page.work, page.group, secret, links_of(page.group))
    return page.render("joining/deleted.html")


def _say_why_not(page: PublicPage, refused: Refused) -> None:
    page.work.rollback()
    for refusal in refused.refusals:
        flash(sentence(refusal), "error")
