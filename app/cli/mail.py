"""`flask mail`: what a mail server hands back, from the terminal or a mail alias."""

import sys

import click
from flask.cli import AppGroup

from app.cli.desk import at_the_desk
from app.core.notices.bounces import mark_bounced, read_report

mail = AppGroup("mail", help="Mail: reports of what came back.")

LARGEST_REPORT = 4 * 1024 * 1024


@mail.command("bounced")
def bounced() -> None:
    """Read one delivery report (RFC 3464) from standard input and mark the mail that came back.

    For a mail server's alias: no-reply: "|flask --app wsgi mail bounced".
    """
    raw = sys.stdin.buffer.read(LARGEST_REPORT)
    report = read_report(raw)
    if report is None:
        raise click.ClickException("This is no report of a mail that failed; nothing was changed.")
    with at_the_desk() as work:
        marked = mark_bounced(work, report)
        work.commit()
    if not marked:
        raise click.ClickException(
            "The report speaks of no mail of this house, or of one that is marked already."
        )
    click.echo(f"{marked} marked as come back.")
