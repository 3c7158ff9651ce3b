"""What stands in the way of a file at the terminal, with the option that answers it, and which answers fit nothing?"""

from collections.abc import Iterator, Mapping, Sequence

from app.core.groups.queries import MemberLine
from app.core.intake.desk import ALL_OTHERS, is_for_one_row
from app.core.intake.importer import ImportAnswers, ImportPreview, UnmatchedName
from app.core.sheets import Sheet, column_letter
from app.core.sheets.spelling import folded

_SHOWN = 50
_UNSAID_MARK = "?"


def what_stops(whole: ImportPreview, members: Sequence[MemberLine]) -> list[str]:
    """Return a line for everything that stands in the way, questions with the option that answers them."""
    stops = _first([*whole.problems, *whole.to_say], "… and {} more.")
    stops += _of_columns_and_marks(whole)
    questions = (
        (whole.asks_period, "Answer with --from and --to."),
        (whole.asks_day_order, "Answer with --dates."),
        (whole.asks_currency, "Answer with --currency."),
    )
    stops += [f"{question} {answer}" for question, answer in questions if question]
    by_id = {line.public_id: line for line in members}
    asked = [_name_question(name, by_id) for name in whole.unmatched if not name.answer]
    return stops + _first(asked, '… and {} more names. Answer them all with --name "*=nobody".')


def answers_that_fit_nothing(said: ImportAnswers, whole: ImportPreview, sheet: Sheet) -> Iterator[str]:
    """Yield a line for each answer about a name, mark or column that the file does not have."""
    asked = {name.folded for name in whole.unmatched}
    rows = [folded(" ".join(cell.text for cell in row)) for row in sheet.rows]
    for key in said.names:
        if key != ALL_OTHERS and key not in asked and not _stands(key, rows):
            yield f"--name “{key}”: no row of the file has this name."
    marks = {mark.written for mark in whole.letters}
    for written in said.letters:
        if not marks:
            yield f"--letter “{written}”: the letters of this kind of file say what they mean; correct it in the file."
        elif written not in marks:
            yield f"--letter “{written}”: this mark does not stand in the file. It has {', '.join(sorted(marks))}."
    columns = {column.column for column in whole.columns}
    for column in said.columns:
        if column not in columns:
            yield f"--column “{column_letter(column + 1)}”: nothing is asked about this column."


def _first(lines: Sequence[str], more: str) -> list[str]:
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([more.format(rest)] if rest > 0 else [])]


def _of_columns_and_marks(whole: ImportPreview) -> Iterator[str]:
    for column in whole.columns:
        if not column.guess:
            codes = [code for code, _words in column.choices if code]
            yield f'Answer with --column "{column.letter}=…": {", ".join(codes)}.'
    for mark in whole.letters:
        if mark.guess == _UNSAID_MARK:
            yield f'Answer with --letter "{mark.written}=P" (or A, L, M, S), or "{mark.written}=-" for nothing.'


def _name_question(name: UnmatchedName, members: Mapping[str, MemberLine]) -> str:
    """Return what is asked about a name, with each answer as it is to be written."""
    row = name.rows[0]
    key = f"{name.written} #{row}" if is_for_one_row(name.folded) else name.written
    if name.called_so:
        who = " or ".join(f'"{key}={_mark_of(members[one])}"' for one in name.called_so)
        return (
            f"Row {row}: {len(name.called_so)} people of the group are called “{name.written}”. "
            f'Answer with --name {who}, or "{key}=nobody".'
        )
    if name.also_in:
        places = ", ".join(f"row {number}" for number in name.also_in)
        new = f'"{key}=new" (becomes a member), ' if name.may_join else ""
        return (
            f"Row {row}: “{name.written}” also stands in {places}. Is it one person, or two? Answer for each row with "
            f'--name {new}"{key}=Name of the member", or "{key}=nobody" (this row is left out).'
        )
    new = f', or "{key}=new"' if name.may_join else ""
    return (
        f"Row {row}: nobody is called “{name.written}”. "
        f'Answer with --name "{key}=Name of the member" or "{key}=nobody"{new}.'
    )


def _mark_of(member: MemberLine) -> str:
    """Return what names this member and nobody else: the mail address, else the public id."""
    return member.email or member.public_id


def _stands(key: str, rows: Sequence[str]) -> bool:
    """Return whether each word of the folded name stands in one and the same row."""
    name = key.rpartition(" #")[0] if is_for_one_row(key) else key
    return any(all(word in row for word in name.split()) for row in rows)
