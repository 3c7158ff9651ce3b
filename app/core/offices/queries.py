"""Reading what goes with an office, and offers with whom they ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.domain.office import Office, Term
from app.core.groups.models import MemberRow, OfficeTermRow
from app.core.groups.queries import MemberLine
from app.core.ids import GroupId, MemberId
from app.core.offices.domain.offer import Answer, OfferState, Servant, state_on
from app.core.offices.models import OfficeAskedRow, OfficeOfferRow, OfficeWordRow
from app.core.people.models import PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWord:
    """Something that goes with an office, and who wrote it last."""

    public_id: str
    words: str
    writer_name: str
    written_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An office offered for a term, as it stands on the day it was read."""

    id: int
    public_id: str
    office: Office
    term: Term
    state: OfferState
    taken_by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One who is asked, and what they said: for leaders alone."""

    member_id: MemberId
    name: str
    answer: Answer


def words_of_office(session: Session, group_id: GroupId, office: Office) -> list[OfficeWord]:
    """Return what goes with the office, the latest first."""
    rows = session.execute(_words(group_id, office).order_by(OfficeWordRow.written_at_utc.desc()))
    return [_word(row) for row in rows]


def office_word(session: Session, group_id: GroupId, office: Office, public_id: str) -> OfficeWord | None:
    """Return one of them, or None where this office has none of that name."""
    row = session.execute(_words(group_id, office).where(OfficeWordRow.public_id == public_id)).one_or_none()
    return _word(row) if row else None


def holds_office(session: Session, group_id: GroupId, member_id: MemberId, office: Office, day: date) -> bool:
    """Return whether the member holds the office on `day`."""
    query = select(OfficeTermRow.id).where(
        OfficeTermRow.group_id == group_id,
        OfficeTermRow.member_id == member_id,
        OfficeTermRow.office == office.value,
        OfficeTermRow.starts_on <= day,
        or_(OfficeTermRow.ends_on.is_(None), OfficeTermRow.ends_on >= day),
    )
    return session.scalar(query.limit(1)) is not None


def servants_among(
    session: Session, group_id: GroupId, members: Sequence[MemberLine], today: date
) -> dict[MemberId, Servant]:
    """Return what is known of these members' terms of office, by member."""
    rows = session.execute(
        select(OfficeTermRow.member_id, OfficeTermRow.starts_on, OfficeTermRow.ends_on).where(
            OfficeTermRow.group_id == group_id,
            or_(OfficeTermRow.ends_on.is_(None), OfficeTermRow.ends_on >= OfficeTermRow.starts_on),
        )
    ).all()
    bound = {row.member_id for row in rows if row.ends_on is None or row.ends_on >= today}
    last: dict[int, date] = {}
    for row in rows:
        if row.ends_on is not None:
            last[row.member_id] = max(row.ends_on, last.get(row.member_id, row.ends_on))
    return {
        one.id: Servant(
            member_id=one.id, joined_on=one.joined_on, last_on=last.get(one.id), is_bound=one.id in bound
        )
        for one in members
    }


def offer_by_public_id(session: Session, group_id: GroupId, public_id: str, today: date) -> Offer | None:
    """Return the offer, as it stands today."""
    row = session.execute(_offers(group_id).where(OfficeOfferRow.public_id == public_id)).one_or_none()
    return _offer(row, today) if row else None


def open_offers(session: Session, group_id: GroupId, today: date) -> list[Offer]:
    """Return the offers that somebody may still take, the one that begins first in front."""
    rows = session.execute(_offers(group_id).where(*_still_open(today)).order_by(OfficeOfferRow.starts_on))
    return [_offer(row, today) for row in rows]


def waiting_for(session: Session, group_id: GroupId, member_id: MemberId, today: date) -> list[Offer]:
    """Return the offers that the member has not answered yet."""
    rows = session.execute(
        _offers(group_id)
        .join(
            OfficeAskedRow,
            and_(
                OfficeAskedRow.group_id == OfficeOfferRow.group_id,
                OfficeAskedRow.offer_id == OfficeOfferRow.id,
            ),
        )
        .where(
            OfficeAskedRow.member_id == member_id, OfficeAskedRow.answer == Answer.NONE, *_still_open(today)
        )
        .order_by(OfficeOfferRow.starts_on)
    )
    return [_offer(row, today) for row in rows]


def asked_of(session: Session, group_id: GroupId, offer_id: int) -> list[Asked]:
    """Return who is asked, in alphabetical order."""
    rows = session.execute(
        select(OfficeAskedRow.member_id, OfficeAskedRow.answer, PersonRow.name)
        .join(
            MemberRow,
            and_(MemberRow.group_id == OfficeAskedRow.group_id, MemberRow.id == OfficeAskedRow.member_id),
        )
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(OfficeAskedRow.group_id == group_id, OfficeAskedRow.offer_id == offer_id)
        .order_by(PersonRow.name)
    )
    return [
        Asked(member_id=MemberId(row.member_id), name=row.name, answer=Answer(row.answer)) for row in rows
    ]


def unanswered_left(session: Session, group_id: GroupId, offer_id: int) -> int:
    """Return how many of those asked have not said no."""
    query = select(func.count()).where(
        OfficeAskedRow.group_id == group_id,
        OfficeAskedRow.offer_id == offer_id,
        OfficeAskedRow.answer != Answer.DECLINED,
    )
    return session.scalar(query) or 0


def _still_open(today: date) -> tuple[ColumnElement[bool], ...]:
    return OfficeOfferRow.state == OfferState.OPEN, OfficeOfferRow.starts_on > today


def _offers(group_id: GroupId) -> Select[int, str, str, date, date | None, str, str]:
    return (
        select(
            OfficeOfferRow.id,
            OfficeOfferRow.public_id,
            OfficeOfferRow.office,
            OfficeOfferRow.starts_on,
            OfficeOfferRow.ends_on,
            OfficeOfferRow.state,
            PersonRow.name,
        )
        .outerjoin(
            MemberRow,
            and_(
                MemberRow.group_id == OfficeOfferRow.group_id,
                MemberRow.id == OfficeOfferRow.taken_by_member_id,
            ),
        )
        .outerjoin(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(OfficeOfferRow.group_id == group_id)
    )


def _offer(row: Any, today: date) -> Offer:
    return Offer(
        id=row.id,
        public_id=row.public_id,
        office=Office(row.office),
        term=Term(first=row.starts_on, last=row.ends_on),
        state=state_on(OfferState(row.state), row.starts_on, today),
        taken_by_name=row.name or "",
    )


def _words(group_id: GroupId, office: Office) -> Select[str, str, datetime, int, str]:
    return (
        select(
            OfficeWordRow.public_id,
            OfficeWordRow.words,
            OfficeWordRow.written_at_utc,
            OfficeWordRow.version,
            PersonRow.name,
        )
        .join(
            MemberRow,
            and_(MemberRow.group_id == OfficeWordRow.group_id, MemberRow.id == OfficeWordRow.member_id),
        )
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(OfficeWordRow.group_id == group_id, OfficeWordRow.office == office.value)
    )


def _word(row: Any) -> OfficeWord:
    return OfficeWord(
        public_id=row.public_id,
        words=row.words,
        writer_name=row.name,
        written_at=row.written_at_utc,
        version=row.version,
    )
