"""Givefirst: the application, put together from its parts in named steps."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Flask

from app.core.clock import Clock, SystemClock
from app.core.ids import Ids, RandomIds
from app.http.late_rules import LateRule
from app.http.logging import prepare_logging
from app.plugin_api import Plugin
from app.setup import (
    build_runtime,
    mount_pages,
    prepare_database,
    prepare_edge,
    prepare_languages,
    prepare_sentences,
    prepare_sign_in,
)
from config import Config, from_environment

BODY_LIMIT = 12 * 1024 * 1024
"""A spreadsheet of 10 MB and its form; every other field has a bound of its own."""


def create_app(
    config: Config | None = None,
    plugins: Sequence[Plugin] | None = None,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    testing: bool = False,
) -> Flask:
    """Return a new application. Without `config` the environment decides, without `plugins` the settings' list.

    With `testing` a plugin's hook that raises is not caught, so that a test sees it.
    """
    prepare_logging()
    settings = config or from_environment()
    app = Flask("app", static_folder="http/static", template_folder="http/templates")
    app.url_rule_class = LateRule
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=testing,
        GIVEFIRST_BASE_URL=settings.base_url,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=2_000,
        PERMANENT_SESSION_LIFETIME=timedelta(days=180),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["givefirst.config"] = settings
    prepare_database(app, settings)
    prepare_languages(app)
    prepare_edge(app, settings)
    held = build_runtime(app, settings, plugins, clock or SystemClock(), ids or RandomIds())
    prepare_sentences(app, held)
    prepare_sign_in(app, held)
    mount_pages(app, held)
    return app
