"""Answers where a visitor applies for membership."""

from sqlalchemy.orm import Session

from app.core.groups.queries import group_by_slug
from app.http.outside import path_of
from app.plugins.joining.queries.settings import settings_of
from app.plugins.joining.web.links import visitor_token


class WaysIn:
    """Answers `WaysToJoin` of the welcome."""

    def __init__(self, session: Session) -> None:
        """Answer from this session."""
        self._session = session

    def apply_path(self, group_slug: str, visitor_public_id: str = "") -> str:
        """Return the path of the application, filled in for a visitor if one is named; empty where none are taken."""
        group = group_by_slug(self._session, group_slug)
        if group is None or not settings_of(self._session, group.id).is_open:
            return ""
        if not visitor_public_id:
            return path_of("visit.joining.apply", group)
        return path_of("visit.joining.apply", group, visitor=visitor_token(group, visitor_public_id))
