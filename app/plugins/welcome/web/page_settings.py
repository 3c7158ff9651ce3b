"""Leaders write the public page, see it as a visitor does, open and close it, and show a photo of the door."""

from flask import Response, flash, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.page import Answer, GroupPage, Page, PublicPage
from app.plugins.welcome.domain.public_page import USUAL_POINTS
from app.plugins.welcome.queries.public_page import PublicPageLine, page_of, photo_bytes, photo_of
from app.plugins.welcome.services.public_page import KeepPage, hide_door, keep_public_page, show_door
from app.plugins.welcome.web.front import dates_of, open_page, to_expect
from app.plugins.welcome.web.tabs import tabs_of
from app.plugins.welcome.web.visit_forms import PhotoForm, PublicPageForm


def public_page(page: GroupPage) -> Answer:
    """Show the public page as a visitor sees it, and keep what the leaders write."""
    stands = page_of(page.work.session, page.group.id)
    form = PublicPageForm(data=_as_form(stands))
    if not form.validate_on_submit():
        return _shown(page, form, stands), 422 if form.is_submitted() else 200
    try:
        keep_public_page(
            page.work,
            KeepPage(
                group=page.group,
                words=form.words(),
                is_open=bool(form.is_open.data),
                months=form.months,
                visits=form.visits,
                seen_version=form.seen_version,
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        now_stands = page_of(page.work.session, page.group.id)
        form.version.data = str(now_stands.version)
        is_conflict = refused.has("welcome.changed_meanwhile")
        return _shown(page, form, now_stands, is_conflict=is_conflict), 422
    said = (
        _("Saved. The page is open: this is how a visitor sees it.")
        if form.is_open.data
        else _("Saved. The page is closed.")
    )
    flash(said, "success")
    return page.go("welcome.public_page")


def keep_photo(page: GroupPage) -> Answer:
    """Keep a photo of the door, or take the one that stands away."""
    form = PhotoForm()
    if not form.validate_on_submit():
        return page.go("welcome.public_page")
    if request.form.get("remove"):
        hide_door(page.work, page.group)
        flash(_("The photo is gone."), "success")
        return page.go("welcome.public_page")
    try:
        show_door(page.work, page.group, _sent(form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = page_of(page.work.session, page.group.id)
        return _shown(page, PublicPageForm(formdata=None, data=_as_form(stands)), stands, photo=form), 422
    flash(_("The photo is shown on the page. Nothing of the file but the picture was kept."), "success")
    return page.go("welcome.public_page")


def own_photo(page: GroupPage) -> Answer:
    """Return the photo of the door to those who write the page, open or not."""
    return _photo(page)


def door_photo(page: PublicPage) -> Answer:
    """Return the photo of the door to anybody, where the page is open."""
    open_page(page)
    return _photo(page)


def _sent(form: PhotoForm) -> bytes:
    """Return what was sent, and let go of the file in which a large one was kept."""
    sent = form.photo.data
    if not sent:
        return b""
    with sent.stream:
        raw: bytes = sent.read()
    return raw


def _photo(page: Page) -> Response:
    known = photo_of(page.work.session, page.group.id)
    jpeg = photo_bytes(page.work.session, page.group.id)
    if known is None or jpeg is None:
        raise NotFound
    response = Response(jpeg, mimetype="image/jpeg")
    response.set_etag(known.digest[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]  # werkzeug returns the same response


def _shown(
    page: GroupPage,
    form: PublicPageForm,
    stands: PublicPageLine,
    *,
    is_conflict: bool = False,
    photo: PhotoForm | None = None,
) -> str:
    usual = [f"{minute} {_(words)}" for minute, words in USUAL_POINTS]
    return page.render(
        "welcome/page_settings.html",
        form=form,
        photo_form=photo or PhotoForm(formdata=None),
        expect=to_expect(page, stands, dates_of(page), page.url("welcome.own_photo")),
        stands=stands,
        is_conflict=is_conflict,
        usual="\n".join(usual),
        public_url=page.url_in("visit", "front", absolute=True),
        tabs=tabs_of(page, "welcome.public_page"),
    )


def _as_form(stands: PublicPageLine) -> dict[str, object]:
    words = stands.words
    return {
        "is_open": stands.is_open,
        "about": words.about,
        "whom_for": words.whom_for,
        "minutes": words.minutes or "\n".join(f"{minute} {_(said)}" for minute, said in USUAL_POINTS),
        "cost": words.cost,
        "dress": words.dress,
        "way": words.way,
        "shows_trades": words.shows_trades,
        "months_kept": str(words.months_kept),
        "visits_limit": str(words.visits_limit),
        "version": str(stands.version),
    }
