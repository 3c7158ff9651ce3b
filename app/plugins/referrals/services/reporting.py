"""Giving a sealed report: kept as a version of its own, told to nobody; a correction replaces what was said before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.reports import OF_SIDE, Report, refusals_for_report
from app.plugins.referrals.interface import ReportGiven
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.queries.reports import own_report, slips_to_look_back_on
from app.plugins.referrals.store_reports import add_looks_back, add_report, hold_slip


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReport:
    """One side's answer on a slip; `may_correct` is false where a first answer alone is taken, as from a link."""

    group_id: GroupId
    slip: str
    member: MemberId
    answer: str
    may_correct: bool = True


def give_report(work: UnitOfWork, command: GiveReport) -> None:
    """Keep the report of the member's side; to those on neither side the slip does not exist (`NotFound`).

    Nobody is told, and the slip does not change: not its version, not its news. The same answer again is nothing new.
    """
    _give(work, command)
    work.commit()


def look_back(
    work: UnitOfWork, group_id: GroupId, member: MemberId, answers: Mapping[str, str], *, today: date
) -> int:
    """Keep the answers to the screen of slips that files brought, by public id; return how many were given.

    The screen is done with, whether all slips were answered or none: it comes once for each file.
    """
    asked = slips_to_look_back_on(work.session, group_id, member, today=today)
    given = [
        GiveReport(group_id=group_id, slip=one.public_id, member=member, answer=answers[one.public_id])
        for one in asked
        if answers.get(one.public_id)
    ]
    for command in given:
        _give(work, command)
    batches = sorted({one.batch_id for one in asked if one.batch_id is not None})
    add_looks_back(work.session, group_id, member, batches, work.now)
    work.commit()
    return len(given)


def report_of(view: SlipView, member: MemberId) -> Report | None:
    """Return which report on the slip is the member's: of a slip from a file the giver's word alone is asked.

    None where the other side is not of this group: nobody could read what was said of them.
    """
    if view.slip.giver is None or view.slip.receiver is None:
        return None
    side = view.slip.side_of(member)
    report = OF_SIDE.get(side) if side else None
    return None if report is Report.LEAD and view.historic_on is not None else report


def _give(work: UnitOfWork, command: GiveReport) -> None:
    session, group_id = work.session, command.group_id
    view = slip_for(session, group_id, command.slip, command.member, now=work.now)
    report = report_of(view, command.member) if view else None
    if view is None or report is None:
        raise NotFound
    hold_slip(session, group_id, view.id)
    before = own_report(session, group_id, view.id, command.member, report)
    if before is not None and (not command.may_correct or before.answer == command.answer):
        return
    refusals = refusals_for_report(
        view.slip, report, command.answer, corrects=before is not None, now=work.now
    )
    if refusals:
        raise Refused(refusals)
    number = before.number + 1 if before else 1
    add_report(
        session,
        group_id,
        view.id,
        report=report,
        number=number,
        answer=command.answer,
        by=command.member,
        at=work.now,
    )
    work.record(ReportGiven(group_id=group_id, slip_id=view.id, report=report.value, number=number))
