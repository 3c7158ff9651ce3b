"""A tablet as its page behaves: it keeps a chain and a reading, loses its network, and sends what waits, in any order."""

import base64
import os
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.door import Asks, Door
from app.plugins.attendance.domain.tablet_events import content_hash, instant_written
from app.plugins.attendance.domain.tablet_outcome import Why
from app.plugins.attendance.queries.tablet_events import WaitingEvent, waiting_events
from app.plugins.attendance.services.tablets import (
    RegisterTablet,
    become_tablet,
    change_door,
    code_of,
    register_tablet,
)
from tests.support.meeting_room import Room
from tests.support.world import World

Sent = dict[str, Any]


@dataclass(kw_only=True)
class Tablet:
    """One tablet with its browser. Its reading follows the world's clock from `started`; `skew_ms` is added by tests."""

    world: World
    group: Group
    client: FlaskClient
    boot: str
    started: datetime
    sequence: int = 0
    previous: str = ""
    queue: list[Sent] = field(default_factory=list)
    anchors: list[Sent] = field(default_factory=list)

    @property
    def base(self) -> str:
        """Where the tablet's pages are."""
        return f"/door/{self.group.slug}/attendance/tablet"

    @property
    def reading(self) -> int:
        """The monotonic reading of this page run, in milliseconds."""
        return int((self.world.now - self.started).total_seconds() * 1_000)

    def reload(self) -> None:
        """Begin another page run: the reading begins anew, the chain goes on."""
        self.boot, self.started, self.sequence = new_boot(), self.world.now, 0

    def day(self) -> Sent:
        """Return the day as the tablet is told it."""
        answer = self.client.get(f"{self.base}/day", headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.status
        return dict(answer.json or {})

    def contact(self) -> TestResponse:
        """Say that it is there, and keep the anchor."""
        answer = self.post("contact", {"boot": self.boot, "m": self.reading, "waiting": len(self.queue)})
        self._keep(answer)
        return answer

    def tap(self, member: MemberLine | None, meeting: str, **more: Any) -> Sent:
        """Write one tap down, unsent, and return it."""
        self.sequence += 1
        event: Sent = {
            "boot": self.boot,
            "seq": self.sequence,
            "m": self.reading,
            "meeting": meeting,
            "kind": "member",
            "member": member.public_id if member else None,
            "name": None,
            "firm": None,
            "proof": None,
            "wall": instant_written(self.world.now),
            "prev": self.previous,
        } | more
        event["hash"] = content_hash(event)
        self.previous = event["hash"]
        self.queue.append(event)
        return event

    def send(self, events: list[Sent] | None = None) -> list[Sent]:
        """Send these events, by default the queue, and return the results; all must be read."""
        answer = self.post_events(self.queue if events is None else events)
        assert answer.status_code == 200, answer.text
        self._keep(answer)
        if events is None:
            self.queue = []
        return list((answer.json or {})["results"])

    def post_events(self, events: list[Sent]) -> TestResponse:
        """Post these events with every anchor that is kept."""
        body = {"boot": self.boot, "m": self.reading, "anchors": self.anchors, "events": events}
        return self.post("sign-ins", body)

    def post(self, what: str, body: object) -> TestResponse:
        """Post JSON as the page's script does."""
        return self.client.post(f"{self.base}/{what}", json=body, headers={"Accept": "application/json"})

    def sealed(self, kind: str, secret: str) -> Sent:
        """Return a PIN or code sealed to the house."""
        return sealed(self.day()["public_key"], kind, secret)

    def _keep(self, answer: TestResponse) -> None:
        if answer.status_code == 200 and answer.json:
            self.anchors.append(answer.json["anchor"] | {"got": self.reading})


class DoorRoom(Room):
    """A group twenty minutes before its meeting, with a tablet at the door."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        world.clock.move_to(self.meeting.starts_at_utc - timedelta(minutes=20))
        self.tablet: Tablet = registered(world, self.group, self.leader)

    def tap(self, member: MemberLine | None, **more: Any) -> Sent:
        """Let somebody tap a name at this room's meeting."""
        return self.tablet.tap(member, self.meeting.public_id, **more)

    def door_asks(self, asks: Asks) -> None:
        """Let the leader say what the tablet asks."""
        self.door_is(Door(asks=asks))

    def door_is(self, door: Door) -> None:
        """Let the leader say how the door is kept."""
        change_door(self.world.work(self.leader), self.group.id, door, seen_version=0)

    @property
    def waiting(self) -> list[WaitingEvent]:
        """What waits for a leader at the meeting."""
        work = self.world.work()
        found = waiting_events(work.session, self.group.id, self.meeting.id)
        work.rollback()
        return found

    @property
    def whys(self) -> list[Why]:
        """Why each of them waits."""
        return [one.why for one in self.waiting]


def outcomes(results: list[Sent]) -> list[object]:
    """Return what became of each event of an answer."""
    return [one["outcome"] for one in results]


def new_boot() -> str:
    """Return the name of a new page run."""
    return os.urandom(16).hex()


def registered(world: World, group: Group, leader: MemberLine, label: str = "Entrance") -> Tablet:
    """Return a tablet of the group, registered by the leader."""
    secret = str(random.random())
    work = world.work(leader)
    command = RegisterTablet(
        group_id=group.id,
        leader_id=leader.id,
        label=label,
        public_id=work.ids.public_id(),
        secret=secret,
    )
    register_tablet(work, command)
    token, _until = become_tablet(world.work(), group.id, code_of(secret))
    client = world.client()
    client.set_cookie("givefirst_tablet", token, path=f"/door/{group.slug}")
    return Tablet(world=world, group=group, client=client, boot=new_boot(), started=world.now)


def sealed(public_key: Sent, kind: str, secret: str) -> Sent:
    """Return `secret` sealed to the house's key, as the page's script seals it."""
    own = ec.generate_private_key(ec.SECP256R1())
    house = ec.EllipticCurvePublicNumbers(
        x=_number(public_key["x"]), y=_number(public_key["y"]), curve=ec.SECP256R1()
    ).public_key()
    shared = own.exchange(ec.ECDH(), house)
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"givefirst tablet proof 1").derive(shared)
    iv = os.urandom(12)
    point = own.public_key().public_numbers()
    return {
        "kind": kind,
        "sealed": _text(AESGCM(key).encrypt(iv, secret.encode(), None)),
        "iv": _text(iv),
        "ephemeral": {
            "kty": "EC",
            "crv": "P-256",
            "x": _text(point.x.to_bytes(32, "big")),
            "y": _text(point.y.to_bytes(32, "big")),
        },
    }


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
