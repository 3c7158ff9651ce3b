"""What the leaders of a demo group wrote and asked: a mail in own words, what goes with an office, an office offered."""

from datetime import date, timedelta

from app.core.groups.domain.office import Office
from app.core.groups.queries import office_holders
from app.core.ids import GroupId, MemberId
from app.core.notices.models import MailWordsRow
from app.core.offices.domain.offer import Answer, OfferState
from app.core.offices.models import OfficeAskedRow, OfficeOfferRow, OfficeWordRow
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup

_CALLED_OFF = (
    "{group}: we do not meet on {day}",
    "Dear {reader},\n\nwe do not meet this time:\n\n{when}\n\n{said}Enjoy the morning.\n\n{url}\n",
)
_GOES_WITH_THE_OFFICE = (
    "The hotel wants to know by Friday noon how many we are. Ask for the manager; she knows us.",
    "The banner is in the cupboard behind the bar. The key is with whoever opens the room.",
)
_ASKED_AT_MOST = 3


def fill_offices(work: UnitOfWork, group: DemoGroup) -> None:
    """Write what leaders write; nobody is told, and nothing is sent. The caller commits."""
    group_id = GroupId(group.group_id)
    president = office_holders(work.session, group_id, frozenset({Office.PRESIDENT}), group.today)[0]
    subject, body = _CALLED_OFF
    work.session.add(
        MailWordsRow(
            group_id=group_id,
            wording="meetings.called_off",
            subject=subject,
            body=body,
            changed_at_utc=work.now - timedelta(days=20),
            version=1,
        )
    )
    for days, words in enumerate(_GOES_WITH_THE_OFFICE):
        work.session.add(
            OfficeWordRow(
                group_id=group_id,
                id=work.ids.key(),
                public_id=work.ids.public_id(),
                office=Office.PRESIDENT.value,
                member_id=president,
                words=words,
                written_at_utc=work.now - timedelta(days=30 * (2 - days)),
                version=1,
            )
        )
    asked = [one.id for one in group.members_on(group.today) if one.id != president][-_ASKED_AT_MOST:]
    _offer(work, group_id, president, asked, group.today + timedelta(days=40))


def _offer(
    work: UnitOfWork, group_id: GroupId, president: MemberId, asked: list[MemberId], first: date
) -> None:
    offer = OfficeOfferRow(
        group_id=group_id,
        id=work.ids.key(),
        public_id=work.ids.public_id(),
        office=Office.VISITOR_HOST.value,
        starts_on=first,
        ends_on=first + timedelta(days=182),
        state=OfferState.OPEN.value,
        offered_by_member_id=president,
        offered_at_utc=work.now - timedelta(days=2),
        taken_by_member_id=None,
        settled_at_utc=None,
    )
    work.session.add(offer)
    work.session.flush()
    for number, member_id in enumerate(asked):
        has_declined = number == 0
        work.session.add(
            OfficeAskedRow(
                group_id=group_id,
                offer_id=offer.id,
                member_id=member_id,
                answer=(Answer.DECLINED if has_declined else Answer.NONE).value,
                answered_at_utc=work.now - timedelta(days=1) if has_declined else None,
            )
        )
