"""How much of a file a page shows: the first lines, problems by their kind, and the desk of names with its choices."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.groups.queries import MemberLine
from app.core.intake.importer import UnmatchedName
from app.core.sheets.spelling import folded

LINES_SHOWN = 50
SENTENCES_SHOWN = 50
NAMES_SHOWN = 100
_OF_A_KIND = 3
_PLACES = re.compile(r"“[^”]*”|\d+|\b[A-Z]{1,3}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceGroup:
    """Sentences that differ only in where and what: the first of them, and how many more there are."""

    sentences: Sequence[str]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Everything that is said about a file, as far as anybody would read it; `more` sentences are not shown."""

    groups: Sequence[SentenceGroup]
    count: int
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One member whom a written name may mean."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The names to be settled, the unanswered first; `more` names follow once these are answered."""

    names: Sequence[UnmatchedName]
    open: int
    more: int
    members: Sequence[Choice]
    may_join: bool

    def likely(self, name: UnmatchedName) -> list[Choice]:
        """Return the candidates of a name, the likeliest first."""
        by_value = {choice.value: choice for choice in self.members}
        return [by_value[value] for value in name.candidates if value in by_value]


def readable(sentences: Sequence[str]) -> Sentences:
    """Return the sentences grouped by their kind, three of each at first, fifty in all."""
    by_kind: dict[str, list[str]] = {}
    for sentence in sentences:
        by_kind.setdefault(_PLACES.sub("…", sentence), []).append(sentence)
    is_long = len(sentences) > SENTENCES_SHOWN
    groups = [
        SentenceGroup(sentences=same[:_OF_A_KIND], more=len(same) - _OF_A_KIND)
        if is_long and len(same) > _OF_A_KIND
        else SentenceGroup(sentences=same, more=0)
        for same in by_kind.values()
    ]
    shown = groups[:SENTENCES_SHOWN]
    told = sum(len(group.sentences) + group.more for group in shown)
    return Sentences(groups=shown, count=len(sentences), more=len(sentences) - told)


def told_apart(member: MemberLine) -> str:
    """Return the name with what tells somebody from another of the same name: the mail address, firm, or first day."""
    mark = member.email or member.firm or member.joined_on.isoformat()
    return f"{member.name} ({mark})"


def desk_of(unmatched: Sequence[UnmatchedName], members: Sequence[MemberLine]) -> Desk:
    """Return the desk: which names, and whom each may mean."""
    ordered = sorted(unmatched, key=lambda name: bool(name.answer))
    times = Counter(folded(line.name) for line in members)
    return Desk(
        names=ordered[:NAMES_SHOWN],
        open=sum(1 for name in unmatched if not name.answer),
        more=max(0, len(unmatched) - NAMES_SHOWN),
        members=[
            Choice(
                value=line.public_id, text=line.name if times[folded(line.name)] == 1 else told_apart(line)
            )
            for line in members
        ],
        may_join=any(name.may_join for name in unmatched),
    )
