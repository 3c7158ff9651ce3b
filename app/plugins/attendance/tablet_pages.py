"""The pages of the tablet: the leader's, the member's, those of the machine that becomes it, and what it sends."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC, STEWARD, TABLET
from app.plugin_api import Job, Page
from app.plugins.attendance import permissions as may
from app.plugins.attendance.services.tablets import forget_guests
from app.plugins.attendance.web import door_own, offline_claims, record, steward, tablet_json, tablets

_BOTH = ("GET", "POST")
_POST = ("POST",)

FOR_MEMBERS = (
    Page(rule="/door", view=door_own.at_the_door, permission=may.OWN_SIGN_IN, methods=_BOTH),
    Page(rule="/door/code", view=door_own.code_anew, permission=may.OWN_SIGN_IN, methods=_POST),
    Page(rule="/door/pin/remove", view=door_own.pin_away, permission=may.OWN_SIGN_IN, methods=_POST),
    Page(
        rule="/offline-claims",
        view=offline_claims.offline_claims,
        permission=may.OWN_SIGN_IN,
        methods=_POST,
    ),
)

FOR_OFFICES = (
    Page(rule="/meetings/<meeting>/taps", view=record.decide_tap, permission=may.RECORD_EDIT, methods=_POST),
    Page(rule="/tablets", view=tablets.tablets, permission=may.TABLETS_EDIT, methods=_BOTH),
    Page(rule="/tablets/asks", view=tablets.door, permission=may.TABLETS_EDIT, methods=_BOTH),
    Page(rule="/tablets/code/<code>", view=tablets.tablet_code, permission=may.TABLETS_EDIT),
    Page(
        rule="/tablets/<tablet>/revoke",
        view=tablets.tablet_revoke,
        permission=may.TABLETS_EDIT,
        methods=_POST,
    ),
)

FOR_STEWARDS = (
    Page(rule="/steward/taps", view=steward.steward_decide_tap, permission=STEWARD, methods=_POST),
)

FOR_TABLETS = (
    Page(rule="/tablet/day", view=tablet_json.tablet_day, permission=TABLET),
    Page(rule="/tablet/contact", view=tablet_json.tablet_contact, permission=TABLET, methods=_POST),
    Page(rule="/tablet/sign-ins", view=tablet_json.tablet_sign_ins, permission=TABLET, methods=_POST),
)

FOR_ANYBODY = (
    Page(rule="/tablet", view=tablets.take_tablet, permission=PUBLIC),
    Page(rule="/tablet", view=tablets.become, permission=PUBLIC, methods=_POST, name="become_tablet"),
)

FORGETTING = Job(name="forget-guests-of-the-tablet", every=timedelta(hours=12), run=forget_guests)
