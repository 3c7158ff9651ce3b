"""What a member chose to be told of by mail, and when: read and kept."""

from datetime import time

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.notices.hours import USUAL, Choices, ToldBy
from app.core.notices.models import ToldWhenRow
from app.core.work import UnitOfWork


def choices_of(session: Session, group_id: GroupId, member_id: MemberId) -> Choices:
    """Return what the member chose, or what is usual."""
    query = select(ToldWhenRow).where(ToldWhenRow.group_id == group_id, ToldWhenRow.member_id == member_id)
    return chosen(session.scalar(query))


def chosen(row: ToldWhenRow | None) -> Choices:
    """Return the choices that a row keeps, or what is usual where there is none."""
    if row is None:
        return USUAL
    return Choices(
        waiting=ToldBy(row.waiting_by),
        news=ToldBy(row.news_by),
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
    )


def choices_typed(*, waiting: str, news: str, quiet_from: time | None, quiet_until: time | None) -> Choices:
    """Return what was chosen; refused with every reason at once where something is missing or unknown."""
    refusals = [
        Refusal(code="notices.choice_missing", field=field)
        for field, given in (("waiting", waiting), ("news", news))
        if given not in set(ToldBy)
    ] + [
        Refusal(code="notices.bad_hour", field=field)
        for field, wall in (("quiet_from", quiet_from), ("quiet_until", quiet_until))
        if wall is None
    ]
    if refusals or quiet_from is None or quiet_until is None:
        raise Refused(refusals)
    return Choices(waiting=ToldBy(waiting), news=ToldBy(news), quiet_from=quiet_from, quiet_until=quiet_until)


def keep_choices(work: UnitOfWork, *, group_id: GroupId, member_id: MemberId, choices: Choices) -> None:
    """Keep what the member chose; what is on its way already leaves as it was to. The caller commits."""
    chosen = {
        "waiting_by": choices.waiting.value,
        "news_by": choices.news.value,
        "quiet_from": choices.quiet_from,
        "quiet_until": choices.quiet_until,
    }
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(ToldWhenRow).values(group_id=group_id, member_id=member_id, **chosen)
    work.session.execute(row.on_conflict_do_update(index_elements=["group_id", "member_id"], set_=chosen))
