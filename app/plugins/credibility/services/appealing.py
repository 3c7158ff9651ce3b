"""A member disagrees with a counted report on them: from then on those who decide, and nobody else, see whose slip it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.office import LEADERS
from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on, offices_of_members
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.appeals import (
    APPEAL_DAYS,
    DECIDED_WITHIN,
    LEAST_MEMBERS,
    AppealState,
    Tier,
    asked_next,
    freezes,
    may_appeal,
    refusals_for_reason,
)
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.interface import AppealFiled
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import Appeal, appeals_of, appeared
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.services.appeal_news import Question, ask_to_decide
from app.plugins.credibility.services.counting import fold_again
from app.plugins.credibility.store import freeze_evidence
from app.plugins.credibility.store_appeals import add_appeal, add_deciders, one_at_a_time

DECIDERS = 2

FirstDays = Mapping[tuple[Facet, int, int], date]
"""On which day reports appeared first, by facet, slip and number, where they were taken away since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAppeal:
    """Who disagrees with which report (public id), and why."""

    group: Group
    member: MemberId
    report: str
    reason: str


def own_report(work: UnitOfWork, group: Group, member_id: MemberId, report: str) -> Evidence:
    """Return a published report on the member's handling of referrals or on their leads; any other does not exist (`NotFound`)."""
    found = secret.evidence_by_public_id(work.session, group.id, report)
    if found is None or found.about_member_id != member_id or found.published_on is None:
        raise NotFound
    return found


def file_appeal(work: UnitOfWork, command: FileAppeal) -> str:
    """Keep the disagreement, ask two to decide, and commit; return its public id.

    The first within 180 days takes the report out of the sums until it is decided. The reporter is not told.
    """
    group = command.group
    one_at_a_time(work.session, group.id)
    row = own_report(work, group, command.member, command.report)
    earlier = appeals_of(work.session, group.id, command.member)
    if refusals := _refusals(work, command, row, earlier):
        raise Refused(refusals)
    is_first = freezes([one.filed_at for one in earlier], work.now)
    public_id, asked = keep_appeal(work, group, row, command.reason, is_first=is_first)
    ask_to_decide(work, group, Question(public_id=public_id, due_at=work.now + DECIDED_WITHIN), asked)
    work.commit()
    return public_id


def keep_appeal(
    work: UnitOfWork, group: Group, row: Evidence, reason: str, *, is_first: bool
) -> tuple[str, list[MemberId]]:
    """Keep a disagreement and who decides on it, frozen if it is the first; return its public id and those asked.

    Nobody is told. The caller commits.
    """
    appeal_id, public_id = work.ids.key(), work.ids.public_id()
    add_appeal(
        work.session,
        {
            "group_id": group.id,
            "id": appeal_id,
            "public_id": public_id,
            "evidence_id": row.id,
            "slip_id": row.slip_id,
            "report_number": row.report_number,
            "about_member_id": row.about_member_id,
            "reason": reason,
            "state": AppealState.OPEN.value,
            "filed_at_utc": work.now,
            "due_at_utc": work.now + DECIDED_WITHIN,
        },
    )
    asked = asked_next(eligible_for(work, group, row), (), public_id, DECIDERS)
    add_deciders(work.session, group.id, appeal_id, asked)
    if is_first:
        freeze_evidence(work.session, group.id, row.id, is_frozen=True)
        fold_again(work, group, row.whose, constants_in_force(work.session, group.id))
    work.record(AppealFiled(group_id=group.id, appeal_id=appeal_id))
    return public_id, asked


def eligible_for(work: UnitOfWork, group: Group, row: Evidence) -> Mapping[MemberId, Tier]:
    """Return who may decide: present members but the two sides, those who lead first, then other offices, then anybody."""
    today = local_day(work.now, group.zone)
    offices = offices_of_members(work.session, group.id, today)
    found: dict[MemberId, Tier] = {}
    for member in members_on(work.session, group.id, today):
        if member.id in {row.by_member_id, row.about_member_id}:
            continue
        held = offices.get(member.id, ())
        found[member.id] = Tier.LEADER if LEADERS & set(held) else Tier.OFFICE if held else Tier.MEMBER
    return found


def appeal_against(row: Evidence, appeals: Iterable[Appeal]) -> Appeal | None:
    """Return the member's disagreement with this report, also where the report is counted anew since; else None.

    One that ended because the report went away, before anybody had decided, stands in nobody's way.
    """
    report = row.slip_id, row.report_number
    said = [one for one in appeals if one.state is not AppealState.MOOT or one.says]
    return next((one for one in said if row.id == one.evidence_id or report == one.report), None)


def is_appealable(row: Evidence, group: Group, work: UnitOfWork, first_days: FirstDays) -> bool:
    """Return whether a report, with which the member has not disagreed, appeared so lately that they still can.

    `first_days` are those of reports that had appeared before the member stopped taking part: their days run on.
    """
    if row.published_on is None:
        return False
    first = first_days.get((row.facet, row.slip_id, row.report_number), row.published_on)
    return may_appeal(min(first, row.published_on), local_day(work.now, group.zone))


def _refusals(
    work: UnitOfWork, command: FileAppeal, row: Evidence, earlier: Sequence[Appeal]
) -> list[Refusal]:
    refusals = refusals_for_reason(command.reason)
    today = local_day(work.now, command.group.zone)
    if appeal_against(row, earlier) is not None:
        refusals.append(Refusal(code="credibility.appealed_before"))
    if not is_appealable(row, command.group, work, appeared(work.session, command.group.id)):
        refusals.append(Refusal(code="credibility.too_late", facts={"days": APPEAL_DAYS}))
    # counted are all members, so that the answer does not tell whether the reporter is still one of them
    if len(members_on(work.session, command.group.id, today)) < LEAST_MEMBERS:
        refusals.append(Refusal(code="credibility.too_few"))
    return refusals
