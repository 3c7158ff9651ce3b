"""Keeping which rows of two groups belong together."""

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core.exchange.models import ExchangeSideRow
from app.core.ids import ExchangeId, GroupId


def open_exchange(
    session: Session, exchange_id: ExchangeId, kind: str, sides: tuple[tuple[GroupId, int], ...]
) -> None:
    """Keep that these rows, each with its group, are the sides of one thing; they are of different groups."""
    session.execute(
        insert(ExchangeSideRow),
        [
            {"group_id": group_id, "exchange_id": exchange_id, "kind": kind, "thing_id": thing_id}
            for group_id, thing_id in sides
        ],
    )
