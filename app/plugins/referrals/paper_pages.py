"""Pages of slips on paper: the sheet to print, and the lines on which a pile of them is typed in."""

from app.plugin_api import Page
from app.plugins.referrals import permissions as may
from app.plugins.referrals.web import paper, paper_entry

PAGES = (
    Page(rule="/paper", view=paper.paper, permission=may.SLIP_PASS),
    Page(rule="/paper.pdf", view=paper.paper_pdf, permission=may.SLIP_PASS),
    Page(
        rule="/paper/type-in",
        view=paper_entry.type_in_pile,
        permission=may.SLIP_TYPE_IN,
        methods=("GET", "POST"),
    ),
)
