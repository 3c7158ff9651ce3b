"""`flask import`: the same importers as in the browser."""

import sys
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.desk import at_the_desk, group_called
from app.core.groups.queries import switched_on
from app.core.intake.importer import ImportAnswers, ImportPreview
from app.core.intake.services import apply_batch, bring, brought, preview_of
from app.core.sheets import DayOrder
from app.plugin_runtime.runtime import runtime


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--group", "slug", required=True, help="The group's address name.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--as", "kind", default="", help="The kind of file, where it should not be guessed.")
@click.option(
    "--from", "period_first", type=click.DateTime(["%Y-%m-%d"]), help="First day, where the file has no year."
)
@click.option(
    "--to", "period_last", type=click.DateTime(["%Y-%m-%d"]), help="Last day, where the file has no year."
)
@click.option(
    "--dates",
    type=click.Choice([order.value for order in DayOrder]),
    help="How dates in figures are written.",
)
@with_appcontext
def import_file(
    file: Path,
    *,
    slug: str,
    kind: str,
    period_first: datetime | None,
    period_last: datetime | None,
    dates: str | None,
    dry_run: bool,
) -> None:
    """Take in a roster or week-by-week attendance, whole or not at all."""
    answers = ImportAnswers(
        period_first=period_first.date() if period_first else None,
        period_last=period_last.date() if period_last else None,
        day_order=DayOrder(dates) if dates else None,
    )
    with at_the_desk() as work, current_app.test_request_context():
        group = group_called(work, slug)
        importers = runtime().registry.importers(switched_on(work.session, group.id))
        step = _Steps(3)
        step.tell("Reading the file")
        public_id = bring(
            work, group, data=file.read_bytes(), file_name=file.name, importers=importers, by=None, kind=kind
        )
        step.tell("Understanding it")
        preview = preview_of(work, group, brought(work, group.id, public_id, importers), answers)
        _say(preview)
        if dry_run:
            work.rollback()
            click.echo("Nothing was changed (dry run).")
            return
        step.tell("Applying it")
        outcome = apply_batch(work, group, public_id, importers, answers)
        work.commit()
    click.echo(outcome)


class _Steps:
    """Tells on a terminal which step of a long command is on; says nothing in a pipe."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._at = 0

    def tell(self, text: str) -> None:
        """Say that the next step begins."""
        self._at += 1
        if sys.stderr.isatty():
            click.echo(f"[{self._at}/{self._total}] {text} …", err=True)


def _say(preview: ImportPreview) -> None:
    for line in (*preview.summary, *preview.remarks):
        click.echo(line)
    stops = [*preview.problems]
    if preview.asks_period:
        stops.append(f"{preview.asks_period} Answer with --from and --to.")
    if preview.asks_day_order:
        stops.append(f"{preview.asks_day_order} Answer with --dates.")
    if stops:
        raise click.ClickException("\n".join(["Nothing was changed.", *stops]))
