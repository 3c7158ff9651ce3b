"""`flask doctor`: is this installation sound? Each finding says what it means and what to do."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.doctor.database import engine_findings, ledger_findings, migration_findings, plugin_findings
from app.cli.doctor.settings import address_findings, backup_findings, mail_findings, session_findings
from app.core.database import transaction_mode
from app.plugin_runtime.runtime import runtime
from config import Config


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look at database, ledger, addresses, sessions, mail and back-ups, and say what to do where something is amiss."""
    settings: Config = current_app.extensions["givefirst.config"]
    now = runtime().clock.now()
    with transaction_mode("read"), runtime().new_session() as session:
        findings = [
            *engine_findings(session),
            *migration_findings(),
            *ledger_findings(session),
            *plugin_findings(session),
            *address_findings(settings),
            *session_findings(settings, session, now),
            *mail_findings(settings, session, now),
            *backup_findings(settings, now),
        ]
    for finding in findings:
        click.echo(f"{finding.mark:<7}{finding.what}")
        if finding.advice:
            click.echo(f"       {finding.advice}")
    if any(finding.is_wrong for finding in findings):
        raise click.ClickException("Something needs mending; see the lines that begin with “wrong”.")
