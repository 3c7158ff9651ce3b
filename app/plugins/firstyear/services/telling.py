"""Telling people of the first year: a sentence on their page, and a mail where they are to do something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.outside import absolute, path_of

ASKED = N_("Would you be the mentor of %(name)s (%(trade)s), who is new? One tap answers.")
_ASKED_BODY = N_(
    "%(name)s (%(trade)s) is new in %(group)s. Would you be the mentor in the first year: a call now and then, an "
    "introduction here and there? Say yes or not now; nobody asks why.\n\n%(url)s\n"
)
FOUND = N_("%(mentor)s is your mentor from now on. Ask anything, also what seems small.")
_FOUND_BODY = N_(
    "%(mentor)s is your mentor in %(group)s from now on. Ask anything, also what seems small. The plan of your first "
    "weeks is seen by the two of you alone:\n\n%(url)s\n"
)
ACCEPTED = N_("%(mentor)s said yes and is the mentor of %(name)s.")
NOT_NOW = N_("%(name)s still needs a mentor: %(mentor)s cannot do it now. Please ask somebody else.")
MENTOR_GONE = N_(
    "%(mentor)s can no longer be your mentor. That has nothing to do with you; somebody else is being looked for."
)
NEEDS_MENTOR = N_("%(name)s needs another mentor: %(mentor)s can no longer do it.")
IN_YOUR_CARE = N_(
    "You look after the first year of %(name)s: induction, a mentor, and talks when they are due."
)
TALK_DUE = N_("A talk with %(name)s is due about %(day)s. The sheet has questions to choose from.")
_TALK_DUE_BODY = N_(
    "A talk with %(name)s of %(group)s is due about %(day)s. It takes half an hour; the sheet has open questions and a few "
    "plain counts. What you write is read by the two of you, and by others only if you choose so.\n\n%(url)s\n"
)
LEAVER = N_(
    "%(name)s leaves. After %(day)s the house asks them one question by mail, unless you say that nothing is to be asked."
)
ONE_QUESTION = N_("One question, now that you leave %(group)s")
_ONE_QUESTION_BODY = N_(
    "Dear %(name)s,\n\nyour membership in %(group)s has ended. Thank you for the time you gave. If you like, answer one "
    "question: what should we know? One sentence is enough, and none is fine too. Only those who lead the group read it, "
    "and after %(days)s days it is forgotten.\n\n%(url)s\n"
)

BODIES: Mapping[str, str] = {
    ASKED: _ASKED_BODY,
    FOUND: _FOUND_BODY,
    TALK_DUE: _TALK_DUE_BODY,
    ONE_QUESTION: _ONE_QUESTION_BODY,
}
"""What also goes out as a mail, by its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell a member. `key` is the public id of what it is about; `period` tells two of the same apart."""

    kind: str
    text: str
    key: str
    path: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    not_after: datetime | None = None


def tell(work: UnitOfWork, group: Group, member_id: MemberId, news: News) -> None:
    """Put it on the member's page, and in the outbox where there is a mail for it; the caller commits."""
    notify(
        work,
        group_id=group.id,
        member_id=member_id,
        kind=news.kind,
        text=news.text,
        facts=news.facts,
        path=news.path,
    )
    if news.text in BODIES:
        write(work, group, member_id, news)


def write(work: UnitOfWork, group: Group, member_id: MemberId, news: News) -> None:
    """Put the mail of it in the outbox; the caller commits."""
    letter = Letter(
        kind=news.kind,
        subject=news.text,
        body=BODIES[news.text],
        subject_key=news.key,
        period=news.period,
        facts={**news.facts, "group": group.name, "url": absolute(news.path)},
        topic=Topic.WAITING if news.text != ONE_QUESTION else None,
        not_after=news.not_after,
    )
    write_to_member(work, group_id=group.id, member_id=member_id, letter=letter)


def own_path(group: Group) -> str:
    """Return where a member finds the own first year."""
    return path_of("group.firstyear.mine", group)


def ask_path(group: Group, ask: str) -> str:
    """Return where somebody answers whether they will be a mentor."""
    return path_of("group.firstyear.mentoring", group, mentoring=ask)


def stay_path(group: Group, stay: str) -> str:
    """Return where the office looks after a newcomer."""
    return path_of("group.firstyear.newcomer", group, stay=stay)


def talk_path(group: Group, talk: str) -> str:
    """Return where the sheet of a talk is."""
    return path_of("group.firstyear.talk", group, review=talk)


def exits_path(group: Group) -> str:
    """Return where the leavers are listed."""
    return path_of("group.firstyear.leavers", group)
