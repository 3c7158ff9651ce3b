"""Applicants who want nothing kept: everything is deleted on their word, at once."""

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.joining.domain.application import State, may_become
from app.plugins.joining.services.applying import own_application, withdraw_found
from app.plugins.joining.services.clock import forget
from app.plugins.joining.services.links import Links


def delete_own(work: UnitOfWork, group: Group, secret: str, links: Links) -> None:
    """Withdraw what can be withdrawn, and delete all that was written; the link is dead. Commits."""
    found = own_application(work, group, secret)
    if may_become(found.state, State.WITHDRAWN):
        withdraw_found(work, group, found, links)
        found = own_application(work, group, secret)
    forget(work, group, found)
    work.commit()
