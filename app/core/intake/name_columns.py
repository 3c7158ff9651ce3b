"""In which columns does a sheet hold people's names, and in which order are they said?"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.intake.header_words import Heading, heading_of
from app.core.intake.names import PersonName, name_of_parts
from app.core.sheets.sheet import Row
from app.core.sheets.spelling import has_east_asian, tidy

HEADER_WITHIN_ROWS = 40
"""How far down the header of a table may stand, below titles and what else a report says first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameColumns:
    """One column for the whole name, or one for each part; `family_first` as the header's language says names."""

    full: int | None = None
    given: int | None = None
    family: int | None = None
    family_first: bool = False

    def name_in(self, row: Row) -> PersonName:
        """Return the name that a row tells; all of it is empty where the row has none."""
        if self.full is not None:
            return PersonName(full=tidy(row.text(self.full)))
        return name_of_parts(
            given=row.text(self.given), family=row.text(self.family), family_first=self.family_first
        )

    @property
    def first(self) -> int:
        """The leftmost of the columns."""
        return min(self.all)

    @property
    def all(self) -> tuple[int, ...]:
        """The columns in use."""
        return tuple(column for column in (self.full, self.given, self.family) if column is not None)


def headings_in(row: Row) -> Mapping[Heading, int]:
    """Return the columns that a row heads with a known word; where one comes twice, the first."""
    found: dict[Heading, int] = {}
    for cell in row:
        if heading := heading_of(cell.text):
            found.setdefault(heading, cell.column)
    return found


def name_columns(header: Row, headings: Mapping[Heading, int]) -> NameColumns | None:
    """Return where a header puts the names, or nothing where it names no such column.

    A word for the whole name beside one for a part means the other part: `Name, Vorname`, `Nome, Apelido`.
    """
    full = headings.get(Heading.FULL_NAME)
    given, family = headings.get(Heading.GIVEN_NAME), headings.get(Heading.FAMILY_NAME)
    if given is not None and family is None and full is not None:
        full, family = None, full
    elif family is not None and given is None and full is not None:
        full, given = None, full
    if given is not None and family is not None:
        return NameColumns(given=given, family=family, family_first=has_east_asian(header.text(family)))
    single = next((column for column in (full, given, family) if column is not None), None)
    return NameColumns(full=single) if single is not None else None
