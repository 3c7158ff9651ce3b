"""What attendance asks when a group is founded: until when an arrival is on time, from the first day on."""

from collections.abc import Mapping

from sqlalchemy import update

from app.core.ids import GroupId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugin_api import FoundingField
from app.plugins.attendance.domain.rule_set_json import LEAST_MINUTES, MOST_MINUTES
from app.plugins.attendance.models import RuleSetRow
from app.plugins.attendance.services.rule_sets import CHANGED_CUT_OFF, FIRST_RULE_SET, ensure_rule_set

CUT_OFF = FoundingField(
    name="cut_off_minutes",
    label=N_("On time until, minutes after the start"),
    help_text=N_("0: late from the first minute on. It can be changed later, for meetings to come."),
    usual=0,
    least=LEAST_MINUTES,
    most=MOST_MINUTES,
)


def begin_with_cut_off(work: UnitOfWork, group_id: GroupId, answers: Mapping[str, int]) -> None:
    """Judge the group's meetings by the founder's cut-off from its first day on; the caller commits."""
    ensure_rule_set(work, group_id)
    minutes = answers.get(CUT_OFF.name, CUT_OFF.usual)
    work.session.execute(
        update(RuleSetRow)
        .where(RuleSetRow.group_id == group_id, RuleSetRow.version == 1)
        .values(cut_off_minutes=minutes, name=CHANGED_CUT_OFF if minutes else FIRST_RULE_SET)
    )
