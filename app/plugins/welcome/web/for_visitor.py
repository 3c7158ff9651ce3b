"""The visitor's part of their own page: who receives them, whom to meet and why, and “we spoke”.

Whoever holds the secret of the link is the visitor; it stands in mails to the visitor alone, on no page of the group.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.access.domain.secret import hash_of
from app.core.errors import NotFound
from app.core.groups.queries import MemberLine, member_by_public_id
from app.core.ids import MemberId
from app.http.limits import posts_limited_by_network
from app.http.page import Answer, PublicPage
from app.plugins.welcome.domain.spoken import ASKED_FOR, Shared, reach_shown
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.queries.greetings import GreetingLine, greetings_of_visitor
from app.plugins.welcome.queries.guests import Guest, put_aside_by
from app.plugins.welcome.queries.spoken import MemberWhoSaid, members_who_said
from app.plugins.welcome.queries.visits import Visit, visit_by_link
from app.plugins.welcome.services.spoken import visitor_puts_aside, visitor_says_spoke, visitor_takes_back
from app.plugins.welcome.web.greeting_forms import SpokeForm
from app.plugins.welcome.web.known import KnownGroup, PersonToMeet, known_group, named_to_visitor
from app.plugins.welcome.web.reasons import reason_lines

_NAMED_BEFORE = timedelta(days=1)
_LIMITED = posts_limited_by_network("60 per hour")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWith:
    """A member with whom the visitor spoke, as either of the two says."""

    said: MemberWhoSaid
    reach: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForVisitor:
    """What the template `welcome/_people_for_visitor.html` draws, as `meet`."""

    secret: str
    greeter: MemberLine | None = None
    people: list[tuple[PersonToMeet, list[str]]] = field(default_factory=list)
    spoken: list[SpokenWith] = field(default_factory=list)
    may_say: list[MemberLine] = field(default_factory=list)
    form: SpokeForm | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.greeter or self.people or self.spoken or self.may_say)


def parts_for_visitor(page: PublicPage, visit: Visit, secret: str) -> dict[str, Any]:
    """Return the context of `welcome/_people_for_visitor.html` for the visitor whose page this is."""
    if visit.state not in {VisitState.EXPECTED, VisitState.CAME}:
        return {"meet": ForVisitor(secret=secret)}
    line = _greeting_of(page, visit)
    known = known_group(page, max(visit.came_on, page.today))
    named = _named(page, visit, known, line)
    people = named if visit.came_on - _NAMED_BEFORE <= page.today <= visit.came_on else []
    spoken = members_who_said(page.work.session, page.group.id, visit.id)
    return {
        "meet": ForVisitor(
            secret=secret,
            greeter=_greeter(known, line) if page.today <= visit.came_on else None,
            people=[(one, reason_lines(one.to_meet)) for one in people],
            spoken=[
                SpokenWith(
                    said=one, reach=reach_shown(one.spoken, one.email, one.phone, one.spoken.member_shares)
                )
                for one in spoken
            ],
            may_say=_may_say(page, visit, [*_near(known, visit, line), *(one.line for one in named)], spoken),
            form=SpokeForm(
                formdata=None,
                data={"shares_email": bool(visit.email), "shares_phone": bool(visit.phone)},
            ),
        )
    }


@_LIMITED
def person_aside(page: PublicPage, secret: str, member: str) -> Answer:
    """Name somebody else to the visitor."""
    visit, found = _found(page, secret, member)
    visitor_puts_aside(page.work, page.group, visit.id, found)
    return _back(page, secret)


@_LIMITED
def visitor_spoke(page: PublicPage, secret: str, member: str) -> Answer:
    """Keep the visitor's word that they spoke with a member whom their page names."""
    visit, found = _found(page, secret, member)
    named = parts_for_visitor(page, visit, secret)["meet"]
    known = {one.id for one in named.may_say} | {one.said.member_id for one in named.spoken}
    form = SpokeForm()
    if found not in known or not form.validate_on_submit():
        raise NotFound
    shares = Shared(email=form.shares_email.data, phone=form.shares_phone.data)
    visitor_says_spoke(page.work, page.group, visit.id, found, shares)
    said_so = any(one.said.member_id == found and one.said.spoken.member_said_at_utc for one in named.spoken)
    flash(
        _("Noted. You both say so: how to reach each other stands below.")
        if said_so
        else _("Noted. Once both of you have said so, you see how to reach each other."),
        "success",
    )
    return _back(page, secret)


@_LIMITED
def visitor_spoke_back(page: PublicPage, secret: str, member: str) -> Answer:
    """Take the visitor's word back."""
    visit, found = _found(page, secret, member)
    visitor_takes_back(page.work, page.group, visit.id, found)
    flash(_("Taken back. Neither of you sees any more how to reach the other."), "success")
    return _back(page, secret)


def _found(page: PublicPage, secret: str, member: str) -> tuple[Visit, MemberId]:
    visit = visit_by_link(page.work.session, page.group.id, hash_of(secret))
    found = member_by_public_id(page.work.session, page.group.id, member)
    if visit is None or visit.is_waiting or found is None:
        raise NotFound
    return visit, MemberId(found.id)


def _back(page: PublicPage, secret: str) -> Response:
    return page.go("welcome.own", secret=secret)


def _greeting_of(page: PublicPage, visit: Visit) -> GreetingLine | None:
    lines = greetings_of_visitor(page.work.session, page.group.id, visit.id)
    return next((one for one in lines if one.meeting_id == visit.meeting_id and one.is_accepted), None)


def _greeter(known: KnownGroup, line: GreetingLine | None) -> MemberLine | None:
    """Return who receives the visitor: whoever said yes agreed to be named to them."""
    return known.lines.get(line.greeter) if line is not None and line.greeter is not None else None


def _named(
    page: PublicPage, visit: Visit, known: KnownGroup, line: GreetingLine | None
) -> list[PersonToMeet]:
    """Return whom the visitor is told to meet."""
    guest = Guest(
        visitor_id=visit.id,
        newcomer_id=None,
        public_id=visit.public_id,
        name=visit.name,
        trade=visit.trade,
        introduction=visit.introduction,
        invited_by=visit.invited_by,
    )
    greeter = frozenset({line.greeter}) if line is not None and line.greeter is not None else frozenset()
    aside = put_aside_by(page.work.session, page.group.id, visitor_id=visit.id)
    return named_to_visitor(known, guest, put_aside=aside, but=greeter)


def _near(known: KnownGroup, visit: Visit, line: GreetingLine | None) -> list[MemberLine]:
    """Return whom the visitor knows anyway: who receives them, who invited them."""
    near = (_greeter(known, line), known.lines.get(visit.invited_by or MemberId(0)))
    return [one for one in near if one is not None]


def _may_say(
    page: PublicPage, visit: Visit, named: list[MemberLine], spoken: list[MemberWhoSaid]
) -> list[MemberLine]:
    """Return the members of whom the visitor may say “we spoke” and has not: those their page names, once they came."""
    if visit.state != VisitState.CAME or not visit.came_on <= page.today <= visit.came_on + ASKED_FOR:
        return []
    said = {one.member_id for one in spoken}
    return [one for one in {one.id: one for one in named}.values() if one.id not in said]
