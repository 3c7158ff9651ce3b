"""What comes by mail: each member's own choice, and the hours in which no mail reaches them."""

from flask import flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import TimeField

from app.core.errors import Refused
from app.core.notices.choosing import choices_of, choices_typed, keep_choices
from app.core.notices.hours import ToldBy
from app.http.forms import HouseForm, Needed
from app.http.page import Answer, GroupPage


def _ways() -> list[tuple[str, str]]:
    return [
        (ToldBy.AT_ONCE.value, _("By mail, at once")),
        (ToldBy.DAILY.value, _("By mail, once a day")),
        (ToldBy.PAGE.value, _("On the page only")),
    ]


class ToldWhenForm(HouseForm):
    """How a member is told of what can wait, and when they are left alone."""

    waiting = RadioField(
        _l("What waits for your word"), validators=[Needed()], validate_choice=False, choices=_ways
    )
    news = RadioField(
        _l("News of what you began"), validators=[Needed()], validate_choice=False, choices=_ways
    )
    quiet_from = TimeField(_l("No mail from"), validators=[Needed()])
    quiet_until = TimeField(_l("Mail again from"), validators=[Needed()])


def told_when(page: GroupPage) -> Answer:
    """Let the viewer choose what comes by mail, and when."""
    member_id = page.viewer.member_id
    stands = choices_of(page.work.session, page.group.id, member_id)
    form = ToldWhenForm(
        waiting=stands.waiting.value,
        news=stands.news.value,
        quiet_from=stands.quiet_from,
        quiet_until=stands.quiet_until,
    )
    if not form.validate_on_submit() and not form.is_submitted():
        return page.render("group/told_when.html", form=form)
    try:
        chosen = choices_typed(
            waiting=form.waiting.data or "",
            news=form.news.data or "",
            quiet_from=form.quiet_from.data,
            quiet_until=form.quiet_until.data,
        )
        keep_choices(page.work, group_id=page.group.id, member_id=member_id, choices=chosen)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("group/told_when.html", form=form), 422
    page.work.commit()
    flash(_("Your choice is kept."), "success")
    return page.go("told_when")
