"""Words for excuses and leave: reasons, kinds, and where what was asked stands."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.plugins.attendance.domain.asking import Asked, LeaveKind
from app.plugins.attendance.domain.excuse_kinds import ExcuseKind

EXCUSES = [
    SelectChoice(value=ExcuseKind.ILLNESS.value, label=_l("Illness")),
    SelectChoice(value=ExcuseKind.CARE.value, label=_l("Caring for somebody")),
    SelectChoice(value=ExcuseKind.BEREAVEMENT.value, label=_l("A death in the family or among friends")),
    SelectChoice(value=ExcuseKind.WEATHER.value, label=_l("Weather or the way there")),
    SelectChoice(value=ExcuseKind.WORK.value, label=_l("Work that could not wait")),
    SelectChoice(value=ExcuseKind.OTHER.value, label=_l("Something else")),
]
LEAVES = [
    SelectChoice(value=LeaveKind.MEDICAL.value, label=_l("Medical leave")),
    SelectChoice(value=LeaveKind.FAMILY.value, label=_l("Family leave")),
]


def kind_words() -> Mapping[str, str]:
    """Return the reasons and the kinds of leave in words, by code."""
    return {str(choice.value): str(choice.label) for choice in (*EXCUSES, *LEAVES)}


def state_words() -> Mapping[str, str]:
    """Return where something that was asked stands."""
    return {
        Asked.ASKED.value: _("waits for a decision"),
        Asked.APPROVED.value: _("approved"),
        Asked.DECLINED.value: _("not approved"),
        Asked.WITHDRAWN.value: _("withdrawn"),
    }
