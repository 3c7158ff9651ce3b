"""Names that files write differently: whom they mean is said once, kept with the group, and taken back at will."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_members
from app.core.ids import GroupId, MemberId
from app.core.intake.desk import is_for_one_row
from app.core.intake.importer import NEW_MEMBER, NOBODY, ImportAnswers, UnmatchedName
from app.core.intake.models import ImportAliasRow
from app.core.work import UnitOfWork

_ALIAS: Any = ImportAliasRow.__table__


def remember_names(
    work: UnitOfWork,
    group: Group,
    answers: ImportAnswers,
    unmatched: Iterable[UnmatchedName],
    *,
    by: MemberId | None,
) -> None:
    """Keep whom the desk's answers name, for the files to come; the caller commits.

    Not kept: what was said of all other names at once, of one row of a name that stands several times, and of those
    who become members, since they have the name from now on.
    """
    said = {
        name.folded: answers.names[name.folded]
        for name in unmatched
        if answers.names.get(name.folded, NEW_MEMBER) != NEW_MEMBER and not is_for_one_row(name.folded)
    }
    if not said:
        return
    keys = {line.public_id: line.id for line in all_members(work.session, group.id)}
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    for folded_name, answer in said.items():
        if answer != NOBODY and answer not in keys:
            continue
        new = dialect.insert(_ALIAS).values(
            group_id=group.id,
            folded_name=folded_name,
            member_id=keys.get(answer),
            set_by_member_id=by,
            set_at_utc=work.now,
        )
        changed = {name: new.excluded[name] for name in ("member_id", "set_by_member_id", "set_at_utc")}
        work.session.execute(
            new.on_conflict_do_update(index_elements=["group_id", "folded_name"], set_=changed)
        )


def forget_name(work: UnitOfWork, group_id: GroupId, folded_name: str) -> bool:
    """Forget whom a written name means; return whether it was known. What files brought by it stays."""
    gone = work.session.execute(
        delete(_ALIAS)
        .where(_ALIAS.c.group_id == group_id, _ALIAS.c.folded_name == folded_name)
        .returning(_ALIAS.c.folded_name)
    )
    return gone.one_or_none() is not None
