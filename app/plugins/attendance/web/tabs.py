"""The pages of attendance side by side: a member's own, and for the offices the group's, with a way from one to the other."""

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
    own, group = _own(), [tab for tab in _group() if page.may(tab[2])]
    rules = (_("Rules"), "attendance.rules", may.OWN_VIEW)
    if not group:
        offered = [*own, rules]
    elif any(endpoint == here for _title, endpoint, _permission in own):
        offered = [*own, rules, (_("The whole group"), group[0][1], group[0][2])]
    else:
        offered = [*group, rules, (_("Your own"), "attendance.mine", may.OWN_VIEW)]
    return [
        Tab(title=title, url=page.url(endpoint), is_current=endpoint == here)
        for title, endpoint, permission in offered
        if page.may(permission)
    ]


def _own() -> list[tuple[str, str, str]]:
    """Return what concerns the viewer alone: title, endpoint, permission."""
    return [
        (_("Your attendance"), "attendance.mine", may.OWN_VIEW),
        (_("Where you stand"), "attendance.standing", may.OWN_VIEW),
        (_("Excuses and leave"), "attendance.away", may.OWN_ASK),
        (_("At the door"), "attendance.at_the_door", may.OWN_SIGN_IN),
    ]


def _group() -> list[tuple[str, str, str]]:
    """Return what concerns the whole group."""
    return [
        (_("Grid"), "attendance.overview", may.GRID_VIEW),
        (_("Month by month"), "attendance.months", may.GRID_VIEW),
        (_("PALMS"), "attendance.palms", may.PALMS_VIEW),
        (_("To type elsewhere"), "attendance.palms_to_type", may.PALMS_VIEW),
        (_("Where members stand"), "attendance.standings", may.STANDINGS_VIEW),
        (_("Excuses and leave"), "attendance.deciding", may.ASKED_DECIDE),
        (_("Care"), "attendance.cares", may.CARE_LEAD),
        (_("Tablets"), "attendance.tablets", may.TABLETS_EDIT),
    ]
