"""The links of applicants and referees: random, remade for each mail from what only this house knows, kept as a hash."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

MARK = "LINK-SECRET"
"""What the templates of addresses hold in place of the secret, or of the public id."""

Whose = Literal["applicant", "referee"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """How addresses are made for the mails of one group; all but the path are absolute, each with `MARK` in it.

    The secret of a link is made of the random number in the row and the key of the installation: the database alone
    opens none, and a later mail can carry the same link again.
    """

    key: bytes
    applicant: str
    referee: str
    application_path: str
    base: str

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
        return self.application_path.replace(MARK, application)

    def page_of(self, application: str) -> str:
        """Return that page as a whole address, as it stands in mails."""
        return f"{self.base}{self.path_of(application)}"
