"""Where the pages of visits are, for mails and notices, within a request and outside of one."""

from collections.abc import Callable
from email.utils import parseaddr

from flask import current_app

from app.core.groups.domain.standing import Group
from app.http.outside import absolute, path_of
from app.plugins.welcome.services.visit_letters import VisitAddresses
from config import Config

_PLACE = "place-of-the-name"


def addresses_of(group: Group) -> VisitAddresses:
    """Return where the pages of visits to the group are."""
    settings: Config = current_app.extensions["givefirst.config"]
    return VisitAddresses(
        house=absolute(""),
        public=absolute(path_of("visit.front", group)),
        own=_with(absolute(path_of("visit.welcome.own", group, secret=_PLACE))),
        visitor_path=_with(path_of("group.welcome.visitor", group, visitor=_PLACE)),
        list_path=path_of("group.welcome.visitors", group),
        organiser=parseaddr(settings.mail_sender)[1],
    )


def _with(address: str) -> Callable[[str], str]:
    """Return a maker of addresses that differ in what stands in the place of the name."""
    before, _mark, after = address.partition(_PLACE)
    return lambda name: f"{before}{name}{after}"
