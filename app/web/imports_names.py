"""Names that files write differently: a list of what was settled by hand, and how to take it back."""

from flask import flash, request
from flask_babel import gettext as _

from app.core.intake.queries import alias_lines
from app.core.intake.services import forget_name
from app.http.page import Answer, GroupPage


def names(page: GroupPage) -> Answer:
    """Show every written name with whom it means."""
    return page.render("group/import_names.html", names=alias_lines(page.work.session, page.group.id))


def remove_name(page: GroupPage) -> Answer:
    """Forget whom a written name means; the next file asks again."""
    if forget_name(page.work, page.group.id, request.form.get("name", "")):
        flash(_("The name was removed. The next file with it asks again."), "success")
    page.work.commit()
    return page.go("names")
