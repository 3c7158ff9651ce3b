"""Core's own pages: signing in, the group's home, its members, meetings, notices, settings and imports."""

from flask import Blueprint, Flask

from app.plugin_runtime.routing import declare
from app.web.account import ACCOUNT_PAGES
from app.web.calendar_feed import CALENDAR_PAGES
from app.web.founding import FOUNDING_PAGES
from app.web.house import HOUSE_PAGES
from app.web.stop import STOP_PAGES


def mount_core_pages(app: Flask) -> None:
    """Hang the pages outside any group: the front page, health, the account pages, founding a group, calendars, and stopping mails."""
    areas = (
        ("house", "", HOUSE_PAGES),
        ("account", "/account", ACCOUNT_PAGES),
        ("founding", "/found", FOUNDING_PAGES),
        ("calendar", "/calendar", CALENDAR_PAGES),
        ("stop", "/stop", STOP_PAGES),
    )
    for name, prefix, pages in areas:
        blueprint = Blueprint(name, __name__, url_prefix=prefix, template_folder="templates")
        for page in pages:
            blueprint.add_url_rule(
                page.rule, endpoint=page.endpoint, view_func=page.view, methods=list(page.methods)
            )
            declare(app, f"{name}.{page.endpoint}", page.permission)
        app.register_blueprint(blueprint)
