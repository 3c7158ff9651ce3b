"""Which kinds of file may this person bring, and of which kind is the one in hand? A kind may have several parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.importer import Importer
from app.core.sheets import Sheet, read_sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfFile:
    """One kind of file: the parts that this person may take in, and the titles of those they may not."""

    code: str
    title: str
    parts: tuple[Importer, ...]
    left_out: tuple[str, ...] = ()

    def parts_for(self, sheet: Sheet) -> tuple[Importer, ...]:
        """Return the parts that know the sheet; all of them where none does, so that they say what is missing."""
        return tuple(part for part in self.parts if part.recognises(sheet)) or self.parts


def kinds_of(
    importers: Sequence[Importer], may: Callable[[str], bool] = lambda _permission: True
) -> tuple[KindOfFile, ...]:
    """Return the kinds that somebody may bring who holds the permissions that `may` tells, in the importers' order."""
    by_code: dict[str, list[Importer]] = {}
    for importer in importers:
        by_code.setdefault(importer.kind, []).append(importer)
    kinds = [
        KindOfFile(
            code=code,
            title=parts[0].title,
            parts=tuple(part for part in parts if may(part.permission)),
            left_out=tuple(part.title for part in parts if not may(part.permission)),
        )
        for code, parts in by_code.items()
    ]
    return tuple(kind for kind in kinds if kind.parts)


def kind_called(code: str, kinds: Sequence[KindOfFile]) -> KindOfFile:
    """Return the kind of that code; refused as `imports.no_such_kind` where this person may bring none such."""
    for kind in kinds:
        if kind.code == code:
            return kind
    known = ", ".join(kind.code for kind in kinds)
    raise Refused([Refusal(code="imports.no_such_kind", facts={"kind": code[:40], "known": known})])


def recognise(data: bytes, kinds: Sequence[KindOfFile], code: str = "") -> tuple[KindOfFile, Sheet]:
    """Return of which kind the file is and which of its sheets; `code` names the kind outright.

    A kind that takes almost any table (`is_last_resort`) is asked after all others. Refused as `sheets.…` where the
    file cannot be read, as `imports.unknown_kind` where no kind knows it.
    """
    sheets = read_sheets(data)
    if code:
        named = kind_called(code, kinds)
        return named, next((sheet for sheet in sheets if _knows(named, sheet)), sheets[0])
    for is_last_resort in (False, True):
        for sheet in sheets:
            for kind in kinds:
                if _is_last_resort(kind) is is_last_resort and _knows(kind, sheet):
                    return kind, sheet
    raise Refused([Refusal(code="imports.unknown_kind", field="file")])


def _knows(kind: KindOfFile, sheet: Sheet) -> bool:
    return any(part.recognises(sheet) for part in kind.parts)


def _is_last_resort(kind: KindOfFile) -> bool:
    return any(getattr(part, "is_last_resort", False) for part in kind.parts)
