"""The steps of `create_app`, one function each: what is bound to the application, and in which order it must be."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from flask import Flask, has_app_context, has_request_context, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.orm import Session

from app.cli import add_commands
from app.core.access.queries import signed_in_by
from app.core.access.services.sessions import needs_renewal, renew_session
from app.core.clock import Clock
from app.core.database import ENGINE_OPTIONS, begin_in, prepare_engine, transaction_mode
from app.core.ids import Ids
from app.core.keeping.open_house import Opening
from app.core.people.former import call_former_members
from app.core.refusals import CORE_SENTENCES
from app.core.work import HOUSE
from app.extensions import babel, csrf, db, limiter, login_manager
from app.http.errors import answer_failures
from app.http.headers import send_headers
from app.http.identity import SessionUser
from app.http.locales import chosen_locale, group_locale_at_hand
from app.http.rendering import prepare_templates
from app.http.sentences import Sentences
from app.http.unreadable import refuse_unreadable
from app.http.words import WordsOfTheGroup
from app.plugin_api import Plugin
from app.plugin_runtime.bus import Bus
from app.plugin_runtime.discovery import MisfitPlugin, UnknownPlugin, find_plugins
from app.plugin_runtime.dispatch import Dispatch
from app.plugin_runtime.registry import Registry
from app.plugin_runtime.routing import declare, mount_groups
from app.plugin_runtime.runtime import EXTENSION, Runtime
from app.web import mount_core_pages
from app.web.group_pages import CORE_GROUP_PAGES, CORE_IMPORTERS, core_nav
from config import BadSetting, Config

LOCALES = ("en-GB", "en-US")
"""What a stranger's browser may choose from; the first is the default."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def prepare_database(app: Flask, settings: Config) -> None:
    """Bind the database; requests that only read begin read-only transactions."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        **ENGINE_OPTIONS,
        "pool_pre_ping": settings.database_url.startswith("postgresql"),
    }
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)

    opening = Opening(settings.instance)

    @app.before_request
    def choose_transaction() -> None:
        opening.hold()
        begin_in("read" if request.method in _READING else "write")

    @app.teardown_request
    def forget_transaction(_failure: BaseException | None) -> None:
        begin_in("write")


def prepare_languages(app: Flask) -> None:
    """Choose the language, the person's own; days, amounts and the words for things are the group's."""
    app.config["BABEL_DEFAULT_LOCALE"] = LOCALES[0].replace("-", "_")

    def locale() -> str:
        if not has_request_context():
            return LOCALES[0].replace("-", "_")
        signed_in = current_user.signed_in if current_user and current_user.is_authenticated else None
        browsers = request.accept_languages.best_match(LOCALES) or LOCALES[0]
        return chosen_locale(signed_in.language if signed_in else "", group_locale_at_hand(), browsers)

    @app.before_request
    def call_the_erased() -> None:
        call_former_members(gettext)

    @app.teardown_request
    def call_them_plainly(_failure: BaseException | None) -> None:
        # A job that runs on in this context has no request whose language could be asked.
        call_former_members(str)

    babel.init_app(app, locale_selector=locale)
    babel.domain_instance = WordsOfTheGroup()


def prepare_edge(app: Flask, settings: Config) -> None:
    """Cookies by the scheme of the base URL, trusted hosts, forms with a token, headers, limits, error pages."""
    name = "givefirst"
    app.config.update(
        SESSION_COOKIE_NAME=f"__Host-{name}" if settings.is_https else name,
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        PREFERRED_URL_SCHEME="https" if settings.is_https else "http",
        WTF_CSRF_SSL_STRICT=settings.is_https,
    )
    refuse_unreadable(app)
    csrf.init_app(app)
    limiter.init_app(app)
    send_headers(app, is_https=settings.is_https)
    answer_failures(app)
    prepare_templates(app)


def build_runtime(
    app: Flask, settings: Config, plugins: Sequence[Plugin] | None, clock: Clock, ids: Ids
) -> Runtime:
    """Find the plugins and hold together what requests, commands and jobs share."""
    try:
        found = find_plugins(settings.plugins) if plugins is None else list(plugins)
    except (UnknownPlugin, MisfitPlugin) as unusable:
        raise BadSetting(str(unusable)) from unusable
    registry = Registry(found, CORE_IMPORTERS)

    def new_session() -> Session:
        with app.app_context():
            return Session(db.engine, expire_on_commit=False)

    def within() -> AbstractContextManager[object]:
        return nullcontext() if has_app_context() else app.app_context()

    bus = Bus(registry, new_session, clock, ids, within=within)
    held = Runtime(
        clock=clock,
        ids=ids,
        registry=registry,
        dispatch=Dispatch(registry, core_nav, strict=app.testing),
        bus=bus,
        request_session=db.session,
        new_session=new_session,
    )
    app.extensions[EXTENSION] = held
    return held


def prepare_sentences(app: Flask, held: Runtime) -> None:
    """Gather the sentence of every refusal code, from core and from each plugin."""
    sentences = Sentences()
    sentences.add(CORE_SENTENCES)
    for plugin in held.registry.plugins:
        sentences.add(plugin.manifest.sentences)
    app.extensions["givefirst.sentences"] = sentences


def prepare_sign_in(app: Flask, held: Runtime) -> None:
    """Let Flask-Login ask the database at every request whose session the cookie names."""
    # Sessions live in the database and can be ended there; "strong" would sign phones out when the Wi-Fi changes.
    login_manager.session_protection = None
    login_manager.init_app(app)

    def load(token: str) -> SessionUser | None:
        now = held.clock.now()
        signed_in = signed_in_by(held.request_session(), token, now)
        if signed_in is None:
            return None
        # Not while a form is sent: this request may hold the one write lock of SQLite already. Every form leads to a page.
        if request.method in _READING and needs_renewal(signed_in.seen_at_utc, now):
            with transaction_mode("write"), held.new_session() as session:
                renew_session(held.work(session, HOUSE), signed_in.token_hash)
        return SessionUser(token, signed_in)

    login_manager.user_loader(load)


def mount_pages(app: Flask, held: Runtime) -> None:
    """Hang every page under its parent, and every command under `flask`."""
    declare(app, "static", "public")
    mount_core_pages(app)
    mount_groups(app, held.registry, CORE_GROUP_PAGES)
    add_commands(app)
