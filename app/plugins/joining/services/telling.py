"""Who is told what on the way into the group: applicants, referees, and those who decide. Nobody is told of votes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.notices.forgetting import forget_about
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_address, write_to_member
from app.core.notices.taking_out import take_out_unsent
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.joining.domain.application import UNCONFIRMED_FOR
from app.plugins.joining.queries.applications import ApplicationLine
from app.plugins.joining.queries.references import ReferenceLine
from app.plugins.joining.services.links import Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a mail to an applicant or a referee says."""

    kind: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence for those in charge; `by_mail` where it cannot wait until they look."""

    kind: str
    text: str
    by_mail: bool = False


CONFIRM = Words(
    kind="joining.confirm",
    subject=N_("Please confirm: you would like to join %(group)s"),
    body=N_(
        "Hello %(name)s,\n\nthank you for your application to %(group)s. Please open this link and press the button there, so "
        "that we know that this address is yours:\n\n%(link)s\n\nOnly then do we read what you wrote, and only then do we write "
        "to the two people whom you named. If it was not you, you need do nothing: without the button everything is deleted "
        "within a week.\n"
    ),
)
KNOWN = Words(
    kind="joining.known",
    subject=N_("Your application to %(group)s"),
    body=N_(
        "Hello %(name)s,\n\nwe have an application from this address already, and nothing of it was changed. Here you see where "
        "it stands, and can take it back:\n\n%(link)s\n"
    ),
)
APPROVED = Words(
    kind="joining.approved",
    subject=N_("%(group)s would like you to join"),
    body=N_(
        "Hello %(name)s,\n\nthe members of %(group)s would be glad to have you. Your seat is kept until %(until)s: open this "
        "link and say yes there.\n\n%(link)s\n\nIf you have changed your mind, the same page lets you say so.\n"
    ),
)
DECLINED = Words(
    kind="joining.declined",
    subject=N_("Your application to %(group)s"),
    body=N_(
        "Hello %(name)s,\n\nthank you for the trust that lies in an application. We cannot offer you a seat in %(group)s this "
        "time. We wish you well, and you are welcome as a visitor.\n\nWhat we keep, until when, and how to delete it now:\n\n%(link)s\n"
    ),
)
LATER = Words(
    kind="joining.later",
    subject=N_("Your application to %(group)s waits for a seat"),
    body=N_(
        "Hello %(name)s,\n\nthere is no free seat for your trade in %(group)s at present. We keep your application and write to "
        "you when there is one. You can take it back at any time:\n\n%(link)s\n"
    ),
)
REOPENED = Words(
    kind="joining.reopened",
    subject=N_("Your application to %(group)s is being looked at again"),
    body=N_(
        "Hello %(name)s,\n\nwe have taken up your application to %(group)s again and will write to you. Here you see where it "
        "stands, and can take it back:\n\n%(link)s\n"
    ),
)
LAPSED = Words(
    kind="joining.lapsed",
    subject=N_("Your seat in %(group)s is no longer kept"),
    body=N_(
        "Hello %(name)s,\n\nwe kept a seat in %(group)s for you and have not heard from you, so it is free again. If you would "
        "still like to join, answer whoever you know in the group; they can take it up again.\n\n%(link)s\n"
    ),
)
REFERENCE = Words(
    kind="joining.reference",
    subject=N_("%(applicant)s named you: a word for %(group)s"),
    body=N_(
        "Hello %(name)s,\n\n%(applicant)s would like to join %(group)s, a group of people who refer customers to each other, and "
        "named you as somebody who knows their work. Would you say a word? It takes two minutes, needs no account, and is "
        "read only by those who decide. You may also say that you do not know them, or that you would rather not.\n\n%(link)s\n\n"
        "The link is good for three weeks. There you can also delete what we keep about you.\n"
    ),
)
REMINDER = Words(
    kind="joining.reference_reminder",
    subject=N_("A word about %(applicant)s, if you have two minutes"),
    body=N_(
        "Hello %(name)s,\n\na week ago we asked you about %(applicant)s, who would like to join %(group)s. A short answer helps, "
        "and “I would rather not say” is one. We do not ask again.\n\n%(link)s\n"
    ),
)
OFFICE_BODY = N_("%(name)s · %(trade)s\n\n%(link)s\n")
OPENED = Said(
    kind="joining.opened",
    text=N_("%(name)s (%(trade)s) has applied to join. Read it and vote."),
    by_mail=True,
)
CALLED_BACK = Said(kind="joining.withdrawn", text=N_("%(name)s has taken the application back."))
HAS_LAPSED = Said(
    kind="joining.lapsed",
    text=N_("%(name)s did not take the seat in time. The approval has lapsed, and the seat is free again."),
)
HAS_TAKEN = Said(kind="joining.taken", text=N_("%(name)s has said yes and is a member from %(day)s."))
HAS_ANSWERED = Said(kind="joining.answered", text=N_("A referee of %(name)s has answered."))
SEAT_WAS_GONE = Said(
    kind="joining.seat_gone",
    text=N_("%(name)s said yes, but the seat is no longer free. Please write to them."),
)


def tell_applicant(
    work: UnitOfWork,
    group: Group,
    application: ApplicationLine,
    links: Links,
    words: Words,
    *,
    facts: Mapping[str, Any] | None = None,
    not_after: datetime | None = None,
    period: str = "",
) -> None:
    """Write to the applicant, with their own link."""
    letter = Letter(
        kind=words.kind,
        subject=words.subject,
        body=words.body,
        subject_key=application.public_id,
        facts={
            "name": application.name,
            "group": group.name,
            "link": links.address("applicant", application.link_nonce),
            **(facts or {}),
        },
        period=period or f"{application.round}",
        not_after=not_after,
    )
    write_to_address(
        work,
        group_id=group.id,
        address=application.email,
        language=language_of(group),
        letter=letter,
    )


def ask_to_confirm(work: UnitOfWork, group: Group, application: ApplicationLine, links: Links) -> None:
    """Ask the applicant to prove their address, once a day at most."""
    tell_applicant(
        work,
        group,
        application,
        links,
        CONFIRM,
        not_after=application.asked_at_utc + UNCONFIRMED_FOR,
        period=f"{work.now:%Y-%m-%d}",
    )


def ask_referee(
    work: UnitOfWork, group: Group, reference: ReferenceLine, links: Links, *, is_reminder: bool
) -> None:
    """Ask a referee, or remind them; never after the link's time."""
    words = REMINDER if is_reminder else REFERENCE
    letter = Letter(
        kind=words.kind,
        subject=words.subject,
        body=words.body,
        subject_key=reference.subject_key,
        facts={
            "name": reference.name,
            "applicant": reference.applicant,
            "group": group.name,
            "link": links.address("referee", reference.link_nonce),
        },
        period=str(reference.times_asked),
        not_after=reference.expires_at_utc,
    )
    write_to_address(
        work, group_id=group.id, address=reference.email, language=language_of(group), letter=letter
    )


def tell_those_in_charge(
    work: UnitOfWork,
    group: Group,
    about: tuple[ApplicationLine, Links],
    members: Iterable[MemberId],
    said: Said,
    *,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Put a notice on the page of each, and a mail in the outbox where it cannot wait until they look."""
    application, links = about
    told = {"name": application.name, "trade": application.trade, **(facts or {})}
    letter = Letter(
        kind=said.kind,
        subject=said.text,
        body=OFFICE_BODY,
        subject_key=f"{application.public_id}:office",
        facts={**told, "link": links.page_of(application.public_id)},
        period=str(application.round),
        topic=Topic.WAITING,
    )
    for member in sorted(members):
        notify(
            work,
            group_id=group.id,
            member_id=member,
            kind=said.kind,
            text=said.text,
            facts=told,
            path=links.path_of(application.public_id),
        )
        if said.by_mail:
            write_to_member(work, group_id=group.id, member_id=member, letter=letter)


def stop_asking_for_votes(work: UnitOfWork, group: Group, application: ApplicationLine) -> None:
    """Take the mails that ask for votes out of the outbox."""
    forget_about(work, group.id, subject_key=f"{application.public_id}:office")


def stop_asking_to_vote(
    work: UnitOfWork, group: Group, application: ApplicationLine, member: MemberId
) -> None:
    """Take the mail that asks this one to vote out of the outbox: they have."""
    take_out_unsent(
        work,
        group_id=group.id,
        kind=OPENED.kind,
        subject_key=f"{application.public_id}:office",
        member_id=member,
    )


def language_of(group: Group) -> str:
    """Return the language in which the group writes to people of no account."""
    return group.locale.partition("-")[0]
