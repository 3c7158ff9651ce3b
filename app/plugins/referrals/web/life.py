"""The life of a slip as its page draws it: the steps taken, and those still ahead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.core.local_time import local_day
from app.http.rendering import local_time, short_date
from app.plugins.referrals.domain.slip import PAPER, Act, SlipState
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
    done = [taken(step, zone, is_current=step is steps[-1] and view.slip.is_open) for step in steps]
    if view.origin == PAPER and done:
        done[0] = replace(done[0], title=_("Typed in from paper"))
    return done + _ahead(view)


def taken(step: StepLine, zone: str, *, is_current: bool = False) -> Station:
    """Return one step that was taken, as a station with its time in `zone`."""
    return Station(
        title=_title(step),
        state=_station_state(step, is_current=is_current),
        when=f"{short_date(local_day(step.at_utc, zone))}, {local_time(step.at_utc, zone)}",
        who=step.by_name,
        note=step.note,
    )


def _title(step: StepLine) -> str:
    by_act: dict[Act, str] = {
        Act.PASS: _("Passed"),
        Act.TRY: _("Tried, not reached yet"),
        Act.REOPEN: _("Taken up again"),
        Act.EDIT: _("Put right"),
        Act.UNDO: _("Taken back before anybody was told"),
        Act.HAND_BACK: _("Handed back, because the receiver left the group"),
    }
    return by_act.get(step.act) or state_words(step.to_state)


def _station_state(step: StepLine, *, is_current: bool) -> str:
    if is_current:
        return "current"
    return "stopped" if step.to_state in {SlipState.DECLINED, SlipState.WITHDRAWN} else "done"


def _ahead(view: SlipView) -> list[Station]:
    if not view.slip.is_open:
        return []
    states = () if view.slip.is_told_by_giver else _AHEAD.get(view.slip.state, ())
    return [Station(title=state_words(state), state="ahead") for state in states] + [
        Station(title=_("Result"), state="ahead")
    ]
