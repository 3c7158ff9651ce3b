"""Members are told of a visit: whoever invited, and the visitor hosts; where nobody is host, the leaders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.groups.queries.offices import office_holders
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.texts import translated
from app.core.work import UnitOfWork
from app.plugins.welcome.queries.visits import Visit, co_inviters, language_of
from app.plugins.welcome.services.visit_letters import VisitAddresses, subject_key_of

REGISTERED = N_("%(name)s has registered for a visit on %(day)s.")
REGISTERED_HELD = N_(
    "%(name)s has registered for a visit on %(day)s. Their trade is close to a seat that is held: %(held)s. "
    "They are welcome all the same; it is good to know before you speak of membership."
)
YOU_INVITED = N_("%(name)s has registered for a visit on %(day)s and names you as who invited them.")
YOU_TOO = N_("%(name)s, who visits on %(day)s, also names you as who invited them.")
WHO_IS_MEANT = N_("%(name)s says that “%(words)s” invited them. Look whom they mean.")
CHANGED = N_("%(name)s has changed what they wrote for their visit on %(day)s.")
CALLED_OFF = N_("%(name)s does not come on %(day)s after all.")
MOVED = N_("%(name)s does not come on %(old)s but on %(day)s.")
FORGOTTEN = N_("A visitor who was expected on %(day)s does not come and had everything deleted that we kept.")
ANSWERED = N_("%(name)s has answered the question after their visit.")

SUBJECT = N_("%(group)s: news of a visit")
BODY = N_("%(said)s\n\n%(url)s\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence about a visit, marked with `N_`; `period` tells apart what may be said again. With mail or on the page alone."""

    kind: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    by_mail: bool = True


def hosts_of(work: UnitOfWork, group: Group) -> Sequence[MemberId]:
    """Return the visitor hosts of today, else the leaders, in the order of their keys."""
    today = local_day(work.now, group.zone)
    hosts = office_holders(work.session, group.id, frozenset({Office.VISITOR_HOST}), today)
    return sorted(hosts or office_holders(work.session, group.id, LEADERS, today))


def inviters_of(work: UnitOfWork, group: Group, visit: Visit) -> Sequence[MemberId]:
    """Return the members of today who were named as inviting the visitor, the first one first."""
    current = {one.id for one in members_on(work.session, group.id, local_day(work.now, group.zone))}
    named = [visit.invited_by, *(member for member, _words in co_inviters(work.session, group.id, visit.id))]
    return list(dict.fromkeys(one for one in named if one is not None and one in current))


def tell(
    work: UnitOfWork,
    group: Group,
    members: Sequence[MemberId],
    visit: Visit,
    said: Said,
    *,
    addresses: VisitAddresses,
) -> None:
    """Put a notice, and a mail unless it is for the page alone, for each of the members into the unit of work."""
    hosts = set(hosts_of(work, group))
    for member in members:
        opens = member in hosts or member == visit.invited_by
        path = (addresses.visitor_path if opens else addresses.listed_path)(visit.public_id)
        facts = {"name": visit.name, "group": group.name, **said.facts}
        notify(
            work,
            group_id=group.id,
            member_id=member,
            kind=said.kind,
            text=said.text,
            facts=facts,
            path=path,
        )
        if said.by_mail:
            _write(work, group, member, visit, said, facts=facts | {"path": path}, addresses=addresses)


def _write(
    work: UnitOfWork,
    group: Group,
    member: MemberId,
    visit: Visit,
    said: Said,
    *,
    facts: Mapping[str, Any],
    addresses: VisitAddresses,
) -> None:
    url = f"{addresses.house}{facts['path']}"
    words = translated(
        language_of(work.session, group.id, member), said.text, facts, vocabulary=group.vocabulary
    )
    letter = Letter(
        kind=said.kind,
        subject=SUBJECT,
        body=BODY,
        subject_key=subject_key_of(visit.public_id),
        period=said.period,
        facts={"group": group.name, "said": words, "url": url},
        topic=Topic.NEWS,
    )
    write_to_member(work, group_id=group.id, member_id=member, letter=letter)


def notify_namelessly(
    work: UnitOfWork, group: Group, member: MemberId, facts: Mapping[str, Any], *, path: str
) -> None:
    """Tell a host that somebody does not come who wanted to be forgotten: without a name."""
    notify(
        work,
        group_id=group.id,
        member_id=member,
        kind="welcome.visit_forgotten",
        text=FORGOTTEN,
        facts=facts,
        path=path,
    )
