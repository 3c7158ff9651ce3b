"""Mail against a real server that works, refuses, hangs up or is down: is none lost, and does nobody get it often?"""

from collections import Counter
from datetime import timedelta

import pytest

from app.core.notices.outbox import LEASE, Mail, TryLater, claim, send_due
from app.core.notices.postman import FolderPostman, postman_for
from app.core.notices.services import MAIL_LIVES, Enclosure, Letter, write_to_member
from tests.support.letters import SENDER, Outbox, address_of, by_smtp
from tests.support.mail_trial import tried
from tests.support.parallel import at_once
from tests.support.smtp import Behaviour, Postbox, running_postbox
from tests.support.town import Town

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def outbox(town: Town, request: pytest.FixtureRequest) -> Outbox:
    with town.act() as work:
        work.session.connection().exec_driver_sql("DELETE FROM outgoing_mail")
    number = request.session.items.index(request.node)
    group = town.group(f"outbox-{number}", plugins=())
    return Outbox(town=town, group=group, member=town.member(group))


def copies(postbox: Postbox) -> Counter[str]:
    """Return how often each address was written to."""
    return Counter(received.recipients[0] for received in postbox.messages)


def message_ids(postbox: Postbox, number: int) -> set[str]:
    return {str(received.message["Message-ID"]) for received in postbox.to(address_of(number))}


def test_two_hundred_mails_arrive_once_each_with_an_id_of_its_own(outbox: Outbox) -> None:
    numbers = range(220)
    outbox.write(*numbers)
    with running_postbox() as postbox:
        assert outbox.send(by_smtp(postbox)) == 220
        assert copies(postbox) == {address_of(number): 1 for number in numbers}
        assert len(set.union(*(message_ids(postbox, number) for number in numbers))) == 220
        (received,) = postbox.to(address_of(7))
        assert (received.message["Subject"], received.text) == ("Letter 7", "This is letter 7.\n")
        assert received.sender == "no-reply@localhost"
    assert outbox.states() == {"sent": 220}


def test_server_of_moods_loses_none_of_two_hundred_mails_and_sends_none_more_than_twice(
    outbox: Outbox,
) -> None:
    outcome = tried(outbox, 200, seed=5)
    assert outcome.holds, outcome


@pytest.mark.parametrize(
    ("behaviour", "most_copies"), [("refuse", 1), ("hang up before", 1), ("hang up after", 2)]
)
def test_server_that_fails_for_now_loses_nothing_and_doubles_at_most_once(
    outbox: Outbox, behaviour: Behaviour, most_copies: int
) -> None:
    numbers = range(25)
    outbox.write(*numbers)
    with running_postbox() as postbox:
        postbox.behaviour = behaviour
        assert outbox.send(by_smtp(postbox)) == 0
        assert outbox.send(by_smtp(postbox)) == 0, "a second batch of the same moment"
        assert outbox.states() == {"waiting": 25}
        postbox.behaviour = "accept"
        outbox.town.pass_time(seconds=19)
        assert outbox.send(by_smtp(postbox)) == 0, "not yet due"
        outbox.town.pass_time(seconds=1)
        assert outbox.send(by_smtp(postbox)) == 25
        assert copies(postbox) == {address_of(number): most_copies for number in numbers}
        assert all(len(message_ids(postbox, number)) == 1 for number in numbers), "a copy is seen as a copy"
    assert outbox.states() == {"sent": 25}


def test_mail_that_the_server_refuses_for_good_is_not_tried_again_and_says_why(outbox: Outbox) -> None:
    outbox.write(1)
    with running_postbox() as postbox:
        postbox.behaviour = "refuse for good"
        assert outbox.send(by_smtp(postbox)) == 0
        postbox.behaviour = "accept"
        outbox.town.pass_time(days=1)
        assert outbox.send(by_smtp(postbox)) == 0
        assert postbox.messages == ()
    assert outbox.states() == {"refused": 1}
    assert "550" in str(outbox.town.value("SELECT last_error FROM outgoing_mail"))


def test_server_that_is_down_for_a_day_loses_nothing(outbox: Outbox) -> None:
    outbox.write(1, 2, 3)
    with running_postbox() as postbox:
        pass
    down = by_smtp(postbox)
    attempts = 0
    for _half_hour in range(48):
        outbox.send(down)
        outbox.town.pass_time(seconds=HALF_AN_HOUR.total_seconds())
        attempts += 1
    assert outbox.states() == {"waiting": 3}
    assert outbox.town.value("SELECT min(attempts) FROM outgoing_mail") == attempts
    assert "ConnectionRefusedError" in str(outbox.town.value("SELECT max(last_error) FROM outgoing_mail"))
    with running_postbox() as postbox:
        assert outbox.send(by_smtp(postbox)) == 3
        assert set(copies(postbox).values()) == {1}


def test_mail_that_was_tried_for_weeks_is_still_settled(outbox: Outbox) -> None:
    outbox.write(1)
    with outbox.town.act() as work:
        work.session.connection().exec_driver_sql("UPDATE outgoing_mail SET attempts = 600")

    def down(_mail: Mail) -> None:
        raise TryLater("down")

    outbox.send(down)
    assert outbox.town.value("SELECT attempts FROM outgoing_mail") == 601


def test_mail_is_not_sent_after_it_became_pointless(outbox: Outbox) -> None:
    outbox.write(1)
    outbox.town.pass_time(seconds=MAIL_LIVES.total_seconds())
    outbox.write(2)
    outbox.town.pass_time(seconds=1)
    with running_postbox() as postbox:
        assert outbox.send(by_smtp(postbox)) == 1
        assert copies(postbox) == {address_of(2): 1}
    assert outbox.states() == {"expired": 1, "sent": 1}


def test_workers_at_once_share_the_mails_and_send_none_twice(outbox: Outbox) -> None:
    numbers = range(90)
    outbox.write(*numbers)
    with running_postbox() as postbox:
        postman = by_smtp(postbox)
        sent = at_once(3, lambda _number: outbox.send(postman))
        assert [one for one in sent if isinstance(one, Exception)] == []
        assert sum(one for one in sent if isinstance(one, int)) == 90
        assert copies(postbox) == {address_of(number): 1 for number in numbers}


def test_worker_that_ends_between_server_and_note_costs_one_copy(outbox: Outbox) -> None:
    outbox.write(1)
    with running_postbox() as postbox:
        postman = by_smtp(postbox)

        def send_and_end(mail: Mail) -> None:
            postman(mail)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            send_due(outbox.new_work, send_and_end)
        assert outbox.send(postman) == 0, "leased"
        outbox.town.pass_time(seconds=LEASE.total_seconds())
        assert outbox.send(postman) == 1
        assert copies(postbox) == {address_of(1): 2}
        assert len(message_ids(postbox, 1)) == 1


def test_worker_held_up_by_a_slow_server_leaves_the_rest_to_whoever_claims_it_next(outbox: Outbox) -> None:
    outbox.write(*range(12))
    taken: list[str] = []

    def slow(mail: Mail) -> None:
        taken.append(mail.address)
        outbox.town.pass_time(seconds=40)

    first = send_due(outbox.new_work, slow)
    assert 0 < first < 12
    outbox.town.pass_time(seconds=LEASE.total_seconds())
    while send_due(outbox.new_work, slow):
        outbox.town.pass_time(seconds=LEASE.total_seconds())
    assert len(taken) == len(set(taken)) == 12


def test_mail_that_cannot_be_written_stops_no_other(outbox: Outbox) -> None:
    outbox.write(1, 2, 3)
    with outbox.town.act() as work:
        work.session.connection().exec_driver_sql(
            "UPDATE outgoing_mail SET address = 'two' || chr(10) || 'lines@x.example' WHERE subject_key = '1'"
            if work.session.get_bind().dialect.name == "postgresql"
            else "UPDATE outgoing_mail SET address = 'two' || char(10) || 'lines@x.example' WHERE subject_key = '1'"
        )
    with running_postbox() as postbox:
        assert outbox.send(by_smtp(postbox)) == 2
        assert copies(postbox) == {address_of(2): 1, address_of(3): 1}
    assert outbox.states() == {"refused": 1, "sent": 2}


def test_same_news_is_written_once_however_often_it_is_told(outbox: Outbox) -> None:
    outbox.write(1)
    outbox.write(1)
    at_once(4, lambda _number: outbox.write(1))
    assert outbox.states() == {"waiting": 1}
    outbox.write(1, period="2026-W48")
    outbox.write(1, kind="tests.other")
    assert outbox.states() == {"waiting": 3}


def test_two_workers_never_claim_the_same_mail(outbox: Outbox) -> None:
    outbox.write(*range(30))
    first, second = claim(outbox.new_work()[1]), claim(outbox.new_work()[1])
    assert (len(first), len(second)) == (20, 10)
    assert {mail.id for mail in first}.isdisjoint(mail.id for mail in second)


def test_mail_goes_to_a_folder_where_no_server_is_set(
    outbox: Outbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("instance") / "outbox"
    postman = postman_for("", outbox=folder, sender=SENDER)
    outbox.write(1, 2)
    assert outbox.send(postman) == 2
    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert "This is letter 1." in files[0].read_text() + files[1].read_text()


def test_folder_that_cannot_be_written_to_loses_nothing(
    outbox: Outbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    in_the_way = tmp_path_factory.mktemp("instance") / "outbox"
    in_the_way.write_text("a file")
    outbox.write(1)
    assert outbox.send(FolderPostman(in_the_way, SENDER)) == 0
    assert outbox.states() == {"waiting": 1}


def test_calendar_entry_travels_with_its_mail(outbox: Outbox) -> None:
    entry = "BEGIN:VCALENDAR\r\nSUMMARY:Café\r\nEND:VCALENDAR\r\n"
    letter = Letter(
        kind="tests.entry",
        subject="Moved",
        body="It is moved.\n",
        subject_key="1",
        attached=Enclosure(name="meetings.ics", content_type="text/calendar; method=PUBLISH", text=entry),
    )
    with outbox.town.act() as work:
        write_to_member(work, group_id=outbox.group.id, member_id=outbox.member.id, letter=letter)
    with running_postbox() as postbox:
        assert outbox.send(by_smtp(postbox)) == 1
        (received,) = postbox.messages
    (part,) = received.message.iter_attachments()
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "PUBLISH")
    assert part.get_filename() == "meetings.ics"
    assert part.get_content().splitlines() == entry.splitlines()
