"""Which rows at the foot of a report are no people? Visitors, money from outside, and the totals."""

from enum import StrEnum

from app.core.sheets.spelling import letters_only


class TailKind(StrEnum):
    """What a row at the foot counts."""

    VISITORS = "visitors"
    OUTSIDE = "outside"  # what came from other groups of the organisation
    TOTAL = "total"


_WORDS = {
    TailKind.VISITORS: "Visitors, Visitor, Besucher, Gäste, Visiteurs, Visitantes, Visitas, 来宾, 來賓, 访客, 訪客",
    TailKind.OUTSIDE: "BNI",
    TailKind.TOTAL: (
        "Total, Totals, Grand Total, Gesamt, Summe, Total général, Totales, Totais, "
        "总计, 總計, 合计, 合計, 总数, 總數, 합계"
    ),
}
_KINDS = {letters_only(word): kind for kind, words in _WORDS.items() for word in words.split(", ")}


def tail_kind(name: str) -> TailKind | None:
    """Return which tail row this name heads, or nothing where it may be a person's."""
    return _KINDS.get(letters_only(name))
