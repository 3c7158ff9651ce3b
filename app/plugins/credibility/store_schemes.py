"""Writing schemes: the versions that the network made, what a group chose, and the weights that follow from it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import NETWORK, GroupId
from app.plugins.credibility.domain.network import SETTINGS
from app.plugins.credibility.models import SchemeRow
from app.plugins.credibility.models_schemes import NetworkSchemeRow
from app.plugins.credibility.queries.network import NetworkScheme
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.store import add_evidence, drop_evidence

_NETWORK: Any = NetworkSchemeRow.__table__
_SCHEME: Any = SchemeRow.__table__


def add_network_scheme(session: Session, scheme: NetworkScheme, at: datetime) -> bool:
    """Keep a version of the network's scheme; return False where its number is taken already."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(_NETWORK).values(
        group_id=NETWORK,
        number=scheme.number,
        name=scheme.name,
        effective_on=scheme.effective_on,
        made_at_utc=at,
        **{name: getattr(scheme.constants, name) for name in SETTINGS},
    )
    return session.scalar(row.on_conflict_do_nothing().returning(_NETWORK.c.number)) is not None


def add_scheme(
    session: Session, group_id: GroupId, scheme: tuple[str, int], effective_on: date, at: datetime
) -> int:
    """Keep the version of a scheme that a group has from that day on, under the next number, and return it."""
    name, version = scheme
    last = select(func.max(_SCHEME.c.number)).where(_SCHEME.c.group_id == group_id)
    number = (session.scalar(last) or 0) + 1
    session.execute(
        insert(_SCHEME).values(
            group_id=group_id,
            number=number,
            scheme=name,
            version=version,
            effective_on=effective_on,
            chosen_at_utc=at,
        )
    )
    return number


def put_evidence(session: Session, group_id: GroupId, rows: Sequence[Evidence]) -> None:
    """Write counted reports with other weights in the place of themselves."""
    drop_evidence(session, group_id, [row.id for row in rows])
    add_evidence(
        session,
        [{**asdict(row), "group_id": group_id, "facet": row.facet.value} for row in rows],
    )
