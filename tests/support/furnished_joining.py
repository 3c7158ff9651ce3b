"""The links in the mails of applicants and referees of a group: the demo keeps both without having written to anybody."""

from collections.abc import Mapping

from sqlalchemy import select

from app.core.access.domain.secret import hash_of
from app.core.groups.domain.standing import Group
from app.plugins.joining.models import ApplicationRow, ReferenceRow
from app.plugins.joining.web.links import links_of
from tests.support.world import World

_OF_APPLICANTS = ("own", "own_confirm", "own_yes", "own_withdraw", "own_delete")
_OF_REFEREES = ("refer", "refer_delete")


def links_of_joining(world: World, group: Group) -> Mapping[str, list[str]]:
    """Make the links of the newest applicant and of their first referee good; return them by `endpoint/argument`."""
    with world.app.app_context():
        links = links_of(group)
    work = world.work()
    application = work.session.scalars(
        select(ApplicationRow)
        .where(ApplicationRow.group_id == group.id, ApplicationRow.forgotten_at_utc.is_(None))
        .order_by(ApplicationRow.id.desc())
    ).first()
    assert application is not None
    referee = work.session.scalars(
        select(ReferenceRow)
        .where(ReferenceRow.group_id == group.id, ReferenceRow.application_id == application.id)
        .order_by(ReferenceRow.number)
    ).first()
    assert referee is not None
    own, word = (
        links.secret("applicant", application.link_nonce),
        links.secret("referee", referee.link_nonce),
    )
    application.link_hash, referee.link_hash = hash_of(own), hash_of(word)
    work.commit()
    return {
        **{f"visit.joining.{name}/secret": [own] for name in _OF_APPLICANTS},
        **{f"visit.joining.{name}/secret": [word] for name in _OF_REFEREES},
    }
