"""What is asked for twice, begun too early, or wanted by somebody who may not: it is done once, rightly, or refused kindly."""

import re
from datetime import date
from io import BytesIO

import pytest

from app.core.founding.domain.who_may import Founding
from app.core.founding.network import choose_founding
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.core.groups.services import take_office
from app.core.groups.welcoming import NewMember, take_in
from app.core.people.domain.name import Name
from app.extensions import limiter
from tests.integration.test_import_handkept import WITH_A_PARTY
from tests.support.reading import column, mailed_codes, sentence, words
from tests.support.sheets import csv_bytes
from tests.support.world import World
from tests.web.test_attendance_claims import IN, Door
from tests.web.test_core_founding import fill_in, mailed_proofs


@pytest.fixture(autouse=True)
def no_tries_counted(world: World) -> None:
    """Let each test begin with nothing tried."""
    limiter.reset()


def field_value(page: str, name: str) -> str:
    """Return what the first field of this name holds."""
    [tag] = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page)[:1]
    return str(re.findall(r' value="([^"]*)"', tag)[0])


def editing(member: MemberLine, **changes: str) -> dict[str, str]:
    """Return what the form that puts a member right sends."""
    given, _space, family = member.name.partition(" ")
    return {"given_name": given, "family_name": family, "email": member.email, **changes}


def test_the_committee_cannot_put_its_own_address_in_the_place_of_an_officers(world: World) -> None:
    group = world.group()
    committee = world.client(world.member(group, offices=[Office.MEMBERSHIP_COMMITTEE]))
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    officer = world.member(group, "Rui Alves", offices=[Office.VICE_PRESIDENT], email="rui@alves.example")
    page, own = f"/g/harbour/members/{officer.public_id}", "eve@eve.example"
    listed = {"count": "1", "tick-1": "y", "name-1": officer.name, "address-1": own, "standing": "standing"}
    kind = sentence("access.officers_address", name=officer.name)
    for path, sent in (
        (f"{page}/edit", editing(officer, email=own)),
        (f"{page}/address", {"address": own}),
        ("/g/harbour/members/invite/send", listed),
    ):
        refused = committee.post(path, data=sent)
        assert (path, refused.status_code) == (path, 422)
        assert kind in words(refused)
    assert own not in column(world, "account", "email")
    assert world.rows("outgoing_mail") == 0
    assert committee.post(f"{page}/edit", data=editing(officer, trade="Baker")).status_code == 303
    assert leader.post(f"{page}/edit", data=editing(officer, email=own)).status_code == 303
    assert own in column(world, "account", "email")


def test_an_office_that_begins_later_is_guarded_already(world: World) -> None:
    group = world.group()
    committee = world.client(world.member(group, offices=[Office.MEMBERSHIP_COMMITTEE]))
    elected = world.member(group, "Rui Alves")
    work = world.work()
    take_office(
        work, group_id=group.id, member_id=elected.id, office=Office.PRESIDENT, starts_on=date(2027, 1, 1)
    )
    work.commit()
    sent = editing(elected, email="eve@eve.example")
    assert committee.post(f"/g/harbour/members/{elected.public_id}/edit", data=sent).status_code == 422


def test_of_two_who_edit_one_member_the_second_sees_what_stands_and_keeps_what_they_typed(
    world: World,
) -> None:
    group = world.group()
    ana = world.member(group, "Ana Sousa", email="ana@sousa.example")
    first, second = (world.client(world.member(group, offices=[Office.PRESIDENT])) for _one in range(2))
    page = f"/g/harbour/members/{ana.public_id}/edit"
    seen = field_value(second.get(page).text, "version")
    assert first.post(page, data=editing(ana, version=seen, phone="111")).status_code == 303
    refused = second.post(page, data=editing(ana, version=seen, trade="Florist"))
    assert refused.status_code == 422
    assert sentence("groups.member_changed_meanwhile") in words(refused)
    assert "111" in words(refused)
    assert field_value(refused.text, "trade") == "Florist"
    now = field_value(refused.text, "version")
    assert second.post(page, data=editing(ana, version=now, phone="111", trade="Florist")).status_code == 303
    assert "Florist" in column(world, "member", "trade")


@pytest.mark.parametrize("by", ["link", "code"])
def test_a_founding_begun_before_the_network_closed_it_is_not_completed(world: World, by: str) -> None:
    stranger = world.client()
    fill_in(stranger)
    work = world.work()
    choose_founding(work, Founding.ADMINS)
    work.commit()
    [link] = mailed_proofs(world)
    typed = {"email": "ana@sousa.example", "code": mailed_codes(world)[-1]}
    answer = stranger.post(link) if by == "link" else stranger.post("/account/code", data=typed)
    assert answer.status_code == 403
    assert "Nothing was founded" in words(answer)
    assert (world.rows("member_group"), world.rows("account")) == (0, 0)
    assert stranger.get(link).status_code == 403


def test_a_link_at_the_door_is_mailed_once_an_hour_whatever_the_browser_forgets(world: World) -> None:
    door = Door(world)
    phone = door.phone()
    door.claim(phone, door.ana)
    for _again in range(2):
        assert phone.post(f"{IN}/link").status_code == 303
        with phone.session_transaction() as cookie:
            cookie.pop("attendance.mailed", None)
    assert world.rows("outgoing_mail") == 1
    world.pass_time(minutes=61)
    phone.post(f"{IN}/link")
    assert world.rows("outgoing_mail") == 2


def test_a_forgotten_password_costs_the_same_work_for_an_address_that_nobody_has(world: World) -> None:
    world.member(world.group(), "Ana Sousa", email="ana@sousa.example")
    asked: list[list[str]] = []
    for address in ("ana@sousa.example", "nobody@sousa.example"):
        with world.statements() as seen:
            world.client().post("/account/forgotten", data={"email": address})
        asked.append([" ".join(one.split()[:3]) for one in seen if not one.startswith("PRAGMA")])
    assert asked[0] == asked[1]
    assert world.rows("outgoing_mail") == 1


def test_an_emptied_address_is_not_said_to_be_saved_while_it_stays(world: World) -> None:
    group = world.group()
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    ana = world.member(group, "Ana Sousa", email="ana@sousa.example")
    page = f"/g/harbour/members/{ana.public_id}/edit"
    refused = leader.post(page, data=editing(ana, email=""))
    assert refused.status_code == 422
    assert sentence("access.address_stays", name=ana.name) in words(refused)


def test_the_address_of_a_member_who_has_no_account_can_be_emptied(world: World) -> None:
    group = world.group()
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    work = world.work()
    rui = take_in(work, group, NewMember(name=Name(given="Rui", family="Alves"), email="rui@alves.example"))
    work.commit()
    page = f"/g/harbour/members/{rui.public_id}/edit"
    assert leader.post(page, data=editing(rui, email="")).status_code == 303
    assert "rui@alves.example" not in column(world, "member", "email")


@pytest.mark.parametrize("page", ["/g/harbour/members/{member}", "/g/harbour/members/invite"])
def test_a_double_tap_on_invite_sends_one_mail(world: World, page: str) -> None:
    group = world.group()
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    ana = world.member(group, "Ana Sousa")
    address = f"/g/harbour/members/{ana.public_id}/invite"
    shown = leader.get(page.format(member=ana.public_id)).text
    sent = {"form_token": field_value(shown[shown.index(f'action="{address}"') :], "form_token")}
    answers = [leader.post(address, data=sent) for _tap in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert world.rows("outgoing_mail") == 1


def test_a_double_tap_on_asking_a_steward_opens_one_link(world: World) -> None:
    group = world.group()
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    address = f"/g/harbour/attendance/meetings/{world.meeting(group).public_id}/stewards"
    shown = leader.get(address.removesuffix("/stewards")).text
    sent = {"form_token": field_value(shown[shown.index(f'action="{address}"') :], "form_token")}
    answers = [leader.post(address, data=sent) for _tap in range(2)]
    assert answers[0].location == answers[1].location
    assert leader.get(answers[1].location).status_code == 200
    assert world.rows("device") == 1


def test_a_former_member_is_not_invited_before_they_are_taken_in_again(world: World) -> None:
    group = world.group()
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    former = world.member(group, "Ana Sousa", ended=date(2026, 1, 6))
    kind = "Ana Sousa was a member until 6 January 2026. Take them in again first"
    for path in ("invite", "address"):
        refused = leader.post(
            f"/g/harbour/members/{former.public_id}/{path}", data={"address": "ana@new.example"}
        )
        assert (path, refused.status_code) == (path, 422)
        assert kind in words(refused)
    assert world.rows("outgoing_mail") == 0


def test_a_link_that_is_over_says_first_what_to_do(world: World) -> None:
    page = words(world.client().get("/account/link/of-yesterday"))
    assert page.index("Press the button and a new one is mailed to you.") < page.index("was used already")


def test_a_wrong_code_says_what_is_true_where_no_mail_was_sent_and_counts_one_try_rightly(
    world: World,
) -> None:
    typed = {"email": "nobody@sousa.example", "code": "123456"}
    page = [words(world.client().post("/account/code", data=typed)) for _try in range(4)][-1]
    assert "If a mail came, take those of the newest one. Tries left: 1." in page


def test_what_is_off_already_is_called_by_its_name() -> None:
    day = "24 November 2026"
    assert "is already cancelled" in sentence("meetings.cancelled_already", day=day)
    assert "is already a holiday" in sentence("meetings.holiday_already", day=day)


def test_what_is_answered_on_the_page_is_not_said_to_be_wrong_in_the_file(world: World) -> None:
    leader = world.client(world.member(world.group(), "Ana Silva", offices=[Office.PRESIDENT]))
    sheet = BytesIO(csv_bytes(WITH_A_PARTY))
    shown = leader.post("/g/harbour/import", data={"file": (sheet, "own.csv")}).location
    page = words(leader.get(shown))
    assert "2 questions are answered on this page; the file can stay as it is" in page
    assert "to mend in the file" not in page
    assert "Upload the mended file" not in page
    refused = leader.post(f"{shown}/apply")
    assert refused.status_code == 422
    assert sentence("imports.not_ready") in words(refused)


def test_the_list_asks_whether_its_people_are_new(world: World) -> None:
    leader = world.client(world.member(world.group(), offices=[Office.PRESIDENT]))
    answer = leader.post("/g/harbour/members/invite/read", data={"pasted": "Ana Sousa <ana@sousa.example>"})
    page = words(answer)
    assert "Are these people new to your group?" in page
    assert page.index("No, they are members already") < page.index("Yes, they join now")
    assert re.search(r'<input[^>]*checked[^>]*value="standing"', answer.text)
