"""A host sends a visitor who said yes the form with which people join: by mail, once, to the address the visitor gave.

Who was noted by a member gave the house no address and agreed to no mail: nobody writes to them. The page has the link instead.
"""

from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.queries.visits import Visit, visit_by_public_id
from app.plugins.welcome.services.visit_letters import VisitAddresses, send_form


def may_have_form(visit: Visit) -> bool:
    """Return whether the visitor came, gave an address themselves, and agreed to be written to."""
    return has_come(visit) and visit.may_be_written_to


def has_come(visit: Visit) -> bool:
    """Return whether the visitor was there: nobody is asked to join before."""
    return visit.state == VisitState.CAME


def send_form_to(
    work: UnitOfWork, group: Group, public_id: str, *, form_path: str, addresses: VisitAddresses
) -> bool:
    """Mail the form; False where it was sent before. There is nothing where nobody takes applications or nobody came, or may be written to. Commits."""
    visit = visit_by_public_id(work.session, group.id, public_id)
    if visit is None or not form_path or not may_have_form(visit):
        raise NotFound
    is_new = send_form(work, group, visit, f"{addresses.house}{form_path}", addresses)
    work.commit()
    return is_new
