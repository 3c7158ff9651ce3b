"""What time does by itself: one reminder to a referee, references that ran out, approvals that lapse, and forgetting."""

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.plugins.joining.domain.application import LIVE, State
from app.plugins.joining.domain.references import ReferenceState, is_reminder_due
from app.plugins.joining.interface import ApplicationForgotten, ApprovalLapsed
from app.plugins.joining.queries.applications import (
    ApplicationLine,
    application_by_key,
    applications_of_member,
    lapsing,
    to_forget,
)
from app.plugins.joining.queries.references import references_asked
from app.plugins.joining.services.applying import end_application, owners_of
from app.plugins.joining.services.links import Links, path_of_application
from app.plugins.joining.services.telling import (
    HAS_LAPSED,
    LAPSED,
    ask_referee,
    tell_applicant,
    tell_those_in_charge,
)
from app.plugins.joining.store import change_reference, forget_application, remove_application

_ASKED = frozenset({ReferenceState.ASKED.value})


def run_clock(work: UnitOfWork, group: Group, links: Links) -> int:
    """Remind, let references run out and approvals lapse; return how many. The caller commits."""
    return _look_after_references(work, group, links) + _let_approvals_lapse(work, group, links)


def forget_due(work: UnitOfWork, group: Group) -> int:
    """Forget every application whose time has come; return how many. The caller commits."""
    due = to_forget(work.session, group.id, local_day(work.now, group.zone), work.now)
    for application in due:
        forget(work, group, application)
    return len(due)


def forget_member(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Forget every application of somebody who became a member, or was one before; return how many. The caller commits."""
    own = applications_of_member(work.session, group.id, member_id)
    for application in own:
        forget(work, group, application)
    return len(own)


def forget(work: UnitOfWork, group: Group, application: ApplicationLine) -> None:
    """Forget all that was written about an applicant: rows, votes, notices, mails. The caller commits.

    One whose address was never proven leaves nothing behind, since nobody but the sender ever knew of it.
    """
    forget_about(
        work,
        group.id,
        path=path_of_application(group.slug, application.public_id),
        subject_key=application.public_id,
    )
    if application.state is State.UNCONFIRMED:
        remove_application(work.session, group.id, application.id)
        return
    state = State.LAPSED if application.state in LIVE else application.state
    forget_application(
        work.session,
        group.id,
        application.id,
        {"state": state.value, "forgotten_at_utc": work.now},
    )
    work.record(ApplicationForgotten(group_id=group.id, application_id=application.id))


def _look_after_references(work: UnitOfWork, group: Group, links: Links) -> int:
    done = 0
    for reference in references_asked(work.session, group.id):
        if reference.state is not ReferenceState.ASKED:
            continue
        if reference.expires_at_utc is not None and reference.expires_at_utc <= work.now:
            values = {"state": ReferenceState.EXPIRED.value}
            done += change_reference(work.session, group.id, reference.id, values, while_states=_ASKED)
        elif is_reminder_due(reference.state, reference.asked_at_utc, reference.reminded_at_utc, work.now):
            reminded = {"reminded_at_utc": work.now}
            if change_reference(work.session, group.id, reference.id, reminded, while_states=_ASKED):
                ask_referee(work, group, reference, links, is_reminder=True)
                done += 1
    return done


def _let_approvals_lapse(work: UnitOfWork, group: Group, links: Links) -> int:
    due = lapsing(work.session, group.id, local_day(work.now, group.zone))
    for application in due:
        owners = owners_of(work, group, application)
        end_application(work, group, application, State.LAPSED)
        lapsed = application_by_key(work.session, group.id, application.id)
        tell_applicant(work, group, lapsed, links, LAPSED)
        tell_those_in_charge(work, group, (lapsed, links), owners, HAS_LAPSED)
        work.record(ApprovalLapsed(group_id=group.id, application_id=application.id))
    return len(due)
