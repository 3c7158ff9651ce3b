"""Whom does a name mean that was read off a sheet of paper? One member, or the reason why not; never a guess."""

from collections.abc import Callable, Sequence

from app.core.errors import Refusal
from app.core.groups.queries import MemberLine
from app.core.sheets.spelling import folded, letters_only

_MOST_SHOWN = 60


def member_called(typed: str, members: Sequence[MemberLine], *, field: str) -> MemberLine | Refusal:
    """Return the one member whose name, or name with trade, is spelt like this; accents may be missing."""
    for spelt in (folded, letters_only):
        found = _spelt(spelt, typed, members)
        if len(found) == 1:
            return found[0]
        if found:
            facts = {"typed": typed[:_MOST_SHOWN], "example": name_in_full(found[0])}
            return Refusal(code="referrals.two_called", facts=facts, field=field)
    return Refusal(code="referrals.nobody_called", facts={"typed": typed[:_MOST_SHOWN]}, field=field)


def name_in_full(member: MemberLine) -> str:
    """Return name, trade and firm as far as they are known: what tells two of one name apart."""
    return " · ".join(part for part in (member.name, member.trade, member.firm) if part)


def _spelt(spelt: Callable[[str], str], typed: str, members: Sequence[MemberLine]) -> list[MemberLine]:
    wanted = spelt(typed)
    return [one for one in members if wanted and wanted in {spelt(one.name), spelt(name_in_full(one))}]
