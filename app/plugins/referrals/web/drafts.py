"""Keeping a slip as it is typed: by a script while the page is open, by a button without one; and throwing one away."""

from flask import flash, request
from flask_babel import gettext as _

from app.core.errors import Refusal, Refused
from app.http.door import answer_script, wants_json
from app.http.forms import HouseForm, form_token, number_typed
from app.http.once import is_spent, tapped_before
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.referrals.domain.draft import Typed, is_empty
from app.plugins.referrals.services.drafting import KeepDraft, Kept, keep_draft, throw_away
from app.plugins.referrals.web.draft_words import CHOSEN_ANYWAY, typed_in
from app.plugins.referrals.web.forms import PassSlipForm
from app.plugins.referrals.web.passing import filled


def keep(page: GroupPage) -> Answer:
    """Keep what stands in the form of a slip, and say as which version; a button without script goes on to the form."""
    form = HouseForm()
    if not form.validate():
        return _unkept(page, [_("The page was open too long. Load it again, then what you type is kept.")])
    token = str(form.form_token.data or "")
    if is_spent(page.work, page.viewer.account_id, token):
        return _unkept(page, [sentence(Refusal(code="referrals.draft_is_passed"))])
    typed = typed_in(PassSlipForm())
    if is_empty(typed, CHOSEN_ANYWAY):
        return _kept(page, Kept(draft=token, version=0))
    try:
        kept = keep_draft(page.work, _command(page, token, typed))
    except Refused as refused:
        page.work.rollback()
        return _unkept(page, [sentence(refusal) for refusal in refused.refusals])
    return _kept(page, kept)


def throw_draft_away(page: GroupPage, draft: str) -> Answer:
    """Delete a draft of the viewer's own."""
    if not tapped_before(page, location=page.url("referrals.outbox")):
        throw_away(page.work, page.group.id, page.viewer.member_id, draft)
        flash(_("The draft is thrown away."), "success")
    return page.go("referrals.outbox")


def _command(page: GroupPage, token: str, typed: Typed) -> KeepDraft:
    return KeepDraft(
        group_id=page.group.id,
        member_id=page.viewer.member_id,
        draft=token,
        spare=form_token(),
        typed=typed,
        seen=number_typed(request.args.get("seen")) or 0,
    )


def _kept(page: GroupPage, kept: Kept) -> Answer:
    if wants_json():
        return answer_script(200, draft=kept.draft, version=kept.version, note=_note(kept))
    if not kept.version:
        return page.go("referrals.pass_on", later="1")
    flash(_note(kept) or _("Kept as a draft."), "success")
    return page.go("referrals.pass_on", draft=kept.draft)


def _note(kept: Kept) -> str:
    words: str = _("Another window changed this draft. Both are kept: this one is a draft of its own now.")
    return words if kept.is_copy else ""


def _unkept(page: GroupPage, reasons: list[str]) -> Answer:
    """Say why it was not kept; without a script the form comes back with all that was typed."""
    if wants_json():
        return answer_script(422, note=" ".join(reasons))
    form = PassSlipForm()
    form.problems = reasons
    return filled(page, form), 422
