"""The addresses of profiles, each with its view and its permission."""

from collections.abc import Sequence

from app.plugin_api import Page
from app.plugins.profiles import permissions as may
from app.plugins.profiles.web import badges, names, own

_BOTH = ("GET", "POST")
_PRESS = ("POST",)

PAGES: Sequence[Page] = (
    Page(rule="/", view=names.names, permission=may.NAMES_VIEW),
    Page(rule="/photos/<member>", view=names.photo, permission=may.NAMES_VIEW),
    Page(rule="/recordings/<member>", view=names.recording, permission=may.NAMES_VIEW),
    Page(rule="/own", view=own.own, permission=may.OWN_EDIT, methods=_BOTH),
    Page(rule="/own/photo/remove", view=own.remove_photo, permission=may.OWN_EDIT, methods=_PRESS),
    Page(rule="/own/recording/remove", view=own.remove_recording, permission=may.OWN_EDIT, methods=_PRESS),
    Page(rule="/own/badge.pdf", view=badges.own_badge_pdf, permission=may.OWN_EDIT),
    Page(rule="/badges/blank.pdf", view=badges.blank_badges_pdf, permission=may.BADGES_PRINT),
    Page(rule="/badges/members/<member>.pdf", view=badges.member_badge_pdf, permission=may.BADGES_PRINT),
    Page(rule="/meetings/<meeting>/badges", view=badges.badges, permission=may.BADGES_PRINT),
    Page(rule="/meetings/<meeting>/badges.pdf", view=badges.badges_pdf, permission=may.BADGES_PRINT),
)
