"""Whose member is it? A typed name until the invitation is accepted, the person's own from then on."""

from datetime import date

import pytest

from app.core.access.domain.invitation import InvitationState
from app.core.access.queries import account_by_email, account_of_person
from app.core.access.services.invitations import accept_invitations, correct_address, invite
from app.core.access.services.links import (
    end_links,
)
from app.core.access.services.signing_in import sign_in_by_code, sign_in_by_link
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members, member_by_key, offices_of_members
from app.core.groups.services import Profile, start_membership, take_office
from app.core.groups.welcoming import NewMember, take_in
from app.core.ids import PersonId
from app.core.notices.services import Letter, write_to_member
from app.core.people.domain.name import Name
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.store import NewMark, replace_mark
from tests.support.inviting import KEY, TODAY, inviting, latest_mail, line_of, send_invitation
from tests.support.town import Town


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
