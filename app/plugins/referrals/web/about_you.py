"""The link by which a prospect, without an account, sees what is held about them and objects; and where its giver finds it."""

from urllib.parse import quote

from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.http.forms import HouseForm
from app.http.outside import signed_in
from app.http.page import Answer, GroupPage, PublicPage
from app.plugins.referrals.domain.slip import Side
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.queries.rights import held_about
from app.plugins.referrals.queries.settings import settings_of
from app.plugins.referrals.services.forgetting import object_to
from app.plugins.referrals.services.telling import Addresses

_PURPOSE = "referrals about you 1"


def about_you(page: PublicPage, token: str) -> Answer:
    """Show a prospect what a slip holds about them; what merely opens links changes nothing."""
    slip = _read(page.group, token)
    if slip is None:
        return page.render("referrals/about_you_unknown.html"), 404
    return _shown(page, slip, HouseForm())


def objected(page: PublicPage, token: str) -> Answer:
    """Forget the prospect who objects, for good; a second press finds nothing more to forget."""
    slip = _read(page.group, token)
    if slip is None:
        return page.render("referrals/about_you_unknown.html"), 404
    form = HouseForm()
    if not form.validate_on_submit():
        return _shown(page, slip, form), 422
    object_to(page.work, page.group, slip, lambda found: _address(page, found))
    return page.go("referrals.about_you", token=token)


def their_link(page: GroupPage, slip: str) -> Answer:
    """Show the giver the link for the prospect, to be passed on; the house does not send it."""
    view = slip_for(page.work.session, page.group.id, slip, page.viewer.member_id, now=page.work.now)
    if view is None or view.slip.side_of(page.viewer.member_id) is not Side.GIVER:
        raise NotFound
    if view.prospect_id is None or view.prospect_is_forgotten:
        raise NotFound
    link = page.url_in("visit", "referrals.about_you", absolute=True, token=token_of(page.group, slip))
    text = _(
        "I passed your name and contact to %(name)s, as we agreed. What is kept about you, and a button to have it "
        "deleted at any time: %(link)s",
        name=_named_receiver(page, view),
        link=link,
    )
    subject = quote(_("What is kept about you"))
    return page.render(
        "referrals/their_link.html",
        slip=view,
        text=text,
        mail=f"mailto:?subject={subject}&body={quote(text)}",
    )


def _named_receiver(page: GroupPage, view: SlipView) -> str:
    """Return the receiver's name with their group; one who is not of this group stands by all that is known."""
    if view.slip.receiver is None:
        return view.receiver_name
    return str(_("%(name)s of %(group)s", name=view.receiver_name, group=page.group.name))


def token_of(group: Group, slip: str) -> str:
    """Return what stands in the link for the prospect of the slip; good as long as anything is held."""
    return signed_in(group, _PURPOSE).token(slip)


def _read(group: Group, token: str) -> str | None:
    try:
        slip = signed_in(group, _PURPOSE).read(token)
    except ValueError:
        return None
    return slip if isinstance(slip, str) else None


def _shown(page: PublicPage, slip: str, form: HouseForm) -> str:
    held = held_about(page.work.session, page.group.id, slip)
    months = settings_of(page.work.session, page.group.id).prospect_months
    return page.render("referrals/about_you.html", held=held, form=form, months=months)


def _address(page: PublicPage, slip: str) -> Addresses:
    return Addresses(
        path=page.url_in("group", "referrals.slip", slip=slip),
        link=page.url_in("group", "referrals.slip", absolute=True, slip=slip),
    )
