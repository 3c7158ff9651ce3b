"""Asking members to take an office: whom to think of, the question with its two answers, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app, flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import BadRequest
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.access import permissions as may
from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import OFFICE_TITLES, Office, Term
from app.core.groups.queries import members_on
from app.core.offices.domain.offer import Answer, OfferState, Servant, suggested
from app.core.offices.queries import (
    Asked,
    Offer,
    asked_of,
    offer_by_public_id,
    open_offers,
    servants_among,
    waiting_for,
)
from app.core.offices.services import offers as services
from app.core.offices.services.offers import OfferOffice, OnOffer
from app.http.forms import HouseForm
from app.http.once import answered_before, tapped_before
from app.http.page import Answer as PageAnswer
from app.http.page import GroupPage
from app.http.rendering import office_title, short_date
from app.plugin_api import Task

_BAD_DAY = _l("Write the day as year-month-day, for instance 2026-11-24.")


class OfferForm(HouseForm):
    """An office for a term, and who is asked."""

    office = SelectField(
        _l("Office"),
        validators=[DataRequired(_l("Choose the office."))],
        choices=[SelectChoice(value=office.value, label=OFFICE_TITLES[office]) for office in Office],
    )
    starts_on = DateField(_l("From"), validators=[DataRequired(_BAD_DAY)])
    ends_on = DateField(_l("Until"), validators=[Optional()])
    everybody = BooleanField(_l("Ask everybody"))
    members = SelectMultipleField(
        _l("Whom to ask"),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


_USUAL_TERM = timedelta(days=181)
"""Half a year, to be changed on the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member who could be asked, and why they are suggested; without a reason they are one of the others."""

    public_id: str
    name: str
    reason: str


def new_offer(page: GroupPage) -> PageAnswer:
    """Offer an office to members: those who have not held one lately stand first and are ticked."""
    candidates = _candidates(page)
    first = _next_month(page.today)
    form = OfferForm(
        data={
            "ends_on": first + _USUAL_TERM,
            "starts_on": first,
            "members": [one.public_id for one in candidates if one.reason],
        }
    )
    form.members.choices = [(one.public_id, one.name) for one in candidates]
    if not form.validate_on_submit():
        return _form_page(page, form, candidates), 422 if form.is_submitted() else 200
    everybody = [one.public_id for one in candidates] if form.everybody.data else []
    asked = [*everybody, *(form.members.data or [])]
    command = OfferOffice(
        office=Office(form.office.data),
        term=Term(first=form.starts_on.data or page.today, last=form.ends_on.data),
        asked=asked,
        by=page.viewer.member_id,
        base_url=str(current_app.config["GIVEFIRST_BASE_URL"]),
    )
    try:
        seen = answered_before(page, form, location=page.url("offices"))
        if seen:
            return redirect(seen, 303)
        services.offer_office(page.work, page.group, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _form_page(page, form, candidates), 422
    flash(_("They are asked, on their page and by mail. The first who says yes has the office."), "success")
    return page.go("offices")


def offer(page: GroupPage, offer: str) -> PageAnswer:
    """Show an offer: to who is asked the question, to those who give offices what was said to it."""
    found, asked = _found(page, offer)
    own = next((one for one in asked if one.member_id == page.viewer.member_id), None)
    return _offer_page(page, found, own, asked)


def answer_offer(page: GroupPage, offer: str) -> PageAnswer:
    """Say yes or no."""
    found, asked = _found(page, offer)
    own = next((one for one in asked if one.member_id == page.viewer.member_id), None)
    if own is None:
        raise NotFound
    said = request.form.get("say", "")
    if said not in {"yes", "no"}:
        raise BadRequest
    location = page.url("offer", offer=offer)
    try:
        seen = tapped_before(page, location=location)
        if seen:
            return redirect(seen, 303)
        on = OnOffer(
            offer=offer,
            member_id=page.viewer.member_id,
            link=page.url("handover", office=found.office.value, absolute=True),
        )
        (services.accept if said == "yes" else services.decline)(page.work, page.group, on)
    except Refused as refused:
        page.work.rollback()
        form = HouseForm()
        form.take(refused)
        now, those = _found(page, offer)
        mine = next((one for one in those if one.member_id == page.viewer.member_id), None)
        return _offer_page(page, now, mine, those, problems=form.problems), 422
    flash(_("Thank you. The office is yours.") if said == "yes" else _("Thank you for saying so."), "success")
    return redirect(location, 303)


def withdraw_offer(page: GroupPage, offer: str) -> PageAnswer:
    """Withdraw the question; who was asked and has not said no is told on their page."""
    try:
        services.withdraw(page.work, page.group, offer)
    except Refused as refused:
        page.work.rollback()
        form = HouseForm()
        form.take(refused)
        found, asked = _found(page, offer)
        own = next((one for one in asked if one.member_id == page.viewer.member_id), None)
        return _offer_page(page, found, own, asked, problems=form.problems), 422
    flash(_("The question is withdrawn."), "success")
    return page.go("offices")


def offers_open(page: GroupPage) -> list[Offer]:
    """Return the offers that somebody may still take."""
    return open_offers(page.work.session, page.group.id, page.today)


def tasks_of_offers(page: GroupPage) -> list[Task]:
    """Return what the viewer is asked for and has not answered."""
    return [
        Task(
            text=_("Would you take an office? %(office)s", office=office_title(one.office)),
            url=page.url("offer", offer=one.public_id),
            order=20,
            due_on=one.term.first,
        )
        for one in waiting_for(page.work.session, page.group.id, page.viewer.member_id, page.today)
    ]


def _found(page: GroupPage, public_id: str) -> tuple[Offer, list[Asked]]:
    """Return the offer for those who are asked and those who give offices; for everybody else there is none."""
    found = offer_by_public_id(page.work.session, page.group.id, public_id, page.today)
    asked = asked_of(page.work.session, page.group.id, found.id) if found else []
    is_asked = any(one.member_id == page.viewer.member_id for one in asked)
    if found is None or not (is_asked or page.may(may.OFFICES_EDIT)):
        raise NotFound
    return found, asked


def _offer_page(
    page: GroupPage,
    found: Offer,
    own: Asked | None,
    asked: Sequence[Asked],
    problems: Sequence[str] = (),
) -> str:
    leads = page.may(may.OFFICES_EDIT)
    is_open = found.state is OfferState.OPEN
    return page.render(
        "group/offer.html",
        form=HouseForm(formdata=None),
        offer=found,
        state=found.state.value,
        own=own.answer.value if own else None,
        may_answer=own is not None and is_open,
        asked=[(one.name, _said(one.answer)) for one in asked] if leads else None,
        may_withdraw=leads and is_open,
        problems=problems,
    )


def _said(answer: Answer) -> str:
    words: dict[Answer, str] = {
        Answer.NONE: _("has not answered yet"),
        Answer.ACCEPTED: _("said yes"),
        Answer.DECLINED: _("said no"),
    }
    return words[answer]


def _form_page(page: GroupPage, form: OfferForm, candidates: Sequence[Candidate]) -> str:
    return page.render(
        "group/offer_new.html",
        form=form,
        suggested=[one for one in candidates if one.reason],
        others=[one for one in candidates if not one.reason],
        ticked=set(form.members.data or []),
    )


def _candidates(page: GroupPage) -> list[Candidate]:
    """Return the members of today in alphabetical order, each suggested one with its reason; no order among them."""
    members = members_on(page.work.session, page.group.id, page.today)
    servants = servants_among(page.work.session, page.group.id, members, page.today)
    first = suggested(servants.values(), today=page.today, settling_in_days=page.group.settling_in_days)
    return [
        Candidate(
            public_id=one.public_id,
            name=one.name,
            reason=_reason(servants[one.id]) if one.id in first else "",
        )
        for one in members
    ]


def _next_month(today: date) -> date:
    """Return the first day of the month after next: terms begin with a month, and people need time to answer."""
    month = today.month + 1
    return date(today.year + month // 12, month % 12 + 1, 1)


def _reason(servant: Servant) -> str:
    last: date | None = servant.last_on
    if last is None:
        return str(_("has not held an office yet"))
    return str(_("has not held an office since %(day)s", day=short_date(last)))
