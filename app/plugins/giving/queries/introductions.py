"""Which introductions a member is part of, how each stands, and what may be seen of the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.giving.domain.introduction import IntroductionState, contacts_are_shown
from app.plugins.giving.domain.keys import IntroductionId
from app.plugins.giving.models import IntroductionRow

_INTRODUCTION: Any = IntroductionRow.__table__
_SIDES = ("introducer", "one", "other")
_MEMBERS: Any = {side: aliased(MemberRow.__table__) for side in _SIDES}
_PEOPLE: Any = {side: aliased(PersonRow.__table__) for side in _SIDES}
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of the three. What they said is empty while they are silent; phone and mail are empty until both said yes."""

    id: MemberId
    public_id: str
    name: str
    first_name: str
    phone: str = ""
    email: str = ""
    says: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """An introduction with its three; contacts are filled in only where both have said yes."""

    id: IntroductionId
    public_id: str
    introducer: Party
    one: Party
    other: Party
    why: str
    state: str
    offered_at_utc: datetime
    made_at_utc: datetime | None

    def side_of(self, member_id: MemberId) -> str:
        """Return which of the two the member is, `one` or `other`; empty for the introducer."""
        return {self.one.id: "one", self.other.id: "other"}.get(member_id, "")

    def party(self, side: str) -> Party:
        """Return one of the two by their side."""
        return self.one if side == "one" else self.other

    def counterpart(self, member_id: MemberId) -> Party:
        """Return to whom the member is introduced."""
        return self.other if member_id == self.one.id else self.one

    def waits_for(self, member_id: MemberId) -> bool:
        """Return whether this member has still to say yes or no."""
        side = self.side_of(member_id)
        return bool(side) and self.state == IntroductionState.OFFERED and not self.party(side).says


def introductions_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[Introduction]:
    """Return the introductions that the member made or is named in, the newest first."""
    query = _introductions(group_id).where(_is_of(member_id)).order_by(_INTRODUCTION.c.id.desc())
    return [_introduction(row) for row in session.execute(query.limit(_MOST)).mappings()]


def introduction_for(
    session: Session, group_id: GroupId, public_id: str, member_id: MemberId
) -> Introduction | None:
    """Return the introduction, for one of its three; to everybody else there is none."""
    query = _introductions(group_id).where(_INTRODUCTION.c.public_id == public_id, _is_of(member_id))
    row = session.execute(query).mappings().one_or_none()
    return _introduction(row) if row else None


def introductions_due(session: Session, group_id: GroupId, made_before: datetime) -> list[Introduction]:
    """Return those that were made before then and about whose outcome nobody was asked yet, the oldest first."""
    query = _introductions(group_id).where(
        _INTRODUCTION.c.state == IntroductionState.MADE.value,
        _INTRODUCTION.c.made_at_utc <= made_before,
        _INTRODUCTION.c.asked_at_utc.is_(None),
    )
    return [
        _introduction(row) for row in session.execute(query.order_by(_INTRODUCTION.c.made_at_utc)).mappings()
    ]


def stands_between(
    session: Session, group_id: GroupId, introducer: MemberId, one: MemberId, other: MemberId
) -> bool:
    """Return whether this member has introduced these two already and it waits or was made."""
    pair = or_(
        and_(_INTRODUCTION.c.one_member_id == one, _INTRODUCTION.c.other_member_id == other),
        and_(_INTRODUCTION.c.one_member_id == other, _INTRODUCTION.c.other_member_id == one),
    )
    standing = (IntroductionState.OFFERED.value, IntroductionState.MADE.value)
    query = select(_INTRODUCTION.c.id).where(
        _INTRODUCTION.c.group_id == group_id,
        _INTRODUCTION.c.introducer_member_id == introducer,
        _INTRODUCTION.c.state.in_(standing),
        pair,
    )
    return session.scalar(query.limit(1)) is not None


def _is_of(member_id: MemberId) -> Any:
    return or_(*(_INTRODUCTION.c[f"{side}_member_id"] == member_id for side in _SIDES))


def _introductions(group_id: GroupId) -> Select[Any]:
    columns = [
        column.label(f"{side}_{name}")
        for side in _SIDES
        for name, column in {
            "public_id": _MEMBERS[side].c.public_id,
            "phone": _MEMBERS[side].c.phone,
            "email": _MEMBERS[side].c.email,
            "name": _PEOPLE[side].c.name,
            "given_name": _PEOPLE[side].c.given_name,
        }.items()
    ]
    query = select(_INTRODUCTION, *columns).select_from(_INTRODUCTION)
    for side in _SIDES:
        member, person = _MEMBERS[side], _PEOPLE[side]
        named = _INTRODUCTION.c[f"{side}_member_id"]
        query = query.join(member, and_(member.c.group_id == _INTRODUCTION.c.group_id, member.c.id == named))
        query = query.join(person, person.c.id == member.c.person_id)
    return query.where(_INTRODUCTION.c.group_id == group_id)


def _introduction(row: Any) -> Introduction:
    return Introduction(
        id=IntroductionId(row["id"]),
        public_id=row["public_id"],
        introducer=_party(row, "introducer"),
        one=_party(row, "one"),
        other=_party(row, "other"),
        why=row["why"],
        state=row["state"],
        offered_at_utc=row["offered_at_utc"],
        made_at_utc=row["made_at_utc"],
    )


def _party(row: Any, side: str) -> Party:
    is_shown = side != "introducer" and contacts_are_shown(row["state"])
    return Party(
        id=MemberId(row[f"{side}_member_id"]),
        public_id=row[f"{side}_public_id"],
        name=row[f"{side}_name"],
        first_name=row[f"{side}_given_name"] or row[f"{side}_name"],
        phone=row[f"{side}_phone"] if is_shown else "",
        email=row[f"{side}_email"] if is_shown else "",
        says=row.get(f"{side}_says", ""),
        outcome=row.get(f"{side}_outcome", ""),
    )
