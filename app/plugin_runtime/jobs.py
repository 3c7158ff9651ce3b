"""What happens by itself: mail leaves, events reach their subscribers, calendars stay filled, old files are forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core.access.services.links import forget_old_links
from app.core.database import transaction_mode
from app.core.founding.services import forget_foundings
from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_groups, switched_on
from app.core.intake.services import forget_unapplied
from app.core.keeping.wiping import wipe_traces
from app.core.local_time import local_day
from app.core.meetings.services import plan_ahead
from app.core.notices.digest import gather_digests
from app.core.notices.keeping import forget_texts
from app.core.notices.outbox import send_due
from app.core.notices.postman import Postman
from app.core.offices.services.offers import expire_offers
from app.core.offices.services.words import forget_old_words
from app.core.work import HOUSE, UnitOfWork
from app.plugin_api import Job as PluginJob
from app.plugin_runtime.import_job import apply_queued
from app.plugin_runtime.runtime import Runtime

log = structlog.get_logger("givefirst.jobs")

SHORTEST_PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something done again and again: what, how often, and what it returns (how much was done)."""

    name: str
    every: timedelta
    run: Callable[[], int]


def core_jobs(held: Runtime, postman: Postman) -> list[Job]:
    """Return the jobs of the house."""

    def new_work() -> tuple[Session, UnitOfWork]:
        session = held.new_session()
        return session, held.work(session, HOUSE)

    def at_once(act: Callable[[UnitOfWork], int]) -> Callable[[], int]:
        return partial(_in_one_work, held, act)

    return [
        *plugin_jobs(held),
        Job(name="mail", every=timedelta(seconds=1), run=lambda: send_due(new_work, postman)),
        Job(name="digests", every=timedelta(minutes=1), run=at_once(gather_digests)),
        Job(name="events", every=timedelta(seconds=5), run=held.bus.deliver_waiting),
        Job(name="calendar", every=timedelta(hours=6), run=at_once(_plan)),
        Job(name="imports", every=timedelta(seconds=1), run=partial(apply_queued, held)),
        Job(name="forgotten-mails", every=timedelta(hours=6), run=partial(_forget_mails, held)),
        Job(name="wiped-traces", every=timedelta(days=1), run=partial(_wipe, held)),
        Job(name="forgotten-files", every=timedelta(hours=6), run=at_once(forget_unapplied)),
        Job(name="forgotten-office-words", every=timedelta(hours=12), run=at_once(forget_old_words)),
        Job(name="offers", every=timedelta(hours=1), run=partial(_expire_offers, held)),
        Job(name="forgotten-foundings", every=timedelta(hours=6), run=at_once(_forget_links_and_foundings)),
    ]


def _expire_offers(held: Runtime) -> int:
    """Note in each group the offices that nobody took in time, each group in a transaction of its own."""
    with held.new_session() as session, transaction_mode("read"):
        groups = all_groups(session)
    noted = 0
    for group in groups:
        with held.new_session() as session:
            work = held.work(session, HOUSE)
            noted += expire_offers(work, group)
            work.commit()
    return noted


def _in_one_work(held: Runtime, act: Callable[[UnitOfWork], int]) -> int:
    """Do something once in a transaction of its own, and return how much it did."""
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        done = act(work)
        work.commit()
        return done


def _plan(work: UnitOfWork) -> int:
    groups = all_groups(work.session)
    return sum(plan_ahead(work, group, local_day(work.now, group.zone)) for group in groups)


def _forget_links_and_foundings(work: UnitOfWork) -> int:
    return forget_foundings(work) + forget_old_links(work)


def _forget_mails(held: Runtime) -> int:
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        forgotten = forget_texts(work)
        work.commit()
        return forgotten


def _wipe(held: Runtime) -> int:
    with held.new_session() as session:
        bound = session.get_bind()
    return int(wipe_traces(bound if isinstance(bound, Engine) else bound.engine))


def plugin_jobs(held: Runtime) -> list[Job]:
    """Return the jobs of every plugin, each run for all groups where the plugin is on."""
    return [
        Job(
            name=f"{plugin.manifest.name}.{found.name}",
            every=found.every,
            run=partial(_for_every_group, held, plugin.manifest.name, found),
        )
        for plugin in held.registry.plugins
        for found in plugin.jobs()
    ]


def _for_every_group(held: Runtime, plugin: str, found: PluginJob) -> int:
    """Run one job of a plugin for every group where it runs, each in a transaction of its own; return how much it did."""
    with held.new_session() as session, transaction_mode("read"):
        groups = [
            group
            for group in all_groups(session)
            if found.also_when_off or plugin in switched_on(session, group.id)
        ]
    return sum(_for_one_group(held, plugin, found, group) for group in groups)


def _for_one_group(held: Runtime, plugin: str, found: PluginJob, group: Group) -> int:
    with held.new_session() as session:
        work = held.work(session, HOUSE)
        try:
            done = found.run(work, group)
            work.commit()
        except Exception:
            work.rollback()
            log.exception(
                "A plugin's job failed for a group", plugin=plugin, job=found.name, group=group.slug
            )
            return 0
        return done


def run_all(jobs: list[Job]) -> dict[str, int]:
    """Run every job once and return how much each did; one that fails is logged and does not stop the others."""
    return {job.name: _run(job) for job in jobs}


def work_until(stop: Event, jobs: list[Job], now: Callable[[], datetime]) -> None:
    """Run each job when its time has come, until `stop` is set."""
    due = {job.name: now() for job in jobs}
    while not stop.is_set():
        for job in jobs:
            if due[job.name] <= now() and not stop.is_set():
                _run(job)
                due[job.name] = now() + job.every
        stop.wait(SHORTEST_PAUSE_SECONDS)


def _run(job: Job) -> int:
    try:
        return job.run()
    except Exception:
        log.exception("A job failed and will run again", job=job.name)
        return 0
