"""The pages of attendance side by side, for those who may open them."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugins.attendance import permissions as may


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One page among those of attendance."""

    title: str
    url: str
    is_current: bool


def tabs_of(page: GroupPage, here: str) -> list[Tab]:
    """Return the tabs for this viewer; `here` is the endpoint of the page they stand on."""
    offered = [
        (_("Grid"), "attendance.overview", may.GRID_VIEW),
        (_("Month by month"), "attendance.months", may.GRID_VIEW),
        (_("Your attendance"), "attendance.mine", may.OWN_VIEW),
        (_("Where you stand"), "attendance.standing", may.OWN_VIEW),
        (_("Where members stand"), "attendance.standings", may.STANDINGS_VIEW),
        (_("Excuses and leave"), "attendance.away", may.OWN_ASK),
        (_("Care"), "attendance.cares", may.CARE_LEAD),
        (_("At the door"), "attendance.at_the_door", may.OWN_SIGN_IN),
        (_("PALMS"), "attendance.palms", may.PALMS_VIEW),
        (_("To type elsewhere"), "attendance.palms_to_type", may.PALMS_VIEW),
        (_("Rules"), "attendance.rules", may.OWN_VIEW),
        (_("Tablets"), "attendance.tablets", may.TABLETS_EDIT),
    ]
    return [
        Tab(title=title, url=page.url(endpoint), is_current=endpoint == here)
        for title, endpoint, permission in offered
        if page.may(permission)
    ]
