"""One's own profile: written on one screen, with a photo and a recording; each taken away in one tap."""

from flask import Response, flash, make_response, redirect
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.profiles.domain.own_words import suggested
from app.plugins.profiles.domain.sound import MOST_BYTES, MOST_SECONDS
from app.plugins.profiles.queries.profiles import ProfileLine, interests_of_others, profile_of
from app.plugins.profiles.services.own_profile import KeepProfile, keep_profile_of, remove_own
from app.plugins.profiles.web.forms import ProfileForm, form_over

_MICROPHONE_HERE = "camera=(), microphone=(self), geolocation=()"
"""Everywhere else the house asks browsers to keep the microphone shut."""


def own(page: GroupPage) -> Answer:
    """Show the viewer's profile and keep what they tell."""
    line = profile_of(page.work.session, page.group.id, page.viewer.member_id)
    form = form_over(line.words, line.version)
    if not form.is_submitted():
        return _filled(page, form, line)
    if not form.validate():
        return _filled(page, form, line, status=422)
    back = page.url("profiles.own")
    try:
        seen = answered_before(page, form, location=back)
        if seen:
            return redirect(seen, 303)
        keep_profile_of(page.work, _command(page, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        if any(one.code == "profiles.changed_meanwhile" for one in refused.refusals):
            line = profile_of(page.work.session, page.group.id, page.viewer.member_id)
            form.version.data = str(line.version)
        return _filled(page, form, line, status=422)
    flash(_("Kept. This is how the group reads it."), "success")
    return page.go("member", member=page.viewer.member_public_id)


def remove_photo(page: GroupPage) -> Answer:
    """Take the viewer's photo away."""
    return _removed(page, "photo", _("Your photo is gone."))


def remove_recording(page: GroupPage) -> Answer:
    """Take the viewer's recording away."""
    return _removed(page, "recording", _("Your recording is gone."))


def _removed(page: GroupPage, part: str, done: str) -> Answer:
    back = page.url("profiles.own")
    seen = tapped_before(page, location=back)
    if seen:
        return redirect(seen, 303)
    remove_own(page.work, page.group, page.viewer.member_id, part)
    flash(done, "success")
    return redirect(back, 303)


def _command(page: GroupPage, form: ProfileForm) -> KeepProfile:
    known = [one for interests in _liked_by_others(page) for one in interests]
    return KeepProfile(
        group=page.group,
        member=page.viewer.member_id,
        words=form.words(known),
        seen_version=form.seen_version,
        photo=form.photo_bytes,
        sound=form.sound_bytes,
    )


def _liked_by_others(page: GroupPage) -> list[tuple[str, ...]]:
    return interests_of_others(page.work.session, page.group.id, page.viewer.member_id, page.today)


def _filled(page: GroupPage, form: ProfileForm, line: ProfileLine, *, status: int = 200) -> Response:
    form.offer(suggested(_liked_by_others(page), line.words.interests))
    answer = make_response(
        page.render(
            "profiles/own.html",
            form=form,
            line=line,
            me=page.viewer.member_public_id,
            most_seconds=MOST_SECONDS,
            most_kilobytes=MOST_BYTES // 1000,
        ),
        status,
    )
    answer.headers["Permissions-Policy"] = _MICROPHONE_HERE
    return answer
