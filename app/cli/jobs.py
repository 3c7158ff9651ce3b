"""`flask jobs`: the worker beside the web server."""

import signal
from threading import Event

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from app.cli.desk import at_the_desk
from app.core.keeping.open_house import HouseIsShutError, Opening
from app.core.ledger.models import LedgerDeliveryRow
from app.core.notices.models import OutgoingMailRow
from app.core.notices.postman import postman_for
from app.http.stop_links import stop_link
from app.plugin_runtime.jobs import Job, core_jobs, run_all, work_until
from app.plugin_runtime.runtime import runtime
from config import Config

jobs = AppGroup("jobs", help="What happens by itself: run once, work on, status.")


@jobs.command("run")
def run_once() -> None:
    """Run every job once, and say how much each did."""
    for name, done in run_all(_jobs()).items():
        click.echo(f"{name}: {done}")


@jobs.command("work")
def work_on() -> None:
    """Run the jobs, each when its time has come, until the process is asked to end."""
    settings: Config = current_app.extensions["givefirst.config"]
    opening = Opening(settings.instance)
    try:
        opening.hold()
    except HouseIsShutError as shut:
        raise click.ClickException(
            "A back-up is being restored. Start the worker once that has ended."
        ) from shut
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    work_until(stop, _jobs(), runtime().clock.now)


@jobs.command("status")
def status() -> None:
    """Show what waits and what failed: mails by state, events by state with the last error."""
    with at_the_desk() as work:
        mails = select(OutgoingMailRow.state, func.count()).group_by(OutgoingMailRow.state)
        for state, count in work.session.execute(mails):
            click.echo(f"mail {state}: {count}")
        events = select(LedgerDeliveryRow.state, func.count()).group_by(LedgerDeliveryRow.state)
        for state, count in work.session.execute(events):
            click.echo(f"events {state}: {count}")
        failing = select(LedgerDeliveryRow.subscriber, LedgerDeliveryRow.last_error).where(
            LedgerDeliveryRow.state == "waiting", LedgerDeliveryRow.last_error != ""
        )
        for subscriber, error in work.session.execute(failing.limit(20)):
            click.echo(f"waiting: {subscriber}: {error}")


def _jobs() -> list[Job]:
    settings: Config = current_app.extensions["givefirst.config"]
    postman = postman_for(
        settings.mail_url,
        outbox=settings.instance / "outbox",
        sender=settings.mail_sender,
        stop_link=stop_link,
    )
    return core_jobs(runtime(), postman)
