"""What was said of members: thank-yous and testimonials, by whom, about whom, and whether they are hidden."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.giving.models import TestimonialRow, ThanksRow

_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_THANKS: Any = ThanksRow.__table__
_TESTIMONIAL: Any = TestimonialRow.__table__
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsLine:
    """Words about a member: `words` is thanks or testimonial. `help` and `about_id` name what thanks are for."""

    words: str
    id: int
    public_id: str
    author_id: MemberId
    author_name: str
    author_public_id: str
    about_id: MemberId
    about_name: str
    about_public_id: str
    help: str
    help_id: int
    text: str
    at_utc: datetime
    is_hidden: bool


def words_about(session: Session, group_id: GroupId, member_id: MemberId, most: int) -> list[WordsLine]:
    """Return what everybody may read about a member, the newest first: nothing that they hid."""
    said = _said(group_id)
    query = _named(said).where(said.c.about_member_id == member_id, said.c.hidden_at_utc.is_(None))
    return [_line(row) for row in session.execute(query.limit(most))]


def words_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[WordsLine]:
    """Return what the member wrote and what was written about them, hidden or not, the newest first."""
    said = _said(group_id)
    own = or_(said.c.about_member_id == member_id, said.c.author_member_id == member_id)
    return [_line(row) for row in session.execute(_named(said).where(own).limit(_MOST))]


def latest_thanks(session: Session, group_id: GroupId, since: datetime, most: int) -> list[WordsLine]:
    """Return the thank-yous that were published since then and are not hidden, the newest first."""
    said = _said(group_id)
    query = _named(said).where(
        said.c.words_kind == "thanks", said.c.at_utc >= since, said.c.hidden_at_utc.is_(None)
    )
    return [_line(row) for row in session.execute(query.limit(most))]


def words_by_public_id(session: Session, group_id: GroupId, words: str, public_id: str) -> WordsLine | None:
    """Return the thank-you or the testimonial of this group with that public id."""
    said = _said(group_id)
    query = _named(said).where(said.c.words_kind == words, said.c.public_id == public_id)
    row = session.execute(query).one_or_none()
    return _line(row) if row else None


def _said(group_id: GroupId) -> Any:
    """Return both kinds of words of the group as one list."""
    thanks = select(
        literal("thanks").label("words_kind"),
        _THANKS.c.group_id,
        _THANKS.c.id,
        _THANKS.c.public_id,
        _THANKS.c.helped_member_id.label("author_member_id"),
        _THANKS.c.helper_member_id.label("about_member_id"),
        _THANKS.c.kind.label("help"),
        _THANKS.c.about_id.label("help_id"),
        _THANKS.c.words,
        _THANKS.c.at_utc,
        _THANKS.c.hidden_at_utc,
    ).where(_THANKS.c.group_id == group_id)
    testimonials = select(
        literal("testimonial"),
        _TESTIMONIAL.c.group_id,
        _TESTIMONIAL.c.id,
        _TESTIMONIAL.c.public_id,
        _TESTIMONIAL.c.author_member_id,
        _TESTIMONIAL.c.about_member_id,
        literal(""),
        literal(0, BigInteger),
        _TESTIMONIAL.c.words,
        _TESTIMONIAL.c.at_utc,
        _TESTIMONIAL.c.hidden_at_utc,
    ).where(_TESTIMONIAL.c.group_id == group_id)
    return union_all(thanks, testimonials).subquery("said")


def _named(said: Any) -> Select[Any]:
    columns: list[Any] = []
    joins: list[tuple[Any, Any, Any]] = []
    for side in ("author", "about"):
        member: Any = aliased(_MEMBER)
        person: Any = aliased(_PERSON)
        columns += [member.c.public_id.label(f"{side}_public_id"), person.c.name.label(f"{side}_name")]
        joins.append((member, person, said.c[f"{side}_member_id"]))
    query = select(said, *columns).select_from(said)
    for member, person, named in joins:
        query = query.join(member, and_(member.c.group_id == said.c.group_id, member.c.id == named))
        query = query.join(person, person.c.id == member.c.person_id)
    return query.order_by(said.c.at_utc.desc(), said.c.id.desc())


def _line(row: Any) -> WordsLine:
    return WordsLine(
        words=row.words_kind,
        id=row.id,
        public_id=row.public_id,
        author_id=MemberId(row.author_member_id),
        author_name=row.author_name,
        author_public_id=row.author_public_id,
        about_id=MemberId(row.about_member_id),
        about_name=row.about_name,
        about_public_id=row.about_public_id,
        help=row.help,
        help_id=row.help_id,
        text=row.words,
        at_utc=row.at_utc,
        is_hidden=row.hidden_at_utc is not None,
    )
