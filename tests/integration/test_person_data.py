"""A person erased, taken along and put together, on a real database: everything of theirs, nothing of others."""

import pytest
from sqlalchemy import select

from app.core.access.queries import account_of_person
from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, member_by_key
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.notices.services import Letter, notify, write_to_member
from app.core.people.models import PersonRow
from app.core.sentences import N_
from app.plugins.activities.models import OneToOneRow
from app.plugins.referrals.models import SlipRow
from tests.support.people_data import PLUGINS, codes, erased, exported, leaves
from tests.support.slips import acting, passed_slip, reading
from tests.support.talks import recorded_talk
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=PLUGINS)


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", email="ana@sousa.example")


@pytest.fixture
def bo(world: World, group: Group) -> MemberLine:
    return world.member(group, "Bo Lindqvist")


def test_an_erased_member_has_no_name_and_no_account(world: World, group: Group, ana: MemberLine) -> None:
    leaves(world, group, ana)
    erased(world, ana)
    with reading(world) as session:
        found = member_by_key(session, group.id, ana.id)
        person = session.get_one(PersonRow, ana.person_id)
        assert found is not None
        assert (found.name, found.firm, found.trade) == ("Former member", "", "")
        assert (person.given_name, person.family_name, person.sort_name) == ("", "", "")
        assert person.erased_at_utc == world.now
        assert account_of_person(session, ana.person_id) is None
    world.assert_ledger_whole(group)


def test_a_session_of_an_erased_person_opens_nothing(world: World, group: Group, ana: MemberLine) -> None:
    client = world.client(ana)
    leaves(world, group, ana)
    assert client.get("/account/").status_code == 200
    erased(world, ana)
    assert client.get("/account/").status_code == 303


def test_a_member_is_not_erased_until_the_last_day_is_over(
    world: World, group: Group, ana: MemberLine
) -> None:
    with pytest.raises(Refused) as refused:
        erased(world, ana)
    assert codes(refused) == {"people.still_a_member"}
    leaves(world, group, ana, world.now.date())
    with pytest.raises(Refused):
        erased(world, ana)
    world.pass_time(days=1)
    assert erased(world, ana).groups == [group.name]


def test_slips_and_talks_stay_for_the_other_side(
    world: World, group: Group, ana: MemberLine, bo: MemberLine
) -> None:
    passed_slip(world, group, ana, bo)
    recorded_talk(world, group, ana, bo, place="Café Central", note="About kitchens")
    leaves(world, group, ana)
    erased(world, ana)
    with reading(world) as session:
        slip = session.scalars(select(SlipRow).where(SlipRow.group_id == group.id)).one()
        talk = session.scalars(select(OneToOneRow).where(OneToOneRow.group_id == group.id)).one()
        assert (slip.giver_member_id, slip.receiver_member_id, slip.about) == (ana.id, bo.id, "")
        assert (talk.member_id, talk.place, talk.note) == (ana.id, "", "")


def test_nobody_is_told_of_the_erased_any_more(
    world: World, group: Group, ana: MemberLine, bo: MemberLine
) -> None:
    with acting(world) as work:
        for text in ("Ana Sousa has left a word.", "The meeting begins at 7."):
            notify(work, group_id=group.id, member_id=bo.id, kind="tests.word", text=text)
        for about, body in (("ana", "Ana Sousa wrote to you.\n"), ("bo", "See you.\n")):
            letter = Letter(kind="tests.word", subject=N_("A word"), body=body, subject_key=about)
            write_to_member(work, group_id=group.id, member_id=bo.id, letter=letter)
        write_to_member(
            work,
            group_id=group.id,
            member_id=ana.id,
            letter=Letter(kind="tests.word", subject=N_("A word"), body="Hello.\n", subject_key="own"),
        )
        work.commit()
    leaves(world, group, ana)
    erased(world, ana)
    with reading(world) as session:
        texts = session.scalars(select(NoticeRow.text).where(NoticeRow.kind == "tests.word")).all()
        mails = session.scalars(
            select(OutgoingMailRow.subject_key).where(OutgoingMailRow.kind == "tests.word")
        ).all()
    assert list(texts) == ["The meeting begins at 7."]
    assert list(mails) == ["bo"]


def test_a_namesake_keeps_what_they_were_told(world: World, group: Group, ana: MemberLine) -> None:
    other = world.member(group, "Ana Sousa")
    there = world.group("hilltop", plugins=PLUGINS)
    far = world.member(there, "Ana Sousa")
    with acting(world) as work:
        for home, member in ((group, other), (there, far)):
            notify(work, group_id=home.id, member_id=member.id, kind="tests.word", text="Hello Ana Sousa.")
            letter = Letter(
                kind="tests.word", subject=N_("A word"), body="Hello Ana Sousa.\n", subject_key="hello"
            )
            write_to_member(work, group_id=home.id, member_id=member.id, letter=letter)
        work.commit()
    leaves(world, group, ana)
    erased(world, ana)
    with reading(world) as session:
        assert len(session.scalars(select(NoticeRow).where(NoticeRow.kind == "tests.word")).all()) == 2
        mails = select(OutgoingMailRow).where(OutgoingMailRow.kind == "tests.word")
        assert len(session.scalars(mails).all()) == 2
        found = member_by_key(session, group.id, other.id)
        assert found is not None
        assert found.name == "Ana Sousa"


def test_erasing_again_finds_nothing(world: World, group: Group, ana: MemberLine) -> None:
    leaves(world, group, ana)
    assert erased(world, ana).by_table["person"] > 0
    assert not erased(world, ana).by_table


def test_an_export_holds_ones_own_and_no_secret(
    world: World, group: Group, ana: MemberLine, bo: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, bo)
    recorded_talk(world, group, bo, ana, note="About kitchens")
    parts = exported(world, ana)
    here = {one.name: one.rows for one in parts["harbour"].stores}
    assert {"member", "membership", "slips", "activities_one_to_one"} <= here.keys()
    assert here["slips"][0]["slip"] == slip
    assert here["activities_one_to_one"][0] == {
        "member": "Bo Lindqvist",
        "held_on": "2026-11-24",
        "note": "About kitchens",
        "place": "",
        "created_at": here["activities_one_to_one"][0]["created_at"],
    }
    alone = {one.name: one.rows for one in parts[""].stores}
    assert alone["person"][0]["name"] == "Ana Sousa"
    headings = {key for part in parts.values() for one in part.stores for row in one.rows for key in row}
    assert not {key for key in headings if key.endswith(("_hash", "_key", "token", "_id"))}


def test_an_export_of_another_holds_nothing_of_it(
    world: World, group: Group, ana: MemberLine, bo: MemberLine
) -> None:
    recorded_talk(world, group, ana, bo, note="About kitchens")
    passed_slip(world, group, ana, bo)
    eva = world.member(group, "Eva Novak")
    told = repr(exported(world, eva))
    assert "Eva Novak" in told
    assert not [word for word in ("kitchens", "Sousa", "Lindqvist", "Miramar") if word in told]
