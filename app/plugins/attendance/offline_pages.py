"""The pages that open without network: the tablet's, and that of a member's own phone; each with its worker."""

from app.core.access.domain.permission import PUBLIC, TABLET
from app.plugin_api import Page
from app.plugins.attendance.web import offline_phone, tablet_shell

FOR_TABLETS = (Page(rule="/tablet", view=tablet_shell.tablet, permission=TABLET),)

FOR_ANYBODY = (
    Page(rule="/tablet-worker.js", view=tablet_shell.tablet_worker, permission=PUBLIC),
    Page(rule="/tablet.webmanifest", view=tablet_shell.tablet_manifest, permission=PUBLIC),
    Page(rule="/phone-worker.js", view=offline_phone.phone_worker, permission=PUBLIC),
    Page(rule="/scan/worker.js", view=offline_phone.scan_worker, permission=PUBLIC),
    Page(rule="/offline", view=offline_phone.offline, permission=PUBLIC),
)
