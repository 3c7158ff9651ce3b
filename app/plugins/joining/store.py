"""Writing what is kept about joining, each act one statement."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.database import Base, table_of
from app.core.groups.models import GroupRow
from app.core.ids import GroupId, MemberId
from app.plugins.joining.domain.settings import Settings
from app.plugins.joining.models import (
    ApplicationRow,
    NeighbourRow,
    ReferenceRow,
    SettingRow,
    VoteRow,
    WantedRow,
)

_APPLICATION = table_of(ApplicationRow)
_REFERENCE = table_of(ReferenceRow)
_VOTE = table_of(VoteRow)
_SETTING = table_of(SettingRow)
_NOT_KNOWN = {"name": "", "firm": "", "trade": "", "email": "", "phone": "", "why": ""}


def one_at_a_time(session: Session, group_id: GroupId) -> None:
    """Let whoever gives a seat in this group wait for each other until the commit."""
    session.execute(select(GroupRow.id).where(GroupRow.id == group_id).with_for_update())


def add_wanted(session: Session, values: Mapping[str, Any]) -> bool:
    """Keep a wanted seat; return False where it is on the list already."""
    return _add_once(session, WantedRow, values)


def add_neighbours(session: Session, values: Mapping[str, Any]) -> bool:
    """Keep two neighbouring trades; return False where they are on the list already."""
    return _add_once(session, NeighbourRow, values)


def remove_wanted(session: Session, group_id: GroupId, *, public_id: str = "", seat: str = "") -> bool:
    """Take a seat off the list of the wanted, by its public id or its key; return whether it was there."""
    wanted = table_of(WantedRow)
    which = wanted.c.public_id == public_id if public_id else wanted.c.seat == seat
    gone = delete(wanted).where(wanted.c.group_id == group_id, which).returning(wanted.c.id)
    return session.execute(gone).one_or_none() is not None


def remove_neighbours(session: Session, group_id: GroupId, public_id: str) -> bool:
    """Take two trades off the list of neighbours; return whether they were there."""
    near = table_of(NeighbourRow)
    gone = delete(near).where(near.c.group_id == group_id, near.c.public_id == public_id)
    return session.execute(gone.returning(near.c.id)).one_or_none() is not None


def keep_settings(session: Session, group_id: GroupId, wanted: Settings) -> bool:
    """Keep the settings over the version seen (0: none yet); return False if they have changed since."""
    values = {
        "is_open": wanted.is_open,
        "rule": wanted.rule.value,
        "approval_days": wanted.approval_days,
        "keep_months": wanted.keep_months,
    }
    if wanted.version == 0:
        return _add_once(session, SettingRow, {"group_id": group_id, "version": 1, **values})
    changed = session.execute(
        update(_SETTING)
        .where(_SETTING.c.group_id == group_id, _SETTING.c.version == wanted.version)
        .values(**values, version=_SETTING.c.version + 1)
        .returning(_SETTING.c.version)
    )
    return changed.one_or_none() is not None


def add_application(session: Session, values: Mapping[str, Any]) -> bool:
    """Keep an application; return False where one from the same address lives already."""
    return _add_once(session, ApplicationRow, values)


def add_reference(session: Session, values: Mapping[str, Any]) -> None:
    """Keep somebody who is to be asked."""
    session.execute(insert(_REFERENCE).values(values))


def change_application(
    session: Session, group_id: GroupId, application_id: int, seen_version: int, values: Mapping[str, Any]
) -> bool:
    """Write over the version seen; return False if the application has changed since."""
    changed = session.execute(
        update(_APPLICATION)
        .where(
            _APPLICATION.c.group_id == group_id,
            _APPLICATION.c.id == application_id,
            _APPLICATION.c.version == seen_version,
        )
        .values(**values, version=_APPLICATION.c.version + 1)
        .returning(_APPLICATION.c.id)
    )
    return changed.one_or_none() is not None


def change_reference(
    session: Session,
    group_id: GroupId,
    reference_id: int,
    values: Mapping[str, Any],
    *,
    while_states: frozenset[str],
) -> bool:
    """Write where the reference is in one of these states; return whether it was."""
    changed = session.execute(
        update(_REFERENCE)
        .where(
            _REFERENCE.c.group_id == group_id,
            _REFERENCE.c.id == reference_id,
            _REFERENCE.c.state.in_(sorted(while_states)),
        )
        .values(**values)
        .returning(_REFERENCE.c.id)
    )
    return changed.one_or_none() is not None


def change_references_of(
    session: Session,
    group_id: GroupId,
    application_id: int,
    values: Mapping[str, Any],
    *,
    while_states: frozenset[str],
) -> None:
    """Write to every reference of the application that is in one of these states."""
    session.execute(
        update(_REFERENCE)
        .where(
            _REFERENCE.c.group_id == group_id,
            _REFERENCE.c.application_id == application_id,
            _REFERENCE.c.state.in_(sorted(while_states)),
        )
        .values(**values)
    )


def keep_vote(session: Session, values: Mapping[str, Any]) -> None:
    """Keep what a member says in this round, in the place of what they said before."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(_VOTE).values(values)
    anew = {name: values[name] for name in ("ballot", "reason", "at_utc")}
    key = ["group_id", "application_id", "round", "member_id"]
    session.execute(row.on_conflict_do_update(index_elements=key, set_=anew))


def forget_application(
    session: Session, group_id: GroupId, application_id: int, values: Mapping[str, Any]
) -> None:
    """Redact the application with its references, and take its votes away; `values` is what stands from now on."""
    session.execute(
        update(_APPLICATION)
        .where(_APPLICATION.c.group_id == group_id, _APPLICATION.c.id == application_id)
        .values(
            **_NOT_KNOWN,
            years=None,
            mail_key=None,
            held_seat=None,
            link_hash=None,
            link_nonce="",
            visitor_public_id="",
            inviter_member_id=None,
            version=_APPLICATION.c.version + 1,
            **values,
        )
    )
    session.execute(
        update(_REFERENCE)
        .where(_REFERENCE.c.group_id == group_id, _REFERENCE.c.application_id == application_id)
        .values(name="", email="", words="", link_hash=None, link_nonce="")
    )
    remove_votes(session, group_id, application_id)


def remove_votes(session: Session, group_id: GroupId, application_id: int) -> None:
    """Take the votes on an application away."""
    session.execute(
        delete(_VOTE).where(_VOTE.c.group_id == group_id, _VOTE.c.application_id == application_id)
    )


def make_room(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    """Take away what a second record of one human voted where the first voted too; that of `kept` stays."""
    other = _VOTE.alias("other")
    of_both = (
        select(other.c.member_id)
        .where(
            other.c.group_id == group_id,
            other.c.application_id == _VOTE.c.application_id,
            other.c.round == _VOTE.c.round,
            other.c.member_id == kept,
        )
        .correlate(_VOTE)
        .exists()
    )
    session.execute(delete(_VOTE).where(_VOTE.c.group_id == group_id, _VOTE.c.member_id == gone, of_both))


def remove_application(session: Session, group_id: GroupId, application_id: int) -> None:
    """Take away an application whose address nobody proved, with those who would have been asked."""
    session.execute(
        delete(_REFERENCE).where(
            _REFERENCE.c.group_id == group_id, _REFERENCE.c.application_id == application_id
        )
    )
    session.execute(
        delete(_APPLICATION).where(_APPLICATION.c.group_id == group_id, _APPLICATION.c.id == application_id)
    )


def _add_once(session: Session, row: type[Base], values: Mapping[str, Any]) -> bool:
    table = table_of(row)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(table).values(values).on_conflict_do_nothing()
    return session.execute(new.returning(table.c.group_id)).one_or_none() is not None
