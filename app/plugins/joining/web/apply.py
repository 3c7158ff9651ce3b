"""The public way in: which seats are wanted, and the application. There only where the group opened both."""

from flask import request

from app.core.errors import NotFound, Refused
from app.http.limits import posts_limited_by_network
from app.http.page import Answer, PublicPage
from app.plugins.joining.domain.settings import Settings
from app.plugins.joining.queries.seats import wanted_seats
from app.plugins.joining.queries.settings import settings_of
from app.plugins.joining.services.applying import Apply, apply
from app.plugins.joining.web.forms import ApplyForm
from app.plugins.joining.web.links import links_of, visitor_of
from app.plugins.welcome.interface import KnownVisitor, VisitorsKnown, VisitsOpen

_MOST_OF_A_NETWORK = "30 per hour"


def way_in(page: PublicPage) -> Answer:
    """Show which seats the group looks for, and where to apply."""
    _open(page)
    wanted = wanted_seats(page.work.session, page.group.id)
    return page.render("joining/way_in.html", wanted=wanted)


@posts_limited_by_network(_MOST_OF_A_NETWORK)
def apply_online(page: PublicPage) -> Answer:
    """Show the application and take it. Known and unknown addresses, people and robots get one answer."""
    settings = _open(page)
    token = request.args.get("visitor", "")
    visitor = _visitor(page, token)
    form = ApplyForm(data=_filled_in(visitor))
    if not form.validate_on_submit():
        return _shown(page, form, settings), 422 if form.is_submitted() else 200
    if form.website.data:
        return page.go("joining.applied")
    try:
        apply(
            page.work,
            Apply(
                group=page.group,
                typed=form.typed(),
                links=links_of(page.group),
                visitor_public_id=visitor.public_id if visitor else "",
                inviter=visitor.invited_by_member_id if visitor else None,
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, form, settings), 422
    return page.go("joining.applied")


def applied(page: PublicPage) -> Answer:
    """Say what comes next, without saying to whom."""
    _open(page)
    return page.render("joining/applied.html")


def _open(page: PublicPage) -> Settings:
    """Return what the group has set, or raise the one NotFound where it takes no applications from the public."""
    settings = settings_of(page.work.session, page.group.id)
    visits = page.reader(VisitsOpen)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if not settings.is_open or (visits is not None and not visits.is_open(page.group.id)):
        raise NotFound
    return settings


def _visitor(page: PublicPage, token: str) -> KnownVisitor | None:
    """Return the visitor whose own link led here; a token that this house did not sign tells nothing."""
    public_id = visitor_of(page.group, token)
    known = page.reader(VisitorsKnown)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    return known.visitor(page.group.id, public_id) if public_id and known is not None else None


def _filled_in(visitor: KnownVisitor | None) -> dict[str, str]:
    if visitor is None:
        return {"trade": request.args.get("trade", "")[:120]}
    return {
        "name": visitor.name,
        "firm": visitor.firm,
        "trade": visitor.trade,
        "email": visitor.email,
        "phone": visitor.phone,
    }


def _shown(page: PublicPage, form: ApplyForm, settings: Settings) -> str:
    return page.render("joining/apply.html", form=form, months=settings.keep_months)
