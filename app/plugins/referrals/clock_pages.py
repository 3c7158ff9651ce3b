"""Pages and jobs of a slip that waits: the taps of a mail, the giver's answer about the office's help, the office's page."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC
from app.plugin_api import Job, Page
from app.plugins.referrals import permissions as may
from app.plugins.referrals.services.handing_back import hand_back_from_former
from app.plugins.referrals.web import office_help, tapped

_POST = ("POST",)

FOR_ANYBODY = (
    Page(rule="/tap/<token>", view=tapped.tap, permission=PUBLIC),
    Page(rule="/tap/<token>", view=tapped.press, permission=PUBLIC, methods=_POST),
)
PAGES = (
    Page(
        rule="/slips/<slip>/help",
        view=office_help.answer_about_help,
        permission=may.SLIP_ANSWER,
        methods=_POST,
    ),
    Page(rule="/help", view=office_help.help_page, permission=may.HELP_GIVE),
    Page(rule="/help/<slip>/spoken", view=office_help.help_given, permission=may.HELP_GIVE, methods=_POST),
)
CLOCK = Job(name="clock", every=timedelta(minutes=10), run=tapped.run_clock)
HANDING_BACK = Job(name="hand-back", every=timedelta(hours=1), run=hand_back_from_former)
