"""What would a roster change? Who joins, whose blanks are filled, where file and group differ, and who is left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from app.core.groups.queries import MemberLine
from app.core.ids import MemberId, PersonId
from app.core.intake.desk import Settled, is_for_one_row, settle, turned_round
from app.core.intake.importer import NEW_MEMBER, ImportAnswers, ImportContext, UnmatchedName
from app.core.intake.kept_cells import KeptCell, cells_beside
from app.core.intake.likeness import Likeness
from app.core.intake.roster import Roster
from app.core.intake.roster_line import RosterLine, is_active
from app.core.intake.services.listed_people import FilledIn, ListedPerson, people_who_sign_in_with
from app.core.people.domain.name import Name
from app.core.sheets.spelling import folded, letters_only

_COMPARED_AT_MOST = 300_000
"""Pairs of a new name and a member's name that are compared for likeness; beyond it nobody could read the hints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """Where the file says something else about a member than the group; the group's word stays."""

    row: int
    name: str
    field: str
    stands: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A line about somebody who is no member: left already (`left_on`), or left out because the file says so."""

    row: int
    name: str
    status: str = ""
    left_on: date | None = None


@dataclass(kw_only=True)
class RosterPlan:
    """What would happen with each line, and everything there is to say about it."""

    new: list[tuple[RosterLine, ListedPerson]] = field(default_factory=list)
    known: list[tuple[RosterLine, MemberLine]] = field(default_factory=list)
    filled: list[FilledIn] = field(default_factory=list)
    differs: list[Differs] = field(default_factory=list)
    not_active: list[Away] = field(default_factory=list)
    left_before: list[Away] = field(default_factory=list)
    still_here: list[Away] = field(default_factory=list)
    nobody: int = 0
    unmatched: tuple[UnmatchedName, ...] = ()

    @property
    def noted(self) -> list[RosterLine]:
        """The lines whose further columns are kept as notes, in the file's order: of members old and new."""
        lines = [line for line, _person in (*self.known, *self.new) if line.extras]
        return sorted(lines, key=lambda line: line.row)

    def cells(self, taken_in: Sequence[MemberId]) -> list[KeptCell]:
        """Return what is kept with the file; `taken_in` are those whom `new` has made members, in its order."""
        member_of = {line.row: member.id for line, member in self.known}
        member_of |= {line.row: key for (line, _listed), key in zip(self.new, taken_in, strict=True)}
        return [
            cell
            for line in self.noted
            for cell in cells_beside(line.row, line.name.full, member_of[line.row], line.extras)
        ]


def plan_roster(
    session: Session,
    roster: Roster,
    members: Sequence[MemberLine],
    *,
    context: ImportContext,
    answers: ImportAnswers,
    today: date,
) -> RosterPlan:
    """Return what the roster would change; one statement for members who sign in with another address than they show."""
    elsewhere = people_who_sign_in_with(
        session, [line.email.casefold() for line in roster.lines if line.email]
    )
    of_line = _by_address(roster, members, elsewhere)
    by_name = [line for line in roster.lines if line.row not in of_line]
    # Whom one line names by address is somebody else than another line of the same name; that one is asked about.
    named = {member.id for member in of_line.values()}
    times = Counter(folded(line.name.full) for line in roster.lines)
    twice = frozenset(name for name, count in times.items() if count > 1)
    settled = settle(
        [(line.row, line.name.full) for line in by_name],
        [member for member in members if member.id not in named],
        context,
        _taken_in_unless_said(by_name, members, context, answers, twice=twice),
        may_join=True,
        by_row=twice,
    )
    plan = RosterPlan(unmatched=_with_every_row(_asked(settled, members, answers), roster))
    by_key = {member.id: member for member in members}
    for line in roster.lines:
        member = of_line.get(line.row)
        key = settled.member_of_row.get(line.row)
        if member is None and key is not None:
            member = by_key[key]
        if member is not None:
            _plan_known(plan, line, member, taken=_addresses(members))
        elif line.row in settled.joining_rows:
            _plan_new(plan, line, today)
        elif line.row in settled.member_of_row:
            plan.nobody += 1
    return plan


def _addresses(members: Sequence[MemberLine]) -> frozenset[str]:
    return frozenset(member.email.casefold() for member in members if member.email)


def _by_address(
    roster: Roster, members: Sequence[MemberLine], elsewhere: Mapping[str, PersonId]
) -> dict[int, MemberLine]:
    """Return whom the addresses name: members who show them, or who sign in with them."""
    by_mail = {member.email.casefold(): member for member in members if member.email}
    by_person = {member.person_id: member for member in members}
    found: dict[int, MemberLine] = {}
    for line in roster.lines:
        address = line.email.casefold()
        member = by_mail.get(address) or by_person.get(elsewhere.get(address, PersonId(0)))
        if address and member is not None:
            found[line.row] = member
    return found


def _taken_in_unless_said(
    lines: Sequence[RosterLine],
    members: Sequence[MemberLine],
    context: ImportContext,
    answers: ImportAnswers,
    *,
    twice: frozenset[str],
) -> ImportAnswers:
    """Return the answers, with "becomes a member" for every name that is nobody's: that is what a roster is for.

    Not for a name that stands `twice`: whether that is one person or two is asked before anybody is taken in.
    """
    known = {folded(member.name) for member in members} | {turned_round(member) for member in members}
    joining = {
        key: NEW_MEMBER
        for line in lines
        if (key := folded(line.name.full)) not in known and key not in context.aliases and key not in twice
    }
    return replace(answers, names={**joining, **answers.names})


def _asked(
    settled: Settled, members: Sequence[MemberLine], answers: ImportAnswers
) -> tuple[UnmatchedName, ...]:
    """Return the names for the desk: those that may mean a member, or that somebody answered; strangers just join."""
    strangers = [
        name for name in settled.unmatched if name.answer == NEW_MEMBER and name.folded not in answers.names
    ]
    if len(strangers) * len(members) > _COMPARED_AT_MOST:
        return tuple(name for name in settled.unmatched if name not in strangers)
    likeness = Likeness([(member.public_id, member.name) for member in members], least=0.6)
    asked = []
    for name in settled.unmatched:
        is_stranger = name.answer == NEW_MEMBER and name.folded not in answers.names
        if not is_stranger or likeness.best(name.written):
            asked.append(name)
    return tuple(asked)


def _with_every_row(asked: Sequence[UnmatchedName], roster: Roster) -> tuple[UnmatchedName, ...]:
    """Return the names asked row by row with every other row of the name, also one that its address settles."""
    rows_of: dict[str, list[int]] = {}
    for line in roster.lines:
        rows_of.setdefault(folded(line.name.full), []).append(line.row)
    return tuple(
        replace(name, also_in=[row for row in rows_of[folded(name.written)] if row not in name.rows])
        if is_for_one_row(name.folded)
        else name
        for name in asked
    )


def _plan_new(plan: RosterPlan, line: RosterLine, today: date) -> None:
    if not is_active(line.status):
        plan.not_active.append(Away(row=line.row, name=line.name.full, status=line.status))
        return
    listed = ListedPerson(
        name=_name(line),
        email=line.email.casefold(),
        firm=line.firm,
        trade=line.trade,
        phone=line.phone or line.mobile,
        joined_on=line.joined or today,
    )
    plan.new.append((line, listed))


def _plan_known(plan: RosterPlan, line: RosterLine, member: MemberLine, *, taken: frozenset[str]) -> None:
    plan.known.append((line, member))
    if member.ended_on is not None:
        plan.left_before.append(Away(row=line.row, name=member.name, left_on=member.ended_on))
        return
    if not is_active(line.status):
        plan.still_here.append(Away(row=line.row, name=member.name, status=line.status))
    told = {
        "trade": line.trade,
        "firm": line.firm,
        "phone": line.phone or line.mobile,
        "email": line.email.casefold(),
    }
    blanks = {}
    for name, text in told.items():
        stands: str = getattr(member, name)
        if text and not stands and not (name == "email" and text in taken):
            blanks[name] = text
        elif text and stands and not _alike(name, stands, text, line):
            plan.differs.append(
                Differs(row=line.row, name=member.name, field=name, stands=stands, found=text)
            )
    if line.joined and line.joined != member.joined_on:
        plan.differs.append(
            Differs(
                row=line.row,
                name=member.name,
                field="joined",
                stands=member.joined_on.isoformat(),
                found=line.joined.isoformat(),
            )
        )
    if blanks:
        plan.filled.append(FilledIn(member_id=member.id, texts=blanks))


def _alike(name: str, stands: str, found: str, line: RosterLine) -> bool:
    """Return whether two texts say the same, however they are spaced; of two numbers either one will do."""
    if name == "phone":
        return letters_only(stands) in {letters_only(line.phone), letters_only(line.mobile)}
    return folded(stands) == folded(found)


def _name(line: RosterLine) -> Name:
    if line.name.given:
        return Name(given=line.name.given, family=line.name.family)
    given, _space, family = line.name.full.partition(" ")
    return Name(given=given, family=family)
