"""`flask import`: the same importers as in the browser; options answer what the page asks."""

import sys
from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.desk import at_the_desk, group_called
from app.cli.import_answers import answers_from_options
from app.cli.import_questions import answers_that_fit_nothing, what_stops
from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_groups, all_members, switched_on
from app.core.intake.importer import ImportAnswers
from app.core.intake.kinds import kinds_of
from app.core.intake.merging import FilePreview
from app.core.intake.queries import batch_called, batches
from app.core.intake.services import (
    Brought,
    apply_batch,
    bring,
    brought,
    preview_of,
    remember_answers,
    standing_instead,
    undo_batch,
    undo_preview_of,
)
from app.core.local_time import local_datetime
from app.core.sheets import DayOrder
from app.core.work import UnitOfWork
from app.plugin_runtime.runtime import runtime

_SHOWN = 50


class _FileOrCommand(click.Group):
    """`import FILE` beside `import list` and `import undo`: what is no command is a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["file", *args]
        return super().parse_args(ctx, args)


@click.group("import", cls=_FileOrCommand)
def import_file() -> None:
    """Take a file in (import FILE), show what was taken in (list), or undo it (undo)."""


@import_file.command("file")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@click.option("--group", "slug", required=True, help="The group's address name.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--as", "kind", default="", help="The kind of file, where it should not be guessed.")
@click.option(
    "--from", "first", default="", metavar="DAY", help="First day of the file's period: 2026-09-01."
)
@click.option("--to", "last", default="", metavar="DAY", help="Last day of the file's period.")
@click.option(
    "--dates",
    type=click.Choice([order.value for order in DayOrder]),
    help="How dates in figures are written.",
)
@click.option("--currency", default="", help="The currency of the amounts: EUR.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="WRITTEN=MEMBER",
    help="Whom a name means: a member’s name, mail address or id; =nobody; in a roster =new. “*=nobody” answers all others.",
)
@click.option("--column", "columns", multiple=True, metavar="B=CODE", help="What a column holds.")
@click.option("--letter", "letters", multiple=True, metavar="x=P", help="What a mark means.")
@with_appcontext
def take_in(*, path: str, slug: str, kind: str, dry_run: bool, **said: str | tuple[str, ...] | None) -> None:
    """Take in a roster, attendance, or another kind of file, whole or not at all."""
    with at_the_desk() as work, current_app.test_request_context():
        group = group_called(work, slug)
        members = all_members(work.session, group.id)
        answers = answers_from_options(said, members)
        outcome = _take_in(work, group, path, kind=kind, answers=answers, members=members, dry_run=dry_run)
    click.echo(outcome)


@import_file.command("list")
@click.option("--group", "slug", required=True, help="The group's address name.")
@with_appcontext
def list_imports(slug: str) -> None:
    """Show the files of a group, the newest first: its name for `undo`, the day, the state, the kind, the file."""
    with at_the_desk() as work:
        group = group_called(work, slug)
        for line in batches(work.session, group.id):
            at = local_datetime(line.created_at, group.zone)
            click.echo(
                f"{line.public_id}  {at:%Y-%m-%d %H:%M}  {line.state:8}  {line.kind:20}  {line.file_name}"
            )


@import_file.command("undo")
@click.argument("batch")
@click.option(
    "--group", "slug", default="", help="The group's address name; found by the import where left out."
)
@click.option("--also-touched", is_flag=True, help="Take away also what was changed since.")
@click.option("--dry-run", is_flag=True, help="Say what would go and change nothing.")
@with_appcontext
def undo(batch: str, *, slug: str, also_touched: bool, dry_run: bool) -> None:
    """Take away what an import brought; what was changed since stays, unless it is asked for."""
    kinds = kinds_of(runtime().registry.every_importer())
    with at_the_desk() as work, current_app.test_request_context():
        group = _group_of(work, batch, slug)
        preview = undo_preview_of(work, group, batch, kinds)
        for line in (*preview.summary, *(touched.text for touched in preview.touched)):
            click.echo(line)
        if dry_run:
            click.echo("Nothing was changed (dry run).")
            return
        keys = frozenset(line.key for line in preview.touched) if also_touched else frozenset()
        outcome = undo_batch(work, group, batch, kinds, also_touched=keys, by=None)
        work.commit()
    click.echo(outcome)


def _take_in(
    work: UnitOfWork,
    group: Group,
    path: str,
    *,
    kind: str,
    answers: ImportAnswers,
    members: Sequence[MemberLine],
    dry_run: bool,
) -> str:
    kinds = kinds_of(runtime().registry.importers(switched_on(work.session, group.id)))
    step = _Steps(3)
    step.tell("Reading the file")
    with click.open_file(path, "rb") as file:
        data = file.read()
    name = click.format_filename(path, shorten=True)
    public_id = bring(work, group, data=data, file_name=name, kinds=kinds, by=None, kind=kind)
    remember_answers(work, group.id, public_id, answers)
    step.tell("Understanding it")
    found = brought(work, group.id, public_id, kinds)
    for before in found.same_before[:1]:
        click.echo(f"This very file was imported before: {before.public_id} ({before.state}).")
    _say(found, answers, preview_of(work, group, found), members)
    if dry_run:
        work.rollback()
        return "Nothing was changed (dry run)."
    step.tell("Applying it")
    outcome = apply_batch(work, group, public_id, kinds, sheet=found.sheet)
    if standing := standing_instead(work, group.id, found):
        work.rollback()
        at = local_datetime(standing.applied_at or standing.created_at, group.zone)
        return f"Nothing in it is new. It was taken in on {at:%Y-%m-%d %H:%M}, as {standing.public_id}."
    work.commit()
    return outcome


def _group_of(work: UnitOfWork, batch: str, slug: str) -> Group:
    """Return the group of an import, searched where it is not named; ends the command where there is none."""
    groups = [group_called(work, slug)] if slug else all_groups(work.session)
    for group in groups:
        try:
            batch_called(work.session, group.id, batch)
        except NotFound:
            continue
        return group
    raise click.ClickException(
        f"There is no import called {batch!r}; `flask --app wsgi import list --group …` shows them all."
    )


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


def _say(found: Brought, said: ImportAnswers, preview: FilePreview, members: Sequence[MemberLine]) -> None:
    """Write what would happen; end the command where something stands in the way, with the option that answers it."""
    whole = preview.whole
    for line in (*whole.summary, *whole.overlaps, *whole.remarks[:_SHOWN]):
        click.echo(line)
    stops = [*answers_that_fit_nothing(said, whole, found.sheet), *what_stops(whole, members)]
    if stops:
        raise click.ClickException("\n".join(["Nothing was changed.", *stops]))
