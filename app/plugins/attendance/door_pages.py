"""The pages for when things go wrong at the door: claims by name, a steward by link, the sheet on paper, a tap undone."""

from app.core.access.domain.permission import PUBLIC, STEWARD
from app.plugin_api import Page
from app.plugins.attendance import permissions as may
from app.plugins.attendance.web import arriving, claims, closing, record, room_screen, sheet, steward

_BOTH = ("GET", "POST")
_POST = ("POST",)
_MEETING = "/meetings/<meeting>"

FOR_MEMBERS = (
    Page(
        rule="/arrived/<meeting>/back", view=arriving.arrived_back, permission=may.OWN_SIGN_IN, methods=_POST
    ),
    Page(
        rule="/arrived/<meeting>/neighbour",
        view=claims.neighbour,
        permission=may.OWN_SIGN_IN,
        methods=_BOTH,
    ),
)

FOR_OFFICES = (
    Page(rule=f"{_MEETING}/undo", view=record.undo, permission=may.RECORD_EDIT, methods=_POST),
    Page(rule=f"{_MEETING}/claims", view=record.decide, permission=may.RECORD_EDIT, methods=_POST),
    Page(rule=f"{_MEETING}/sheet", view=sheet.sheet, permission=may.RECORD_EDIT),
    Page(rule=f"{_MEETING}/entry", view=sheet.entry, permission=may.RECORD_EDIT, methods=_BOTH),
    Page(
        rule=f"{_MEETING}/stewards",
        view=steward.ask,
        permission=may.RECORD_EDIT,
        methods=_POST,
        name="ask_steward",
    ),
    Page(
        rule=f"{_MEETING}/stewards/<one_time_pass>",
        view=steward.steward_link,
        permission=may.RECORD_EDIT,
        methods=_BOTH,
    ),
    Page(
        rule=f"{_MEETING}/stewards/<number>/close",
        view=steward.close,
        permission=may.RECORD_EDIT,
        methods=_POST,
        name="close_steward",
    ),
)

FOR_STEWARDS = (
    Page(rule="/steward", view=steward.steward_meeting, permission=STEWARD),
    Page(rule="/steward/members/<member>", view=steward.steward_mark, permission=STEWARD, methods=_BOTH),
    Page(
        rule="/steward/members/<member>/left-early",
        view=steward.steward_left_early,
        permission=STEWARD,
        methods=_POST,
    ),
    Page(rule="/steward/undo", view=steward.steward_undo, permission=STEWARD, methods=_POST),
    Page(rule="/steward/claims", view=steward.steward_decide, permission=STEWARD, methods=_POST),
    Page(rule="/steward/sheet", view=sheet.steward_sheet, permission=STEWARD),
    Page(rule="/steward/entry", view=sheet.steward_entry, permission=STEWARD, methods=_BOTH),
    Page(rule="/steward/submit", view=closing.steward_submit, permission=STEWARD, methods=_BOTH),
    Page(rule="/steward/screen", view=room_screen.steward_screen, permission=STEWARD),
    Page(rule="/steward/screen/state", view=room_screen.steward_screen_state, permission=STEWARD),
    Page(
        rule="/steward/screen/code.svg",
        view=room_screen.screen_code,
        permission=STEWARD,
        name="steward_screen_code",
    ),
)

FOR_ANYBODY = (
    Page(rule="/arriving", view=claims.who, permission=PUBLIC),
    Page(rule="/arriving/name", view=claims.name, permission=PUBLIC),
    Page(rule="/arriving/name", view=claims.claim, permission=PUBLIC, methods=_POST),
    Page(rule="/arriving/in", view=claims.claimed, permission=PUBLIC),
    Page(rule="/arriving/in/back", view=claims.claim_back, permission=PUBLIC, methods=_POST),
    Page(rule="/arriving/in/link", view=claims.claim_link, permission=PUBLIC, methods=_POST),
    Page(rule="/steward/<one_time_pass>", view=steward.take_steward, permission=PUBLIC),
    Page(
        rule="/steward/<one_time_pass>",
        view=steward.become,
        permission=PUBLIC,
        methods=_POST,
        name="become_steward",
    ),
)
