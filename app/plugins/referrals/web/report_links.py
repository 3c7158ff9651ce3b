"""The links of the mails that ask for a report: signed for one member, one slip and one question."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from app.http.outside import absolute, path_of, signed_in
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.queries.reports import Unasked
from app.plugins.referrals.services.asking_reports import ask_by_mail

LINK_LIVES = timedelta(days=60)
_PURPOSE = "referrals report 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedReport:
    """What a link stands for; `written_at` is when its mail was written."""

    member_public_id: str
    slip: str
    report: Report
    written_at: datetime


def ask_for_reports(work: UnitOfWork, group: Group) -> int:
    """Write the mails that are due in the group, with links to this house; return how many. A job: must not commit."""

    def link(member: MemberLine, one: Unasked) -> str:
        token = token_of(
            group,
            LinkedReport(
                member_public_id=member.public_id, slip=one.slip, report=one.report, written_at=work.now
            ),
        )
        return absolute(path_of("visit.referrals.report_from_mail", group, token=token))

    return ask_by_mail(work, group, link)


def token_of(group: Group, linked: LinkedReport) -> str:
    """Return the token that stands in the address of a link."""
    written_at = int(linked.written_at.timestamp())
    told = [linked.member_public_id, linked.slip, linked.report.value, written_at]
    return signed_in(group, _PURPOSE).token(told)


def read_token(group: Group, token: str) -> LinkedReport | None:
    """Return what a token stands for, or None where this house did not sign it for this group."""
    try:
        member, slip, report, written_at = signed_in(group, _PURPOSE).read(token)
        return LinkedReport(
            member_public_id=member,
            slip=slip,
            report=Report(report),
            written_at=datetime.fromtimestamp(written_at, UTC),
        )
    except (ValueError, TypeError):
        return None
