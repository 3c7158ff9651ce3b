"""What a person reads on a page, and what a table holds: for tests that stand before the house as a person does."""

import html
import re
from typing import Final

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.database import Base
from app.core.refusals import CORE_SENTENCES
from tests.support.world import World

SIGN_IN_PAGE: Final = "/account/sign-in"
_CHANGES_EACH_TIME: Final = re.compile(r'name="(?:form_token|csrf_token)"[^>]*>')


def words(response: TestResponse) -> str:
    """Return the page as a person reads it: marks of HTML resolved, space made even."""
    return " ".join(html.unescape(response.text).split())


def sentence(code: str, **facts: object) -> str:
    """Return the sentence of a refusal of core with its facts."""
    return CORE_SENTENCES[code] % facts


def without_tokens(response: TestResponse) -> str:
    """Return the page without the tokens that differ each time it is drawn."""
    return _CHANGES_EACH_TIME.sub("", response.text)


def column(world: World, table: str, name: str) -> list[object]:
    """Return a column of a table, in the order of its keys."""
    found = Base.metadata.tables[table]
    with world.held.new_session() as session:
        return list(session.scalars(select(found.c[name]).order_by(*found.primary_key)))


def mailed_codes(world: World) -> list[str]:
    """Return the six digits of every outgoing mail that holds some, oldest first."""
    bodies = " ".join(str(body) for body in column(world, "outgoing_mail", "body"))
    return re.findall(r"\n\s{4}(\d{6})\n", bodies)


def mailed_links(world: World) -> list[str]:
    """Return the path of every link of an account in the outgoing mail, oldest first."""
    bodies = " ".join(str(body) for body in column(world, "outgoing_mail", "body"))
    return [
        found.removeprefix("http://localhost")
        for found in re.findall(r"http://localhost/account/link/\S+", bodies)
    ]
