"""Which requests is the product sent? Signed in, with the token of its form, and never the same act twice."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from app.plugin_runtime.runtime import runtime
from tests.bench.http_load import Visitor
from tests.bench.preparation import Seat, open_meetings

GRID = "attendance/"
MEMBERS = "members"
CONSOLE = ""
CODE_PAGE = "attendance/code"
"""A page whose view asks the database nothing: what it costs there is the gate's."""


class Browsers:
    """The browsers of all seats, and what they send."""

    def __init__(self, app: Flask, seats: Sequence[Seat], *, host: str) -> None:
        self._app = app
        self._seats = seats
        self._host = host
        self._signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own has it
        with app.test_request_context("/"):
            self._form_token = generate_csrf()
            self._form_secret = session["csrf_token"]

    @property
    def leaders(self) -> list[Seat]:
        """The seat of each group's president."""
        return [seat for seat in self._seats if seat.leads]

    def page(self, seat: Seat, path: str) -> bytes:
        """Return the request for a page of the seat's group."""
        return self._visitor(seat).get(f"/g/{seat.group.slug}/{path}")

    def pages(self, path: str) -> Iterator[bytes]:
        """Yield a page without end, asked for by each group's president in turn."""
        return itertools.cycle([self.page(seat, path) for seat in self.leaders])

    def sign_in(self, seat: Seat, meeting_public_id: str) -> bytes:
        """Return the tap of a member whose browser has scanned the code of the meeting just now."""
        scanned_at = runtime(self._app).clock.now().isoformat()
        ticket = {"group": seat.group.slug, "meeting": meeting_public_id, "at": scanned_at}
        visitor = self._visitor(seat, **{"attendance.ticket": ticket})
        return visitor.post(f"/g/{seat.group.slug}/attendance/arrive", {"csrf_token": self._form_token})

    def sign_ins(self, wanted: int) -> list[bytes]:
        """Return at least `wanted` sign-ins, no two of the same member and meeting, neighbours in different groups."""
        rounds = -(-wanted // len(self._seats))
        groups = {seat.group.slug: seat.group for seat in self._seats}
        meetings = {slug: open_meetings(self._app, group, rounds) for slug, group in groups.items()}
        across = sorted(self._seats, key=lambda seat: seat.members.index(seat.member))
        return [
            self.sign_in(seat, meetings[seat.group.slug][number])
            for number in range(rounds)
            for seat in across
        ]

    def slips(self) -> Iterator[bytes]:
        """Yield slips without end, each by another giver to the member beside them, none sent twice."""
        for number, seat in enumerate(itertools.cycle(self._seats)):
            receiver = seat.members[(seat.members.index(seat.member) + 1) % len(seat.members)]
            fields = _slip(number, receiver.public_id) | {"csrf_token": self._form_token}
            yield self._visitor(seat).post(f"/g/{seat.group.slug}/referrals/pass", fields)

    def report(self, seat: Seat, slip: str, answer: str) -> bytes:
        """Return the seat's report on a slip of theirs."""
        fields = {"answer": answer, "back": "reports", "csrf_token": self._form_token}
        return self._visitor(seat).post(f"/g/{seat.group.slug}/referrals/slips/{slip}/report", fields)

    def password_sign_ins(self, password: str) -> Iterator[bytes]:
        """Yield sign-ins with a password without end, each by the next member; every account has that password."""
        fields = {"password": password, "how": "password", "csrf_token": self._form_token}
        for seat in itertools.cycle(self._seats):
            stranger = self._browser({"csrf_token": self._form_secret})
            yield stranger.post("/account/sign-in", fields | {"email": seat.email})

    def _visitor(self, seat: Seat, **kept: Any) -> Visitor:
        return self._browser(
            {"_user_id": seat.token, "_fresh": True, "csrf_token": self._form_secret, **kept}
        )

    def _browser(self, cookie: dict[str, Any]) -> Visitor:
        name = self._app.config["SESSION_COOKIE_NAME"]
        return Visitor(host=self._host, cookie=f"{name}={self._signer.dumps(cookie)}")


def _slip(number: int, receiver_public_id: str) -> dict[str, str]:
    return {
        "form_token": f"bench-{number}",
        "receiver": receiver_public_id,
        "prospect_name": f"Clara Fontes {number}",
        "prospect_contact": f"+351 21 {number:07}",
        "agreed": "y",
        "about": "She needs new windows for the workshop before the winter.",
        "tier": "outside",
        "how_well": "4",
        "basis": "worked-with",
        "urgency": "this-week",
    }
