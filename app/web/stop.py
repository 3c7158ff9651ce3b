"""The page behind the link under a mail: fewer of these mails, or none, without signing in.

Opening it changes nothing, because mail scanners open links; only the press of a button does. The token of the
address is the key, and it opens this one choice of this one member: so no form token is asked for, which the button
of a mail program (RFC 8058) could not send.
"""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core.access.domain.permission import PUBLIC
from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, group_by_slug, member_by_public_id
from app.core.local_time import local_day
from app.core.notices.choosing import choices_of
from app.core.notices.hours import Choices, ToldBy, Topic
from app.core.notices.stopping import Stoppable, choose_by_link
from app.core.work import HOUSE, UnitOfWork
from app.extensions import csrf
from app.http.limits import posts_limited_by_network
from app.http.locales import read_for
from app.http.page import Answer
from app.http.stop_links import read_stop_token
from app.plugin_api import Page
from app.plugin_runtime.runtime import runtime

PRESSES = "60 per 15 minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the link means: whose choice, about which mails, and how it stands."""

    group: Group
    member: MemberLine
    what: Stoppable
    token: str
    is_past: bool
    choices: Choices


@csrf.exempt
@posts_limited_by_network(PRESSES)
def stop(group: str, token: str) -> Answer:
    """Show how the reader is told of such mails, and let one press change it, or change it back."""
    work = runtime().request_work(HOUSE)
    in_group = group_by_slug(work.session, group)
    if in_group is None:
        raise NotFound
    read_for(in_group)
    found = _found(work, in_group, token)
    if found is None:
        return render_template("stop/unknown.html", group=in_group), 404
    if found.is_past:
        return render_template("stop/over.html", group=in_group, signs_in_to=_own_choice(in_group)), 410
    if request.method != "POST":
        return _shown(found, request.args.get("before", ""))
    wanted = _wanted(found)
    if wanted is None:
        return _shown(found), 422
    before = _code(found.choices)
    choose_by_link(work, group_id=in_group.id, member_id=found.member.id, what=found.what, chosen=wanted)
    if _is_one_click():
        return render_template("stop/done.html", group=in_group)  # a mail program follows no redirect
    return redirect(url_for("stop.stop", group=group, token=token, before=before), 303)


def _found(work: UnitOfWork, group: Group, token: str) -> _Found | None:
    told = read_stop_token(group.id, token)
    member = member_by_public_id(work.session, group.id, told.member) if told else None
    if told is None or member is None:
        return None
    has_left = member.ended_on is not None and member.ended_on < local_day(work.now, group.zone)
    return _Found(
        group=group,
        member=member,
        what=told.what,
        token=token,
        is_past=has_left or work.now > told.expires_at,
        choices=choices_of(work.session, group.id, member.id),
    )


def _is_one_click() -> bool:
    return request.form.get("List-Unsubscribe") == "One-Click"


def _wanted(found: _Found) -> Choices | None:
    """Return the choices that were pressed for, or None where nothing that is known was."""
    if _is_one_click():
        return found.choices.told(found.what.topics, ToldBy.PAGE)
    pressed = request.form.get("how", "")
    if pressed in set(ToldBy):
        return found.choices.told(found.what.topics, ToldBy(pressed))
    return _choices(found.choices, pressed)


def _code(choices: Choices) -> str:
    """Return how the two topics stand, as it is carried to the button that changes it back."""
    return f"{choices.waiting.value}.{choices.news.value}"


def _choices(stands: Choices, code: str) -> Choices | None:
    waiting, _dot, news = code.partition(".")
    if not {waiting, news} <= {how.value for how in ToldBy}:
        return None
    return stands.told({Topic.WAITING}, ToldBy(waiting)).told({Topic.NEWS}, ToldBy(news))


def _shown(found: _Found, before: str = "") -> str:
    earlier = _choices(found.choices, before)
    now = {found.choices.of(topic) for topic in found.what.topics}
    offers = [
        (how.value, words)
        for how, words in (
            (ToldBy.PAGE, _("No more of these mails")),
            (ToldBy.DAILY, _("One mail a day instead")),
            (ToldBy.AT_ONCE, _("By mail, at once")),
        )
        if now != {how}
    ]
    return render_template(
        "stop/stop.html",
        group=found.group,
        about=_about(found.what),
        lines=[
            (_words(topic), _told(found.choices.of(topic))) for topic in Topic if topic in found.what.topics
        ],
        offers=offers,
        before=before if earlier is not None and _differs(earlier, found) else "",
        own_choice=_own_choice(found.group),
    )


def _differs(earlier: Choices, found: _Found) -> bool:
    return any(earlier.of(topic) is not found.choices.of(topic) for topic in found.what.topics)


def _about(what: Stoppable) -> str:
    words: dict[Stoppable, str] = {
        Stoppable.WAITING: _("The mails about what waits for your word"),
        Stoppable.NEWS: _("The mails with news of what you began"),
        Stoppable.DIGEST: _("The mail once a day"),
    }
    return words[what]


def _words(topic: Topic) -> str:
    words: dict[Topic, str] = {
        Topic.WAITING: _("What waits for your word"),
        Topic.NEWS: _("News of what you began"),
    }
    return words[topic]


def _told(how: ToldBy) -> str:
    words: dict[ToldBy, str] = {
        ToldBy.AT_ONCE: _("by mail, at once"),
        ToldBy.DAILY: _("by mail, once a day"),
        ToldBy.PAGE: _("on the page only"),
    }
    return words[how]


def _own_choice(group: Group) -> str:
    return url_for("group.told_when", group=group.slug)


STOP_PAGES = (Page(rule="/<group>/<token>", view=stop, permission=PUBLIC, methods=("GET", "POST")),)
