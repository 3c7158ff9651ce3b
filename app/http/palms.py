"""One column of PALMS beyond attendance, as a plugin gives it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.ids import MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class PalmsColumn:
    """One column of PALMS beyond attendance: a number for each member that has one, 0 for the others.

    `code` is the field's short word (`RGI`), the same in every language and in files; `title` explains it. Where
    `currency` is named, the numbers are minor units of it. Lower `order` comes first: the usual order of the field is
    RGI 10, RGO 20, RRI 30, RRO 40, V 50, 1-2-1 60, TYFCB 70, CEU 80, T 90.
    """

    code: str
    title: str
    values: Mapping[MemberId, int]
    order: int
    currency: str = ""
