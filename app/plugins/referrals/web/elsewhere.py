"""Looking for a member of another group: found by name, trade, firm or group, a few at a time, never leafed through."""

from collections.abc import Sequence

from flask import request

from app.core.exchange.domain.finding import is_meant, may_be_looked_for
from app.core.exchange.queries import MemberElsewhere, member_elsewhere, members_elsewhere
from app.http.forms import LONGEST_LINE, tidied
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.elsewhere import named_elsewhere, naming_elsewhere
from app.plugins.referrals.queries.elsewhere import PLUGIN

MOST = 20
"""So many are shown at once; who looks for somebody can say more."""


def elsewhere(page: GroupPage) -> Answer:
    """Show the field and, for `?q=`, who is meant; nobody before two letters are typed."""
    typed = tidied(request.args.get("q", ""))[:LONGEST_LINE]
    found = _meant(page, typed) if may_be_looked_for(typed) else []
    return page.render(
        "referrals/elsewhere.html",
        typed=typed,
        is_open=page.group.is_found_by_others,
        is_too_short=bool(typed) and not may_be_looked_for(typed),
        found=[(one, _pass_url(page, one)) for one in found[:MOST]],
        has_more=len(found) > MOST,
    )


def chosen_elsewhere(page: GroupPage, receiver: str) -> MemberElsewhere | None:
    """Return the member of another group whom the field of the receiver names, if they can be found from here.

    A colleague is found in the list of the group.
    """
    named = named_elsewhere(receiver)
    if named is None:
        return None
    found = member_elsewhere(page.work.session, page.group.id, page.work.now, PLUGIN, named=named)
    return None if found is None or found.is_here else found


def _meant(page: GroupPage, typed: str) -> Sequence[MemberElsewhere]:
    everybody = members_elsewhere(page.work.session, page.group.id, page.work.now, PLUGIN)
    return [one for one in everybody if is_meant(typed, one.name, one.trade, one.firm, one.group.name)]


def _pass_url(page: GroupPage, one: MemberElsewhere) -> str:
    return page.url("referrals.pass_on", to=naming_elsewhere(one.group.slug, one.public_id))
