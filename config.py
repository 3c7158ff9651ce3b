"""Reads the environment: the only module that does. An unknown or bad setting stops the start with one clear line."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent

PLUGINS: Final = ("app.plugins.attendance", "app.plugins.referrals")
"""The plugins in the tree, by dotted path. `GIVEFIRST_PLUGINS` replaces the list; installed ones are named by entry point."""

_KNOWN: Final = frozenset(
    {
        "GIVEFIRST_DATABASE_URL",
        "GIVEFIRST_MIGRATION_DATABASE_URL",
        "GIVEFIRST_SECRET_KEY",
        "GIVEFIRST_BASE_URL",
        "GIVEFIRST_TRUSTED_HOSTS",
        "GIVEFIRST_MAIL_URL",
        "GIVEFIRST_PLUGINS",
        "GIVEFIRST_INSTANCE",
    }
)


class BadSetting(SystemExit):
    """A setting that cannot be used; the message is one line that says which and what to do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """All settings of one running application.

    `mail_url` is `smtp://…`, `smtps://…`, or empty: mails are then files in the instance folder's `outbox`.
    `base_url` feeds QR codes, mails, trusted hosts and the scheme of cookies.
    """

    instance: Path
    database_url: str
    migration_database_url: str
    secret_key: str
    base_url: str
    trusted_hosts: tuple[str, ...]
    mail_url: str
    plugins: tuple[str, ...]

    @property
    def is_https(self) -> bool:
        """Whether people reach the house over https, and cookies are to be Secure."""
        return self.base_url.startswith("https://")

    @property
    def mail_sender(self) -> str:
        """The address that mails come from: at the host of the base URL."""
        return f"Givefirst <no-reply@{urlsplit(self.base_url).hostname}>"

    @property
    def is_loopback(self) -> bool:
        """Whether the base address can be reached from this machine alone."""
        return urlsplit(self.base_url).hostname in {"127.0.0.1", "localhost", "::1"}


def from_environment(environment: Mapping[str, str] | None = None) -> Config:
    """Return the settings that `environment` (by default the process's own) asks for.

    Raises `BadSetting` with one line that names the setting. Makes the instance folder and, once, the secret
    key in it (mode 0600).
    """
    env = os.environ if environment is None else environment
    _refuse_unknown(env)
    instance = Path(env.get("GIVEFIRST_INSTANCE") or ROOT / "instance").resolve()
    base_url = _base_url(env.get("GIVEFIRST_BASE_URL") or "http://127.0.0.1:8000")
    database_url = _database_url(
        env.get("GIVEFIRST_DATABASE_URL") or f"sqlite:///{instance / 'givefirst.db'}"
    )
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadSetting(
            f"GIVEFIRST_INSTANCE={instance}: this folder cannot be made ({problem.strerror})."
        ) from problem
    return Config(
        instance=instance,
        database_url=database_url,
        migration_database_url=_database_url(env.get("GIVEFIRST_MIGRATION_DATABASE_URL") or database_url),
        secret_key=env.get("GIVEFIRST_SECRET_KEY") or _kept_secret(instance / "secret_key"),
        base_url=base_url,
        trusted_hosts=_trusted_hosts(env.get("GIVEFIRST_TRUSTED_HOSTS", ""), base_url),
        mail_url=_mail_url(env.get("GIVEFIRST_MAIL_URL", "")),
        plugins=tuple(name.strip() for name in env.get("GIVEFIRST_PLUGINS", "").split(",") if name.strip())
        or PLUGINS,
    )


def with_database(config: Config, url: str) -> Config:
    """Return the settings with another database for the web and for migrations alike."""
    return replace(config, database_url=url, migration_database_url=url)


def _refuse_unknown(env: Mapping[str, str]) -> None:
    unknown = sorted(name for name in env if name.startswith("GIVEFIRST_") and name not in _KNOWN)
    if unknown:
        raise BadSetting(f"Unknown setting {', '.join(unknown)}. Known are: {', '.join(sorted(_KNOWN))}.")


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise BadSetting(
            f"GIVEFIRST_BASE_URL={url}: give scheme and host, for instance https://groups.example.org."
        )
    return url.rstrip("/")


def _database_url(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting(
            f"GIVEFIRST_DATABASE_URL={url.rsplit('@', maxsplit=1)[-1]}: use sqlite:///… or postgresql+psycopg://…."
        )
    return url


def _mail_url(url: str) -> str:
    if url and (urlsplit(url).scheme not in {"smtp", "smtps", "smtp+starttls"} or not urlsplit(url).hostname):
        raise BadSetting(
            "GIVEFIRST_MAIL_URL: use smtp://user:password@host:port, smtps://… or smtp+starttls://…."
        )
    return url


def _trusted_hosts(listed: str, base_url: str) -> tuple[str, ...]:
    hosts = [host.strip() for host in listed.split(",") if host.strip()]
    own = urlsplit(base_url).hostname or ""
    loopback = ["127.0.0.1", "localhost"] if own in {"127.0.0.1", "localhost"} else []
    return tuple(dict.fromkeys([own, *loopback, *hosts]))


def _kept_secret(path: Path) -> str:
    """Return the secret key kept at `path`, making it the first time; two that start together agree on one."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text().strip()
        if len(kept) < 32:
            raise BadSetting(
                f"{path} holds no usable secret key; remove the file to have a new one made."
            ) from None
        return kept
    secret = secrets.token_hex(32)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    return secret
