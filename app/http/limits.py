"""How often may one device, or one network, ask? By device first: a whole group sits behind one address."""

from collections.abc import Callable

from flask import request

from app.core.access.domain.secret import hash_of
from app.extensions import limiter
from app.http.door import device_cookie
from app.http.page import Answer

View = Callable[..., Answer]


def limited_by_device(rate: str, kind: str) -> Callable[[View], View]:
    """Return a decorator that lets each device of a kind ask `rate`, for instance `120 per minute`."""

    def device() -> str:
        return f"{kind}:{hash_of(request.cookies.get(device_cookie(kind), ''))}"

    def decorate(view: View) -> View:
        limited: View = limiter.limit(rate, key_func=device)(view)
        return limited

    return decorate


def posts_limited_by_network(rate: str) -> Callable[[View], View]:
    """Return a decorator that lets each network address post `rate`; looking is free."""

    def decorate(view: View) -> View:
        limited: View = limiter.limit(rate, methods=["POST"])(view)
        return limited

    return decorate


def posts_limited_by_field(field: str, rate: str) -> Callable[[View], View]:
    """Return a decorator that lets one and the same content of a field be posted `rate`, whoever posts it."""

    def typed() -> str:
        return f"{field}:{hash_of(request.form.get(field, '').strip().casefold())}"

    def decorate(view: View) -> View:
        limited: View = limiter.limit(rate, key_func=typed, methods=["POST"])(view)
        return limited

    return decorate
