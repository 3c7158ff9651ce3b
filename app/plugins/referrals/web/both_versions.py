"""Two words at once: what happened to a slip while somebody was writing, beside what they were about to say."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import gettext as _

from app.plugins.referrals.domain.slip import Act
from app.plugins.referrals.queries.one_slip import StepLine
from app.plugins.referrals.web.forms import CloseForm, StepForm
from app.plugins.referrals.web.life import Station, taken
from app.plugins.referrals.web.wording import ACT_WORDS, RESULT_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class BothVersions:
    """What was done meanwhile, and what the viewer had written: pairs of what it is and what they gave."""

    meanwhile: Sequence[Station]
    own: Sequence[tuple[str, str]]


def both_versions(
    steps: Sequence[StepLine], act: Act | None, form: StepForm | None, zone: str
) -> BothVersions | None:
    """Return both versions where steps were taken since the form was shown, else None."""
    if act is None or form is None or form.seen_version < 1:
        return None
    meanwhile = [step for step in steps if step.number > form.seen_version]
    if not meanwhile:
        return None
    return BothVersions(meanwhile=[taken(step, zone) for step in meanwhile], own=_own(act, form))


def _own(act: Act, form: StepForm) -> list[tuple[str, str]]:
    given = [(_("Your step"), gettext(ACT_WORDS[act]))]
    if isinstance(form, CloseForm):
        results = {result.value: gettext(words) for result, words in RESULT_WORDS.items()}
        given += [(_("What came of it"), results.get(form.result.data or "", ""))]
        given += [(_("Business invoiced"), f"{one.amount} {one.currency}".strip()) for one in form.sums]
    return [pair for pair in (*given, (_("Your word"), form.note.data)) if pair[1]]
