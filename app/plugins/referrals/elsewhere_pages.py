"""The page on which a member of another group is found."""

from app.plugin_api import Page
from app.plugins.referrals import permissions as may
from app.plugins.referrals.web import elsewhere

PAGES = (Page(rule="/elsewhere", view=elsewhere.elsewhere, permission=may.SLIP_PASS),)
