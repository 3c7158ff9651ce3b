"""Making a person known and putting their name right."""

from app.core.ids import PersonId
from app.core.people.domain.name import Name
from app.core.people.models import PersonRow
from app.core.work import UnitOfWork


def add_person(work: UnitOfWork, name: Name, *, language: str = "en") -> PersonId:
    """Add a person to this unit of work and return their key; the caller commits."""
    row = PersonRow(
        id=work.ids.key(),
        public_id=work.ids.public_id(),
        given_name=name.given,
        family_name=name.family,
        family_first=name.family_first,
        name=name.full,
        sort_name=name.sorted_by,
        language=language,
        created_at_utc=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return PersonId(row.id)
