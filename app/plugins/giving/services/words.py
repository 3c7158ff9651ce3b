"""The helped publish a thank-you, members write testimonials; authors take them back, whom they are about may hide them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.giving.domain.introduction import contacts_are_shown
from app.plugins.giving.domain.keys import TestimonialId, ThanksId
from app.plugins.giving.domain.words import Help, refusals_for_testimonial, refusals_for_thanks
from app.plugins.giving.interface import TestimonialWritten, ThanksPublished, WordsHidden, WordsWithdrawn
from app.plugins.giving.queries.asks import reply_to
from app.plugins.giving.queries.introductions import introduction_for
from app.plugins.giving.queries.people import named
from app.plugins.giving.queries.words import WordsLine, words_by_public_id
from app.plugins.giving.services.telling import RECOMMENDED, THANKED, News, Place, tell
from app.plugins.giving.store import add_words, hide_words, remove_words


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteWords:
    """What a member writes about another. `about` is the public id of what they were helped with, or of the member."""

    group: Group
    today: date
    member: MemberId
    member_name: str
    about: str
    text: str
    place: Place


def thank_for_reply(work: UnitOfWork, command: WriteWords) -> None:
    """Publish a thank-you for an answer, by the asker alone, and tell the helper. Commits."""
    reply = reply_to(work.session, command.group.id, command.about, command.member)
    if reply is None:
        raise NotFound
    _thank(work, command, reply.helper_id, Help.REPLY, reply.id)


def thank_for_introduction(work: UnitOfWork, command: WriteWords) -> None:
    """Publish a thank-you for an introduction that was made, by one of the two, and tell the introducer. Commits."""
    found = introduction_for(work.session, command.group.id, command.about, command.member)
    if found is None or not found.side_of(command.member) or not contacts_are_shown(found.state):
        raise NotFound
    _thank(work, command, found.introducer.id, Help.INTRODUCTION, found.id)


def write_testimonial(work: UnitOfWork, command: WriteWords) -> None:
    """Put a testimonial on another member's page and tell them; refused with every reason at once. Commits."""
    about = named(work.session, command.group.id, command.about)
    if about is None or about.member_id == command.member:
        raise NotFound
    refusals = refusals_for_testimonial(
        command.text, is_member=about.is_member_on(command.today), name=about.name
    )
    if refusals:
        raise Refused(refusals)
    testimonial_id = TestimonialId(work.ids.key())
    people = {"author_member_id": command.member, "about_member_id": about.member_id}
    if not add_words(work.session, "testimonial", _values(work, command, testimonial_id) | people):
        raise Refused([Refusal(code="giving.testimonial_stands", facts={"name": about.name})])
    work.record(
        TestimonialWritten(
            group_id=command.group.id,
            testimonial_id=testimonial_id,
            author_member_id=command.member,
            about_member_id=about.member_id,
        )
    )
    _tell(work, command, about.member_id, RECOMMENDED)
    work.commit()


def withdraw_words(work: UnitOfWork, group: Group, words: str, public_id: str, author: MemberId) -> WordsLine:
    """Take a thank-you or a testimonial back, by its author alone; what was written is gone. Commits."""
    found = words_by_public_id(work.session, group.id, words, public_id)
    if found is None or found.author_id != author:
        raise NotFound
    remove_words(work.session, words, group.id, found.id)
    work.record(WordsWithdrawn(group_id=group.id, words=words, words_id=found.id))
    work.commit()
    return found


def show_words(
    work: UnitOfWork, group: Group, words: str, public_id: str, about: MemberId, *, is_hidden: bool
) -> WordsLine:
    """Hide words or show them again, by whom they are about alone; a second time changes nothing. Commits."""
    found = words_by_public_id(work.session, group.id, words, public_id)
    if found is None or found.about_id != about:
        raise NotFound
    if found.is_hidden != is_hidden:
        hide_words(work.session, words, group.id, found.id, work.now if is_hidden else None)
        work.record(WordsHidden(group_id=group.id, words=words, words_id=found.id, is_hidden=is_hidden))
    work.commit()
    return found


def _thank(work: UnitOfWork, command: WriteWords, helper: MemberId, help_: Help, about_id: int) -> None:
    if refusals := refusals_for_thanks(command.text):
        raise Refused(refusals)
    thanks_id = ThanksId(work.ids.key())
    facts = {
        "helper_member_id": helper,
        "helped_member_id": command.member,
        "kind": help_.value,
        "about_id": about_id,
    }
    if not add_words(work.session, "thanks", _values(work, command, thanks_id) | facts):
        raise Refused([Refusal(code="giving.thanked_already")])
    work.record(
        ThanksPublished(
            group_id=command.group.id,
            thanks_id=thanks_id,
            helper_member_id=helper,
            helped_member_id=command.member,
        )
    )
    _tell(work, command, helper, THANKED)
    work.commit()


def _values(work: UnitOfWork, command: WriteWords, key: int) -> dict[str, Any]:
    return {
        "group_id": command.group.id,
        "id": key,
        "public_id": work.ids.public_id(),
        "words": command.text,
        "at_utc": work.now,
    }


def _tell(work: UnitOfWork, command: WriteWords, member_id: MemberId, text: str) -> None:
    facts: Mapping[str, str] = {"name": command.member_name}
    news = News(kind="giving.words", text=text, key=command.about, facts=facts, place=command.place)
    tell(work, command.group, member_id, news)
