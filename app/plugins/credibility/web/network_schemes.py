"""The network's own scheme, on a page for administrators of the network: for everybody else there is none."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.credibility.domain.network import SETTINGS
from app.plugins.credibility.domain.scheme import STANDARD
from app.plugins.credibility.queries.network import network_schemes
from app.plugins.credibility.services.network_schemes import make_scheme
from app.plugins.credibility.web.scheme_forms import NetworkSchemeForm, filled_with
from app.plugins.credibility.web.scheme_words import NEEDED, WEIGHING
from app.plugins.credibility.web.words import share_of


def network_scheme(page: GroupPage) -> Answer:
    """Show the versions of the network's scheme with a form for another; take it."""
    if not page.signed_in.is_site_admin:
        raise NotFound
    form = NetworkSchemeForm(data=_usual(page))
    if not form.is_submitted():
        return _page(page, form)
    if not form.validate():
        return _page(page, form), 422
    try:
        here = page.url("credibility.network_scheme")
        seen = answered_before(page, form, location=here)
        if seen:
            return redirect(seen, 303)
        made = make_scheme(page.work, form.command(page.today))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _page(page, form), 422
    flash(
        _("Version %(number)s is kept. No group has it before it chooses so.", number=made.number), "success"
    )
    return redirect(here, 303)


def _usual(page: GroupPage) -> dict[str, str]:
    """Return what the form holds at first: the newest version, or what is standard."""
    made = network_schemes(page.work.session)
    today = {"effective_on": page.today.isoformat()}
    if made:
        return {**filled_with(made[-1]), **today}
    return {**{name: share_of(getattr(STANDARD, name)) for name in SETTINGS}, **today}


def _page(page: GroupPage, form: NetworkSchemeForm) -> str:
    return page.render(
        "credibility/network_scheme.html",
        form=form,
        versions=list(reversed(network_schemes(page.work.session))),
        needed=[form[name] for name in NEEDED],
        weighing=[form[name] for name in WEIGHING],
        hints={
            name: _("From %(least)s to %(most)s.", least=share_of(one.least), most=share_of(one.most))
            for name, one in SETTINGS.items()
        },
    )
