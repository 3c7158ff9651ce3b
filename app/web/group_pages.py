"""Core's own pages inside a group, and its entries of the navigation."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core.access import permissions as may
from app.http.navigation import NavItem
from app.http.page import GroupPage
from app.plugin_api import Page
from app.web import (
    calendar_feed,
    first_steps,
    handover,
    home,
    imports,
    imports_names,
    imports_undo,
    invite,
    mail_words,
    meeting_changes,
    meeting_plans,
    meetings,
    members,
    notices,
    office_offers,
    office_words,
    offices,
    settings,
    told_when,
)
from app.web.roster_import import RosterImporter

_BOTH = ("GET", "POST")

CORE_IMPORTERS = (RosterImporter(),)

CORE_GROUP_PAGES = (
    Page(rule="/", view=home.home, permission=may.HOME_VIEW),
    Page(rule="/panels/<plugin>/<key>", view=home.panel, permission=may.HOME_VIEW),
    Page(rule="/members", view=members.members, permission=may.MEMBERS_VIEW),
    Page(rule="/members/add", view=members.add_member, permission=may.MEMBERS_EDIT, methods=("GET", "POST")),
    Page(rule="/members/invite", view=invite.invitations, permission=may.MEMBERS_EDIT),
    Page(rule="/members/invite/read", view=invite.read_list, permission=may.MEMBERS_EDIT, methods=("POST",)),
    Page(rule="/members/invite/send", view=invite.send_list, permission=may.MEMBERS_EDIT, methods=("POST",)),
    Page(
        rule="/members/invite/again",
        view=invite.invite_again,
        permission=may.MEMBERS_EDIT,
        methods=("POST",),
    ),
    Page(rule="/members/<member>", view=members.member, permission=may.MEMBERS_VIEW),
    Page(
        rule="/members/<member>/edit",
        view=members.edit_member,
        permission=may.MEMBERS_EDIT,
        methods=("GET", "POST"),
    ),
    Page(
        rule="/members/<member>/address",
        view=invite.correct_and_invite,
        permission=may.MEMBERS_EDIT,
        methods=("GET", "POST"),
    ),
    Page(
        rule="/members/<member>/invite",
        view=invite.invite_member,
        permission=may.MEMBERS_EDIT,
        methods=("POST",),
    ),
    Page(
        rule="/members/<member>/end",
        view=members.end_member,
        permission=may.MEMBERS_EDIT,
        methods=("GET", "POST"),
    ),
    Page(rule="/offices", view=offices.offices, permission=may.OFFICES_EDIT, methods=("GET", "POST")),
    Page(
        rule="/offices/<member>/<office>/end",
        view=offices.end_office,
        permission=may.OFFICES_EDIT,
        methods=("POST",),
    ),
    Page(
        rule="/offices/<member>/<office>/hand-over",
        view=handover.hand_over_office,
        permission=may.OFFICES_EDIT,
        methods=("GET", "POST"),
    ),
    Page(
        rule="/offices/<member>/<office>/from/<first_day>",
        view=offices.term_days,
        permission=may.OFFICES_EDIT,
        methods=("GET", "POST"),
    ),
    Page(
        rule="/offices/offers/new",
        view=office_offers.new_offer,
        permission=may.OFFICES_EDIT,
        methods=_BOTH,
    ),
    Page(rule="/offices/offers/<offer>", view=office_offers.offer, permission=may.OFFERS_ANSWER),
    Page(
        rule="/offices/offers/<offer>/answer",
        view=office_offers.answer_offer,
        permission=may.OFFERS_ANSWER,
        methods=("POST",),
    ),
    Page(
        rule="/offices/offers/<offer>/withdraw",
        view=office_offers.withdraw_offer,
        permission=may.OFFICES_EDIT,
        methods=("POST",),
    ),
    Page(rule="/offices/<office>/handover", view=handover.handover, permission=may.HANDOVER_VIEW),
    Page(
        rule="/offices/<office>/handover/files/<name>.csv",
        view=handover.handover_file,
        permission=may.HANDOVER_VIEW,
    ),
    Page(
        rule="/offices/<office>/handover/pack.zip",
        view=handover.handover_pack,
        permission=may.HANDOVER_VIEW,
    ),
    Page(
        rule="/offices/<office>/handover/words",
        view=office_words.add_word,
        permission=may.HANDOVER_VIEW,
        methods=_BOTH,
    ),
    Page(
        rule="/offices/<office>/handover/words/<word>",
        view=office_words.edit_word,
        permission=may.HANDOVER_VIEW,
        methods=_BOTH,
    ),
    Page(
        rule="/offices/<office>/handover/words/<word>/remove",
        view=office_words.remove_word,
        permission=may.HANDOVER_VIEW,
        methods=("POST",),
    ),
    Page(rule="/first-steps", view=first_steps.first_steps, permission=may.SETTINGS_EDIT),
    Page(
        rule="/first-steps/<step>",
        view=first_steps.set_aside,
        permission=may.SETTINGS_EDIT,
        methods=("POST",),
    ),
    Page(rule="/meetings", view=meetings.meetings, permission=may.MEETINGS_VIEW),
    Page(rule="/meetings/<meeting>", view=meetings.meeting, permission=may.MEETINGS_VIEW),
    Page(rule="/meetings/calendar", view=calendar_feed.calendar, permission=may.MEETINGS_VIEW, methods=_BOTH),
    Page(rule="/meetings/add", view=meeting_plans.add_extra, permission=may.MEETINGS_EDIT, methods=_BOTH),
    Page(
        rule="/meetings/schedule",
        view=meeting_plans.schedule,
        permission=may.MEETINGS_EDIT,
        methods=_BOTH,
    ),
    *(
        Page(rule=f"/meetings/<meeting>/{name}", view=view, permission=may.MEETINGS_EDIT, methods=_BOTH)
        for name, view in (
            ("move", meeting_changes.move),
            ("off", meeting_changes.call_off),
            ("back", meeting_changes.bring_back),
            ("place", meeting_changes.place),
            ("topic", meeting_changes.topic),
        )
    ),
    Page(rule="/notices", view=notices.notices, permission=may.NOTICES_VIEW),
    Page(rule="/notices/mail", view=told_when.told_when, permission=may.NOTICES_VIEW, methods=_BOTH),
    Page(rule="/notices/read", view=notices.read_all, permission=may.NOTICES_VIEW, methods=("POST",)),
    Page(rule="/settings", view=settings.settings, permission=may.SETTINGS_EDIT, methods=("GET", "POST")),
    Page(rule="/settings/<plugin>", view=settings.switch, permission=may.SETTINGS_EDIT, methods=("POST",)),
    Page(rule="/mails", view=mail_words.mails, permission=may.SETTINGS_EDIT),
    Page(rule="/mails/<wording>", view=mail_words.mail_words, permission=may.SETTINGS_EDIT, methods=_BOTH),
    Page(
        rule="/mails/<wording>/usual",
        view=mail_words.usual_words,
        permission=may.SETTINGS_EDIT,
        methods=("POST",),
    ),
    Page(rule="/import", view=imports.upload, permission=may.IMPORT_RUN, methods=("GET", "POST")),
    Page(rule="/import/names", view=imports_names.names, permission=may.IMPORT_RUN),
    Page(
        rule="/import/names/remove",
        view=imports_names.remove_name,
        permission=may.IMPORT_RUN,
        methods=("POST",),
    ),
    Page(rule="/import/<batch>", view=imports.preview, permission=may.IMPORT_RUN),
    Page(rule="/import/<batch>/progress", view=imports.progress, permission=may.IMPORT_RUN),
    Page(rule="/import/<batch>/answers", view=imports.answer, permission=may.IMPORT_RUN, methods=("POST",)),
    Page(rule="/import/<batch>/apply", view=imports.apply, permission=may.IMPORT_RUN, methods=("POST",)),
    Page(rule="/import/<batch>/hold", view=imports.hold, permission=may.IMPORT_RUN, methods=("POST",)),
    Page(rule="/import/<batch>/forget", view=imports.forget, permission=may.IMPORT_RUN, methods=("POST",)),
    Page(
        rule="/import/<batch>/undo",
        view=imports_undo.undo,
        permission=may.IMPORT_RUN,
        methods=("GET", "POST"),
    ),
)


def core_nav(page: GroupPage) -> Sequence[NavItem]:
    """Return core's entries of the group's navigation, for those who may open them."""
    entries = [
        (_("Home"), "home", may.HOME_VIEW, 0),
        (_("Members"), "members", may.MEMBERS_VIEW, 30),
        (_("Meetings"), "meetings", may.MEETINGS_VIEW, 40),
        (_("Offices"), "offices", may.OFFICES_EDIT, 80),
        (_("Import"), "upload", may.IMPORT_RUN, 85),
        (_("Settings"), "settings", may.SETTINGS_EDIT, 90),
    ]
    return [
        NavItem(title=title, url=page.url(endpoint), order=order, permission=permission)
        for title, endpoint, permission, order in entries
    ]
