"""Pages and the job of slips that are kept as they are typed, also on a phone without network."""

from datetime import timedelta

from app.core.access.domain.permission import PUBLIC
from app.plugin_api import Job, Page
from app.plugins.referrals import permissions as may
from app.plugins.referrals.services.drafting import drop_old_drafts
from app.plugins.referrals.web import drafts, offline_slip

_POST = ("POST",)

PAGES = (
    Page(rule="/drafts", view=drafts.keep, permission=may.SLIP_PASS, methods=_POST, name="keep_draft"),
    Page(
        rule="/drafts/<draft>/throw-away",
        view=drafts.throw_draft_away,
        permission=may.SLIP_PASS,
        methods=_POST,
    ),
)
FOR_ANYBODY = (
    Page(rule="/slip/offline", view=offline_slip.offline_slip, permission=PUBLIC),
    Page(rule="/slip/worker.js", view=offline_slip.slip_worker, permission=PUBLIC),
)
OLD_DRAFTS = Job(name="drop-old-drafts", every=timedelta(hours=12), run=drop_old_drafts)
