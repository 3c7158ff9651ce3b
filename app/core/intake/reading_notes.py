"""What is to be said about any file, whatever its kind: a guessed character set, a name that stands twice?"""

from collections.abc import Iterable, Iterator

from app.core.intake.names import PersonName
from app.core.intake.remarks import Note, shown
from app.core.sheets.sheet import Sheet, column_letter
from app.core.sheets.spelling import folded


def encoding_notes(sheet: Sheet) -> Iterator[Note]:
    """Tell that the character set was guessed, with the first cell where a wrong guess would show."""
    if not sheet.guessed_encoding:
        return
    for row in sheet.rows:
        for cell in row:
            if not cell.text.isascii():
                facts = {"encoding": sheet.guessed_encoding, "example": shown(cell.text)}
                yield Note(code="intake.encoding_guessed", row=row.number, column=cell.letter, facts=facts)
                return


def repeated_names(names: Iterable[tuple[int, PersonName]], *, column: int) -> Iterator[Note]:
    """Tell each row whose name stands in an earlier one; `names` are the rows' numbers with their names."""
    first_rows: dict[str, int] = {}
    for row, name in names:
        first = first_rows.setdefault(folded(name.full), row)
        if first != row:
            facts = {"name": shown(name.full), "first_row": first}
            yield Note(code="intake.name_listed_twice", row=row, column=column_letter(column), facts=facts)
