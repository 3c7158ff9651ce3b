"""One's own data: a page that says how, a file for its owner alone, nothing for strangers."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugin_runtime.person_data import erase_person
from tests.support.reading import words
from tests.support.slips import acting, passed_slip
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def test_a_member_takes_their_data_along(world: World, group: Group, ana: MemberLine) -> None:
    bo = world.member(group, "Bo Lindqvist")
    eva = world.member(group, "Eva Novak")
    passed_slip(world, group, bo, ana)
    passed_slip(world, group, bo, eva)
    client = world.client(ana)
    page = client.get("/account/data")
    assert "Take the file along" in words(page)
    answer = client.get("/account/data/file")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    with ZipFile(BytesIO(answer.data)) as archive:
        told = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert "Ana Sousa" in told["house/person.csv"]
    assert "Bo Lindqvist" in told["harbour/slips.csv"]
    assert not [name for name, text in told.items() if "Novak" in text]


def test_who_signed_in_a_while_ago_confirms_first(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    world.pass_time(minutes=16)
    assert "Mail the link to" in words(client.get("/account/data"))
    answer = client.get("/account/data/file")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/data")


def test_a_stranger_is_led_to_sign_in(world: World, ana: MemberLine) -> None:
    for address in ("/account/data", "/account/data/file"):
        answer = world.client().get(address)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/account/sign-in")


def test_the_account_leads_there(world: World, ana: MemberLine) -> None:
    assert 'href="/account/data"' in world.client(ana).get("/account/").text


def test_pages_call_the_erased_a_former_member(world: World, group: Group, ana: MemberLine) -> None:
    gone = world.member(group, "Bo Lindqvist", ended=date(2026, 10, 1))
    slip = passed_slip(world, group, ana, world.member(group, "Eva Novak"))
    with acting(world) as work:
        erase_person(work, world.held.registry, gone.person_id)
        work.commit()
    client = world.client(ana)
    assert "Former member" in words(client.get(f"/g/harbour/members/{gone.public_id}"))
    assert client.get(f"/g/harbour/referrals/slips/{slip}").status_code == 200
    assert client.get("/g/harbour/members").status_code == 200
