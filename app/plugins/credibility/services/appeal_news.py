"""Who is told what of a disagreement: those who decide are asked, the member hears the end, the reporter only if it was upheld.

On the page and by mail, without any name: the page has them, for those alone who may read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.notices.taking_out import take_off_page, take_out_unsent
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.outside import absolute, path_of
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.queries.appeals import Appeal
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.store_appeals import Moot
from app.plugins.referrals.interface import SlipHistory

ASKED_KIND = "credibility.appeal_asked"
REMINDED_KIND = "credibility.appeal_reminded"
ENDED_KIND = "credibility.appeal_ended"

ASKED = N_("A member disagrees with a report on them. Please decide on it by %(day)s.")
ASKED_BODY = N_(
    "A member of %(group)s disagrees with a report on how they handled a referral, or on one they gave. You were asked to decide, "
    "for you are neither of the two sides. Please read both and write your word and your reason by %(day)s:\n\n%(url)s\n\n"
    "What you read there is known to those who decide, and to nobody else. Please talk to nobody about it.\n"
)
REMINDED = N_("A report that a member disagrees with still waits for your word, until %(day)s.")
REMINDED_BODY = N_(
    "You were asked to decide on a report that a member of %(group)s disagrees with. Your word is still missing. Without "
    "it the report counts on after %(day)s:\n\n%(url)s\n\n"
    "This is the only reminder.\n"
)
ENDS = {
    AppealState.UPHELD: N_(
        "You disagreed with a report on you, and those who decided agree with you. It counts no more."
    ),
    AppealState.REJECTED: N_(
        "You disagreed with a report on you. Those who decided let it count; you can read their reasons."
    ),
    AppealState.LAPSED: N_(
        "You disagreed with a report on you. Nobody decided in time, so it goes on counting. We are sorry."
    ),
    AppealState.MOOT: N_(
        "You disagreed with a report on you. It was corrected or taken away meanwhile, so nothing is left to decide."
    ),
}
END_SUBJECT = N_("What you disagreed with is decided")
LAPSED_SUBJECT = N_("What you disagreed with was not decided in time")
MOOT_SUBJECT = N_("What you disagreed with was corrected or taken away")
_SUBJECTS = {AppealState.LAPSED: LAPSED_SUBJECT, AppealState.MOOT: MOOT_SUBJECT}
END_BODIES = {
    AppealState.UPHELD: N_(
        "You disagreed with a report on you in %(group)s. Those who decided agree with you: it counts no more. Their "
        "reasons stand here, without their names:\n\n%(url)s\n"
    ),
    AppealState.REJECTED: N_(
        "You disagreed with a report on you in %(group)s. Those who decided let it count. Their reasons stand here, "
        "without their names:\n\n%(url)s\n"
    ),
    AppealState.LAPSED: N_(
        "You disagreed with a report on you in %(group)s. Nobody decided in time, so it goes on counting. We are sorry. "
        "What was said of it stands here:\n\n%(url)s\n"
    ),
    AppealState.MOOT: N_(
        "You disagreed with a report on you in %(group)s. It was corrected or taken away meanwhile, so nothing is left to "
        "decide. What was said of it stands here:\n\n%(url)s\n"
    ),
}
NO_MORE_ON_A_LEAD = N_(
    "A report you gave on a referral from %(name)s counts no more: those who were asked to decide on it found so. You can "
    "correct it on the page of the slip at any time."
)
NO_MORE = N_(
    "A report you gave on a referral to %(name)s counts no more: those who were asked to decide on it found so. You can correct "
    "it on the page of the slip at any time."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A disagreement to be decided (its public id), and until when."""

    public_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What those who decide are told: a sentence for the page, which is the subject of the mail, and the mail."""

    kind: str
    text: str
    body: str


_ASK = News(kind=ASKED_KIND, text=ASKED, body=ASKED_BODY)
_REMIND = News(kind=REMINDED_KIND, text=REMINDED, body=REMINDED_BODY)


def path_of_appeal(group: Group, public_id: str) -> str:
    """Return the path of the page of an appeal, also where there is no request."""
    return f"/g/{group.slug}/credibility/appeals/{public_id}"


def ask_to_decide(work: UnitOfWork, group: Group, question: Question, members: Iterable[MemberId]) -> None:
    """Ask these to decide, on their page and by mail; without a name, which the page has."""
    for member_id in members:
        _tell_decider(work, group, question, member_id, _ASK)


def remind_to_decide(work: UnitOfWork, group: Group, question: Question, members: Iterable[MemberId]) -> None:
    """Remind these that their word is still missing."""
    for member_id in members:
        _tell_decider(work, group, question, member_id, _REMIND)


def ask_no_more(work: UnitOfWork, group: Group, public_id: str, member_id: MemberId | None = None) -> None:
    """Take what asks for a word off the page and out of the outbox, all or one member's: there is nothing to decide any more."""
    path = path_of_appeal(group, public_id)
    for kind in (ASKED_KIND, REMINDED_KIND):
        take_off_page(work, group_id=group.id, kind=kind, path=path, member_id=member_id)
        take_out_unsent(work, group_id=group.id, kind=kind, subject_key=public_id, member_id=member_id)


def tell_end(work: UnitOfWork, group: Group, appeal: Appeal | Moot, state: AppealState) -> None:
    """Tell the member how it ended, on their page and by mail."""
    path = path_of_appeal(group, appeal.public_id)
    notify(
        work,
        group_id=group.id,
        member_id=appeal.about_member_id,
        kind=ENDED_KIND,
        text=ENDS[state],
        path=path,
    )
    letter = Letter(
        kind=ENDED_KIND,
        wording=f"credibility.appeal_{state.value}",
        subject=_SUBJECTS.get(state, END_SUBJECT),
        body=END_BODIES[state],
        subject_key=appeal.public_id,
        facts={"group": group.name, "url": absolute(path)},
        topic=Topic.NEWS,
    )
    write_to_member(work, group_id=group.id, member_id=appeal.about_member_id, letter=letter)


def tell_reporter(work: UnitOfWork, group: Group, row: Evidence) -> None:
    """Tell the reporter that their report counts no more, with the way to the slip, where it can be corrected."""
    notify(
        work,
        group_id=group.id,
        member_id=row.by_member_id,
        kind="credibility.report_void",
        text=NO_MORE if row.facet is Facet.HANDLING else NO_MORE_ON_A_LEAD,
        facts={"name": member_by_key(work.session, group.id, row.about_member_id).name},
        path=_path_of_slip(work, group, row.slip_id),
    )


def forget_news(work: UnitOfWork, group: Group, public_ids: Iterable[str]) -> None:
    """Take away every notice and mail about these disagreements, also those that have left."""
    for public_id in public_ids:
        forget_about(work, group.id, path=path_of_appeal(group, public_id), subject_key=public_id)


def _path_of_slip(work: UnitOfWork, group: Group, slip_id: int) -> str:
    slips = work.reader(group.id, SlipHistory)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    acts = () if slips is None else slips.acts(group.id)
    found = next((act.public_id for act in acts if act.slip_id == slip_id), "")
    return path_of("group.referrals.slip", group, slip=found) if found else ""


def _tell_decider(
    work: UnitOfWork, group: Group, question: Question, member_id: MemberId, words: News
) -> None:
    path = path_of_appeal(group, question.public_id)
    day = format_date(local_day(question.due_at, group.zone), "long", locale=group.locale.replace("-", "_"))
    notify(
        work,
        group_id=group.id,
        member_id=member_id,
        kind=words.kind,
        text=words.text,
        facts={"day": day},
        path=path,
    )
    letter = Letter(
        kind=words.kind,
        subject=words.text,
        body=words.body,
        subject_key=question.public_id,
        facts={"day": day, "group": group.name, "url": absolute(path)},
        topic=Topic.WAITING,
        not_after=question.due_at,
    )
    write_to_member(work, group_id=group.id, member_id=member_id, letter=letter)
