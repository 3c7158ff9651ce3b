"""How drafts of slips read on pages, and the form that goes on with one."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.core.local_time import local_day
from app.http.forms import plain
from app.http.page import GroupPage
from app.http.rendering import local_time, short_date
from app.plugins.referrals.domain.draft import Typed
from app.plugins.referrals.queries.drafts import Draft, draft_of, drafts_of
from app.plugins.referrals.web.forms import PassSlipForm

CHOSEN_ANYWAY = ("agreed_on", "tier", "receiver", "agreed_how", "urgency")
"""Filled in when the form opens, or chosen from a list: no reason to keep a draft."""

_NOT_TYPED = frozenset({"CSRFTokenField", "HiddenField"})
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A draft as lists show it: what it is about, when it was last kept, where it goes on, where it is thrown away."""

    title: str
    kept_on: str
    url: str
    throw_url: str


def typed_in(form: PassSlipForm) -> dict[str, str]:
    """Return what stands in each field of the form that was sent, whether it would be taken or not."""
    names = [field.name for field in form if field.type not in _NOT_TYPED]
    return {name: plain(request.form.get(name, "")) for name in names}


def form_of(draft: Draft) -> PassSlipForm:
    """Return the form with what was typed in it, and the token under which it is passed once."""
    # Nothing typed is nothing sent: a box that was sent empty would be drawn with an empty value, and never count as ticked.
    typed = {name: text for name, text in draft.typed.items() if text}
    return PassSlipForm(formdata=MultiDict({**typed, "form_token": draft.public_id}))


def draft_asked_for(page: GroupPage) -> Draft | None:
    """Return the viewer's draft that `?draft=` names; None where there is none (any more)."""
    named = request.args.get("draft", "")
    return draft_of(page.work.session, page.group.id, page.viewer.member_id, named) if named else None


def version_kept(page: GroupPage, form: PassSlipForm) -> int:
    """Return the version of the draft that holds just what was sent; 0 where there is none, or other words stand in it."""
    draft = draft_of(page.work.session, page.group.id, page.viewer.member_id, str(form.form_token.data or ""))
    return draft.version if draft and dict(draft.typed) == typed_in(form) else 0


def draft_lines(page: GroupPage) -> list[DraftLine]:
    """Return the viewer's drafts as lines, the one kept last first."""
    zone = page.group.zone
    return [
        DraftLine(
            title=_title(draft.typed),
            kept_on=f"{short_date(local_day(draft.saved_at, zone))}, {local_time(draft.saved_at, zone)}",
            url=page.url("referrals.pass_on", draft=draft.public_id),
            throw_url=page.url("referrals.throw_draft_away", draft=draft.public_id),
        )
        for draft in drafts_of(page.work.session, page.group.id, page.viewer.member_id)
    ]


def _title(typed: Typed) -> str:
    said = typed.get("prospect_name") or typed.get("about") or typed.get("prospect_contact")
    line = " ".join((said or _("Not named yet")).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
