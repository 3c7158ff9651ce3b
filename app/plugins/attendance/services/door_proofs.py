"""Is the PIN or personal code that was sealed on a tablet the member's own? Judged by the house alone, outside any transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.access.domain.secret import hash_of
from app.core.access.hashing import is_password
from app.core.access.sealing import HouseKey, Sealed, house_key, opened
from app.core.groups.queries import member_by_public_id
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.door import MOST_WRONG_PROOFS, code_as_scanned
from app.plugins.attendance.domain.tablet_events import Proof, ProofKind, TabletEvent
from app.plugins.attendance.domain.tablet_outcome import Proven
from app.plugins.attendance.queries.door import MemberKey, member_keys, member_of_code
from app.plugins.attendance.queries.tablet_events import wrong_proofs

PURPOSE = b"givefirst tablet proof 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whose event it is, as far as the house can tell, and what came of the proof beside it."""

    member_id: MemberId | None
    proof: Proven


def key_of_door(secret_key: bytes) -> HouseKey:
    """Return the public key that tablets seal to."""
    return house_key(secret_key, PURPOSE)


def persons_of(
    work: UnitOfWork,
    group_id: GroupId,
    secret_key: bytes,
    events: Sequence[tuple[TabletEvent, MeetingId | None]],
) -> Mapping[str, Person]:
    """Return for each event, by its hash, whose it is and whether the proof is right.

    The transaction that reads is given back first: a hash of a PIN takes its time, and nobody may wait for it.
    """
    named = {event.member for event, _meeting in events if event.member}
    members = {
        name: found.id for name in named if (found := member_by_public_id(work.session, group_id, name))
    }
    texts = {event.hash: _text(secret_key, event.proof) for event, _meeting in events if event.proof}
    of_code = {
        event.hash: _whose_code(work, group_id, texts[event.hash])
        for event, _meeting in events
        if event.proof is not None and event.proof.kind is ProofKind.CODE
    }
    keys = member_keys(work.session, group_id, list(members.values()))
    wrong = {
        place: wrong_proofs(work.session, group_id, *place)
        for event, meeting in events
        if event.proof and (place := _place(meeting, members.get(event.member)))
    }
    work.rollback()
    known = _Known(members=members, keys=keys, of_code=of_code, texts=texts)
    persons: dict[str, Person] = {}
    for event, meeting in events:
        place = _place(meeting, members.get(event.member))
        person = _person(
            event, known, is_tired=place is not None and wrong.get(place, 0) >= MOST_WRONG_PROOFS
        )
        if place and person.proof is Proven.WRONG:
            wrong[place] = wrong.get(place, 0) + 1
        persons[event.hash] = person
    return persons


def still_trusted(
    work: UnitOfWork,
    group_id: GroupId,
    events: Sequence[tuple[TabletEvent, MeetingId | None]],
    persons: Mapping[str, Person],
) -> Mapping[str, Person]:
    """Return the persons as they stand now that nobody else writes for this tablet: other uploads may have used up the tries."""
    trusted = dict(persons)
    for event, meeting in events:
        person = persons[event.hash]
        place = _place(meeting, person.member_id)
        if place is None or person.proof is not Proven.RIGHT:
            continue
        if wrong_proofs(work.session, group_id, *place) >= MOST_WRONG_PROOFS:
            trusted[event.hash] = Person(member_id=person.member_id, proof=Proven.WRONG)
    return trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was read before the hashes are tried."""

    members: Mapping[str, MemberId]
    keys: Mapping[MemberId, MemberKey]
    of_code: Mapping[str, MemberId | None]
    texts: Mapping[str, str | None]


def _person(event: TabletEvent, known: _Known, *, is_tired: bool) -> Person:
    named = known.members.get(event.member)
    if event.proof is None:
        return Person(member_id=named, proof=Proven.NONE)
    if event.proof.kind is ProofKind.CODE:
        found = known.of_code[event.hash]
        is_right = found is not None and (found == named or not event.member)
        return Person(member_id=named if event.member else found, proof=_proven(is_right=is_right))
    key = known.keys.get(named) if named is not None else None
    is_right = not is_tired and is_password(known.texts[event.hash] or "", key.pin_hash if key else None)
    return Person(member_id=named, proof=_proven(is_right=is_right))


def _proven(*, is_right: bool) -> Proven:
    return Proven.RIGHT if is_right else Proven.WRONG


def _text(secret_key: bytes, proof: Proof) -> str | None:
    return opened(secret_key, PURPOSE, Sealed(text=proof.sealed, iv=proof.iv, ephemeral=proof.ephemeral))


def _whose_code(work: UnitOfWork, group_id: GroupId, text: str | None) -> MemberId | None:
    return member_of_code(work.session, group_id, hash_of(code_as_scanned(text))) if text else None


def _place(meeting_id: MeetingId | None, member_id: MemberId | None) -> tuple[MeetingId, MemberId] | None:
    """Return where wrong proofs are counted: a member at a meeting."""
    return None if meeting_id is None or member_id is None else (meeting_id, member_id)
