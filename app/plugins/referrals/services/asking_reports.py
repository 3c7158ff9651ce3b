"""The mail that asks for a sealed report: one a slip and side, with a link that needs no account."""

from collections.abc import Callable
from datetime import time, timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_on
from app.core.local_time import local_datetime
from app.core.notices.queries import people_written_to
from app.core.notices.services import Letter, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.queries.reports import Unasked, unreported_between

ASKS_FROM, ASKS_UNTIL = time(8), time(20)
"""Wall times in the group's zone: nobody is asked at night."""
SETTLES = timedelta(hours=1)
"""Who has just told the result is on the slip's page, where the question stands too; a mail comes only after that."""
ASKED_WITHIN = timedelta(days=3)
"""What is older, as when the house stood still or referrals were switched on late, is asked on pages alone."""

ReportLink = Callable[[MemberLine, Unasked], str]
"""Returns the address where one member gives their report on one slip."""

_SUBJECTS = {
    Report.HANDLING: N_("Would you refer %(name)s again?"),
    Report.LEAD: N_("Was the lead from %(name)s real?"),
}
_BODIES = {
    Report.HANDLING: N_(
        "You passed %(name)s a referral in %(group)s. Would you refer them again for this kind of job: yes, not sure or "
        "no? One tap says it:\n\n%(link)s\n\n"
        "Your answer is sealed: no page shows it, and nobody is told that you gave one. Your name is not shown, but in "
        "a small group %(name)s may guess.\n"
    ),
    Report.LEAD: N_(
        "%(name)s passed you a referral in %(group)s. Was the lead real: yes, partly or no? One tap says it:\n\n%(link)s\n\n"
        "Your answer is sealed: no page shows it, and nobody is told that you gave one. Your name is not shown, but in "
        "a small group %(name)s may guess.\n"
    ),
}


def ask_by_mail(work: UnitOfWork, group: Group, link: ReportLink) -> int:
    """Ask those whose report could be given lately and is missing; return how many were written to. The caller commits.

    Whether somebody is asked hangs on their own report alone, never on the other side's.
    """
    local = local_datetime(work.now, group.zone)
    if not ASKS_FROM <= local.time() < ASKS_UNTIL:
        return 0
    missing = unreported_between(
        work.session, group.id, after=work.now - ASKED_WITHIN, until=work.now - SETTLES
    )
    if not missing:
        return 0
    members = {line.id: line for line in members_on(work.session, group.id, local.date())}
    return sum(
        _ask(work, group, members[one.member_id], one, link) for one in missing if one.member_id in members
    )


def _ask(work: UnitOfWork, group: Group, member: MemberLine, one: Unasked, link: ReportLink) -> int:
    kind = f"referrals.report_{one.report.value}"
    if member.person_id in people_written_to(work.session, kind=kind, subject_key=one.slip, period=""):
        return 0
    letter = Letter(
        kind=kind,
        subject=_SUBJECTS[one.report],
        body=_BODIES[one.report],
        subject_key=one.slip,
        facts={"name": one.other_name, "group": group.name, "link": link(member, one)},
    )
    write_to_member(work, group_id=group.id, member_id=member.id, letter=letter)
    return 1
