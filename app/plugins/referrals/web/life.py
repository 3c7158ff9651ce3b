"""The life of a slip as its page draws it: the steps taken, and those still ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.local_time import local_day
from app.http.rendering import local_time, short_date
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.queries.one_slip import SlipView, StepLine
from app.plugins.referrals.web.wording import state_words

_AHEAD = {
    SlipState.PASSED: (SlipState.ACKNOWLEDGED, SlipState.IN_PROGRESS),
    SlipState.ACKNOWLEDGED: (SlipState.IN_PROGRESS,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One station as the macro `steps` draws it; `state` is done, current, ahead or stopped."""

    title: str
    state: str
    when: str = ""
    who: str = ""
    note: str = ""


def life_of(view: SlipView, steps: Sequence[StepLine], zone: str) -> list[Station]:
    """Return the stations of the slip: what happened with time, name and note, then what is still ahead."""
    taken = [_taken(step, zone, is_last=step is steps[-1], is_open=view.slip.is_open) for step in steps]
    return taken + _ahead(view)


def _taken(step: StepLine, zone: str, *, is_last: bool, is_open: bool) -> Station:
    return Station(
        title=_title(step),
        state=_station_state(step, is_last=is_last, is_open=is_open),
        when=f"{short_date(local_day(step.at_utc, zone))}, {local_time(step.at_utc, zone)}",
        who=step.by_name,
        note=step.note,
    )


def _title(step: StepLine) -> str:
    by_act: dict[Act, str] = {
        Act.PASS: _("Passed"),
        Act.EDIT: _("Put right"),
        Act.HAND_BACK: _("Handed back, because the receiver left the group"),
    }
    return by_act.get(step.act) or state_words(step.to_state)


def _station_state(step: StepLine, *, is_last: bool, is_open: bool) -> str:
    if is_last and is_open:
        return "current"
    return "stopped" if step.to_state in {SlipState.DECLINED, SlipState.WITHDRAWN} else "done"


def _ahead(view: SlipView) -> list[Station]:
    if not view.slip.is_open:
        return []
    states = _AHEAD.get(view.slip.state, ())
    return [Station(title=state_words(state), state="ahead") for state in states] + [
        Station(title=_("Result"), state="ahead")
    ]
