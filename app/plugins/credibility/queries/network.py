"""The schemes that the network made, version by version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import NETWORK
from app.plugins.credibility.domain.network import SETTINGS
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.models_schemes import NetworkSchemeRow

_NETWORK: Any = NetworkSchemeRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkScheme:
    """One version of the network's scheme; groups may choose it, and move to it, from `effective_on` on."""

    number: int
    name: str
    effective_on: date
    constants: Constants


def network_schemes(session: Session) -> Sequence[NetworkScheme]:
    """Return every version, the first first; one statement."""
    query = select(_NETWORK).where(_NETWORK.c.group_id == NETWORK).order_by(_NETWORK.c.number)
    return [_scheme(row) for row in session.execute(query)]


def network_scheme(session: Session, number: int) -> NetworkScheme | None:
    """Return the version of that number, or None; one statement."""
    query = select(_NETWORK).where(_NETWORK.c.group_id == NETWORK, _NETWORK.c.number == number)
    row = session.execute(query).one_or_none()
    return None if row is None else _scheme(row)


def network_scheme_on(session: Session, day: date) -> NetworkScheme | None:
    """Return the version that holds on `day`: the latest made of those whose day has come; one statement."""
    query = (
        select(_NETWORK)
        .where(_NETWORK.c.group_id == NETWORK, _NETWORK.c.effective_on <= day)
        .order_by(_NETWORK.c.number.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else _scheme(row)


def _scheme(row: Any) -> NetworkScheme:
    return NetworkScheme(
        number=row.number,
        name=row.name,
        effective_on=row.effective_on,
        constants=Constants(**{name: getattr(row, name) for name in SETTINGS}),
    )
