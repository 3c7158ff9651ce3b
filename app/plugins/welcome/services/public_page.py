"""Leaders write the group's public page, open and close it, and show a photo of the door."""

import hashlib
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.pictures import UnreadablePicture, redrawn
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.public_page import PageWords, refusals_for_page
from app.plugins.welcome.interface import PublicPageKept, PublicPageOpened
from app.plugins.welcome.queries.public_page import page_of
from app.plugins.welcome.store_visits import drop_photo, keep_page, keep_photo

LONGEST_SIDE = 1280


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPage:
    """The page as a leader wants it, over the version seen; `months` and `visits` are None where no number was typed."""

    group: Group
    words: PageWords
    is_open: bool
    months: int | None
    visits: int | None
    seen_version: int


def keep_public_page(work: UnitOfWork, command: KeepPage) -> None:
    """Keep the page; refused with every reason, or where somebody else wrote first. Commits."""
    refusals = refusals_for_page(command.words, months=command.months, visits=command.visits)
    if refusals:
        raise Refused(refusals)
    group, words = command.group, command.words
    was_open = page_of(work.session, group.id).is_open
    values = {
        "is_open": command.is_open,
        "about": words.about,
        "minutes": words.minutes,
        "whom_for": words.whom_for,
        "cost": words.cost,
        "dress": words.dress,
        "way": words.way,
        "shows_trades": words.shows_trades,
        "months_kept": command.months,
        "visits_limit": command.visits,
    }
    if not keep_page(work.session, group.id, values, at=work.now, seen_version=command.seen_version):
        raise Refused([Refusal(code="welcome.changed_meanwhile")])
    work.record(PublicPageKept(group_id=group.id, is_open=command.is_open))
    if command.is_open and not was_open:
        work.record(PublicPageOpened(group_id=group.id))
    work.commit()


def show_door(work: UnitOfWork, group: Group, raw: bytes) -> None:
    """Keep a photo of the door, drawn anew; what cannot be used is refused, and the one that stands stays. Commits."""
    try:
        picture = redrawn(raw, longest_side=LONGEST_SIDE)
    except UnreadablePicture as unreadable:
        raise Refused([_why(unreadable.reason)]) from unreadable
    values = {
        "jpeg": picture.jpeg,
        "width": picture.width,
        "height": picture.height,
        "digest": hashlib.sha256(picture.jpeg).hexdigest(),
        "changed_at_utc": work.now,
    }
    keep_photo(work.session, group.id, values)
    work.commit()


def hide_door(work: UnitOfWork, group: Group) -> None:
    """Take the photo of the door away. Commits."""
    drop_photo(work.session, group.id)
    work.commit()


def _why(reason: str) -> Refusal:
    if reason == "empty":
        return Refusal(code="welcome.picture_missing", field="photo")
    if reason in {"too_heavy", "too_many_pixels"}:
        return Refusal(code="welcome.picture_too_large", field="photo")
    if reason == "too_small":
        return Refusal(code="welcome.picture_too_small", field="photo")
    return Refusal(code="welcome.no_picture", field="photo")
