"""What a member's own phone kept without network and sends once it has one again."""

from datetime import timedelta

from flask import request

from app.core.errors import NotFound, Refused
from app.http.door import answer_script
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.tablet_events import UnreadableError, number_read
from app.plugins.attendance.services.offline_claims import OfflineClaim, claim_offline

_LONGEST_ID = 40


def offline_claims(page: GroupPage) -> Answer:
    """Take one claim of the member who is signed in: by JSON, with the house's token in a header."""
    try:
        claim = _claim(page, request.get_json(silent=True))
    except (UnreadableError, RecursionError):
        return answer_script(400, code="unreadable")
    try:
        is_news = claim_offline(page.work, claim)
    except Refused as refused:
        page.work.rollback()
        reason = " ".join(sentence(refusal) for refusal in refused.refusals)
        return answer_script(200, outcome="not-taken", reason=reason)
    return answer_script(200, outcome="waits" if is_news else "again", reason=None)


def _claim(page: GroupPage, said: object) -> OfflineClaim:
    if not isinstance(said, dict):
        raise UnreadableError("An object was expected.")
    meeting = said.get("meeting") or ""
    if not isinstance(meeting, str) or len(meeting) > _LONGEST_ID:
        raise NotFound
    return OfflineClaim(
        group_id=page.group.id,
        member_id=page.viewer.member_id,
        meeting=meeting,
        waited=timedelta(milliseconds=min(number_read(said.get("waited_ms")), 10**11)),
    )
