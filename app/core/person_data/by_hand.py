"""What no key leads to: the account with all that opens it, reasons beside the ledger, files, and texts that name a person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from app.core.access.models import (
    AccountLinkRow,
    AccountRow,
    AccountSessionRow,
    PendingFoundingRow,
    SubmissionRow,
)
from app.core.database import BY_HAND, THE_ROW, table_of
from app.core.groups.models import GroupRow, MemberRow
from app.core.intake.models import ImportBatchRow, ImportEffectRow, ImportExtraRow
from app.core.ledger.models import LedgerDeliveryRow, LedgerEntryRow, LedgerReasonRow
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.people.former import FORMER_MEMBER
from app.core.people.models import PersonRow
from app.core.person_data.declared import WITHOUT_COLUMNS, Declared, Keys, labelled, leads_to
from app.core.person_data.erasing import tables_there
from app.core.person_data.who import Words
from app.core.texts import translated

_ACCOUNT: Any = table_of(AccountRow)
_MEMBER: Any = table_of(MemberRow)
_ENTRY: Any = table_of(LedgerEntryRow)
_REASON: Any = table_of(LedgerReasonRow)
_DELIVERY: Any = table_of(LedgerDeliveryRow)
_BATCH: Any = table_of(ImportBatchRow)
_EFFECT: Any = table_of(ImportEffectRow)
_EXTRA: Any = table_of(ImportExtraRow)
_NOTICE: Any = table_of(NoticeRow)
_MAIL: Any = table_of(OutgoingMailRow)
_FOUNDING: Any = table_of(PendingFoundingRow)

_OPEN = ("shown", "failed")
"""Files that were looked at and not applied: what stands in them is read by nobody but who brought them."""

NOT_BY_NAME = frozenset({"person", "member", "account", "notice", "outgoing_mail"})
"""Tables in which the same name may be that of another human, or which are looked through by themselves."""


def erase_by_hand(session: Session, keys: Keys, words: Words) -> Counter[str]:
    """Take away what no declared key leads to; return how much, by table. Must come before the declared columns."""
    erased: Counter[str] = Counter()
    for found in (_reasons, _files, _effects):
        for group_id, member_id in keys.members:
            erased.update(found(session, group_id, member_id, keys, words))
    erased.update(_told_to_others(session, keys, words))
    erased.update(_names_alone(session, keys, words))
    erased.update(close_account(session, keys))
    if words.contacts:
        session.execute(delete(_FOUNDING).where(_FOUNDING.c.email.in_(words.contacts)))
    return +erased


def close_account(session: Session, keys: Keys) -> Counter[str]:
    """Take the account away with its sessions, links and accepted forms: nobody signs in with it any more."""
    own = select(_ACCOUNT.c.id).where(_ACCOUNT.c.person_id == keys.person_id)
    closed: Counter[str] = Counter()
    for row in (SubmissionRow, AccountLinkRow, AccountSessionRow):
        table: Any = table_of(row)
        gone: Any = session.execute(delete(table).where(table.c.account_id.in_(own)))
        closed[table.name] = gone.rowcount
    gone = session.execute(delete(_ACCOUNT).where(_ACCOUNT.c.person_id == keys.person_id))
    closed["account"] = gone.rowcount
    return closed


def _reasons(session: Session, group_id: int, member_id: int, keys: Keys, words: Words) -> Counter[str]:
    """Take away the written reasons that the person gave, or that were given of them; the chain holds numbers alone."""
    theirs = select(_ENTRY.c.sequence).where(
        _ENTRY.c.group_id == group_id,
        or_(
            _ENTRY.c.actor == f"person:{keys.person_id}",
            _ENTRY.c.facts.contains(f":{member_id},"),
            _ENTRY.c.facts.contains(f":{member_id}}}"),
            _ENTRY.c.facts.contains(f":{keys.person_id},"),
            _ENTRY.c.facts.contains(f":{keys.person_id}}}"),
        ),
    )
    gone: Any = session.execute(
        delete(_REASON).where(_REASON.c.group_id == group_id, _REASON.c.sequence.in_(theirs))
    )
    taken = _naming(
        session, _Texts(table=_REASON, columns=("reason",), where=_REASON.c.group_id == group_id), words
    )
    errors = _blanked(
        session,
        _Texts(table=_DELIVERY, columns=("last_error",), where=_DELIVERY.c.group_id == group_id),
        words,
    )
    return Counter({"ledger_reason": gone.rowcount + taken, "ledger_delivery": errors})


def _files(session: Session, group_id: int, _member_id: int, _keys: Keys, words: Words) -> Counter[str]:
    """Forget files that were never applied, and what remarks of the others say of the person."""
    if not words.all:
        return Counter()
    of_group = _BATCH.c.group_id == group_id
    gone: Any = session.execute(
        delete(_BATCH).where(of_group, _BATCH.c.state.in_(_OPEN), _BATCH.c.content.is_not(None))
    )
    named = _blanked(
        session, _Texts(table=_BATCH, columns=("file_name", "answers", "outcome"), where=of_group), words
    )
    # A cell beside another member stays theirs, without the name; one beside a namesake is not of the person at all.
    of_cells = _EXTRA.c.group_id == group_id
    of_nobody = and_(of_cells, _EXTRA.c.member_id.is_(None))
    cells = _naming(session, _Texts(table=_EXTRA, columns=("name", "text"), where=of_nobody), words)
    cells += _blanked(session, _Texts(table=_EXTRA, columns=("text",), where=of_cells), words)
    return Counter({"import_batch": gone.rowcount + named, "import_extra": cells})


def _effects(session: Session, group_id: int, member_id: int, keys: Keys, words: Words) -> Counter[str]:
    """Forget what imports noted of the person's rows: they cannot be undone there any more."""
    subjects = (f"member:{member_id}", f"person:{keys.person_id}")
    gone: Any = session.execute(
        delete(_EFFECT).where(_EFFECT.c.group_id == group_id, _EFFECT.c.subject.in_(subjects))
    )
    of_nobody = and_(
        _EFFECT.c.group_id == group_id,
        _EFFECT.c.subject.not_like("member:%"),
        _EFFECT.c.subject.not_like("person:%"),
    )
    named = _naming(session, _Texts(table=_EFFECT, columns=("before", "after"), where=of_nobody), words)
    return Counter({"import_effect": gone.rowcount + named})


def _told_to_others(session: Session, keys: Keys, words: Words) -> Counter[str]:
    """Take away the notices and mails of others that name the person in their groups, hold a contact or lead to their page.

    What is told to a namesake most likely speaks of the namesake: there it is the contact alone that counts.
    """
    groups = [group_id for group_id, _member_id in keys.members]
    same = _namesakes(session, keys)
    reader = select(_MEMBER.c.id).where(_MEMBER.c.person_id.in_(same))
    pages = session.scalars(select(_MEMBER.c.public_id).where(_MEMBER.c.person_id == keys.person_id)).all()
    leading = [_NOTICE.c.path.contains(f"/members/{page}") for page in pages]
    if leading:
        session.execute(delete(_NOTICE).where(_NOTICE.c.group_id.in_(groups), or_(*leading)))
    to_others = and_(_NOTICE.c.group_id.in_(groups), _NOTICE.c.member_id.not_in(reader))
    notices = _naming(session, _Texts(table=_NOTICE, columns=("text",), where=to_others), words)
    said = ("address", "subject", "body", "attached")
    here = and_(_MAIL.c.group_id.in_(groups), _MAIL.c.person_id.is_(None) | _MAIL.c.person_id.not_in(same))
    mails = _naming(session, _Texts(table=_MAIL, columns=said, where=here), words)
    contacts = Words(full_names=(), contacts=words.contacts)
    mails += _naming(session, _Texts(table=_MAIL, columns=said, where=_MAIL.c.id > 0), contacts)
    errors = _blanked(session, _Texts(table=_MAIL, columns=("last_error",), where=_MAIL.c.id > 0), contacts)
    return Counter({"notice": notices, "outgoing_mail": mails + errors})


def _namesakes(session: Session, keys: Keys) -> list[int]:
    """Return the other people who have the very same name."""
    own = session.get_one(PersonRow, keys.person_id)
    query = select(PersonRow.id).where(PersonRow.sort_name == own.sort_name, PersonRow.id != own.id)
    return list(session.scalars(query)) if own.sort_name else []


def _names_alone(session: Session, keys: Keys, words: Words) -> Counter[str]:
    """Replace fields of the person's groups that are their name or contact and lead to nobody: a listed or an outside name.

    They read “Former member” then: an empty one would mean that nobody from outside was there, and move counts of others.
    """
    found: Counter[str] = Counter()
    called = _former_member_in(session, keys)
    for one in labelled(tables_there(session)):
        if one.table.name in NOT_BY_NAME or "group_id" not in one.table.c or one.takes_row:
            continue
        condition = and_(one.table.c.group_id.in_(list(called)), *_of_nobody(one))
        columns = (*one.table.primary_key.columns, one.column.label("said"))
        same = [row for row in session.execute(select(*columns).where(condition)) if _are(words, row.said)]
        for row in same:
            instead = "" if THE_ROW in one.of else called[row.group_id]
            session.execute(update(one.table).where(_this(one.table, row)).values({one.column.name: instead}))
        found[one.table.name] += len(same)
    return found


def _former_member_in(session: Session, keys: Keys) -> dict[int, str]:
    """Return “Former member” in the language of each group of the person's."""
    groups = [group_id for group_id, _member_id in keys.members]
    rows = session.execute(select(GroupRow.id, GroupRow.locale).where(GroupRow.id.in_(groups)))
    return {row.id: translated(row.locale, FORMER_MEMBER) for row in rows}


def _are(words: Words, said: object) -> bool:
    return isinstance(said, str) and words.are(said)


def _of_nobody(one: Declared) -> Iterator[ColumnElement[bool]]:
    """Yield that the row leads to no member: then a name in it is nobody's whom a key could tell apart."""
    yield one.column != ""
    if BY_HAND in one.of or THE_ROW in one.of:
        return
    for path in one.of:
        if (
            path in WITHOUT_COLUMNS
            or "." in path
            or leads_to(one.table, path).name not in {"member", "person"}
        ):
            continue
        yield one.table.c[path].is_(None)


@dataclass(frozen=True, kw_only=True)
class _Texts:
    """Columns of the rows of a table in which a name may stand."""

    table: Table
    columns: tuple[str, ...]
    where: ColumnElement[bool]


def _naming(session: Session, texts: _Texts, words: Words) -> int:
    """Take the rows away in which one of the columns names the person; return how many."""
    return _each_naming(session, texts, words, delete(texts.table))


def _blanked(session: Session, texts: _Texts, words: Words) -> int:
    """Empty the columns of the rows in which one of them names the person; return how many."""
    return _each_naming(session, texts, words, update(texts.table).values(dict.fromkeys(texts.columns, "")))


def _each_naming(session: Session, texts: _Texts, words: Words, change: Any) -> int:
    if not words.all:
        return 0
    table, columns = texts.table, texts.columns
    likely = [table.c[column].icontains(word, autoescape=True) for column in columns for word in words.all]
    said = [table.c[name].label(f"said_{name}") for name in columns]
    rows = session.execute(select(*table.primary_key.columns, *said).where(texts.where, or_(*likely))).all()
    named = [row for row in rows if any(words.stand_in(getattr(row, one.name)) for one in said)]
    for row in named:
        session.execute(change.where(_this(table, row)))
    return len(named)


def _this(table: Table, row: Any) -> ColumnElement[bool]:
    return and_(*(column == getattr(row, column.name) for column in table.primary_key.columns))
