"""Where the giver says whether the office shall help, and where the office sees for whom it shall."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import NotFound
from app.core.local_time import local_day
from app.http.page import Answer, GroupPage
from app.plugin_api import Task
from app.plugins.referrals.queries.clock import HelpLine, help_wanted
from app.plugins.referrals.services.office_help import AnswerHelp, SayHelped, answer_help, say_helped
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.forms import HelpForm

_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHelp:
    """One slip as the office's page shows it; `waits` is how long, in words."""

    line: HelpLine
    waits: str


def answer_about_help(page: GroupPage, slip: str) -> Answer:
    """Keep what the giver says of the office's help."""
    form = HelpForm()
    wanted = _ANSWERS.get(form.wants.data or "")
    if wanted is None or not form.validate_on_submit():
        raise NotFound
    answer_help(
        page.work,
        AnswerHelp(
            group=page.group,
            slip=slip,
            giver=page.viewer.member_id,
            giver_name=page.viewer.name,
            wants_help=wanted,
            slip_path=page.url("referrals.slip", slip=slip),
            office_path=page.url("referrals.help_page"),
        ),
    )
    flash(_("The office has been told.") if wanted else _("Noted: the office is not asked."), "success")
    return page.go("referrals.slip", slip=slip)


def help_page(page: GroupPage) -> Answer:
    """Show an office for which slips their givers want help: two names and how long it waits."""
    lines = help_wanted(page.work.session, page.group.id, page.viewer.member_id)
    shown = [ShownHelp(line=line, waits=_waits(page, line)) for line in lines]
    return page.render("referrals/help.html", lines=shown)


def help_given(page: GroupPage, slip: str) -> Answer:
    """Note that the viewer has spoken with the receiver, and tell the giver."""
    is_first = say_helped(
        page.work,
        SayHelped(
            group=page.group,
            slip=slip,
            helper=page.viewer.member_id,
            helper_name=page.viewer.name,
            addresses=addresses.of_slip(page, slip),
        ),
    )
    told = _("Saved. The giver has been told.")
    flash(told if is_first else _("Somebody of the office has spoken with them already."), "success")
    return page.go("referrals.help_page")


def office_tasks(page: GroupPage, count: int) -> Sequence[Task]:
    """Return what waits for an office: so many slips for which a giver wants help and nobody has spoken yet."""
    if not count:
        return []
    text = ngettext(
        "A giver asks the office to help with a slip.",
        "Givers ask the office to help with %(num)d slips.",
        count,
    )
    return [Task(text=text, url=page.url("referrals.help_page"), order=26)]


def _waits(page: GroupPage, line: HelpLine) -> str:
    days = (page.today - local_day(line.waits_since, page.group.zone)).days
    words: str = ngettext("no news for %(num)d day", "no news for %(num)d days", days)
    return words
