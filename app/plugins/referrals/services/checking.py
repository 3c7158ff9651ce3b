"""The weekly quality check: drawn by a job, answered by receivers, in private."""

from datetime import date

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.quality import (
    Answers,
    drawn,
    refusals_for_answers,
    week_drawn_from,
    week_of,
)
from app.plugins.referrals.interface import QualityCheckAnswered, QualityCheckDrawn
from app.plugins.referrals.queries.quality import SlipToDraw, check_of, is_drawn, slips_to_draw_from
from app.plugins.referrals.store_reports import add_check, keep_answers

_ASKED = N_("Two slips of the week were drawn, and one is yours: three private questions.")


def draw_check(work: UnitOfWork, group: Group) -> int:
    """Draw this week's two slips, once a week, and ask their receivers; return how many. A job: must not commit."""
    today = local_day(work.now, group.zone)
    week = week_of(today)
    if is_drawn(work.session, group.id, week):
        return 0
    found = slips_to_draw_from(work.session, group.id, week_drawn_from(week), group.zone)
    by_key = {slip.id: slip for slip in found}
    there = {line.id for line in members_on(work.session, group.id, today)}
    chosen = [by_key[key] for key in drawn(group.id, week, list(by_key))]
    return sum(_ask(work, group, slip, week) for slip in chosen if slip.receiver in there)


def answer_check(
    work: UnitOfWork, *, group_id: GroupId, slip: str, member: MemberId, answers: Answers, today: date
) -> None:
    """Keep the receiver's answers, which may be changed for four weeks; to everyone else there is no check (`NotFound`)."""
    found = check_of(work.session, group_id, member, slip)
    if found is None:
        raise NotFound
    refusals = refusals_for_answers(answers, drawn_on=found.week, today=today)
    if refusals:
        raise Refused(refusals)
    keep_answers(work.session, group_id, found.slip_id, answers, work.now)
    work.record(QualityCheckAnswered(group_id=group_id, slip_id=found.slip_id))
    work.commit()


def _ask(work: UnitOfWork, group: Group, slip: SlipToDraw, week: date) -> int:
    if not add_check(work.session, group.id, slip.id, week=week, receiver=slip.receiver):
        return 0
    work.record(QualityCheckDrawn(group_id=group.id, slip_id=slip.id, week=week))
    notify(
        work,
        group_id=group.id,
        member_id=slip.receiver,
        kind="referrals.quality_check",
        text=_ASKED,
        path=f"/g/{group.slug}/referrals/quality/{slip.public_id}",
    )
    return 1
