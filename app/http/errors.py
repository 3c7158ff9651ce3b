"""What people see when something is not there, not theirs, refused or broken: one page each, kind and exact."""

from secrets import token_hex

import structlog
from flask import Flask, Response, current_app, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
    TooManyRequests,
)
from werkzeug.exceptions import (
    NotFound as PageNotFound,
)

from app.core.errors import NotFound, Refused
from app.core.keeping.open_house import HouseIsShutError
from app.http.door import answer_script, wants_json
from app.http.sentences import sentence

log = structlog.get_logger("givefirst.http")


def answer_failures(app: Flask) -> None:
    """Give every expected and unexpected failure its page."""
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(PageNotFound, _not_found)
    app.register_error_handler(MethodNotAllowed, _wrong_method)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(BadRequest, _bad_request)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(HouseIsShutError, _shut)
    app.register_error_handler(Exception, _broken)


def not_of_this_office(title: str, offices: str, home_url: str) -> tuple[str, int]:
    """Return the page that says kindly which offices may do this (403)."""
    return render_template("errors/403.html", deed=title, offices=offices, home_url=home_url), 403


def _not_found(_failure: Exception) -> tuple[str, int]:
    return render_template("errors/404.html"), 404


def _wrong_method(failure: MethodNotAllowed) -> tuple[str, int, dict[str, str]]:
    allowed = {"Allow": ", ".join(sorted(failure.valid_methods or ()))}
    return (
        render_template("errors/400.html", reason=_("This address is reached by a button on a page.")),
        405,
        allowed,
    )


def _refused(refused: Refused) -> tuple[str, int]:
    reasons = [sentence(refusal) for refusal in refused.refusals]
    return render_template("errors/422.html", reasons=reasons), 422


def _form_too_old(_failure: CSRFError) -> tuple[str, int]:
    reason = _("This form is too old or came from elsewhere. Go back, reload the page and send it again.")
    return render_template("errors/400.html", reason=reason), 400


def _bad_request(_failure: BadRequest) -> tuple[str, int]:
    return render_template(
        "errors/400.html", reason=_("The browser sent something this page cannot read.")
    ), 400


def _too_large(_failure: RequestEntityTooLarge) -> tuple[str, int]:
    megabytes = int(current_app.config["MAX_CONTENT_LENGTH"]) // 1024 // 1024
    return render_template("errors/413.html", limit=f"{megabytes} MB"), 413


def _too_many(_failure: TooManyRequests) -> tuple[str, int] | Response:
    if wants_json():
        return answer_script(429, code="slow_down")
    return render_template("errors/429.html"), 429


def _shut(_failure: HouseIsShutError) -> tuple[str, int, dict[str, str]]:
    return render_template("errors/503.html"), 503, {"Retry-After": "60"}


def _broken(failure: Exception) -> tuple[str, int] | HTTPException:
    if isinstance(failure, HTTPException):
        return failure
    reference = token_hex(4)
    log.error("A request failed", reference=reference, exc_info=failure)
    return render_template("errors/500.html", reference=reference), 500
