"""What a group says on its public page, its photo of the door, and the trades in the room."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId
from app.plugins.welcome.domain.public_page import PageWords
from app.plugins.welcome.models_visits import DoorPhotoRow, PageRow

_PAGE = table_of(PageRow)
_PHOTO = table_of(DoorPhotoRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPageLine:
    """The page as it stands; `version` 0 where nothing was written yet."""

    is_open: bool
    words: PageWords
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPhoto:
    """The photo of the door, without its bytes."""

    width: int
    height: int
    digest: str
    changed_at_utc: datetime


def page_of(session: Session, group_id: GroupId) -> PublicPageLine:
    """Return what the group says on its page; closed and as usual where it wrote nothing."""
    row = session.execute(select(_PAGE).where(_PAGE.c.group_id == group_id)).one_or_none()
    if row is None:
        return PublicPageLine(is_open=False, words=PageWords(), version=0)
    words = PageWords(
        about=row.about,
        minutes=row.minutes,
        whom_for=row.whom_for,
        cost=row.cost,
        dress=row.dress,
        way=row.way,
        shows_trades=row.shows_trades,
        months_kept=row.months_kept,
        visits_limit=row.visits_limit,
    )
    return PublicPageLine(is_open=row.is_open, words=words, version=row.version)


def held_page(session: Session, group_id: GroupId) -> None:
    """Hold the group's page until the commit, so that two registrations at one moment are taken one after the other."""
    session.execute(select(_PAGE.c.group_id).where(_PAGE.c.group_id == group_id).with_for_update())


def photo_of(session: Session, group_id: GroupId) -> DoorPhoto | None:
    """Return what is known of the photo of the door, if there is one."""
    query = select(_PHOTO.c.width, _PHOTO.c.height, _PHOTO.c.digest, _PHOTO.c.changed_at_utc)
    row = session.execute(query.where(_PHOTO.c.group_id == group_id)).one_or_none()
    if row is None:
        return None
    return DoorPhoto(width=row.width, height=row.height, digest=row.digest, changed_at_utc=row.changed_at_utc)


def photo_bytes(session: Session, group_id: GroupId) -> bytes | None:
    """Return the photo of the door as a JPEG."""
    jpeg: bytes | None = session.scalar(select(_PHOTO.c.jpeg).where(_PHOTO.c.group_id == group_id))
    return jpeg


def trades_on(session: Session, group_id: GroupId, day: date, *, shown_only: bool) -> list[str]:
    """Return the trades of the members on that day, each once; `shown_only` of those who show themselves to others."""
    query = (
        select(_MEMBER.c.trade)
        .join(
            _MEMBERSHIP,
            and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
        )
        .where(
            _MEMBER.c.group_id == group_id,
            _MEMBER.c.trade != "",
            _MEMBERSHIP.c.started_on <= day,
            or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= day),
        )
    )
    if shown_only:
        query = query.where(_MEMBER.c.shows_contact.is_(True))
    trades = {trade.casefold(): trade for trade in session.scalars(query)}
    return [trades[key] for key in sorted(trades)]


class OpenPages:
    """Answers whether a group opened its public page."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_open(self, group_id: GroupId) -> bool:
        """Return whether anybody may read the group's page and register; one statement."""
        query = select(_PAGE.c.is_open).where(_PAGE.c.group_id == group_id)
        return bool(self._session.scalar(query))
