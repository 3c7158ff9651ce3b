"""Pages and jobs of what is said in confidence: sealed reports, the look back after an import, the quality check."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC
from app.plugin_api import Job, Page
from app.plugins.referrals import permissions as may
from app.plugins.referrals.services.checking import draw_check
from app.plugins.referrals.web import quality, report_links, reports, tapped_reports

_BOTH = ("GET", "POST")

PAGES = (
    Page(rule="/reports", view=reports.reports, permission=may.REPORT_GIVE),
    Page(rule="/reports/last-26-weeks", view=reports.looking_back, permission=may.REPORT_GIVE, methods=_BOTH),
    Page(rule="/slips/<slip>/report", view=reports.report, permission=may.REPORT_GIVE, methods=("POST",)),
    Page(rule="/quality", view=quality.shares, permission=may.QUALITY_VIEW),
    Page(rule="/quality/<slip>", view=quality.check, permission=may.REPORT_GIVE, methods=_BOTH),
)
FOR_ANYBODY = (
    Page(rule="/report/<token>", view=tapped_reports.report_from_mail, permission=PUBLIC),
    Page(
        rule="/report/<token>",
        view=tapped_reports.give_report_from_mail,
        permission=PUBLIC,
        methods=("POST",),
    ),
)
JOBS = (
    Job(name="ask-for-reports", every=timedelta(minutes=30), run=report_links.ask_for_reports),
    Job(name="draw-quality-check", every=timedelta(hours=6), run=draw_check),
)
