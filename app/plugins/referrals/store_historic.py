"""Writing what files bring: historic slips and thank-yous in a few statements, and taking them away again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.keys import SlipId, ThankYouId
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.models import SlipRow, StepRow, ThankYouRow
from app.plugins.referrals.store_reports import remove_said

_SLIP: Any = SlipRow.__table__
_STEP: Any = StepRow.__table__
_THANKS: Any = ThankYouRow.__table__
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricSlip:
    """A slip that a file brings: it counts on its day and starts no clock; a side that is no member has a name."""

    id: SlipId
    public_id: str
    giver: MemberId | None
    giver_outside: str
    receiver: MemberId | None
    receiver_outside: str
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricThanks:
    """Thank-you business that a file brings: nobody says who thanked."""

    id: ThankYouId
    public_id: str
    thanked: MemberId | None
    thanked_outside: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFile:
    """Which file brings it, the day on which it counts, an instant of that day, and the present one."""

    batch_id: int
    day: date
    on_the_day: datetime
    now: datetime


def add_historic_slips(
    session: Session, group_id: GroupId, slips: Sequence[HistoricSlip], file: FromFile
) -> None:
    """Keep the slips, in one statement."""
    if slips:
        session.execute(insert(SlipRow), [_slip_values(group_id, slip, file) for slip in slips])


def add_historic_thanks(
    session: Session, group_id: GroupId, thanks: Sequence[HistoricThanks], file: FromFile
) -> None:
    """Keep the thank-yous, in one statement."""
    if thanks:
        session.execute(insert(ThankYouRow), [_thanks_values(group_id, one, file) for one in thanks])


def remove_slips(session: Session, group_id: GroupId, keys: Sequence[SlipId]) -> None:
    """Take slips away with their steps and reports; what members thanked for them stays, without the slip."""
    for part in _parts(keys):
        remove_said(session, group_id, part)
        session.execute(delete(_STEP).where(_STEP.c.group_id == group_id, _STEP.c.slip_id.in_(part)))
        session.execute(
            update(_THANKS)
            .where(_THANKS.c.group_id == group_id, _THANKS.c.slip_id.in_(part))
            .values(slip_id=None)
        )
        session.execute(delete(_SLIP).where(_SLIP.c.group_id == group_id, _SLIP.c.id.in_(part)))


def remove_thanks(session: Session, group_id: GroupId, keys: Sequence[ThankYouId]) -> None:
    """Take thank-yous away."""
    for part in _parts(keys):
        session.execute(delete(_THANKS).where(_THANKS.c.group_id == group_id, _THANKS.c.id.in_(part)))


def _parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _slip_values(group_id: GroupId, slip: HistoricSlip, file: FromFile) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "id": slip.id,
        "public_id": slip.public_id,
        "giver_member_id": slip.giver,
        "giver_outside": slip.giver_outside,
        "receiver_member_id": slip.receiver,
        "receiver_outside": slip.receiver_outside,
        "state": SlipState.PASSED.value,
        "tier": slip.tier,
        "origin": "import",
        "is_historic": True,
        "historic_on": file.day,
        "batch_id": file.batch_id,
        "passed_at_utc": file.on_the_day,
        "news_at_utc": file.on_the_day,
        "version": 1,
    }


def _thanks_values(group_id: GroupId, one: HistoricThanks, file: FromFile) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "id": one.id,
        "public_id": one.public_id,
        "thanked_member_id": one.thanked,
        "thanked_outside": one.thanked_outside,
        "amount_minor": one.amount_minor,
        "currency": one.currency,
        "thanked_on": file.day,
        "origin": "import",
        "batch_id": file.batch_id,
        "created_at_utc": file.now,
        "version": 1,
    }
