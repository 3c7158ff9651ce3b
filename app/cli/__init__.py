"""Commands: `flask --app wsgi …`. Exit 0 done, 1 refused (one line that says what to do), 2 wrong usage."""

from flask import Flask

from app.cli.accounts import account, group
from app.cli.database import db_commands
from app.cli.demo import demo
from app.cli.doctor import doctor
from app.cli.files import import_file
from app.cli.jobs import jobs
from app.cli.keeping import backup, restore_backup
from app.cli.mail import mail
from app.cli.network import network
from app.cli.of_plugins import add_plugin_commands
from app.cli.person import person
from app.cli.plugins import plugins


def add_commands(app: Flask) -> None:
    """Hang every command under `flask`, the house's own and those of plugins."""
    for command in (
        db_commands,
        demo,
        group,
        account,
        network,
        mail,
        jobs,
        import_file,
        person,
        plugins,
        backup,
        restore_backup,
        doctor,
    ):
        app.cli.add_command(command)
    add_plugin_commands(app)
