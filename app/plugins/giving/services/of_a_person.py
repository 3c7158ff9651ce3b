"""What giving holds of a member beyond their labelled columns: words that nobody can read any more leave the pages."""

from typing import Any

from sqlalchemy import or_, update

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.giving.models import TestimonialRow, ThanksRow


def take_off_the_pages(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Hide thanks and testimonials from and to the member; every count stays as it is."""
    hidden = 0
    for table, author, subject in _words():
        found = work.session.execute(
            update(table)
            .where(
                table.c.group_id == group.id,
                or_(table.c[author] == member_id, table.c[subject] == member_id),
                table.c.hidden_at_utc.is_(None),
            )
            .values(hidden_at_utc=work.now)
            .returning(table.c.id)
        )
        hidden += len(found.all())
    return hidden


def _words() -> tuple[tuple[Any, str, str], ...]:
    return (
        (ThanksRow.__table__, "helped_member_id", "helper_member_id"),
        (TestimonialRow.__table__, "author_member_id", "about_member_id"),
    )
