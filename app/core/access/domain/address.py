"""E-mail addresses: what is one, and when two are the same."""

from email_validator import EmailNotValidError, validate_email

from app.core.errors import Refusal, Refused


def folded_address(text: str) -> str:
    """Return the address as it is kept and compared: trimmed, lower case; refused as `access.bad_address`."""
    try:
        checked = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as bad:
        raise Refused(
            [Refusal(code="access.bad_address", facts={"address": text[:80]}, field="email")]
        ) from bad
    return checked.normalized.casefold()
