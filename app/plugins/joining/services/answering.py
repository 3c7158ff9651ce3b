"""A referee answers by their link, or has what is kept about them deleted; the committee may ask once more."""

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.plugins.joining.domain.application import State
from app.plugins.joining.domain.references import ReferenceState, refusals_for_answer
from app.plugins.joining.interface import ReferenceAnswered
from app.plugins.joining.queries.applications import application_by_key
from app.plugins.joining.queries.references import ReferenceLine, reference_by_secret, references_of
from app.plugins.joining.services.applying import ask_again, owners_of
from app.plugins.joining.services.deciding import Matter
from app.plugins.joining.services.links import Links
from app.plugins.joining.services.telling import HAS_ANSWERED, tell_those_in_charge
from app.plugins.joining.store import change_reference

_ASKED = frozenset({ReferenceState.ASKED.value})
_ANY = frozenset(one.value for one in ReferenceState)


def answer_reference(
    work: UnitOfWork, group: Group, secret: str, *, answer: str, words: str, links: Links
) -> None:
    """Keep what the referee says; refused with every reason, or where it is no longer needed. Commits."""
    found = own_reference(work, group, secret)
    if found.state is ReferenceState.GIVEN and found.answer == answer and found.words == words:
        return  # a double tap
    if not found.may_answer(work.now):
        raise Refused([Refusal(code="joining.reference_over")])
    if refusals := refusals_for_answer(answer, words):
        raise Refused(refusals)
    said = {
        "state": ReferenceState.GIVEN.value,
        "answer": answer,
        "words": words,
        "answered_at_utc": work.now,
    }
    if not change_reference(work.session, group.id, found.id, said, while_states=_ASKED):
        raise Refused([Refusal(code="joining.reference_over")])
    # What still waits to be sent asks for what was just said.
    forget_about(work, group.id, subject_key=found.subject_key)
    work.record(
        ReferenceAnswered(group_id=group.id, application_id=found.application_id, reference_id=found.id)
    )
    application = application_by_key(work.session, group.id, found.application_id)
    owners = owners_of(work, group, application)
    tell_those_in_charge(work, group, (application, links), owners, HAS_ANSWERED)
    work.commit()


def delete_reference(work: UnitOfWork, group: Group, secret: str) -> None:
    """Delete what is kept about a referee, on their own word, with every mail to them; their link is dead. Commits."""
    found = own_reference(work, group, secret)
    nothing = {
        "state": ReferenceState.TAKEN_BACK.value,
        "name": "",
        "email": "",
        "answer": "",
        "words": "",
        "link_nonce": "",
        "link_hash": None,
    }
    change_reference(work.session, group.id, found.id, nothing, while_states=_ANY)
    forget_about(work, group.id, subject_key=found.subject_key)
    work.commit()


def ask_once_more(work: UnitOfWork, matter: Matter, group: Group, reference: str, links: Links) -> None:
    """Ask a referee again who has not answered, with a new time; `matter` is theirs who ask. Commits."""
    lines = references_of(work.session, group.id, matter.application.id)
    found = next((one for one in lines if one.public_id == reference), None)
    if found is None:
        raise NotFound
    is_open = matter.application.state is State.OPEN
    if not is_open or found.state not in {ReferenceState.ASKED, ReferenceState.EXPIRED}:
        raise Refused([Refusal(code="joining.not_open")])
    ask_again(work, group, found.id, links, times_asked=found.times_asked + 1)
    work.commit()


def own_reference(work: UnitOfWork, group: Group, secret: str) -> ReferenceLine:
    """Return the reference whose link this is, or raise the one NotFound."""
    found = reference_by_secret(work.session, group.id, secret)
    if found is None:
        raise NotFound
    return found
