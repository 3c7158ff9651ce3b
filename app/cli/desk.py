"""How a command works: one session, one unit of work, refusals as lines on stderr, nothing half done."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import group_by_slug
from app.core.work import Actor, UnitOfWork
from app.http.sentences import sentence
from app.plugin_runtime.runtime import runtime


@contextmanager
def at_the_desk() -> Iterator[UnitOfWork]:
    """Yield a unit of work for one command; a refusal ends it with its sentences, and nothing is changed."""
    held = runtime()
    with held.new_session() as session:
        try:
            yield held.work(session, Actor(name="command"))
        except Refused as refused:
            session.rollback()
            with current_app.test_request_context():
                lines = [sentence(refusal) for refusal in refused.refusals]
            raise click.ClickException("\n".join(lines)) from refused


def group_called(work: UnitOfWork, slug: str) -> Group:
    """Return the group, or end the command with a line that says how to find its name."""
    group = group_by_slug(work.session, slug)
    if group is None:
        raise click.ClickException(
            f"There is no group called {slug!r}; `flask --app wsgi group list` shows them all."
        )
    return group
