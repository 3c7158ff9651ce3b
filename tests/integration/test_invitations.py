"""Invitations: sent with link and code, accepted in every group, corrected; who is known elsewhere joins by accepting."""

import re
from datetime import date

import pytest

from app.core.access.domain.code import CodeKey, code_hash
from app.core.access.domain.invitation import InvitationState
from app.core.access.invitation_queries import InvitationLine, invitation_lines
from app.core.access.queries import account_by_email, account_of_person, good_link, signed_in_by
from app.core.access.services.invitations import Inviting, accept_invitations, correct_address, invite
from app.core.access.services.links import (
    LINK_MARK,
    LinkAddress,
    account_by_code,
    end_links,
    forget_old_links,
    spend_try,
    use_up,
)
from app.core.access.services.sessions import start_session
from app.core.access.services.signing_in import ask_to_sign_in, sign_in_by_code, sign_in_by_link
from app.core.errors import Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members, member_by_key, offices_of_members
from app.core.groups.services import Profile, start_membership, take_office
from app.core.groups.welcoming import NewMember, take_in
from app.core.ids import PersonId
from app.core.notices.outbox import send_due
from app.core.notices.postman import SmtpPostman
from app.core.notices.services import Letter, write_to_member
from app.core.people.domain.name import Name
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.store import NewMark, replace_mark
from tests.support.letters import Outbox
from tests.support.parallel import at_once
from tests.support.smtp import running_postbox
from tests.support.town import Town

ADDRESS = LinkAddress(template=f"https://groups.example.org/account/link/{LINK_MARK}")
KEY = CodeKey(b"the secret of this house")
TODAY = date(2026, 11, 24)


def inviting(group: Group) -> Inviting:
    return Inviting(group=group, by=None, address=ADDRESS, key=KEY)


def send_invitation(town: Town, group: Group, member: MemberLine) -> tuple[str, str]:
    """Invite the member and return the token and the code of the mail."""
    with town.act() as work:
        invite(work, member, inviting(group))
    return latest_mail(town, member.email)


def latest_mail(town: Town, address: str) -> tuple[str, str]:
    body = str(
        town.value(f"SELECT body FROM outgoing_mail WHERE address = '{address}' ORDER BY id DESC LIMIT 1")
    )
    token, code = re.search(r"/account/link/(\S+)", body), re.search(r"\n\s{4}(\d{6})\n", body)
    assert token is not None
    assert code is not None
    return token[1], code[1]


def line_of(town: Town, group: Group, member: MemberLine) -> InvitationLine:
    lines = invitation_lines(town.session, group.id, TODAY)
    return next(line for line in lines if line.member_id == member.id)


def try_code(town: Town, address: str, code: str) -> bool:
    with town.act() as work:
        return account_by_code(work, address, code_hash(KEY, address, code)) is not None


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


def typed_into(town: Town, group: Group, email: str, name: str = "Typed Name") -> MemberLine:
    """Take somebody into the group as its pages do: by a name and an address that somebody typed."""
    given, _space, family = name.partition(" ")
    with town.act() as work:
        joining = NewMember(name=Name(given=given, family=family), email=email, joins_known_person=False)
        return take_in(work, group, joining)


def come_in(town: Town, token: str) -> None:
    with town.act() as work:
        account_id = sign_in_by_link(work, token)
        accept_invitations(work, person_of(town, account_id))


def person_of(town: Town, account_id: int) -> PersonId:
    return PersonId(int(str(town.value(f"SELECT person_id FROM account WHERE id = {account_id}"))))


def names_in(town: Town, group: Group) -> list[str]:
    return [line.name for line in all_members(town.session, group.id)]


def test_somebody_known_elsewhere_shows_the_typed_name_until_they_accept_and_their_own_after(
    town: Town,
) -> None:
    home, group = town.group("own-home"), town.group("own-asked")
    ana = town.member(home, "Ana Sousa", email="ana@own.example")
    member = typed_into(town, group, " Ana@Own.example")
    token, _code = send_invitation(town, group, member)
    assert names_in(town, group) == ["Typed Name"]
    assert town.value("SELECT count(*) FROM account WHERE email = 'ana@own.example'") == 1
    assert line_of(town, group, member).state is InvitationState.WAITING
    come_in(town, token)
    assert names_in(town, group) == ["Ana Sousa"]
    joined = member_by_key(town.session, group.id, member.id)
    assert (joined.person_id, joined.public_id) == (ana.person_id, member.public_id)
    assert line_of(town, group, member).state is InvitationState.OPENED
    assert town.value("SELECT count(*) FROM person WHERE name = 'Typed Name'") == 0
    town.assert_ledger_whole(group)


def test_the_code_of_the_invitation_accepts_like_its_link(town: Town) -> None:
    ana = town.member(town.group("code-home"), "Ana Sousa", email="ana@code.example")
    group = town.group("code-asked")
    _token, code = send_invitation(town, group, typed_into(town, group, ana.email))
    with town.act() as work:
        assert sign_in_by_code(work, ana.email, code, key=KEY) is not None
        accept_invitations(work, ana.person_id)
    assert names_in(town, group) == ["Ana Sousa"]


def test_an_invitation_that_was_sent_again_is_accepted_by_either_mail(town: Town) -> None:
    ana = town.member(town.group("again-home"), "Ana Sousa", email="ana@again.example")
    group = town.group("again-asked")
    member = typed_into(town, group, ana.email)
    earlier, _code = send_invitation(town, group, member)
    send_invitation(town, group, member)
    come_in(town, earlier)
    assert names_in(town, group) == ["Ana Sousa"]


@pytest.mark.parametrize("way", ["signs in otherwise", "ends every link", "address was corrected"])
def test_nobody_joins_a_group_but_by_the_invitation_to_it(town: Town, way: str) -> None:
    slug = way.replace(" ", "-")
    ana = town.member(town.group(f"{slug}-home"), "Ana Sousa", email=f"ana@{slug}.example")
    group = town.group(slug)
    member = typed_into(town, group, ana.email)
    token, _code = send_invitation(town, group, member)
    account = account_of_person(town.session, ana.person_id)
    assert account is not None
    with town.act() as work:
        if way == "ends every link":
            end_links(work, account.id)
        elif way == "address was corrected":
            correct_address(work, group.id, member, f"other@{slug}.example")
            sign_in_by_link(work, token)
        accept_invitations(work, ana.person_id)
    assert names_in(town, group) == ["Typed Name"]
    assert line_of(town, group, member).state is not InvitationState.OPENED


def test_marks_and_an_office_from_before_the_acceptance_stay_with_the_member(town: Town) -> None:
    ana = town.member(town.group("kept-home"), "Ana Sousa", email="ana@kept.example")
    group = town.group("kept")
    member, meeting = typed_into(town, group, ana.email), town.meeting(group)
    with town.act() as work:
        take_office(work, group_id=group.id, member_id=member.id, office=Office.PRESIDENT, starts_on=TODAY)
        mark = NewMark(
            group_id=group.id,
            meeting_id=meeting.id,
            member_id=member.id,
            status=Status.PRESENT,
            origin=Origin.LEADER,
            updated_at_utc=work.now,
        )
        assert replace_mark(work.session, mark, seen_version=0)
    token, _code = send_invitation(town, group, member)
    come_in(town, token)
    assert names_in(town, group) == ["Ana Sousa"]
    assert offices_of_members(town.session, group.id, TODAY) == {member.id: (Office.PRESIDENT,)}
    marks = f"SELECT count(*) FROM attendance_mark WHERE member_id = {member.id} AND status = '{Status.PRESENT.value}'"
    assert town.value(marks) == 1


def test_who_was_written_to_before_the_acceptance_keeps_the_mails_of_the_typed_name(town: Town) -> None:
    ana = town.member(town.group("mailed-home"), "Ana Sousa", email="ana@mailed.example")
    group = town.group("mailed")
    member = typed_into(town, group, ana.email, "Mailed Before")
    with town.act() as work:
        letter = Letter(kind="test", subject="Reminder", body="Reminder", subject_key="one")
        write_to_member(work, group_id=group.id, member_id=member.id, letter=letter)
    token, _code = send_invitation(town, group, member)
    come_in(town, token)
    assert names_in(town, group) == ["Ana Sousa"]
    kept = "SELECT count(*) FROM outgoing_mail m JOIN person p ON p.id = m.person_id WHERE p.name = 'Mailed Before'"
    assert town.value(kept) == 1


def test_who_is_a_member_already_stays_two_and_the_leaders_read_who(town: Town) -> None:
    home, group = town.group("twice-home"), town.group("twice")
    ana = town.member(home, "Ana Sousa", email="ana@twice.example")
    member = typed_into(town, group, ana.email)
    token, _code = send_invitation(town, group, member)
    assert line_of(town, group, member).is_also == ""
    with town.act() as work:
        profile = Profile(email="other@twice.example")
        start_membership(work, group_id=group.id, person_id=ana.person_id, started_on=TODAY, profile=profile)
    come_in(town, token)
    assert sorted(names_in(town, group)) == ["Ana Sousa", "Typed Name"]
    line = line_of(town, group, member)
    assert (line.is_also, line.state is InvitationState.OPENED) == ("Ana Sousa", False)


def test_an_unknown_address_gets_an_account_of_its_own_at_the_invitation(town: Town) -> None:
    group = town.group("unknown")
    member = typed_into(town, group, "zoe@unknown.example", "Zoe Free")
    token, _code = send_invitation(town, group, member)
    account = account_by_email(town.session, "zoe@unknown.example")
    assert account is not None
    assert account.person_id == member.person_id
    come_in(town, token)
    assert (names_in(town, group), line_of(town, group, member).state) == (
        ["Zoe Free"],
        InvitationState.OPENED,
    )


def test_a_former_member_of_the_group_is_found_by_the_address_as_ever(town: Town) -> None:
    group = town.group("former")
    former = town.member(group, "Ana Sousa", email="ana@former.example", ended=date(2026, 1, 6))
    assert typed_into(town, group, former.email).id == former.id
    assert names_in(town, group) == ["Ana Sousa"]


def test_an_address_corrected_to_one_that_is_known_elsewhere_is_taken_like_any(town: Town) -> None:
    ana = town.member(town.group("moved-home"), "Ana Sousa", email="ana@moved.example")
    group = town.group("moved")
    member = typed_into(town, group, "wrong@moved.example")
    send_invitation(town, group, member)
    with town.act() as work:
        corrected = correct_address(work, group.id, member, ana.email)
        invite(work, corrected, inviting(group))
    assert line_of(town, group, member).email == ana.email
    come_in(town, latest_mail(town, ana.email)[0])
    assert names_in(town, group) == ["Ana Sousa"]
