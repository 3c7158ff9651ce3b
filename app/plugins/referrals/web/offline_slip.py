"""The page on which a slip is typed without network, and the worker that opens it in place of the page to pass one."""

from flask_babel import gettext as _

from app.http.offline_worker import Shell, worker_script
from app.http.page import Answer, Page, PublicPage
from app.plugins.referrals.web.forms import PassSlipForm


def offline_slip(page: PublicPage) -> Answer:
    """Show the empty slip that a phone keeps: the same for everybody, with no name in it."""
    return _shell(page)


def slip_worker(page: PublicPage) -> Answer:
    """Return the script of the worker that opens it where the page to pass a slip has no network."""
    shell = Shell(
        name=f"slip {page.group.slug}",
        page=page.url("referrals.offline_slip"),
        html=_shell(page),
        entry="js/slip/offline.js",
        styles=("tokens", "base", "components", "print"),
        is_first=False,
        modules=("js/slip/*.js", "js/door/words.js", "js/door/worker_of_page.js"),
    )
    return worker_script(shell, scope=page.url_in("group", "referrals.pass_on"))


def words_of_phone() -> dict[str, str]:
    """Return what the scripts say of slips on a phone, with and without network."""
    return {
        "kept": _("Kept as a draft, {time}"),
        "kept_here": _("Kept on this phone, {time}. It becomes a draft when there is a connection."),
        "not_kept": _("No connection, and this browser keeps nothing (a private window?): this is not kept."),
        "keeps_nothing": _(
            "This browser keeps nothing (a private window?). With a connection all works; without one nothing is kept."
        ),
        "waits": _(
            "{name} waits on this phone. It is passed by itself as soon as there is a connection, once."
        ),
        "unnamed": _("Your slip"),
        "passed": _("{name} is passed."),
        "refused": _("{name} was not passed. All that you typed is kept as a draft."),
        "open_draft": _("Look at it"),
        "open_slip": _("To the slip"),
        "sign_in": _("{name} waits on this phone. Sign in, and it is passed."),
        "another": _("Write another slip"),
        "not_here": _("Open this page once with a connection, signed in: then it also works without."),
        "choose": _("Choose a member"),
        "passing": _("Passing …"),
    }


def _shell(page: Page) -> str:
    form = PassSlipForm(formdata=None, meta={"csrf": False})
    form.receiver.choices = []
    return page.render(
        "referrals/offline_slip.html",
        form=form,
        words=words_of_phone(),
        pass_url=page.url_in("group", "referrals.pass_on"),
        drafts_url=page.url_in("group", "referrals.keep_draft"),
    )
