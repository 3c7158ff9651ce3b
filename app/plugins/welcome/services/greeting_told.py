"""What greeters and hosts are told: asked, freed, alerted. Each letter is pointless after a while, and never sent then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.meetings.services.telling import day_written
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.outside import absolute, path_of
from app.plugins.welcome.domain.greeting import Freed
from app.plugins.welcome.queries.greetings import GreetingLine
from app.plugins.welcome.store_greeting import take_out_unsent

ALERT_LIVES = timedelta(minutes=30)
"""After so long nobody needs to hear any more that a guest is at the door."""

ASKED = N_("Would you receive %(name)s at the meeting on %(day)s?")
OF_ASKED = N_(
    "%(asker)s asks whether you would receive %(name)s at the meeting on %(day)s: a few minutes at the door, two "
    "introductions, a seat. Say yes or no here, one tap is enough:\n\n%(link)s\n\nA no is a good answer too; somebody "
    "else is asked then.\n"
)
_SAYS_YES = N_("%(greeter)s receives %(name)s on %(day)s.")
_SAYS_NO = N_("%(greeter)s cannot receive %(name)s on %(day)s. Please ask somebody else.")
ARRIVED = N_("%(name)s is here. Please go and say hello.")
OF_ARRIVED = N_(
    "%(name)s has just arrived and you said you would receive them. All you need is here:\n\n%(link)s\n"
)
WAITS = N_("%(name)s is here and nobody is with them yet. Can you take over?")
OF_WAITS = N_("%(name)s has arrived and nobody is with them yet. One tap takes over:\n\n%(link)s\n")
_FREED = {
    Freed.CALLED_OFF: N_("%(name)s does not come on %(day)s. Thank you for being ready."),
    Freed.MOVED: N_("%(name)s comes on another day than %(day)s. Thank you for being ready."),
    Freed.REPLACED: N_("Somebody else receives %(name)s on %(day)s. Thank you for being ready."),
}
NOT_NEEDED = N_("You need not receive %(name)s on %(day)s")
OF_NOT_NEEDED = N_(
    "%(name)s does not come on %(day)s, or somebody else receives them. There is nothing left for you to do. Thank you "
    "for being ready.\n"
)
_NO_LONGER = N_("Nobody receives %(name)s on %(day)s any more. Please ask somebody.")


def greeting_path(group: Group, public_id: str) -> str:
    """Return where a greeting is found; there may be no request."""
    return path_of("group.welcome.greeting", group, greeting=public_id)


def freed_path(group: Group, public_id: str) -> str:
    """Return where somebody reads who does not greet that guest any more: their own list, for the guest is not theirs."""
    return f"{path_of('group.welcome.own_greetings', group)}#{public_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Whom a greeting is told from: the unit of work, the group, and the greeting as it stands."""

    work: UnitOfWork
    group: Group
    line: GreetingLine

    @property
    def facts(self) -> dict[str, object]:
        """What every sentence may name."""
        return {
            "name": self.line.guest_name,
            "day": day_written(self.line.meeting_day, self.group),
            "link": absolute(greeting_path(self.group, self.line.public_id)),
        }

    def notify(self, member: MemberId, kind: str, text: str, path: str = "", **more: object) -> None:
        """Put one sentence on the member's page; it leads to the greeting, or to `path`."""
        notify(
            self.work,
            group_id=self.group.id,
            member_id=member,
            kind=kind,
            text=text,
            facts=self.facts | more,
            path=path or greeting_path(self.group, self.line.public_id),
        )

    def write(self, member: MemberId, letter: Letter) -> None:
        """Put a mail to the member in the outbox."""
        write_to_member(self.work, group_id=self.group.id, member_id=member, letter=letter)


def tell_asked(telling: Telling, asked: MemberId, asker: str) -> None:
    """Ask the member, on their page and by mail; the mail is gone once the meeting begins."""
    line = telling.line
    telling.notify(asked, "welcome.greeter_asked", ASKED, asker=asker)
    if line.starts_at_utc <= telling.work.now:
        return
    letter = Letter(
        kind="welcome.greeter_asked",
        subject=ASKED,
        body=OF_ASKED,
        subject_key=line.public_id,
        facts=telling.facts | {"asker": asker},
        period=str(line.asked_times),
        topic=Topic.WAITING,
        not_after=line.starts_at_utc,
    )
    telling.write(asked, letter)


def tell_answered(telling: Telling, hosts: Sequence[MemberId], *, greeter: str, says_yes: bool) -> None:
    """Tell the hosts what the asked said: on their page, for a yes leaves nothing to do."""
    text = _SAYS_YES if says_yes else _SAYS_NO
    for host in hosts:
        telling.notify(host, "welcome.greeter_answered", text, greeter=greeter)


def tell_freed(telling: Telling, freed: MemberId, why: Freed) -> None:
    """Tell somebody who was ready that they are not needed, once; what was not sent yet is taken out."""
    line, text = telling.line, _FREED[why]
    take_out_unsent(telling.work.session, telling.group.id, line.public_id)
    telling.notify(freed, "welcome.greeter_freed", text, freed_path(telling.group, line.public_id))
    if line.ends_at_utc <= telling.work.now:
        return
    letter = Letter(
        kind="welcome.greeter_freed",
        subject=NOT_NEEDED,
        body=OF_NOT_NEEDED,
        subject_key=line.public_id,
        facts=telling.facts,
        period=f"{line.asked_times} {why.value}",
        not_after=line.ends_at_utc,
    )
    telling.write(freed, letter)


def tell_nobody_any_more(telling: Telling, hosts: Sequence[MemberId]) -> None:
    """Tell the hosts that a guest has lost their greeter."""
    for host in hosts:
        telling.notify(host, "welcome.no_greeter", _NO_LONGER)


def tell_arrived(telling: Telling, greeter: MemberId) -> None:
    """Alert the greeter: their guest is here."""
    telling.notify(greeter, "welcome.guest_arrived", ARRIVED)
    letter = Letter(
        kind="welcome.guest_arrived",
        subject=ARRIVED,
        body=OF_ARRIVED,
        subject_key=telling.line.public_id,
        facts=telling.facts,
        period=_of_this_minute(telling),
        lives=ALERT_LIVES,
        not_after=_alert_ends(telling),
    )
    telling.write(greeter, letter)


def tell_waits(telling: Telling, hosts: Sequence[MemberId]) -> None:
    """Alert the hosts: a guest is here and nobody is with them."""
    letter = Letter(
        kind="welcome.guest_waits",
        subject=WAITS,
        body=OF_WAITS,
        subject_key=telling.line.public_id,
        facts=telling.facts,
        period=_of_this_minute(telling),
        lives=ALERT_LIVES,
        not_after=_alert_ends(telling),
    )
    for host in hosts:
        telling.notify(host, "welcome.guest_waits", WAITS)
        telling.write(host, letter)


def _of_this_minute(telling: Telling) -> str:
    """Return what tells this alert from one after an arrival that was taken back."""
    return f"{telling.line.asked_times} {telling.work.now:%Y%m%d%H%M}"


def _alert_ends(telling: Telling) -> datetime:
    return min(telling.line.ends_at_utc, telling.work.now + ALERT_LIVES)
