"""Taking away mails and notices that nobody needs any more: the question is answered, the thing is called off."""

from sqlalchemy import delete, select

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.work import UnitOfWork


def take_out_unsent(
    work: UnitOfWork, *, group_id: GroupId, kind: str, subject_key: str, member_id: MemberId | None = None
) -> int:
    """Take out the mails of `kind` about `subject_key` that have not left, all or one member's; return how many.

    What a worker holds in this instant leaves all the same. The caller commits.
    """
    unsent = delete(OutgoingMailRow).where(
        OutgoingMailRow.group_id == group_id,
        OutgoingMailRow.kind == kind,
        OutgoingMailRow.subject_key == subject_key,
        OutgoingMailRow.state.in_(("waiting", "held")),
        OutgoingMailRow.leased_until_utc.is_(None) | (OutgoingMailRow.leased_until_utc <= work.now),
    )
    if member_id is not None:
        person = select(MemberRow.person_id).where(MemberRow.group_id == group_id, MemberRow.id == member_id)
        unsent = unsent.where(OutgoingMailRow.person_id == person.scalar_subquery())
    return len(work.session.execute(unsent.returning(OutgoingMailRow.id)).all())


def take_off_page(
    work: UnitOfWork, *, group_id: GroupId, kind: str, path: str, member_id: MemberId | None = None
) -> int:
    """Take away the notices of `kind` that lead to `path`, all or one member's, read or unread; return how many.

    For what asks for something by a day: where nothing is asked any more, it is no history. The caller commits.
    """
    asked = delete(NoticeRow).where(
        NoticeRow.group_id == group_id, NoticeRow.kind == kind, NoticeRow.path == path
    )
    if member_id is not None:
        asked = asked.where(NoticeRow.member_id == member_id)
    return len(work.session.execute(asked.returning(NoticeRow.id)).all())
