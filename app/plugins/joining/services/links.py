"""The links of applicants and referees: random, remade for each mail from what only this house knows, kept as a hash."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

MARK = "LINK-SECRET"
"""What the templates of addresses hold in place of the secret."""

Whose = Literal["applicant", "referee"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """How addresses are made for the mails of one group; those of the two links are absolute, each with `MARK` in it.

    The secret of a link is made of the random number in the row and the key of the installation: the database alone
    opens none, and a later mail can carry the same link again.
    """

    key: bytes
    applicant: str
    referee: str
    base: str
    slug: str

    def secret(self, whose: Whose, nonce: str) -> str:
        """Return the secret that stands in the link."""
        told = f"joining {whose} 1\0{nonce}".encode()
        return hmac.new(self.key, told, hashlib.sha256).hexdigest()

    def address(self, whose: Whose, nonce: str) -> str:
        """Return the link, as it stands in a mail."""
        template = self.applicant if whose == "applicant" else self.referee
        return template.replace(MARK, self.secret(whose, nonce))

    def path_of(self, application: str) -> str:
        """Return the path of the page on which an application is decided."""
        return path_of_application(self.slug, application)

    def page_of(self, application: str) -> str:
        """Return that page as a whole address, as it stands in mails."""
        return f"{self.base}{self.path_of(application)}"


def path_of_application(slug: str, application: str) -> str:
    """Return the path of the page of an application, also where there is neither a request nor an application object."""
    return f"/g/{slug}/joining/applications/{application}"
