"""Whoever has left is no longer shown: photo and recording go once the last day has passed, the words stay for a return."""

from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.profiles.interface import FaceRemoved
from app.plugins.profiles.store import FACES, end_practising_of_leavers, remove_faces_of_leavers


def forget_faces(work: UnitOfWork, group: Group) -> int:
    """Take away the photos and recordings of those whose last day has passed; the house commits. Return how many."""
    today = local_day(work.now, group.zone)
    gone = [
        (member, part)
        for part in FACES
        for member in remove_faces_of_leavers(work.session, part, group.id, today)
    ]
    for member, part in gone:
        work.record(FaceRemoved(group_id=group.id, member_id=member, part=part))
    end_practising_of_leavers(work.session, group.id, today)
    return len(gone)
