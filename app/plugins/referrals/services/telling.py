"""Telling the other side of a slip at once: a notice on their page and a mail with a link, never with a contact."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.core.ids import GroupId, MemberId
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, unsend, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.slip import Act, SlipState


class GroupTold(Protocol):
    """What is said of the group: its key and its name."""

    @property
    def id(self) -> GroupId:
        """The group's key."""
        ...

    @property
    def name(self) -> str:
        """The group's name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a page is found: `path` within the site, for notices; `link` in full, for mail."""

    path: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one member is told of `name`'s act: a sentence and the text of its mail, both marked with `N_`.

    `subject` is the public id of what it is about, `number` counts its news, so that each is mailed once. The mail
    leaves as its reader chose for `topic`. `not_before` is the end of the minute in which a slip may be undone.
    """

    kind: str
    sentence: str
    body: str
    name: str
    subject: str
    number: int = 1
    topic: Topic = Topic.NEWS
    not_before: datetime | None = None


NEW_SLIP = "referrals.slip_passed"
"""What a receiver is told first of a slip."""

ANY_STEP = "referrals.slip_step"
"""The wording of all mails about a step: they differ in what happened, which their subject says."""

OF_SLIP = N_(
    "%(name)s passed you a referral in %(group)s. The prospect has agreed to be contacted and expects to hear "
    "from you. Who it is, and how to reach them, is on your page:\n\n%(link)s\n\n"
    "One tap there tells %(name)s that it has arrived.\n"
)
OF_TYPED_IN = N_(
    "%(name)s typed a paper slip of yours in for %(group)s, and it has been passed on. Is it right?\n\n%(link)s\n\n"
    "There you may put it right until the receiver has answered, or take it back.\n"
)
OF_STEP = N_("There is news of a referral between you and %(name)s in %(group)s:\n\n%(link)s\n")
OF_HAND_BACK = N_(
    "%(name)s has left %(group)s, so your slip is back with you. You find it among the slips you gave, and may pass "
    "it to somebody else. Let the prospect know.\n"
)
OF_HAND_BACK_ELSEWHERE = N_(
    "%(name)s has left their group, so your slip is back with you in %(group)s. You find it among the slips you gave, "
    "and may pass it to somebody else. Let the prospect know.\n"
)
OF_HELP = N_("%(name)s has spoken in %(group)s with the receiver of your referral:\n\n%(link)s\n")
OF_THANKS = N_("%(name)s thanked you in %(group)s for business that came of your referral:\n\n%(link)s\n")

PASSED = N_("%(name)s passed you a referral.")
TYPED_IN = N_("%(name)s typed a paper slip of yours in. Is it right?")
HANDED_BACK = N_("%(name)s has left the group. Your slip is back with you.")
THANKED = N_("%(name)s thanked you for business.")

BY_ACT = {
    Act.EDIT: N_("%(name)s put a slip right that they passed you."),
    Act.ACKNOWLEDGE: N_("%(name)s has received your slip."),
    Act.TRY: N_("%(name)s tried to reach the prospect of your referral, without success so far."),
    Act.PROGRESS: N_("%(name)s tells you how your referral goes."),
    Act.DECLINE: N_("%(name)s says that your referral is not for them."),
    Act.REOPEN: N_("%(name)s took your referral up again."),
    Act.WITHDRAW: N_("%(name)s took back a slip."),
}

BY_RESULT = {
    SlipState.WON: N_("Your referral became business for %(name)s."),
    SlipState.LOST: N_("Your referral to %(name)s did not become business."),
    SlipState.NO_RESPONSE: N_("%(name)s tried, but got no response to your referral."),
    SlipState.WRONG_FIT: N_("Your referral to %(name)s was not the right fit."),
    SlipState.NOT_READY: N_("The prospect you referred to %(name)s is not ready yet."),
}


def sentence_for(act: Act, target: SlipState) -> str:
    """Return what the other side is told of a step."""
    return BY_RESULT[target] if act is Act.CLOSE else BY_ACT[act]


def tell(work: UnitOfWork, group: GroupTold, member_id: MemberId, news: News, addresses: Addresses) -> None:
    """Add the notice and the mail to this unit of work; the caller commits."""
    facts = {"name": news.name, "group": group.name, "link": addresses.link}
    notify(
        work,
        group_id=group.id,
        member_id=member_id,
        kind=news.kind,
        text=news.sentence,
        facts=facts,
        path=addresses.path,
        not_before=news.not_before,
    )
    letter = Letter(
        kind=news.kind,
        subject=news.sentence,
        body=news.body,
        subject_key=news.subject,
        facts=facts,
        period=str(news.number),
        topic=news.topic,
        not_before=news.not_before,
        wording=ANY_STEP if news.body == OF_STEP else "",
    )
    write_to_member(work, group_id=group.id, member_id=member_id, letter=letter)


def keep_untold(work: UnitOfWork, group_id: GroupId, member_id: MemberId, *, slip: str, path: str) -> None:
    """Take away what the member was about to be told of a new slip; the caller commits, in time."""
    unsend(work, group_id=group_id, member_id=member_id, kind=NEW_SLIP, subject_key=slip, path=path)
