"""Where arranged talks and promises are found, from a page and from a job that has no request."""

from email.utils import parseaddr

from flask import current_app

from app.core.groups.domain.standing import Group
from app.http.outside import absolute, path_of
from app.plugins.activities.services.arranging_telling import Places
from config import Config


def places_in(group: Group) -> Places:
    """Return where arrangements of the group are, and the house's mail address for their calendar entries."""
    settings: Config = current_app.extensions["givefirst.config"]

    def path(public_id: str) -> str:
        return path_of("group.activities.arranged", group, arrangement=public_id)

    return Places(
        path=path,
        url=lambda public_id: absolute(path(public_id)),
        organiser=parseaddr(settings.mail_sender)[1],
    )


def promise_path(group: Group, public_id: str) -> str:
    """Return where a promise is found within the site."""
    return path_of("group.activities.commitment", group, commitment=public_id)


def promise_url(group: Group, public_id: str) -> str:
    """Return where a promise is found, as it stands in mails."""
    return absolute(promise_path(group, public_id))
