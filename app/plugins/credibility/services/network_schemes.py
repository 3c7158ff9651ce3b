"""The network's own scheme: an administrator makes a version of it, dated and numbered, that groups may choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.errors import Refusal, Refused
from app.core.ids import NETWORK
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.network import network_constants, refusals_for_scheme
from app.plugins.credibility.interface import NetworkSchemeMade
from app.plugins.credibility.queries.network import NetworkScheme, network_schemes
from app.plugins.credibility.store_schemes import add_network_scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeScheme:
    """A version of the network's scheme as it was typed: its name, its first day, and a value for each constant."""

    name: str
    effective_on: date | None
    values: Mapping[str, float | None]
    today: date


def make_scheme(work: UnitOfWork, command: MakeScheme) -> NetworkScheme:
    """Keep a new version under the next number, and commit. No version is ever changed, and no group moves to it at once."""
    refusals = refusals_for_scheme(command.name, command.effective_on, command.values, command.today)
    if refusals or command.effective_on is None:
        raise Refused(refusals)
    made = NetworkScheme(
        number=len(network_schemes(work.session)) + 1,
        name=" ".join(command.name.split()),
        effective_on=command.effective_on,
        constants=network_constants(command.values),
    )
    if not add_network_scheme(work.session, made, work.now):
        raise Refused([Refusal(code="credibility.changed_meanwhile")])
    work.record(NetworkSchemeMade(group_id=NETWORK, number=made.number, effective_on=made.effective_on))
    work.commit()
    return made
