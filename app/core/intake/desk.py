"""Whom does each name of a file mean? By the group's own names, by what was set by hand, else the desk asks."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.intake.importer import NEW_MEMBER, NOBODY, ImportAnswers, ImportContext, UnmatchedName
from app.core.intake.likeness import Likeness
from app.core.sheets.spelling import folded

ALL_OTHERS = "*"
"""The key of an answer for every name that has none of its own; it is `NOBODY` or `NEW_MEMBER`, never a member."""

_ASKED_WITH_CANDIDATES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Whom the names of a file mean, as far as that is known; `unmatched` is what the desk asks, answered or not.

    `member_of` is keyed by the name as `folded`; None is nobody of the group, a missing key an open question, or a
    name whose rows mean different people. `member_of_row` says the same for each row of the file. `joining` are the
    folded names, `joining_rows` the rows, of those who are to become members.
    """

    member_of: Mapping[str, MemberId | None]
    member_of_row: Mapping[int, MemberId | None]
    joining: frozenset[str]
    joining_rows: frozenset[int]
    unmatched: tuple[UnmatchedName, ...]


def settle(
    lines: Sequence[tuple[int, str]],
    members: Sequence[MemberLine],
    context: ImportContext,
    answers: ImportAnswers,
    *,
    may_join: bool = False,
    may_repeat: bool = False,
    by_row: Collection[str] = (),
) -> Settled:
    """Return whom each name means; never by likeness, which only orders the candidates that the desk offers.

    `lines` are row and name as written, in the file's order; empty names are passed over. A member's own name goes
    first, then a name that was set by hand, then the own name with the family name before the given name, then the
    answers. With `may_join` the desk offers to make somebody a member. Where each row is one person (a roster, a
    PALMS report) a name that stands twice, or two spellings of one member, are asked about row by row; with
    `may_repeat` a person may stand in many rows (a slips audit). `by_row` are further folded names that are asked
    about row by row.
    """
    desk = _Desk(members, context, answers, may_join=may_join)
    asked = list(_asked(lines, desk, may_repeat=may_repeat, further=by_row))
    for question in asked:
        desk.ask(question)
    return desk.settled()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One name, or one row of a name that stands several times."""

    key: str
    folded: str
    written: str
    rows: Sequence[int]
    known: Sequence[MemberId]
    is_clear: bool
    is_nobody: bool = False
    also_in: Sequence[int] = ()


def answer_key(written: str, row: int, *, repeated: bool) -> str:
    """Return the key of the desk's answer: the folded name, with the row where the name stands several times."""
    return f"{folded(written)} #{row}" if repeated else folded(written)


def is_for_one_row(key: str) -> bool:
    """Return whether an answer concerns one row of one file, and so says nothing about the name."""
    _name, mark, row = key.rpartition(" #")
    return bool(mark) and row.isdecimal()


def _asked(
    lines: Sequence[tuple[int, str]], desk: "_Desk", *, may_repeat: bool, further: Collection[str]
) -> Iterator[_Question]:
    rows_of: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, written in lines:
        if key := folded(written):
            rows_of[key].append((row, written))
    known = {key: desk.known(key) for key in rows_of}
    claimed: defaultdict[MemberId, int] = defaultdict(int)
    for key, found in known.items():
        if len(found.people) == 1:
            claimed[found.people[0]] += len(rows_of[key])
    for key, places in rows_of.items():
        found = known[key]
        is_clear = len(found.people) == 1 and (may_repeat or claimed[found.people[0]] == 1)
        by_row = not may_repeat and (len(places) > 1 or key in further) and not found.is_nobody
        for part in [[place] for place in places] if by_row else [places]:
            yield _Question(
                key=answer_key(key, part[0][0], repeated=by_row),
                folded=key,
                written=part[0][1],
                rows=[row for row, _written in part],
                known=found.people,
                is_clear=is_clear and not by_row,
                is_nobody=found.is_nobody,
                also_in=[row for row, _written in places if row != part[0][0]] if by_row else (),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    people: Sequence[MemberId] = ()
    is_nobody: bool = False


class _Desk:
    """The names of the group, the answers, and what has been settled so far."""

    def __init__(
        self, members: Sequence[MemberLine], context: ImportContext, answers: ImportAnswers, *, may_join: bool
    ) -> None:
        self._answers = answers.names
        self._aliases = context.aliases
        self._may_join = may_join
        self._by_public_id = {line.public_id: line.id for line in members}
        self._public_id = {line.id: line.public_id for line in members}
        self._named: defaultdict[str, list[MemberId]] = defaultdict(list)
        self._turned: defaultdict[str, list[MemberId]] = defaultdict(list)
        for line in members:
            self._named[folded(line.name)].append(line.id)
            self._turned[turned_round(line)].append(line.id)
        self._likeness = Likeness([(line.public_id, line.name) for line in members])
        self._member_of_row: dict[int, MemberId | None] = {}
        self._people_of: defaultdict[str, set[MemberId | None]] = defaultdict(set)
        self._open: set[str] = set()
        self._joining: set[str] = set()
        self._joining_rows: set[int] = set()
        self._unmatched: list[UnmatchedName] = []

    def known(self, key: str) -> _Known:
        """Return whom the group knows by this folded name, without asking anybody."""
        named = self._named.get(key, [])
        if len(named) == 1:
            return _Known(people=named)
        if key in self._aliases:
            aliased = self._aliases[key]
            if aliased is None:
                return _Known(is_nobody=True)
            if aliased in self._public_id:
                return _Known(people=[aliased])
        return _Known(people=named or self._turned.get(_without_comma(key), []))

    def ask(self, question: _Question) -> None:
        """Settle the question by what is known, else by its answer, else leave it open."""
        if question.is_nobody or question.is_clear:
            self._take(question, question.known[0] if question.is_clear else None)
            return
        answer = self._answer(question.key)
        self._unmatched.append(self._unmatched_name(question, answer))
        if not answer:
            self._open.add(question.folded)
        elif answer == NEW_MEMBER:
            self._joining.add(question.folded)
            self._joining_rows.update(question.rows)
        else:
            self._take(question, self._by_public_id.get(answer))

    def settled(self) -> Settled:
        """Return everything that is settled."""
        agreed = {
            key: next(iter(people))
            for key, people in self._people_of.items()
            if len(people) == 1 and key not in self._open and key not in self._joining
        }
        return Settled(
            member_of=agreed,
            member_of_row=self._member_of_row,
            joining=frozenset(self._joining),
            joining_rows=frozenset(self._joining_rows),
            unmatched=tuple(self._unmatched),
        )

    def _take(self, question: _Question, member_id: MemberId | None) -> None:
        self._people_of[question.folded].add(member_id)
        self._member_of_row.update(dict.fromkeys(question.rows, member_id))

    def _answer(self, key: str) -> str:
        """Return the valid answer for the key, or nothing; an answer for all others never names a member."""
        given = self._answers.get(key, "") or self._answers.get(ALL_OTHERS, "")
        if given == NOBODY or (given == NEW_MEMBER and self._may_join):
            return given
        return given if given in self._by_public_id and self._answers.get(key) else ""

    def _unmatched_name(self, question: _Question, answer: str) -> UnmatchedName:
        known = [self._public_id[member_id] for member_id in question.known]
        offered = len(self._unmatched) < _ASKED_WITH_CANDIDATES
        like = self._likeness.best(question.written) if offered else ()
        return UnmatchedName(
            written=question.written,
            folded=question.key,
            rows=question.rows,
            candidates=tuple(dict.fromkeys([*known, *like])),
            may_join=self._may_join,
            answer=answer,
            called_so=known if len(known) > 1 else (),
            also_in=question.also_in,
        )


def turned_round(member: MemberLine) -> str:
    """Return the folded name with its two parts the other way round: as a list has it that begins with the family name."""
    given = member.first_name
    if member.name.startswith(given):
        return folded(f"{member.name.removeprefix(given)} {given}")
    return folded(f"{given} {member.name.removesuffix(given)}")


def _without_comma(name: str) -> str:
    """Return the folded name as `Sousa, Ana` and `Sousa Ana` are the same."""
    return folded(name.replace(",", " "))
