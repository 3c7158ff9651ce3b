"""The list of a pasted text or a sheet on its way through the pages: read, shown line by line, and read back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.core.access.domain.inviting import DONE_WITHOUT_ASKING, KnownMember, PlannedLine, planned
from app.core.access.domain.pasted import MOST_PEOPLE, PastedPerson, looked_at, name_from_address, read_pasted
from app.core.access.invitation_queries import InvitationLine
from app.core.errors import Refusal, Refused
from app.core.intake.header_words import Heading
from app.core.intake.name_columns import HEADER_WITHIN_ROWS, headings_in, name_columns
from app.core.sheets import Row, Sheet, read_sheets

MOST_LOOKED_AT = 3 * MOST_PEOPLE
"""A text with more addresses is refused unread: looking at each for slips of the finger would keep the page busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """A line of the preview: what would happen, and whether it is ticked."""

    number: int
    planned: PlannedLine
    is_ticked: bool


def people_in_text(text: str) -> list[PastedPerson]:
    """Return the people of a pasted text; refused as `access.nobody_pasted` or `access.too_many_pasted`."""
    _refuse_unread(text.count("@"))
    return _bounded(list(read_pasted(text)))


def people_in_file(data: bytes) -> list[PastedPerson]:
    """Return the people of an uploaded sheet, by its columns where it names them; refused as unreadable files are."""
    sheets = read_sheets(data)
    _refuse_unread(sum(cell.text.count("@") for sheet in sheets for row in sheet.rows for cell in row))
    return _bounded([person for sheet in sheets for person in _people_in(sheet)])


def people_in_form(form: Mapping[str, str]) -> list[PastedPerson]:
    """Return the lines of the preview as they were edited."""
    return [_person_in_form(form, number) for number in _numbers(form)]


def ticked_in_form(form: Mapping[str, str]) -> set[int]:
    """Return the numbers of the lines that are ticked; one that was open and is put right by hand counts as ticked."""
    return {number for number in _numbers(form) if form.get(f"tick-{number}") or _is_put_right(form, number)}


def with_suggestion_taken(people: list[PastedPerson], number: int) -> list[PastedPerson]:
    """Return the lines with the suggested address of one of them in place of the typed one."""
    if not 1 <= number <= len(people) or not people[number - 1].suggestion:
        return people
    chosen = people[number - 1]
    name = chosen.name or name_from_address(chosen.suggestion)
    taken = looked_at(name, chosen.suggestion, chosen.typed)
    return [*people[: number - 1], replace(taken, suggestion=""), *people[number:]]


def lines_of(
    people: list[PastedPerson], members: list[InvitationLine], ticked: set[int] | None = None
) -> list[ListLine]:
    """Return the lines with what would happen to each; at first those are ticked that need no second thought."""
    known = [
        KnownMember(
            public_id=line.member_public_id,
            name=line.name,
            address=line.email,
            state=line.state,
            sent_at_utc=line.sent_at_utc,
        )
        for line in members
    ]
    return [
        ListLine(
            number=number,
            planned=line,
            is_ticked=number in ticked if ticked is not None else line.outcome in DONE_WITHOUT_ASKING,
        )
        for number, line in enumerate(planned(people, known), start=1)
    ]


def _person_in_form(form: Mapping[str, str], number: int) -> PastedPerson:
    """Return one line of the preview; a suggestion that came of how it was pasted stands until it is put right."""
    person = looked_at(
        form.get(f"name-{number}", ""), form.get(f"address-{number}", ""), form.get(f"typed-{number}", "")
    )
    if person.doubt is None or person.suggestion:
        return person
    pasted = [one for one in read_pasted(person.typed) if one.address == person.address]
    return replace(person, suggestion=pasted[0].suggestion) if pasted else person


def _is_put_right(form: Mapping[str, str], number: int) -> bool:
    """Return whether somebody changed a line that was shown as open: they want it sent, and need not say it twice."""
    was_open = form.get(f"open-{number}")
    stands = f"{form.get(f'name-{number}', '')} {form.get(f'address-{number}', '')}"
    return was_open is not None and was_open.split() != stands.split()


def _numbers(form: Mapping[str, str]) -> range:
    count = form.get("count", "")
    return range(1, min(int(count), MOST_PEOPLE) + 1) if count.isdecimal() and len(count) < 5 else range(0)


def _bounded(people: list[PastedPerson]) -> list[PastedPerson]:
    if not people:
        raise Refused([Refusal(code="access.nobody_pasted", field="pasted")])
    if len(people) > MOST_PEOPLE:
        raise _too_many(len(people))
    return people


def _refuse_unread(addresses: int) -> None:
    if addresses > MOST_LOOKED_AT:
        raise _too_many(addresses)


def _too_many(found: int) -> Refused:
    facts = {"found": found, "most": MOST_PEOPLE}
    return Refused([Refusal(code="access.too_many_pasted", facts=facts, field="pasted")])


def _people_in(sheet: Sheet) -> Iterator[PastedPerson]:
    header = next((row for row in sheet.rows[:HEADER_WITHIN_ROWS] if Heading.EMAIL in headings_in(row)), None)
    if header is None:
        for row in sheet.rows:
            if any("@" in cell.text for cell in row):
                yield from read_pasted("\t".join(cell.text for cell in row))
        return
    headings = headings_in(header)
    names = name_columns(header, headings)
    for row in sheet.rows:
        if row.number > header.number and row.cells:
            name = names.name_in(row).full if names else ""
            address = row.text(headings[Heading.EMAIL])
            if name or address:
                yield _of_row(name, address, row)


def _of_row(name: str, address: str, row: Row) -> PastedPerson:
    read = read_pasted(address)
    typed = " ".join(cell.text for cell in row)[:300]
    if len(read) == 1 and read[0].address:
        return replace(read[0], name=name or read[0].name, typed=typed)
    return looked_at(name, address, typed)
