"""How the group takes people in, set by its leaders."""

from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.joining.domain.deciding import Rule
from app.plugins.joining.domain.settings import Settings, refusals_for_settings
from app.plugins.joining.interface import JoiningSet
from app.plugins.joining.store import keep_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class SetJoining:
    """What the leaders want, over the version seen; None where no number was typed."""

    group: Group
    is_open: bool
    rule: str
    approval_days: int | None
    keep_months: int | None
    seen_version: int


def set_joining(work: UnitOfWork, command: SetJoining) -> None:
    """Keep the settings; refused with every reason, or where they changed meanwhile. Commits.

    Whoever applied before is kept as long as they were told: times hold for decisions from now on.
    """
    refusals = refusals_for_settings(command.rule, command.approval_days, command.keep_months)
    if refusals:
        raise Refused(refusals)
    wanted = Settings(
        is_open=command.is_open,
        rule=Rule(command.rule),
        approval_days=command.approval_days or 0,
        keep_months=command.keep_months or 0,
        version=command.seen_version,
    )
    if not keep_settings(work.session, command.group.id, wanted):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    work.record(
        JoiningSet(
            group_id=command.group.id,
            is_open=wanted.is_open,
            rule=wanted.rule.value,
            approval_days=wanted.approval_days,
            keep_months=wanted.keep_months,
        )
    )
    work.commit()
