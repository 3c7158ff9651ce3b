"""Pages and the job of what prospects may ask: to see what is held, to object, to be forgotten, and in time."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC
from app.plugin_api import Job, Page
from app.plugins.referrals import permissions as may
from app.plugins.referrals.services.forgetting import forget_due
from app.plugins.referrals.web import about_you, forgetting, settings

FOR_ANYBODY = (
    Page(rule="/about-you/<token>", view=about_you.about_you, permission=PUBLIC),
    Page(rule="/about-you/<token>", view=about_you.objected, permission=PUBLIC, methods=("POST",)),
)
PAGES = (
    Page(rule="/slips/<slip>/their-link", view=about_you.their_link, permission=may.OWN_VIEW),
    Page(
        rule="/slips/<slip>/prospect/forget",
        view=forgetting.forget_prospect,
        permission=may.SLIP_ANSWER,
        methods=("POST",),
    ),
    Page(rule="/settings", view=settings.settings, permission=may.SETTINGS_EDIT, methods=("GET", "POST")),
    Page(rule="/forget", view=forgetting.forget, permission=may.PROSPECT_FORGET, methods=("GET", "POST")),
)
FORGETTING = Job(name="forget-prospects", every=timedelta(hours=12), run=forget_due)
