"""Invitations: sent with link and code, accepted in every group, corrected; who is known elsewhere joins by accepting."""

import re

import pytest

from app.core.access.domain.invitation import InvitationState
from app.core.access.queries import account_of_person, good_link, signed_in_by
from app.core.access.services.invitations import accept_invitations, correct_address, invite
from app.core.access.services.links import (
    forget_old_links,
    spend_try,
    use_up,
)
from app.core.access.services.sessions import start_session
from app.core.access.services.signing_in import ask_to_sign_in
from app.core.errors import Refused
from app.core.groups.queries import MemberLine
from app.core.groups.welcoming import NewMember, take_in
from app.core.notices.outbox import send_due
from app.core.notices.postman import SmtpPostman
from app.core.people.domain.name import Name
from tests.support.inviting import (
    ADDRESS,
    KEY,
    inviting,
    latest_mail,
    line_of,
    send_invitation,
    try_code,
)
from tests.support.letters import Outbox
from tests.support.parallel import at_once
from tests.support.smtp import running_postbox
from tests.support.town import Town


def test_an_invitation_is_noted_with_its_mail_and_accepted_by_coming_in(town: Town) -> None:
    group = town.group("noted")
    member = town.member(group, "Ana Sousa")
    assert line_of(town, group, member).state is InvitationState.NOT_INVITED
    send_invitation(town, group, member)
    assert line_of(town, group, member).state is InvitationState.WAITING
    with town.act() as work:
        accept_invitations(work, member.person_id)
    line = line_of(town, group, member)
    assert (line.state, line.times_sent, line.opened_at_utc) == (InvitationState.OPENED, 1, town.now)
    town.assert_ledger_whole(group)


def test_one_that_is_invited_by_several_groups_accepts_them_all_at_once(town: Town) -> None:
    groups = [town.group("first"), town.group("second")]
    members = [town.member(group, "Bea Lima", email="bea@lima.example") for group in groups]
    for group, member in zip(groups, members, strict=True):
        send_invitation(town, group, member)
    with town.act() as work:
        accept_invitations(work, members[0].person_id)
    states = [line_of(town, *pair).state for pair in zip(groups, members, strict=True)]
    assert states == [InvitationState.OPENED] * 2


def test_the_code_is_kept_as_a_hash_alone_and_opens_once(town: Town) -> None:
    group = town.group("hashed")
    member = town.member(group)
    _token, code = send_invitation(town, group, member)
    kept = town.value("SELECT code_hash FROM account_link ORDER BY created_at_utc DESC, token_hash LIMIT 1")
    assert len(str(kept)) == 64
    assert [try_code(town, member.email, code) for _time in range(2)] == [True, False]


def test_five_wrong_codes_end_the_code_and_leave_the_link(town: Town) -> None:
    group = town.group("five")
    member = town.member(group)
    token, code = send_invitation(town, group, member)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert [try_code(town, member.email, wrong) for _time in range(5)] == [False] * 5
    assert not try_code(town, member.email, code)
    assert good_link(town.session, token, town.now) is not None


def test_of_many_that_guess_at_once_no_more_than_five_are_heard(town: Town) -> None:
    def guess(_number: int) -> int | None:
        with town.act() as work:
            return spend_try(work, KEY, "guessed@at.example")

    heard = [left for left in at_once(20, guess) if isinstance(left, int)]
    assert sorted(heard) == [0, 1, 2, 3, 4]


def test_a_link_lets_in_once_however_many_press_at_the_same_moment(town: Town) -> None:
    group = town.group("pressed")
    token, _code = send_invitation(town, group, town.member(group))

    def press(_number: int) -> int:
        with town.act() as work:
            return use_up(work, token, purposes=("invitation",))

    results = at_once(6, press)
    assert sum(not isinstance(result, Exception) for result in results) == 1


def test_a_corrected_address_kills_what_was_mailed_and_signs_in(town: Town) -> None:
    group = town.group("corrected")
    member = town.member(group, email="wrong@corrected.example")
    token, _code = send_invitation(town, group, member)
    with town.act() as work:
        corrected = correct_address(work, group.id, member, " Right@Corrected.example ")
        invite(work, corrected, inviting(group))
    assert good_link(town.session, token, town.now) is None
    account = account_of_person(town.session, member.person_id)
    assert account is not None
    assert account.email == "right@corrected.example"
    fresh, _code = latest_mail(town, "right@corrected.example")
    assert good_link(town.session, fresh, town.now) is not None


@pytest.mark.parametrize("way", ["came in", "another group"])
def test_the_way_somebody_signs_in_is_theirs_once_they_used_it_or_another_group_knows_them(
    town: Town, way: str
) -> None:
    slug = f"theirs-{way.partition(' ')[0]}"
    group = town.group(slug)
    member = town.member(group, email=f"own@{slug}.example")
    if way == "came in":
        account = account_of_person(town.session, member.person_id)
        assert account is not None
        start_session(town.work(), account.id, device_name="phone")
    else:
        town.member(town.group(f"{slug}-other"), email=member.email)
    with town.act() as work:
        correct_address(work, group.id, member, f"new@{slug}.example")
    account = account_of_person(town.session, member.person_id)
    assert account is not None
    assert account.email == member.email


def test_an_address_that_somebody_else_signs_in_with_is_refused(town: Town) -> None:
    group = town.group("taken")
    ana, rui = town.member(group), town.member(group)
    with pytest.raises(Refused, match=r"^access\.address_taken$"), town.act() as work:
        correct_address(work, group.id, ana, rui.email)


def test_asking_for_a_mail_writes_as_much_for_a_stranger_as_commits(town: Town) -> None:
    before = town.rows("outgoing_mail")
    assert (
        ask_to_sign_in(town.work(), " Nobody@Nowhere.example", address=ADDRESS, key=KEY)
        == "nobody@nowhere.example"
    )
    assert town.rows("outgoing_mail") == before
    assert int(str(town.value("SELECT count(*) FROM code_tries WHERE tries_left = 5"))) >= 1
    town.pass_time(minutes=11)
    with town.act() as work:
        assert forget_old_links(work) >= 1


def test_two_that_take_the_same_person_in_at_once_make_one_person(town: Town) -> None:
    group = town.group("at-once")

    def join(_number: int) -> MemberLine:
        with town.act() as work:
            joining = NewMember(name=Name(given="Zita", family="Lopes"), email="zita@at-once.example")
            return take_in(work, group, joining)

    results = at_once(4, join)
    assert sum(isinstance(result, MemberLine) for result in results) == 1
    assert {str(result) for result in results if isinstance(result, Exception)} == {"groups.already_member"}
    assert town.value("SELECT count(*) FROM person WHERE name = 'Zita Lopes'") == 1


def test_a_session_that_begins_by_mail_is_a_session_like_any(town: Town) -> None:
    group = town.group("session")
    member = town.member(group)
    token, _code = send_invitation(town, group, member)
    with town.act() as work:
        account_id = use_up(work, token, purposes=("invitation",))
        cookie = start_session(work, account_id, device_name="phone")
    town.pass_time(days=179)
    assert signed_in_by(town.session, cookie, town.now) is not None


def test_by_a_real_mail_server_one_mail_holds_link_and_code_and_a_refused_one_came_back(town: Town) -> None:
    group = town.group("served")
    good, bad = (
        town.member(group, email="good@served.example"),
        town.member(group, email="bad@served.example"),
    )

    new_work = Outbox(town=town, group=group, member=good).new_work
    with running_postbox() as postbox:
        postman = SmtpPostman(postbox.url, "Givefirst <no-reply@localhost>")
        while send_due(new_work, postman):
            pass
        send_invitation(town, group, good)
        send_due(new_work, postman)
        postbox.behaviour = "refuse for good"
        send_invitation(town, group, bad)
        send_due(new_work, postman)
        [received] = postbox.to("good@served.example")
    assert re.search(r"https://groups\.example\.org/account/link/\S+", received.text)
    assert re.search(r"^\s{4}\d{6}$", received.text, re.MULTILINE)
    assert "Served Referrals" in str(received.message["Subject"])
    assert line_of(town, group, good).state is InvitationState.SENT
    came_back = line_of(town, group, bad)
    assert came_back.state is InvitationState.CAME_BACK
    assert "550" in came_back.said
