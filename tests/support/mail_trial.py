"""The outbox against a mail server of moods: what became of every mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from app.core.notices.outbox import LEASE
from tests.support.letters import Outbox, address_of, by_smtp_at
from tests.support.moody_server import Mood, MoodyServer, moody_server

LATE, PATIENCE, TOO_LATE = 0.02, 1.5, 2.0
"""Seconds; the sender's patience is shortened in proportion, so that a proof does not wait for 20 s at a time."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the mails of one trial."""

    written: int
    lost: int
    copies: int
    most_copies: int
    ids_a_mail: int
    unsettled: int
    met: dict[Mood, int]

    @property
    def holds(self) -> bool:
        """Whether the promise holds: none lost, at most two copies, one Message-ID a mail, nothing left over."""
        is_kept = (self.lost, self.unsettled, self.ids_a_mail) == (0, 0, 1)
        return is_kept and self.most_copies <= 2 and set(self.met) == set(Mood)

    def __str__(self) -> str:
        moods = ", ".join(f"{count} × {mood.value}" for mood, count in sorted(self.met.items()))
        return (
            f"{self.written} mails: {self.lost} lost, {self.copies} second copies, at most {self.most_copies} of one mail, "
            f"{self.ids_a_mail} Message-ID a mail, {self.unsettled} unsettled. The server's tries: {moods}."
        )


def tried(outbox: Outbox, mails: int, seed: int) -> Outcome:
    """Write so many mails and send until nothing waits, with time passing between; return what became of them."""
    outbox.write(*range(mails))
    with moody_server(seed=seed, late=LATE, too_late=TOO_LATE) as server, _short_patience():
        postman = by_smtp_at(server.url)
        for _turn in range(200):
            if set(outbox.states()) == {"sent"}:
                break
            outbox.send(postman)
            outbox.town.pass_time(seconds=LEASE.total_seconds())
        return _outcome(outbox, server, mails)


@contextmanager
def _short_patience() -> Iterator[None]:
    with patch("app.core.notices.postman.SMTP_TIMEOUT_SECONDS", PATIENCE):
        yield


def _outcome(outbox: Outbox, server: MoodyServer, mails: int) -> Outcome:
    by_address = {
        address_of(number): {
            key[1]: count for key, count in server.taken.items() if key[0] == address_of(number)
        }
        for number in range(mails)
    }
    copies = [sum(ids.values()) for ids in by_address.values()]
    return Outcome(
        written=mails,
        lost=copies.count(0),
        copies=sum(copies) - sum(count > 0 for count in copies),
        most_copies=max(copies),
        ids_a_mail=max(len(ids) for ids in by_address.values()),
        unsettled=mails - outbox.states().get("sent", 0),
        met=dict(server.met),
    )
