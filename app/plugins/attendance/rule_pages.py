"""The pages about the rules: the button of the agenda, the rules themselves, trying them, and where members stand."""

from app.core.access.domain.permission import STEWARD
from app.plugin_api import Page
from app.plugins.attendance import permissions as may
from app.plugins.attendance.web import presentations, rules, standing

_BOTH = ("GET", "POST")
_POST = ("POST",)
_MEETING = "/meetings/<meeting>"

FOR_MEMBERS = (
    Page(rule="/standing", view=standing.standing, permission=may.OWN_VIEW),
    Page(rule="/rules", view=rules.rules, permission=may.OWN_VIEW),
)

FOR_OFFICES = (
    Page(rule="/standings", view=standing.standings, permission=may.STANDINGS_VIEW),
    Page(rule="/members/<member>/standing", view=standing.standing_of, permission=may.STANDINGS_VIEW),
    Page(rule="/rules/presets", view=rules.presets, permission=may.RULES_EDIT),
    Page(rule="/rules/presets/<preset>", view=rules.try_preset, permission=may.RULES_EDIT),
    Page(rule="/rules/edit", view=rules.edit, permission=may.RULES_EDIT, methods=_BOTH),
    Page(rule="/rules/switch-on", view=rules.switch_on, permission=may.RULES_EDIT, methods=_POST),
    Page(
        rule=f"{_MEETING}/presentations",
        view=presentations.presentations_begun,
        permission=may.RECORD_EDIT,
        methods=_POST,
    ),
    Page(
        rule=f"{_MEETING}/presentations/back",
        view=presentations.presentations_back,
        permission=may.RECORD_EDIT,
        methods=_POST,
    ),
)

FOR_STEWARDS = (
    Page(
        rule="/steward/presentations",
        view=presentations.steward_presentations_begun,
        permission=STEWARD,
        methods=_POST,
    ),
    Page(
        rule="/steward/presentations/back",
        view=presentations.steward_presentations_back,
        permission=STEWARD,
        methods=_POST,
    ),
)
