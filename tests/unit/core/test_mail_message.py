"""How does a mail travel: which headers, and can a subject, address or name smuggle in another?"""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from app.core.ids import GroupId
from app.core.notices.outbox import Mail, Undeliverable
from app.core.notices.postman import SmtpPostman, message_of, postman_for
from app.core.notices.stopping import StopLine, Stoppable

SENDER = "Givefirst <no-reply@groups.example.org>"


def mail(**other: Any) -> Mail:
    values: dict[str, Any] = {
        "id": 5,
        "address": "ana@harbour.example",
        "subject": "Ana, ein Grüß und 中文",
        "body": "Hello Ana,\n\na slip waits — £5.\n",
        "message_id": "<5.abc@givefirst>",
        "created_at_utc": datetime(2026, 11, 24, 7, 0, tzinfo=UTC),
        "attempts": 0,
    }
    return Mail(**(values | other))


def as_received(sent: Mail) -> EmailMessage:
    return message_from_bytes(message_of(sent, SENDER).as_bytes(), policy=policy.default)


def test_mail_says_who_writes_to_whom_about_what_and_when() -> None:
    received = as_received(mail())
    assert {name: str(value) for name, value in received.items() if name != "MIME-Version"} == {
        "From": SENDER,
        "To": "ana@harbour.example",
        "Subject": "Ana, ein Grüß und 中文",
        "Date": "Tue, 24 Nov 2026 07:00:00 +0000",
        "Message-ID": "<5.abc@givefirst>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": received["Content-Transfer-Encoding"],
    }
    assert received.get_content() == "Hello Ana,\n\na slip waits — £5.\n"


def test_link_that_stops_a_mail_travels_on_one_line_and_unencoded() -> None:
    stop = StopLine(
        group_id=GroupId(7),
        group_slug="harbour",
        group_name="Café Ü 100 %(link)s",
        member_public_id="abc",
        what=Stoppable.NEWS,
        language="en",
        written_at=datetime(2026, 11, 24, tzinfo=UTC),
    )
    link = f"https://groups.example.org/stop/harbour/{'Wy' * 150}"
    for to in ("ana@harbour.example", "änä@harbour.example"):
        sent = message_of(mail(stop=stop, address=to), SENDER, lambda line: f"{link}.{line.what}")
        assert f"\nList-Unsubscribe: <{link}.news>\n".encode() in sent.as_bytes()
        assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "belong to Café Ü 100 %(link)s." in sent.get_content()
    assert message_of(mail(stop=stop), SENDER)["List-Unsubscribe"] is None, "nobody makes links here"


def test_same_mail_tried_again_is_the_same_to_the_byte() -> None:
    assert message_of(mail(), SENDER).as_bytes() == message_of(mail(attempts=3), SENDER).as_bytes()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n", "\x0b", "\x85", "\u2028"])
def test_subject_with_a_line_break_adds_no_header(line_end: str) -> None:
    received = as_received(mail(subject=f"Slip for Ana{line_end}Bcc: thief@elsewhere.example{line_end}"))
    assert received["Bcc"] is None
    assert received["Subject"] == "Slip for Ana Bcc: thief@elsewhere.example"
    assert received.get_content().startswith("Hello Ana")


def test_very_long_subject_is_folded_and_arrives_whole() -> None:
    subject = "Grüße " * 60 + "Ende"
    assert as_received(mail(subject=subject))["Subject"] == subject


@pytest.mark.parametrize(
    "broken",
    [
        {"address": "ana@harbour.example\nBcc: thief@elsewhere.example"},
        {"address": "ana@harbour.example\r\n\r\nhello"},
        {"message_id": "<5@givefirst>\nBcc: thief@elsewhere.example"},
        {"body": "a lone surrogate \udce9"},
    ],
)
def test_mail_that_cannot_be_written_is_undeliverable_and_stops_no_other(broken: dict[str, str]) -> None:
    with pytest.raises(Undeliverable, match="cannot be written as a mail"):
        message_of(mail(**broken), SENDER)


def test_body_with_lines_like_headers_or_a_full_stop_arrives_as_written() -> None:
    body = "Subject: not this\n.\n..\nFrom the harbour\n"
    assert as_received(mail(body=body)).get_content() == body


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example.org", 25),
        ("smtp://ana:x%40y@mail.example.org", 587),
        ("smtps://mail.example.org", 465),
        ("smtp+starttls://ana:x@mail.example.org:2525", 2525),
    ],
)
def test_port_is_the_usual_one_of_the_way_unless_named(
    url: str, port: int, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[tuple[str, int]] = []

    def refuse(host: str, at: int, **_options: Any) -> None:
        tried.append((host, at))
        raise ConnectionRefusedError

    monkeypatch.setattr("app.core.notices.postman.smtplib.SMTP", refuse)
    monkeypatch.setattr("app.core.notices.postman.smtplib.SMTP_SSL", refuse)
    postman = postman_for(url, outbox=tmp_path, sender=SENDER)
    assert isinstance(postman, SmtpPostman)
    with pytest.raises(Exception, match="ConnectionRefusedError"):
        postman(mail())
    assert tried == [("mail.example.org", port)]
