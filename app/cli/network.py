"""`flask network`: what the whole installation chooses, from the terminal."""

import click
from flask.cli import AppGroup

from app.cli.desk import at_the_desk
from app.core.founding.domain.who_may import FOUNDING_TITLES, Founding
from app.core.founding.network import choose_founding

network = AppGroup("network", help="The network: who may found a group.")


@network.command("founding")
@click.argument("choice", type=click.Choice([one.value for one in Founding]))
def founding(choice: str) -> None:
    """Say who may found a group: anyone, accounts (people who are signed in), or admins (site administrators)."""
    with at_the_desk() as work:
        choose_founding(work, Founding(choice))
        work.commit()
    click.echo(f"Groups are founded by: {FOUNDING_TITLES[Founding(choice)].lower()}.")
