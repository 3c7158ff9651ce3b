"""Who is signed in, through Flask-Login: the cookie holds a session token, and the database says whose it is."""

from flask_login import UserMixin, current_user

from app.core.access.domain.viewer import SignedIn


class SessionUser(UserMixin):
    """The signed-in person as Flask-Login wants one; `get_id` is the session's token, never an account's key."""

    def __init__(self, token: str, signed_in: SignedIn | None = None) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        return self.token


def who_is_signed_in() -> SignedIn | None:
    """Return who is signed in at this request, read from the database, or None for a stranger."""
    return current_user.signed_in if current_user.is_authenticated else None
