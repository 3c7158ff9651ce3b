"""Mail that came back: the reports of mail servers as they are written, and what they change."""

import pytest
from click.testing import Result

from app.core.notices.bounces import mark_bounced, read_report
from tests.support.letters import Outbox, address_of
from tests.support.town import Town

REPORT = """From: MAILER-DAEMON@mail.example.org
To: no-reply@groups.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such
 mailbox here

--b
Content-Type: text/rfc822-headers

From: Givefirst <no-reply@groups.example.org>
To: {address}
Message-ID:
 {message_id}
Subject: Letter

--b--
"""


def report(address: str, message_id: str = "", action: str = "failed") -> bytes:
    return REPORT.format(address=address, message_id=message_id, action=action).encode()


def sent_letter(town: Town, slug: str, number: int) -> str:
    """Send a letter and return its Message-ID."""
    group = town.group(slug)
    outbox = Outbox(town=town, group=group, member=town.member(group))
    outbox.write(number)
    outbox.send(lambda _mail: None)
    query = f"SELECT message_id FROM outgoing_mail WHERE address = '{address_of(number)}' ORDER BY id DESC LIMIT 1"
    return str(town.value(query))


def state_of(town: Town, number: int) -> str:
    query = f"SELECT state FROM outgoing_mail WHERE address = '{address_of(number)}' ORDER BY id DESC LIMIT 1"
    return str(town.value(query))


def bounce(town: Town, raw: bytes) -> int:
    found = read_report(raw)
    assert found is not None
    with town.act() as work:
        return mark_bounced(work, found)


def test_a_report_tells_address_message_id_and_words() -> None:
    found = read_report(report("Ana@X.pt", "<12.abc@givefirst>"))
    assert found is not None
    assert found.addresses == ("ana@x.pt",)
    assert found.message_ids == ("<12.abc@givefirst>",)
    assert found.said == "smtp; 550 5.1.1 no such mailbox here"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_of_no_failure_is_none(action: str) -> None:
    assert read_report(report("ana@x.pt", action=action)) is None


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Subject: hello\n\nno report", report("a@b")[:300]])
def test_anything_else_is_no_report(raw: bytes) -> None:
    assert read_report(raw) is None


def test_the_mail_is_known_by_its_message_id_and_marked_once(town: Town) -> None:
    message_id = sent_letter(town, "bounced-id", 901)
    raw = report("somewhere@else.example", message_id)
    assert [bounce(town, raw), bounce(town, raw)] == [1, 0]
    assert state_of(town, 901) == "bounced"


def test_without_its_message_id_the_latest_mail_to_the_address_is_meant(town: Town) -> None:
    sent_letter(town, "bounced-address", 902)
    assert bounce(town, report(address_of(902).upper())) == 1
    assert state_of(town, 902) == "bounced"


def test_a_report_of_strangers_marks_nothing(town: Town) -> None:
    sent_letter(town, "bounced-nobody", 903)
    assert bounce(town, report("stranger@nowhere.example", "<1.x@elsewhere>")) == 0
    assert state_of(town, 903) == "sent"


def run(town: Town, raw: bytes) -> Result:
    return town.app.test_cli_runner().invoke(args=["mail", "bounced"], input=raw)


def test_the_command_says_what_it_marked_and_refuses_the_rest(town: Town) -> None:
    message_id = sent_letter(town, "bounced-command", 904)
    marked = run(town, report("x@y.example", message_id))
    assert (marked.exit_code, marked.output) == (0, "1 marked as come back.\n")
    again = run(town, report("x@y.example", message_id))
    assert again.exit_code == 1
    assert "no mail of this house" in again.output
    other = run(town, b"Subject: hello\n\n")
    assert other.exit_code == 1
    assert "no report" in other.output
