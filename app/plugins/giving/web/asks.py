"""Ways you can help this week, and beside them the ask box; below stand the group's asks and one's own."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.giving.domain.ask import LONGEST_OPEN, USUALLY_OPEN_FOR
from app.plugins.giving.queries.asks import asks_of
from app.plugins.giving.services.asks import OpenAsk, open_ask
from app.plugins.giving.web.forms import AskForm, kind_details
from app.plugins.giving.web.openings import asks_open, openings, viewer_settles_in
from app.plugins.giving.web.tabs import tabs_of
from app.plugins.giving.web.wording import ask_title, state_of_ask


def asks(page: GroupPage) -> Answer:
    """Show what the viewer can do for others this week, and take an ask."""
    form = AskForm()
    form.offer(settling_in=viewer_settles_in(page))
    if not form.is_submitted():
        form.until_on.data = (page.today + USUALLY_OPEN_FOR).isoformat()
        return _filled(page, form)
    if not form.validate():
        return _filled(page, form), 422
    public_id = page.work.ids.public_id()
    try:
        seen = answered_before(page, form, location=page.url("giving.ask", ask=public_id))
        if seen:
            return redirect(seen, 303)
        open_ask(
            page.work,
            OpenAsk(
                group=page.group,
                today=page.today,
                member=page.viewer.member_id,
                facts=form.facts(),
                public_id=public_id,
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form), 422
    flash(_("Your ask stands. Whoever can help finds it here; you hear of each answer."), "success")
    return page.go("giving.ask", ask=public_id)


def _filled(page: GroupPage, form: AskForm) -> str:
    viewer = page.viewer.member_id
    settling_in = viewer_settles_in(page)
    return page.render(
        "giving/asks.html",
        tabs=tabs_of(page, "giving.asks"),
        form=form,
        settling_in=settling_in,
        kind_details=kind_details(settling_in=settling_in),
        latest_day=page.today + LONGEST_OPEN,
        openings=openings(page),
        others=[(one, ask_title(one)) for one in asks_open(page) if one.asker_id != viewer],
        own=[
            (one, state_of_ask(one, is_open=one.is_open_on(page.today)))
            for one in asks_of(page.work.session, page.group.id, viewer)
        ],
    )
