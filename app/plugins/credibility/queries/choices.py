"""Which scheme a group chose, and who takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.network import NETWORK_SCHEME
from app.plugins.credibility.domain.scheme import PROFILES, STANDARD, Constants
from app.plugins.credibility.models import PartRow, SchemeRow
from app.plugins.credibility.queries.network import network_scheme

_PART: Any = PartRow.__table__
_SCHEME: Any = SchemeRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A version of a scheme that the group has had since `effective_on`; None: from the beginning.

    `chosen_at` is when it came into force in fact, and the one before it ended.
    """

    number: int
    scheme: str
    version: int
    effective_on: date | None
    chosen_at: datetime | None = None

    @property
    def what(self) -> tuple[str, int]:
        """The scheme and its version."""
        return self.scheme, self.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a member said of taking part (yes, no or object), and since when they say so."""

    says: str
    since: datetime


FROM_THE_BEGINNING: Final = Choice(number=0, scheme="standard", version=1, effective_on=None)
"""What a group has that chose nothing."""


def choices_of(session: Session, group_id: GroupId) -> Sequence[Choice]:
    """Return what the group has had, the first first, beginning with what it had from the beginning; one statement."""
    query = select(_SCHEME).where(_SCHEME.c.group_id == group_id).order_by(_SCHEME.c.number)
    return [FROM_THE_BEGINNING, *(_choice(row) for row in session.execute(query))]


def choice_of(session: Session, group_id: GroupId) -> Choice:
    """Return what is in force; one statement."""
    query = select(_SCHEME).where(_SCHEME.c.group_id == group_id).order_by(_SCHEME.c.number.desc())
    row = session.execute(query.limit(1)).one_or_none()
    return FROM_THE_BEGINNING if row is None else _choice(row)


def constants_in_force(session: Session, group_id: GroupId) -> Constants:
    """Return the constants of the scheme in force."""
    return constants_of_choice(session, choice_of(session, group_id))


def constants_of_choice(session: Session, choice: Choice) -> Constants:
    """Return the constants of that version of a scheme."""
    if choice.scheme != NETWORK_SCHEME:
        return PROFILES.get(choice.scheme, STANDARD)
    found = network_scheme(session, choice.version)
    if found is None:
        raise LookupError(f"Version {choice.version} of the network's scheme is gone, and a group has it.")
    return found.constants


def parts(session: Session, group_id: GroupId) -> Mapping[MemberId, str]:
    """Return what members said when asked whether they take part: yes, no or object."""
    return {member: said.says for member, said in parts_since(session, group_id).items()}


def parts_since(session: Session, group_id: GroupId) -> Mapping[MemberId, Said]:
    """Return the same with since when they say so; one statement."""
    query = select(_PART.c.member_id, _PART.c.says, _PART.c.said_at_utc).where(_PART.c.group_id == group_id)
    return {
        MemberId(row.member_id): Said(says=row.says, since=row.said_at_utc) for row in session.execute(query)
    }


def took_part(said: Said | None, at: datetime) -> bool:
    """Return whether somebody who says that took part at that instant already."""
    return said is not None and said.says == "yes" and said.since <= at


def _choice(row: Any) -> Choice:
    return Choice(
        number=row.number,
        scheme=row.scheme,
        version=row.version,
        effective_on=row.effective_on,
        chosen_at=row.chosen_at_utc,
    )
