"""Reads the environment: the only module that does. An unknown or bad setting stops the start with one clear line."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

ROOT: Final = Path(__file__).resolve().parent

PLUGINS: Final = (
    "app.plugins.attendance",
    "app.plugins.referrals",
    "app.plugins.activities",
    "app.plugins.welcome",
    "app.plugins.dues",
    "app.plugins.giving",
    "app.plugins.profiles",
    "app.plugins.joining",
    "app.plugins.firstyear",
    "app.plugins.credibility",
)
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
        migration_database_url=_database_url(
            env.get("GIVEFIRST_MIGRATION_DATABASE_URL") or database_url,
            name="GIVEFIRST_MIGRATION_DATABASE_URL",
        ),
        secret_key=env.get("GIVEFIRST_SECRET_KEY") or _kept_secret(instance / "secret_key"),
        base_url=base_url,
        trusted_hosts=_trusted_hosts(env.get("GIVEFIRST_TRUSTED_HOSTS", ""), base_url),
        mail_url=_mail_url(env.get("GIVEFIRST_MAIL_URL", "")),
        plugins=tuple(name.strip() for name in env.get("GIVEFIRST_PLUGINS", "").split(",") if name.strip())
        or PLUGINS,
    )


def _refuse_unknown(env: Mapping[str, str]) -> None:
    unknown = sorted(name for name in env if name.startswith("GIVEFIRST_") and name not in _KNOWN)
    if unknown:
        raise BadSetting(f"Unknown setting {', '.join(unknown)}. Known are: {', '.join(sorted(_KNOWN))}.")


def _base_url(url: str) -> str:
    parts = _parts_of(url)
    is_bare = (
        parts is not None and parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in url)
    )
    if parts is None or parts.scheme not in {"http", "https"} or not is_bare:
        raise BadSetting(
            f"GIVEFIRST_BASE_URL={url}: give scheme and host, for instance https://groups.example.org."
        )
    return url.rstrip("/")


def _database_url(url: str, *, name: str = "GIVEFIRST_DATABASE_URL") -> str:
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting(
            f"{name}={url.rsplit('@', maxsplit=1)[-1]}: use sqlite:///… or postgresql+psycopg://…."
        )
    return url


def _mail_url(url: str) -> str:
    parts = _parts_of(url)
    if url and (parts is None or parts.scheme not in {"smtp", "smtps", "smtp+starttls"}):
        raise BadSetting(
            "GIVEFIRST_MAIL_URL: use smtp://user:password@host:port, smtps://… or smtp+starttls://…."
        )
    return url


def _parts_of(url: str) -> SplitResult | None:
    """Return the parts of a URL that names a host and, if any, a port that there can be; else None."""
    try:
        parts = urlsplit(url)
        names_a_place = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if names_a_place else None


def _trusted_hosts(listed: str, base_url: str) -> tuple[str, ...]:
    hosts = [host.strip() for host in listed.split(",") if host.strip()]
    own = urlsplit(base_url).hostname or ""
    loopback = ["127.0.0.1", "localhost"] if own in {"127.0.0.1", "localhost"} else []
    return tuple(dict.fromkeys([own, *loopback, *hosts]))


def _kept_secret(path: Path) -> str:
    """Return the secret key kept at `path`, making it the first time; two that start together agree on one."""
    if not path.exists():
        _make_secret(path)
    kept = path.read_text().strip()
    if len(kept) < 32:
        raise BadSetting(f"{path} holds no usable secret key; remove the file to have a new one made.")
    return kept


def _make_secret(path: Path) -> None:
    """Write a new key beside `path` and link it there whole: nobody ever reads half of one, and the first one stays."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(unfinished)
    finally:
        unfinished.unlink()
