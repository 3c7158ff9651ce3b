"""The lists of wanted seats and of neighbouring trades, written by the offices."""

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.joining.domain.seats import refusals_for_neighbours, refusals_for_trade, seat_of
from app.plugins.joining.interface import SeatsChanged
from app.plugins.joining.store import add_neighbours, add_wanted, remove_neighbours, remove_wanted


def look_for(work: UnitOfWork, group: Group, trade: str) -> None:
    """Put a trade on the list of the wanted; refused where it stands there already. Commits."""
    if refusals := refusals_for_trade(trade, "trade"):
        raise Refused(refusals)
    values = {
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "trade": trade,
        "seat": seat_of(trade),
        "at_utc": work.now,
    }
    if not add_wanted(work.session, values):
        raise Refused([Refusal(code="joining.wanted_already", facts={"trade": trade}, field="trade")])
    work.record(SeatsChanged(group_id=group.id, what="wanted"))
    work.commit()


def look_no_more(work: UnitOfWork, group: Group, wanted: str) -> None:
    """Take a trade off the list of the wanted. Commits."""
    if not remove_wanted(work.session, group.id, public_id=wanted):
        raise NotFound
    work.record(SeatsChanged(group_id=group.id, what="not-wanted"))
    work.commit()


def hold_for_neighbours(work: UnitOfWork, group: Group, one: str, other: str) -> None:
    """Write down that two trades lie near each other; refused where they stand there already. Commits."""
    if refusals := refusals_for_neighbours(one, other):
        raise Refused(refusals)
    values = {
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "one": one,
        "other": other,
        "seats": "|".join(sorted((seat_of(one), seat_of(other)))),
        "at_utc": work.now,
    }
    if not add_neighbours(work.session, values):
        raise Refused([Refusal(code="joining.neighbours_already", field="other")])
    work.record(SeatsChanged(group_id=group.id, what="near"))
    work.commit()


def hold_apart(work: UnitOfWork, group: Group, neighbour: str) -> None:
    """Take two trades off the list of neighbours. Commits."""
    if not remove_neighbours(work.session, group.id, neighbour):
        raise NotFound
    work.record(SeatsChanged(group_id=group.id, what="not-near"))
    work.commit()
