"""The headers of every answer: a strict content policy, and no copy of a signed-in page left in a cache."""

from flask import Flask, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)
from werkzeug.wrappers import Response


def content_policy() -> ContentSecurityPolicy:
    """Return the policy: everything from this house, nothing inline, nobody frames us."""
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'")
        .media_src("'self'")
        .connect_src("'self'")
        .manifest_src("'self'")
        .worker_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )


def send_headers(app: Flask, *, is_https: bool) -> None:
    """Add the headers to every answer of `app`; strict transport only where the base URL is https."""
    policies = Secure(
        csp=content_policy(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=PermissionsPolicy().camera().microphone().geolocation(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions(),
        xfo=XFrameOptions().deny(),
        hsts=StrictTransportSecurity().max_age(63_072_000).include_subdomains() if is_https else None,
    )
    headers = dict(policies.headers)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static" and "v" not in request.args:
            # Modules import one another by plain addresses: what carries no mark of its content is asked about each time.
            response.headers["Cache-Control"] = "no-cache"
        elif request.endpoint != "static" and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
