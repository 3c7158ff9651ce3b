"""Do the settings fit together? The address, sessions and the secret key, mail on its way, back-ups."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cli.doctor.finding import Finding
from app.core.access.models import AccountSessionRow
from app.core.access.services.sessions import STAYS_SIGNED_IN
from app.core.keeping.archive import SUFFIX
from app.core.notices.models import OutgoingMailRow
from app.core.notices.postman import SmtpPostman
from config import Config

WAITS_TOO_LONG = timedelta(minutes=15)
BACKUP_IS_OLD_AFTER = timedelta(days=8)


def address_findings(settings: Config) -> Iterator[Finding]:
    """Yield whether phones can reach the house, and safely."""
    advice = ""
    if settings.is_loopback:
        advice = "Phones cannot reach this address. Set GIVEFIRST_BASE_URL to one they can, with https."
    elif not settings.is_https:
        advice = (
            "Without https, cookies travel in the open and offline sign-in is off. Put a TLS proxy before it."
        )
    yield Finding(what=f"People reach the house at {settings.base_url}", advice=advice)


def session_findings(settings: Config, session: Session, now: datetime) -> Iterator[Finding]:
    """Yield how long people stay signed in, by what cookie, and what that hangs on."""
    alive = select(func.count()).where(AccountSessionRow.expires_at_utc > now)
    count = session.scalar(alive)
    yield Finding(
        what=f"People stay signed in for {STAYS_SIGNED_IN.days} days after their last visit; "
        f"{count} browsers are signed in now"
    )
    cookie = current_app.config["SESSION_COOKIE_NAME"]
    yield Finding(
        what=f"The cookie {cookie} travels over https only"
        if settings.is_https
        else f"The cookie {cookie} travels over plain http",
        advice=""
        if settings.is_https or settings.is_loopback
        else "Set GIVEFIRST_BASE_URL to an https address.",
    )
    yield _secret_key(settings)


def _secret_key(settings: Config) -> Finding:
    path = settings.instance / "secret_key"
    if not path.exists():
        return Finding(
            what="The secret key comes from GIVEFIRST_SECRET_KEY; changed, everybody signs in anew"
        )
    open_to_others = path.stat().st_mode & 0o077
    return Finding(
        what=f"The secret key stands in {path}; changed or lost, everybody signs in anew",
        is_wrong=bool(open_to_others),
        advice=f"Other users of this machine can read it. Type: chmod 600 {path}" if open_to_others else "",
    )


def mail_findings(settings: Config, session: Session, now: datetime) -> Iterator[Finding]:
    """Yield whether mail leaves the house: the server answers, nothing waits too long, nothing came back."""
    if settings.mail_url:
        yield _mail_server(settings)
    else:
        yield Finding(
            what=f"Mail is written to {settings.instance / 'outbox'}",
            advice="Nobody receives it. Set GIVEFIRST_MAIL_URL to an SMTP server, "
            "for instance smtp+starttls://user:password@mail.example.org:587.",
        )
    yield Finding(what=f"Mail comes from {settings.mail_sender}")
    yield _waiting(session, now)
    yield _lost(session)


def _mail_server(settings: Config) -> Finding:
    try:
        SmtpPostman(settings.mail_url, settings.mail_sender).greet()
    except (smtplib.SMTPException, OSError) as failure:
        return Finding(
            what=f"The mail server does not answer as it should: {type(failure).__name__}: {failure}",
            is_wrong=True,
            advice="Check host, port, user and password in GIVEFIRST_MAIL_URL. Mail waits up to three days, nothing is lost.",
        )
    return Finding(what="Mail leaves by SMTP; the server answers and takes our sign-in")


def _waiting(session: Session, now: datetime) -> Finding:
    waiting = OutgoingMailRow.state == "waiting"
    count = session.scalar(select(func.count()).where(waiting)) or 0
    oldest = session.scalar(
        select(OutgoingMailRow.created_at_utc)
        .where(waiting)
        .order_by(OutgoingMailRow.created_at_utc)
        .limit(1)
    )
    if oldest is None:
        return Finding(what="No mail waits")
    is_late = now - oldest > WAITS_TOO_LONG
    return Finding(
        what=f"{count} mails wait, the oldest since {oldest:%Y-%m-%d %H:%M} UTC",
        is_wrong=is_late,
        advice="Is the worker running? `script/server` starts it; elsewhere: flask --app wsgi jobs work. "
        "`flask --app wsgi jobs status` shows what the mail server said."
        if is_late
        else "",
    )


def _lost(session: Session) -> Finding:
    lost = select(func.count()).where(OutgoingMailRow.state.in_(["refused", "bounced", "expired"]))
    count = session.scalar(lost) or 0
    return Finding(
        what=f"{count} mails did not arrive",
        advice="Their addresses are shown to the leaders of each group under Members, Invite."
        if count
        else "",
    )


def backup_findings(settings: Config, now: datetime) -> Iterator[Finding]:
    """Yield when the data was last backed up here."""
    made = [path.stat().st_mtime for path in (settings.instance / "backups").glob(f"*{SUFFIX}")]
    if not made:
        yield Finding(
            what="No back-up stands in the instance folder",
            advice="Type: flask --app wsgi backup    and copy the file to another machine, once a week or more.",
        )
        return
    last = datetime.fromtimestamp(max(made), tz=now.tzinfo)
    is_old = now - last > BACKUP_IS_OLD_AFTER
    yield Finding(
        what=f"The last back-up was made on {last:%Y-%m-%d %H:%M} UTC",
        advice="That is more than a week ago. Type: flask --app wsgi backup" if is_old else "",
    )
