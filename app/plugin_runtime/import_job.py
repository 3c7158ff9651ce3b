"""The worker's part of importing: large files that wait are read, checked and applied, each whole; who brought it is told."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.core.access.domain.permission import Permission
from app.core.database import transaction_mode
from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_groups, member_by_key, offices_of_members, switched_on
from app.core.ids import PersonId
from app.core.intake.kinds import KindOfFile, kinds_of
from app.core.intake.queries import BatchLine, QueuedBatch, batch_called, queued_batches
from app.core.intake.services import (
    Brought,
    apply_batch,
    brought,
    forget_batch,
    hold_back,
    note_failure,
    preview_of,
    standing_instead,
    tell_progress,
)
from app.core.local_time import local_day
from app.core.notices.services import notify
from app.core.people.models import PersonRow
from app.core.sentences import N_
from app.core.work import HOUSE, Actor, UnitOfWork
from app.http.locales import chosen_locale, read_for
from app.http.sentences import sentence
from app.plugin_runtime.runtime import Runtime

log = structlog.get_logger("givefirst.imports")

STEPS = 3
"""Reading the file, checking every row, writing everything at once."""

DONE = N_("“%(file)s” was imported.")
NOTHING_NEW = N_("Nothing in “%(file)s” is new. Its page says when it was imported.")
NOT_DONE = N_("“%(file)s” could not be imported; nothing was changed. Its page says why.")
NOT_READY = N_(
    "Something has changed since the file was looked at: there are questions or problems now. Answer them and import it again."
)
FAULT = N_(
    "Something went wrong that is not the file’s fault. Nothing was changed; the administrator’s log knows more."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One file that waits: whose it is, what they may bring, and the language they read."""

    group: Group
    batch: BatchLine
    kinds: tuple[KindOfFile, ...]
    actor: Actor
    locale: str


def apply_queued(held: Runtime) -> int:
    """Apply every file that waits, one after another within a group; return how many brought something new.

    Called by the worker every second. Two workers may read the same file; the database lets one of them apply it.
    """
    with held.new_session() as session, transaction_mode("read"):
        waiting = queued_batches(session)
        groups = {group.id: group for group in all_groups(session)} if waiting else {}
    return sum(_finish(held, groups[one.group_id], one) for one in waiting)


def _finish(held: Runtime, group: Group, queued: QueuedBatch) -> bool:
    try:
        task = _task(held, group, queued)
    except NotFound:
        return False  # forgotten or taken back meanwhile
    with current_app.test_request_context(), force_locale(task.locale):
        read_for(group)
        try:
            return _apply(held, task)
        except Refused as refused:
            _fail(held, task, " ".join(sentence(one) for one in refused.refusals))
        except NotFound:
            _fail(held, task, _said(NOT_READY))
        except OperationalError:
            raise  # the database was away: the file stays in the queue
        except Exception:
            log.exception("An import failed", group=group.slug, batch=queued.public_id)
            _fail(held, task, _said(FAULT))
    return False


def _task(held: Runtime, group: Group, queued: QueuedBatch) -> _Task:
    """Return what is needed to apply the file as the person who brought it, with the offices they hold today."""
    with held.new_session() as session, transaction_mode("read"):
        batch = batch_called(session, group.id, queued.public_id)
        on = switched_on(session, group.id)
        importers = held.registry.importers(on)
        if batch.by_member_id is None:
            return _Task(
                group=group, batch=batch, kinds=kinds_of(importers), actor=HOUSE, locale=_locale("en", group)
            )
        today = local_day(held.clock.now(), group.zone)
        offices = frozenset(offices_of_members(session, group.id, today).get(batch.by_member_id, ()))
        person_id = member_by_key(session, group.id, batch.by_member_id).person_id
        language = session.scalar(select(PersonRow.language).where(PersonRow.id == person_id)) or "en"
    permissions: dict[str, Permission] = held.registry.permissions
    return _Task(
        group=group,
        batch=batch,
        kinds=kinds_of(importers, lambda name: permissions[name].held_with(offices)),
        actor=Actor(person_id=PersonId(person_id)),
        locale=_locale(language, group),
    )


def _apply(held: Runtime, task: _Task) -> bool:
    """Read and check without holding anything up, then write in one transaction that also claims the file."""
    group, public_id = task.group, task.batch.public_id
    _tell(held, task, 1)
    with held.new_session() as session, transaction_mode("read"):
        file: Brought = brought(held.work(session, task.actor), group.id, public_id, task.kinds)
    _tell(held, task, 2)
    with held.new_session() as session, transaction_mode("read"):
        shown = preview_of(held.work(session, task.actor), group, file)
    if not shown.whole.may_apply:
        _fail(held, task, _said(NOT_READY))
        return False
    _tell(held, task, STEPS)
    return _write(held, task, file)


def _write(held: Runtime, task: _Task, file: Brought) -> bool:
    group, public_id = task.group, task.batch.public_id
    with held.new_session() as session:
        work = held.work(session, task.actor)
        try:
            apply_batch(work, group, public_id, task.kinds, is_queued=True, sheet=file.sheet)
        except Refused:
            if batch_called(session, group.id, public_id).state != "queued":
                work.rollback()
                return False  # taken back, or applied by another worker
            raise
        if standing := standing_instead(work, group.id, file):
            work.rollback()
            _forget_again(work, task, standing)
            return False
        _notify(work, task, DONE, public_id)
        work.commit()
    return True


def _forget_again(work: UnitOfWork, task: _Task, standing: BatchLine) -> None:
    """Keep no second import of a file that brought nothing new, and tell who brought it where the first one is."""
    if hold_back(work, task.group.id, task.batch.public_id):
        forget_batch(work, task.group.id, task.batch.public_id)
        _notify(work, task, NOTHING_NEW, standing.public_id)
    work.commit()


def _tell(held: Runtime, task: _Task, step: int) -> None:
    _in_own_transaction(
        held,
        lambda work: tell_progress(work, task.group.id, task.batch.public_id, done=step, total=STEPS),
    )


def _fail(held: Runtime, task: _Task, reason: str) -> None:
    def note(work: UnitOfWork) -> None:
        if note_failure(work, task.group.id, task.batch.public_id, reason):
            _notify(work, task, NOT_DONE, task.batch.public_id)

    _in_own_transaction(held, note)


def _notify(work: UnitOfWork, task: _Task, text: str, public_id: str) -> None:
    """Tell who brought the file; `public_id` is the import whose page the notice leads to."""
    if task.batch.by_member_id is None:
        return
    notify(
        work,
        group_id=task.group.id,
        member_id=task.batch.by_member_id,
        kind="intake.finished",
        text=text,
        facts={"file": task.batch.file_name},
        path=f"/g/{task.group.slug}/import/{public_id}",
    )


def _in_own_transaction(held: Runtime, act: Callable[[UnitOfWork], None]) -> None:
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        act(work)
        work.commit()


def _locale(language: str, group: Group) -> str:
    return chosen_locale(language, group.locale, "")


def _said(text: str) -> str:
    """Return a sentence in the language at hand."""
    return str(gettext(text))
