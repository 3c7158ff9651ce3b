"""Names and faces: cards to practise before the meeting, and the photos and recordings that stand on them."""

from dataclasses import dataclass
from hashlib import sha256

from flask import Response, request

from app.core.errors import NotFound
from app.http.page import Answer, GroupPage
from app.plugins.profiles import permissions as may
from app.plugins.profiles.domain.sound import SoundKind
from app.plugins.profiles.queries.faces import FaceLine
from app.plugins.profiles.queries.profiles import Kept, photo_of, profile_of, recording_of
from app.plugins.profiles.web.expected import expected_at, members_of_today
from app.plugins.welcome.interface import ExpectedVisitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card: a photo or what they do on its front, the name on its back. `member` is a public id, empty for a visitor."""

    name: str
    how_to_say: str
    trade: str
    firm: str
    member: str = ""
    has_photo: bool = False
    has_recording: bool = False


def names(page: GroupPage) -> Answer:
    """Show the cards of those who are expected next and let others practise their name; nothing is counted."""
    meeting = page.meetings_near.at_hand
    expected = expected_at(page, meeting) if meeting else members_of_today(page)
    others = [one for one in expected.members if one.member_id != page.viewer.member_id]
    cards = [_of_member(one) for one in others if one.is_practised]
    own = profile_of(page.work.session, page.group.id, page.viewer.member_id)
    return page.render(
        "profiles/names.html",
        cards=_shuffled(page, [*cards, *(_of_visitor(one) for one in expected.visitors)]),
        meeting=meeting,
        others_count=len(others) - len(cards),
        own=own,
        may_print=page.may(may.BADGES_PRINT),
    )


def photo(page: GroupPage, member: str) -> Answer:
    """Send a member's photo to members of the group."""
    return _sent(photo_of(page.work.session, page.group.id, member, page.today), "photo", "jpg")


def recording(page: GroupPage, member: str) -> Answer:
    """Send a member's name, spoken by them, to members of the group."""
    found = recording_of(page.work.session, page.group.id, member, page.today)
    return _sent(found, "name", SoundKind(found.media_type).ending if found else "")


def _sent(kept: Kept | None, name: str, ending: str) -> Response:
    """Send it under a type of ours, kept in the reader's own browser alone and asked about at each look."""
    if kept is None:
        raise NotFound
    answer = Response(kept.content, mimetype=kept.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(kept.mark)
    answer.make_conditional(request, accept_ranges=True, complete_length=len(kept.content))
    return answer


def _shuffled(page: GroupPage, cards: list[Card]) -> list[Card]:
    """Return the cards in an order that tells nothing of the names; each viewer has another, the same all day."""
    seed = f"{page.viewer.member_public_id} {page.today}"
    return sorted(cards, key=lambda card: sha256(f"{seed} {card.member} {card.name}".encode()).digest())


def _of_member(face: FaceLine) -> Card:
    return Card(
        name=face.name,
        how_to_say=face.how_to_say,
        trade=face.trade,
        firm=face.firm,
        member=face.public_id,
        has_photo=face.has_photo,
        has_recording=face.has_recording,
    )


def _of_visitor(visitor: ExpectedVisitor) -> Card:
    return Card(name=visitor.name, how_to_say="", trade=visitor.trade, firm=visitor.firm)
