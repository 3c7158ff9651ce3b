"""Telling people what happens around giving: one sentence on their page, a short mail where somebody waits for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.notices.services import Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork

ANSWERED = N_("%(name)s answered your ask.")
OFFERED = N_("%(name)s would like to introduce you to %(other)s.")
MADE = N_("You and %(other)s have both said yes. You can now see how to reach each other.")
MADE_FOR_YOU = N_("%(name)s and %(other)s have both said yes to your introduction.")
NOT_NOW = N_("The introduction of %(name)s and %(other)s does not come about at present.")
WHAT_CAME = N_("Two weeks ago you were introduced to %(other)s. What came of it?")
TOLD = N_("%(name)s told what came of your introduction.")
THANKED = N_("%(name)s published a thank-you to you. It stands on your page; you may hide it.")
RECOMMENDED = N_("%(name)s wrote a testimonial about you. It stands on your page; you may hide it.")

_ANSWERED_BODY = N_("%(name)s answered what you asked in %(group)s. Read it here:\n\n%(url)s\n")
_OFFERED_BODY = N_(
    "%(name)s would like to introduce you to %(other)s in %(group)s. Read why, and say yes or not now. Nobody sees how "
    "to reach you before both of you have said yes; whoever says no is not named.\n\n%(url)s\n"
)
_MADE_BODY = N_("You and %(other)s have both said yes. How to reach each other stands here:\n\n%(url)s\n")
_WHAT_CAME_BODY = N_(
    "Two weeks ago you were introduced to %(other)s. One press tells %(name)s, who introduced you, what came of it:\n\n"
    "%(url)s\n"
)

BODIES: Mapping[str, str] = {
    ANSWERED: _ANSWERED_BODY,
    OFFERED: _OFFERED_BODY,
    MADE: _MADE_BODY,
    WHAT_CAME: _WHAT_CAME_BODY,
}
"""What also goes out as a mail, by its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is found: `path` from the page, `url` from a mail."""

    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell a member: `key` names what it is about, so that nobody is mailed twice of it."""

    kind: str
    text: str
    key: str
    facts: Mapping[str, Any]
    place: Place


def tell(work: UnitOfWork, group: Group, member_id: MemberId, news: News) -> None:
    """Put it on the member's page, and in the outbox where there is a mail for it; the caller commits."""
    notify(
        work,
        group_id=group.id,
        member_id=member_id,
        kind=news.kind,
        text=news.text,
        facts=news.facts,
        path=news.place.path,
    )
    if news.text in BODIES:
        letter = Letter(
            kind=news.kind,
            subject=news.text,
            body=BODIES[news.text],
            subject_key=news.key,
            facts={**news.facts, "group": group.name, "url": news.place.url},
        )
        write_to_member(work, group_id=group.id, member_id=member_id, letter=letter)
