"""What everybody but X gets to see of the two worlds of a pair, compared to the byte."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from werkzeug.test import TestResponse

from tests.support.neighbours import crawl
from tests.support.sealed_worlds import LETTER, NOTICE, PUBLIC_ID, body_of
from tests.support.secret_house import THIRD_COUNT, SecretHouse
from tests.support.secret_lives import Family, Life, Lived, live

HOME: Final = "/g/harbour"
NOTHING: Final = "2222zzzz3333"
"""A public id that is nobody's."""
LENGTH: Final = "Content-Length"
NOT_COMPARED: Final = frozenset({"Set-Cookie", "Date"})
"""A session's cookie is signed anew, and files carry the time on the wall; that one is set is compared."""
VIEWERS: Final = ("leader 0", "bystander", "colleague", "new voice", "neighbour", "stranger")
PART: Final = re.compile(r"<(section|td|li)\b[^>]*>(?:(?!<\1\b).)*?</\1>", re.DOTALL)
OF_RECORDS: Final = re.compile("credibility|refer again|record", re.IGNORECASE)
"""In what credibility puts on the pages of others stands one of these."""
ASKED_TO_DECIDE: Final = ("credibility.appeal_asked", "credibility.report_void")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One answer: as a whole, and of it what credibility put there."""

    whole: tuple[object, ...]
    parts: tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that others get of one world, at one instant or two: answers by viewer and address, and what was sent."""

    life: Life
    lived: Lived
    answers: Mapping[tuple[str, str], Seen]
    sent: Sequence[tuple[object, ...]]
    faults: Sequence[str]
    """Where the world gives itself away without another to compare it with."""


@dataclass(kw_only=True)
class Compared:
    """What was looked at so far, and where worlds differed."""

    worlds: int = 0
    pairs: int = 0
    loose: int = 0
    asked: int = 0
    answers: int = 0
    rows: int = 0
    differences: list[str] = field(default_factory=list)
    by_reason: Counter[str] = field(default_factory=Counter)
    misplaced: int = 0
    """Worlds in which a record had surfaced after all: they prove nothing, and none may be."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How thoroughly worlds are looked at: by whom wholly and by whom in passing, and at which further addresses."""

    wholly: Sequence[str]
    passing: Sequence[str] = ()
    further: Mapping[str, Sequence[str]] = field(default_factory=dict)
    all_jobs: bool = False


def compare(houses: Sequence[SecretHouse], family: Family, look: Look, found: Compared) -> list[str]:
    """Live the family's worlds, look at each, and return where any two of them differ."""
    told = [
        tell(houses[number % len(houses)], family, life, look, found)
        for number, life in enumerate(family.lives)
    ]
    differences = [f"{one.life.why}: {fault}" for one in told for fault in one.faults]
    for one, other in combinations(told, 2):
        found.pairs += 1
        found.by_reason.update({*reasons_of(one), *reasons_of(other)})
        if one.lived.is_surfaced or other.lived.is_surfaced:
            continue
        differences += [f"{one.life.why} / {other.life.why}: {fault}" for fault in between(one, other, found)]
    found.differences += differences
    return differences


def reasons_of(told: Told) -> set[str]:
    """Return by what of it X is withheld: the conditions that are not met, and what the life is about."""
    return {told.life.why, *told.lived.unmet}


def between(one: Told, other: Told, found: Compared) -> Iterator[str]:
    """Yield each address at which some viewer is answered differently in the two worlds, and whatever was sent differently."""
    knowing = one.lived.knowing | other.lived.knowing
    is_loose = one.life.is_loose or other.life.is_loose
    found.loose += is_loose
    for (viewer, address), seen in one.answers.items():
        there = other.answers[viewer, address]
        if is_loose or viewer in knowing:
            if not _is_of_records(address):
                continue
            same = seen.parts == there.parts
        else:
            same = seen.whole == there.whole
        found.answers += 1
        if not same:
            yield f"{viewer}: {address}"
    found.rows += len(one.sent)
    if _sent_to_all(one, knowing, is_loose) != _sent_to_all(other, knowing, is_loose):
        yield "mail, notices or marks of change"


def tell(house: SecretHouse, family: Family, life: Life, look: Look, found: Compared) -> Told:
    """Live one world and return what others get of it, in the middle of a week and after the next counting."""
    lived = live(house, family, life, all_jobs=look.all_jobs)
    found.worlds += 1
    found.misplaced += lived.is_surfaced
    house.are_seen()
    answers: dict[tuple[str, str], Seen] = {}
    for viewer in look.wholly:
        for address in [*surfaces(house), f"{HOME}/", *look.further.get(viewer, ())]:
            answers[viewer, address] = _answer(house, viewer, address)
    for viewer in look.passing:
        for address in surfaces(house)[:3]:
            answers[viewer, address] = _answer(house, viewer, address)
    faults = [fault for viewer in look.wholly for fault in _given_away(house, viewer, lived)]
    house.world.clock.move_to(THIRD_COUNT)
    house.run_jobs(all_of_them=look.all_jobs)
    house.are_seen()
    for viewer in look.wholly:
        for address in surfaces(house)[:4]:
            answers[viewer, f"{address}#a-week-on"] = _answer(house, viewer, address)
    found.asked += len(answers)
    return Told(life=life, lived=lived, answers=answers, sent=_sent(house), faults=faults)


def every_address(house: SecretHouse, viewers: Sequence[str]) -> dict[str, list[str]]:
    """Return what each viewer finds by links and by knowing every address of the URL map, one of each endpoint."""
    house.begin()
    return {
        viewer: [
            address
            for _endpoint, address, _status, _text in crawl(house.town, house.clients[viewer], house.group, 1)
        ]
        for viewer in viewers
    }


def surfaces(house: SecretHouse) -> list[str]:
    """Return where records stand, and where they would if they could."""
    cast = house.origin.cast
    x, shown, blank = (one.public_id for one in (cast.x, cast.surfaced[0], cast.colleagues[-1]))
    return [
        f"{HOME}/members",
        f"{HOME}/credibility/schemes",
        f"{HOME}/members/{x}",
        f"{HOME}/members/{shown}",
        f"{HOME}/referrals/pass/beside/{x}",
        f"{HOME}/credibility/",
        f"{HOME}/members/{blank}",
        f"{HOME}/referrals/pass/beside/{shown}",
        f"{HOME}/referrals/pass?to={x}&later=1",
    ]


def _is_of_records(address: str) -> bool:
    return any(word in address for word in ("/members", "/credibility", "/referrals/pass"))


def _given_away(house: SecretHouse, viewer: str, lived: Lived) -> Iterator[str]:
    """Yield each address of something secret that is answered otherwise than that of nothing: to whom it is not theirs."""
    if viewer in lived.knowing:
        return
    for address, ids in (
        (f"{HOME}/credibility/reports/%s/disagree", lived.evidence),
        (f"{HOME}/credibility/appeals/%s", lived.appeals[:1]),
    ):
        nothing = _answer(house, viewer, address % NOTHING) if ids else None
        for one in ids:
            if _answer(house, viewer, address % one) != nothing:
                yield f"{viewer}: {address % one} is not as if there were nothing"


def _answer(house: SecretHouse, viewer: str, address: str) -> Seen:
    before = house.statements
    answer = house.clients[viewer].get(address)
    asked = house.statements - before
    body = body_of(answer)
    if isinstance(body, str):
        body = _with_old_ids(house, body)
    # a packed file is as long as the instant at which it was packed happens to compress to: its parts are compared
    headers = [one for one in _headers(house, answer) if isinstance(body, str | bytes) or one[0] != LENGTH]
    whole = (answer.status_code, headers, asked, body)
    return Seen(whole=whole, parts=(answer.status_code, *_parts(body)))


def _headers(house: SecretHouse, answer: TestResponse) -> list[tuple[str, str]]:
    return sorted(
        (name, "" if name in NOT_COMPARED else _with_old_ids(house, value)) for name, value in answer.headers
    )


def _parts(body: object) -> list[str]:
    """Return the parts of a page that are credibility's: the panels, cells and lines that speak of records."""
    text = body if isinstance(body, str) else repr(body)
    return [found[0] for found in PART.finditer(text) if OF_RECORDS.search(found[0])]


def _with_old_ids(house: SecretHouse, text: str) -> str:
    """Return the text with each public id that was drawn since the beginning as the same word."""
    known = house.origin.ids
    return PUBLIC_ID.sub(lambda found: found[0] if found[0] in known else "drawn-since", text)


def _sent(house: SecretHouse) -> list[tuple[object, ...]]:
    """Return every mail and notice to anybody but X, each with its table and whose it is, and the marks of change."""
    x = house.origin.cast.x
    names = {one.id: name for name, one in house.origin.cast.lookers.items()}
    with house.doing() as work:
        ask = work.session.connection().exec_driver_sql
        members = {row.person_id: row.id for row in ask("SELECT id, person_id FROM member").all()}
        notices = ask(f"SELECT {', '.join(NOTICE)} FROM notice WHERE member_id <> {x.id}").all()
        mails = ask(
            f"SELECT {', '.join(LETTER)}, created_at_utc, not_after_utc FROM outgoing_mail "
            f"WHERE person_id IS NULL OR person_id <> {x.person_id}"
        ).all()
        marks = ask("SELECT group_id, pulse FROM ledger_head ORDER BY group_id").all()
    rows = [
        *(("notice", names.get(row.member_id, ""), row.kind, *row) for row in notices),
        *(("mail", names.get(members.get(row.person_id, 0), ""), row.kind, *row) for row in mails),
        *(("mark", "", "", *row) for row in marks),
    ]
    return sorted((_masked(house, row) for row in rows), key=repr)


def _sent_to_all(told: Told, knowing: frozenset[str], is_loose: bool) -> list[tuple[object, ...]]:
    """Return what was sent, but for what those get who know: their own reminders, and that they are asked to decide."""
    return [
        row
        for row in told.sent
        if not (row[1] in knowing and (row[0] == "mail" or row[2] in ASKED_TO_DECIDE))
        and not (row[0] == "mail" and is_loose)
    ]


def _masked(house: SecretHouse, row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(_with_old_ids(house, one) if isinstance(one, str) else one for one in row)
