"""Fills a demo group with a list of wanted seats and two applications: one that is voted on, one that waits for a seat."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from app.core.access.domain.secret import hash_of
from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.queries import office_holders
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup
from app.plugins.joining.domain.application import UNDECIDED_MONTHS, State, months_after
from app.plugins.joining.domain.deciding import Ballot, Rule
from app.plugins.joining.domain.references import GOOD_FOR, Answer, ReferenceState
from app.plugins.joining.domain.seats import holders_of, seat_of
from app.plugins.joining.domain.settings import USUAL_DAYS, USUAL_MONTHS
from app.plugins.joining.models import (
    ApplicationRow,
    NeighbourRow,
    ReferenceRow,
    SettingRow,
    VoteRow,
    WantedRow,
)
from app.plugins.joining.queries.seats import held_seats

_WANTED = ("Piano tuner", "Beekeeper", "Chimney sweep", "Translator", "Locksmith", "Sailmaker")
_HOW_MANY = 3
_PEOPLE = (
    ("Teresa Fonseca", "Fonseca Pianos", "I tune in half of the town and would like to know who else looks after houses."),
    ("Ruben Dias", "Dias & Filhos", "Two of your members are my customers; I would like to send them some in return."),
)  # fmt: skip
_STATES = (State.OPEN, State.LATER)
_REFEREES = (("Marta Lopes", "marta.lopes@referee.example"), ("João Pinto", "joao.pinto@referee.example"))


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Open the group for applications, and leave two of them with the committee; nothing is sent."""
    chance = group.chance("joining")
    held = held_seats(work.session, GroupId(group.group_id), group.today)
    free = [trade for trade in _WANTED if not holders_of(trade, held, group.today)]
    wanted = sorted(chance.sample(free, _HOW_MANY))
    key = {"group_id": group.group_id}
    work.session.execute(
        insert(SettingRow).values(
            **key,
            is_open=True,
            rule=Rule.MAJORITY.value,
            approval_days=USUAL_DAYS,
            keep_months=USUAL_MONTHS,
            version=1,
        )
    )
    at = datetime.combine(group.today - timedelta(days=9), time(10), tzinfo=ZoneInfo(group.zone))
    for trade in wanted:
        names = {"trade": trade, "seat": seat_of(trade)}
        work.session.execute(insert(WantedRow).values(**key, **_ids(work), **names, at_utc=at))
    near = {"one": "Bookkeeper", "other": "Tax adviser"}
    seats = "|".join(sorted(map(seat_of, near.values())))
    work.session.execute(insert(NeighbourRow).values(**key, **_ids(work), **near, seats=seats, at_utc=at))
    _application(work, group, 0, wanted[0], at)
    _application(work, group, 1, held[0].trade if held else "Baker", at - timedelta(days=40))


def _application(work: UnitOfWork, group: DemoGroup, number: int, trade: str, at: datetime) -> None:
    name, firm, why = _PEOPLE[number]
    state = _STATES[number]
    values: dict[str, Any] = {
        "group_id": group.group_id,
        **_ids(work),
        "state": state.value,
        "name": name,
        "firm": firm,
        "trade": trade,
        "email": f"{name.split()[0].lower()}@applicant.example",
        "phone": "",
        "why": why,
        "years": 6 + number * 5,
        "mail_key": hash_of(f"demo {group.group_id} {number}"),
        "visitor_public_id": "",
        "round": 1,
        "yes_count": number,
        "no_count": 0,
        "keep_months": USUAL_MONTHS,
        "consented_at_utc": at,
        "asked_at_utc": at,
        "confirmed_at_utc": at + timedelta(hours=1),
        "decided_at_utc": at + timedelta(days=12) if state is State.LATER else None,
        "expires_on": months_after(group.today, UNDECIDED_MONTHS),
        "link_nonce": work.ids.secret()[:64],
        "link_hash": hash_of(work.ids.secret()),
        "version": 1,
    }
    work.session.execute(insert(ApplicationRow).values(values))
    for referee in (1, 2):
        work.session.execute(insert(ReferenceRow).values(_reference(work, values, referee, at)))
    _vote(work, group, values, at + timedelta(days=2))


def _reference(work: UnitOfWork, application: dict[str, Any], number: int, at: datetime) -> dict[str, Any]:
    has_said, (name, email) = number == 1, _REFEREES[number - 1]
    return {
        "group_id": application["group_id"],
        **_ids(work),
        "application_id": application["id"],
        "number": number,
        "state": (ReferenceState.GIVEN if has_said else ReferenceState.ASKED).value,
        "name": name,
        "email": email,
        "answer": Answer.YES.value if has_said else "",
        "words": "Keeps the day and the price. My own mother is a customer." if has_said else "",
        "times_asked": 1,
        "asked_at_utc": at + timedelta(hours=1),
        "reminded_at_utc": at + timedelta(days=8) if not has_said else None,
        "answered_at_utc": at + timedelta(days=1) if has_said else None,
        "expires_at_utc": at + GOOD_FOR,
        "link_nonce": work.ids.secret()[:64],
        "link_hash": hash_of(work.ids.secret()),
    }


def _vote(work: UnitOfWork, group: DemoGroup, application: dict[str, Any], at: datetime) -> None:
    """Let one of those who decide have voted already."""
    for offices in (frozenset({Office.MEMBERSHIP_COMMITTEE}), LEADERS):
        holders = office_holders(work.session, GroupId(group.group_id), offices, group.today)
        if holders:
            work.session.execute(
                insert(VoteRow).values(
                    group_id=group.group_id,
                    application_id=application["id"],
                    round=1,
                    member_id=min(holders),
                    ballot=Ballot.YES.value,
                    reason="Was here twice, on time, and asked good questions.",
                    at_utc=at,
                )
            )
            return


def _ids(work: UnitOfWork) -> dict[str, Any]:
    return {"id": work.ids.key(), "public_id": work.ids.public_id()}
