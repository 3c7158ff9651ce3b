"""`flask demo load`: a network to look around in, the same for the same seed."""

import sys

import click
from flask.cli import AppGroup

from app.cli.demo_network import PASSWORD, build, give_passwords, plans
from app.cli.desk import at_the_desk
from app.core.groups.queries import all_groups
from app.core.ids import SeededIds
from app.plugin_runtime.runtime import runtime

demo = AppGroup("demo", help="The demo network: load.")


@demo.command("load")
@click.option("--groups", type=click.IntRange(1, 20_000), default=2, show_default=True)
@click.option("--members", type=click.IntRange(5, 200), help="Members a group; by default 26 and 18.")
@click.option("--weeks", type=click.IntRange(4, 520), help="Weeks of history; by default 40 and 10.")
@click.option("--seed", type=int, default=7, show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing, and say so, where there are groups already.")
def load(groups: int, members: int | None, weeks: int | None, seed: int, *, if_empty: bool) -> None:
    """Fill an empty database with the demo network. Never into one that holds groups."""
    held = runtime()
    with at_the_desk() as work:
        if all_groups(work.session):
            if if_empty:
                click.echo("There are groups already; the demo network was not loaded.")
                return
            raise click.ClickException(
                "There are groups already. The demo network goes into an empty database only."
            )
        work.ids = SeededIds(seed)
        wanted = plans(groups, members, weeks, seed)
        on_terminal = sys.stderr.isatty()
        for number, plan in enumerate(wanted, 1):
            build(work, held.registry, plan, seed)
            if on_terminal:
                click.echo(f"[{number}/{len(wanted)}] {plan.name}", err=True)
        for plan in wanted:
            give_passwords(work, plan)
        work.commit()
    click.echo(f"The demo network is loaded. Password of every demo sign-in: {PASSWORD}")
    for plan in wanted[:2]:
        for name in plan.sign_ins:
            click.echo(f"  {name}@{plan.slug}.example  {plan.name}")
