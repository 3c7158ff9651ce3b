"""Asking the customer of a slip how it went: the giver's page, what stands of it on the slip, and the customer's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.access.domain.secret import hash_of
from app.core.errors import Refusal, Refused
from app.core.local_time import local_day
from app.http.limits import posts_limited_by_network
from app.http.once import answered_before, secret_of_tap
from app.http.outside import signed_in
from app.http.page import Answer, GroupPage, PublicPage
from app.http.rendering import local_date
from app.plugin_api import Panel, SlipBrief
from app.plugins.credibility.domain.confirming import BY_MAIL, MOST_LINKS, QUICKEST
from app.plugins.credibility.queries.confirming import asked_on_slip, could_lift, has_link
from app.plugins.credibility.services.confirming import (
    AskCustomer,
    Question,
    ask_customer,
    customer_of,
    question_of,
    take_answer,
)
from app.plugins.credibility.web.forms import AskForm, CustomerForm
from app.plugins.credibility.web.words import day_in
from app.plugins.referrals.interface import ReferredCustomers

_PURPOSE = "credibility customer form opened 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToShare:
    """What a giver could write, with the link in it, and a mail of their own that begins with it."""

    text: str
    mail: str


def slip_panels(page: GroupPage, slip: SlipBrief) -> Sequence[Panel]:
    """Return the way to ask the customer, for the giver whose good report a yes could lift; what was asked stays told.

    To the receiver there is nothing of it.
    """
    if slip.giver_member_id != page.viewer.member_id:
        return ()
    found = page.reader(ReferredCustomers)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    customer = None if found is None else found.to_ask(page.group.id, slip.public_id, page.viewer.member_id)
    if customer is None:
        return ()
    asked = asked_on_slip(page.work.session, page.group.id, customer.slip_id)
    can_help = could_lift(page.work, page.group, customer)
    if asked is None and not can_help:
        return ()
    return (
        Panel(
            key="customer",
            title=_("The customer’s word"),
            template="credibility/panel_customer.html",
            context={
                "customer": customer,
                "asked": asked,
                "can_help": can_help,
                "day_of": day_in(page.group.zone),
                "ask_url": page.url("credibility.ask", slip=slip.public_id),
            },
        ),
    )


@posts_limited_by_network("40 per hour;200 per day")
def ask(page: GroupPage, slip: str) -> Answer:
    """Show the giver how the customer can be asked; make a link, which is shown this once, or have the house send it."""
    customer = customer_of(page.work, page.group, slip, page.viewer.member_id)
    form = AskForm()
    if not form.is_submitted():
        return _ask_page(page, slip, form)
    if not form.validate():
        return _ask_page(page, slip, form), 422
    secret, here = secret_of_tap(page), page.url("credibility.ask", slip=slip)
    try:
        seen = answered_before(page, form, location=here)
        if seen is None:
            ask_customer(page.work, _command(page, slip, form, secret))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _ask_page(page, slip, form), 422
    if form.way.data == BY_MAIL:
        if seen is None:
            flash(_("A mail is on its way to %(name)s.", name=customer.name), "success")
        return redirect(here, 303)
    if not has_link(page.work.session, page.group.id, customer.slip_id, hash_of(secret)):
        return redirect(here, 303)  # sent once more, after the link was used or another took its place
    return _ask_page(page, slip, AskForm(formdata=None), secret)


@posts_limited_by_network("40 per hour;200 per day")
def confirm(page: PublicPage, token: str) -> Answer:
    """Ask the customer two questions; take the answers. What merely opens links changes nothing."""
    question = question_of(page.work, page.group, token)
    if question is None:
        return _over(page)
    form = CustomerForm()
    if not form.is_submitted():
        form.started.data = _opened_now(page)
        return _questions(page, question, form)
    if form.website.data:
        return page.go("credibility.answered")
    if not form.validate():
        return _questions(page, question, form), 422
    try:
        _refuse_robots(page, form)
        taken = take_answer(
            page.work, page.group, token, called=form.called.data or "", helpful=form.helpful.data or ""
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _questions(page, question, form), 422
    return page.go("credibility.answered") if taken else _over(page)


def answered(page: PublicPage) -> Answer:
    """Thank the customer, whatever they said."""
    return page.render("credibility/customer_thanks.html")


def _command(page: GroupPage, slip: str, form: AskForm, secret: str) -> AskCustomer:
    return AskCustomer(
        group=page.group,
        giver=page.viewer.member_id,
        slip=slip,
        secret=secret,
        link=_link(page, secret),
        way=form.way.data or "",
    )


def _link(page: GroupPage, secret: str) -> str:
    return page.url_in("visit", "credibility.confirm", absolute=True, token=secret)


def _ask_page(page: GroupPage, slip: str, form: AskForm, secret: str = "") -> str:
    customer = customer_of(page.work, page.group, slip, page.viewer.member_id)
    asked = asked_on_slip(page.work.session, page.group.id, customer.slip_id)
    links_left = MOST_LINKS - (0 if asked is None else asked.links)
    return page.render(
        "credibility/ask_customer.html",
        form=form,
        customer=customer,
        asked=asked,
        has_run_out=asked is not None and asked.expires_at <= page.work.now,
        day_of=day_in(page.group.zone),
        links_left=links_left,
        may_mail=links_left > 0 and bool(customer.address) and (asked is None or asked.mailed_at is None),
        share=_to_share(page, customer.receiver_name, secret) if secret else None,
        slip_url=page.url("referrals.slip", slip=slip),
    )


def _to_share(page: GroupPage, receiver: str, secret: str) -> ToShare:
    text = _(
        "I recommended %(name)s to you. Would you answer two short questions on how it went? No account, one minute: "
        "%(link)s",
        name=receiver,
        link=_link(page, secret),
    )
    subject = quote(_("Two short questions"))
    return ToShare(text=text, mail=f"mailto:?subject={subject}&body={quote(text)}")


def _questions(page: PublicPage, question: Question, form: CustomerForm) -> str:
    until = local_date(local_day(question.asked.expires_at, page.group.zone))
    return page.render("credibility/customer.html", form=form, customer=question.customer, until=until)


def _over(page: PublicPage) -> Answer:
    """One page for every link that leads nowhere: used, run out, of another slip or group, changed, or made up."""
    return page.render("credibility/customer_over.html"), 404


def _refuse_robots(page: PublicPage, form: CustomerForm) -> None:
    """Refuse what was answered faster than anybody reads; sent again a moment later it is taken."""
    try:
        opened = datetime.fromtimestamp(signed_in(page.group, _PURPOSE).read(form.started.data or ""), UTC)
    except (ValueError, TypeError, OverflowError):
        form.started.data = _opened_now(page)
        raise Refused([Refusal(code="credibility.too_quick")]) from None
    if page.work.now - opened < QUICKEST:
        raise Refused([Refusal(code="credibility.too_quick")])


def _opened_now(page: PublicPage) -> str:
    return signed_in(page.group, _PURPOSE).token(int(page.work.now.timestamp()))
