"""References, one line each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.core.access.domain.secret import hash_of
from app.core.database import table_of
from app.core.ids import GroupId
from app.plugins.joining.domain.application import State
from app.plugins.joining.domain.references import ReferenceState, is_overdue
from app.plugins.joining.models import ApplicationRow, ReferenceRow

_REFERENCE = table_of(ReferenceRow)
_APPLICATION = table_of(ApplicationRow)
_UNDECIDED = (State.OPEN.value, State.LATER.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLine:
    """Somebody whom an applicant named, with what they said; `state_of_application` says whether it still matters."""

    id: int
    public_id: str
    application_id: int
    application_public_id: str
    applicant: str
    state_of_application: State
    number: int
    state: ReferenceState
    name: str
    email: str
    answer: str
    words: str
    times_asked: int
    asked_at_utc: datetime | None
    reminded_at_utc: datetime | None
    answered_at_utc: datetime | None
    expires_at_utc: datetime | None
    link_nonce: str

    @property
    def subject_key(self) -> str:
        """What mails to this referee are about."""
        return f"{self.application_public_id}:ref:{self.number}"

    def may_answer(self, now: datetime) -> bool:
        """Return whether an answer is still of use."""
        in_time = self.expires_at_utc is not None and now < self.expires_at_utc
        return (
            self.state is ReferenceState.ASKED and in_time and self.state_of_application.value in _UNDECIDED
        )

    def is_overdue(self, now: datetime) -> bool:
        """Return whether somebody should look after it."""
        return self.state_of_application is State.OPEN and is_overdue(self.state, self.asked_at_utc, now)


def references_of(session: Session, group_id: GroupId, application_id: int) -> list[ReferenceLine]:
    """Return the references of an application in the order in which they were named."""
    query = _lines(group_id).where(_REFERENCE.c.application_id == application_id)
    return [_line(row) for row in session.execute(query.order_by(_REFERENCE.c.number))]


def reference_by_secret(session: Session, group_id: GroupId, secret: str) -> ReferenceLine | None:
    """Return the reference whose link this is."""
    row = session.execute(_lines(group_id).where(_REFERENCE.c.link_hash == hash_of(secret))).one_or_none()
    return _line(row) if row else None


def reference_by_key(session: Session, group_id: GroupId, reference_id: int) -> ReferenceLine:
    """Return the reference with that key, which exists."""
    return _line(session.execute(_lines(group_id).where(_REFERENCE.c.id == reference_id)).one())


def references_asked(session: Session, group_id: GroupId) -> list[ReferenceLine]:
    """Return every reference that was asked for and has no answer, of applications that are still to be decided."""
    states = (ReferenceState.ASKED.value, ReferenceState.EXPIRED.value)
    query = _lines(group_id).where(_REFERENCE.c.state.in_(states), _APPLICATION.c.state.in_(_UNDECIDED))
    return [_line(row) for row in session.execute(query.order_by(_REFERENCE.c.id))]


def _lines(group_id: GroupId) -> Select[Any]:
    return (
        select(
            _REFERENCE,
            _APPLICATION.c.public_id.label("application_public_id"),
            _APPLICATION.c.name.label("applicant"),
            _APPLICATION.c.state.label("state_of_application"),
        )
        .join(
            _APPLICATION,
            and_(
                _APPLICATION.c.group_id == _REFERENCE.c.group_id,
                _APPLICATION.c.id == _REFERENCE.c.application_id,
            ),
        )
        .where(_REFERENCE.c.group_id == group_id)
    )


def _line(row: Any) -> ReferenceLine:
    return ReferenceLine(
        id=row.id,
        public_id=row.public_id,
        application_id=row.application_id,
        application_public_id=row.application_public_id,
        applicant=row.applicant,
        state_of_application=State(row.state_of_application),
        number=row.number,
        state=ReferenceState(row.state),
        name=row.name,
        email=row.email,
        answer=row.answer,
        words=row.words,
        times_asked=row.times_asked,
        asked_at_utc=row.asked_at_utc,
        reminded_at_utc=row.reminded_at_utc,
        answered_at_utc=row.answered_at_utc,
        expires_at_utc=row.expires_at_utc,
        link_nonce=row.link_nonce,
    )
