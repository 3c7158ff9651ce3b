"""What stands on a badge: the first name large, in letters that can be printed."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

CanPrint = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wearer:
    """Whose badge it is. `mark` says what they are beside a member: Visitor, Visitor host; `card` is their contact card."""

    first_name: str
    name: str
    how_to_say: str = ""
    trade: str = ""
    firm: str = ""
    mark: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What is printed. `is_by_hand`: nothing of the name can be, so a line is left to write on."""

    big: str
    full: str
    say: str
    trade: str
    firm: str
    mark: str
    card: str
    is_by_hand: bool = False
    stands_in: bool = False
    """Whether how to say it stands where the name cannot be printed."""


def first_word(name: str) -> str:
    """Return what somebody is called, of a name written in one field: the first word that is no title with a dot."""
    words = name.split()
    return next((word for word in words if not word.endswith(".")), words[0] if words else "")


def badge_for(wearer: Wearer, can_print: CanPrint) -> Badge:
    """Return the badge, without any word that no font here has the letters for: never a box, never half a name."""
    say = _printable(wearer.how_to_say, can_print)
    big = _printable(wearer.first_name, can_print)
    full = _printable(wearer.name, can_print)
    return Badge(
        big=big or say,
        full=full if full != big else "",
        say=say if big else "",
        trade=_printable(wearer.trade, can_print),
        firm=_printable(wearer.firm, can_print),
        mark=_printable(wearer.mark, can_print),
        card=wearer.card,
        is_by_hand=not (big or say),
        stands_in=bool(say and not big),
    )


def _printable(text: str, can_print: CanPrint) -> str:
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return composed if composed and can_print(composed) else ""
