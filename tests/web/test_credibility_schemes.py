"""The page of schemes for every role: published for members, counts and a preview for leaders, a form for the network's administrator."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core.access.queries import account_of_person
from app.core.founding.network import make_site_admin
from app.core.groups.domain.office import Office
from app.core.groups.models import GroupRow
from app.core.groups.queries import MemberLine
from app.core.people.models import PersonRow
from app.plugins.credibility.domain.network import SETTINGS
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import PROFILES, STANDARD, Constants
from app.plugins.credibility.queries import choices, secret, together
from app.plugins.credibility.queries.shown import FEWEST
from app.plugins.credibility.services.counting import fold_again
from app.plugins.credibility.store import put_part
from app.plugins.credibility.store_schemes import put_evidence
from tests.support.records import Recorded
from tests.support.slips import acting, passed_slip
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
PATH = "/g/harbour/credibility/schemes"
NETWORK = f"{PATH}/network"
LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.5)
USUAL = {name: f"{getattr(STANDARD, name):.6f}" for name in SETTINGS} | {
    name: f"{getattr(STANDARD, name):.0f}" for name, bounds in SETTINGS.items() if bounds.is_whole
}


@pytest.fixture
def recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def president(world: World, recorded: Recorded) -> MemberLine:
    return world.member(recorded.group, "Pia Prado", offices=[Office.PRESIDENT])


@pytest.fixture
def members(world: World, recorded: Recorded, president: MemberLine) -> list[MemberLine]:
    return [world.member(recorded.group, name) for name in ("Ana Sousa", "Rui Almeida", "Eva Costa")]


@pytest.fixture
def seen(world: World, recorded: Recorded, members: Sequence[MemberLine], president: MemberLine) -> None:
    """The records of Ana and Rui are seen; Eva has none."""
    ana, rui, eva = members
    says(world, recorded, ana, rui)
    for giver, receiver in ((rui, ana), (eva, ana), (eva, rui), (president, rui)):
        recorded.handled(giver, receiver, "yes")
    recorded.count()


def says(world: World, recorded: Recorded, *members: MemberLine) -> None:
    with acting(world) as work:
        for member in members:
            put_part(work.session, recorded.group.id, member.id, "yes", work.now)
        work.commit()


def few(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(together, "FEWEST", number)


def get(world: World, viewer: MemberLine, path: str = PATH) -> str:
    text = world.client(viewer).get(path).get_data(as_text=True)
    return re.sub(r'name="[\w-]*(?:form_token|csrf_token)"[^>]*>', "", text)


def post(world: World, viewer: MemberLine, path: str, **data: str) -> tuple[int, str]:
    client = world.client(viewer)
    token = re.search(
        r'name="form_token"[^>]*value="([^"]+)"',
        client.get(path.removesuffix("/choose")).get_data(as_text=True),
    )
    answer = client.post(path, data={**data, "form_token": token[1] if token else ""})
    return answer.status_code, answer.get_data(as_text=True)


def made_admin(world: World, member: MemberLine) -> MemberLine:
    work = world.work()
    account = account_of_person(work.session, member.person_id)
    assert account is not None
    make_site_admin(work, account.id)
    work.commit()
    return member


def test_members_read_the_formula_an_example_and_what_the_group_has_had(
    world: World, recorded: Recorded, president: MemberLine, members: Sequence[MemberLine]
) -> None:
    shown = get(world, members[0])
    assert "p = (A + κ·m) / (A + B + κ)" in shown
    assert "(0.5 + 2.25) / (0.5 + 3) = 0.785714" in shown
    assert "(0.25 + 2.25) / (0.25 + 3) = 0.769231" in shown
    assert "s = √(p·(1 − p) / (A + B + κ + 1))" in shown
    assert "There m is 0.85, and each report weighs as above" in shown
    assert "0 where contact was not made within seven days, or they would not refer again" in shown
    assert "it counts as given, and no more, unless who gave it answers later" in shown
    for title in ("Standard", "Small group", "Monthly"):
        assert f'data-head="{title}"' in shown
    assert "from the beginning" in shown
    assert "Choose it" not in shown
    assert post(world, members[0], f"{PATH}/choose", scheme="monthly")[0] == 403
    assert post(world, president, f"{PATH}/choose", scheme="lenient")[0] == 422
    assert post(world, president, f"{PATH}/choose", scheme="network")[0] == 422, "the network has none"
    assert post(world, president, f"{PATH}/choose", scheme="monthly")[0] == 303
    after = get(world, members[0])
    assert 'Monthly</bdi> <span class="badge badge-good">in force here' in after
    assert re.search(r"from [^<]*24[^<]*2026", after)
    assert "Monthly" in get(world, members[0], "/g/harbour/credibility/")


def test_strangers_and_members_of_other_groups_find_neither_page(
    world: World, recorded: Recorded, president: MemberLine
) -> None:
    other = world.member(world.group("mill", plugins=PLUGINS))
    for path in (PATH, NETWORK):
        assert world.client().get(path).status_code == 303
        assert world.client(other).get(path).status_code == 404
    assert world.client(president).get(NETWORK).status_code == 404, (
        "an office of the group is none of the network"
    )
    assert world.client(president).post(NETWORK, data=USUAL).status_code == 404


@pytest.mark.usefixtures("seen")
def test_leaders_read_counts_of_the_records_that_are_seen_and_members_never(
    world: World, members: Sequence[MemberLine], president: MemberLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FEWEST == 5
    assert "fewer than five: no number is said" in get(world, president)
    few(monkeypatch, 2)
    shown = re.sub(r"\s+", " ", get(world, president))
    assert "Members whose record the group sees</dt><dd>2<" in shown
    assert "Not yet</dt><dd>2<" in shown
    assert "still owed between members with a record, as on Monday</dt><dd>0<" in shown
    assert "Of the 2 records shown now 2 would stay." in shown
    assert "Of the 2 records shown now fewer than five would stay." in shown, "by small group none"
    assert "4 of 4 members are here long enough." in shown
    assert "had 5 records by week 26 and 10 by week 52" in shown
    assert "records shown now" not in get(world, members[2])


@pytest.mark.usefixtures("seen")
def test_reports_owed_are_those_between_shown_members_as_on_monday(
    world: World,
    recorded: Recorded,
    members: Sequence[MemberLine],
    president: MemberLine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few(monkeypatch, 2)
    ana, rui, eva = members
    passed_slip(world, recorded.group, ana, rui)
    passed_slip(world, recorded.group, eva, ana)
    owed = "as on Monday</dt><dd>"
    world.pass_time(days=15)
    before = get(world, president)
    assert f"{owed}0<" in before, "since Monday, nothing more"
    world.pass_time(days=7)
    assert f"{owed}2<" in get(world, president), "both sides of one slip; that of Eva has no record"


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("office", [Office.PRESIDENT, None])
def test_nothing_on_a_withheld_member_changes_a_byte(
    world: World,
    recorded: Recorded,
    members: Sequence[MemberLine],
    president: MemberLine,
    monkeypatch: pytest.MonkeyPatch,
    office: Office | None,
) -> None:
    """Reports on Eva, what she gave, received and owes, and what waits for her, move no number, in no preview."""
    few(monkeypatch, 2)
    ana, rui, eva = members
    viewer = president if office else rui
    before, here = get(world, viewer), world.now
    world.clock.move_to(here - timedelta(days=30))
    for giver, receiver in ((eva, ana), (ana, eva)):
        passed_slip(world, recorded.group, giver, receiver)
    world.clock.move_to(here)
    count_on(world, recorded, eva, by=(ana, rui, president))
    assert get(world, viewer) == before
    assert ("records shown now" in before) == (office is not None)


def count_on(world: World, recorded: Recorded, about: MemberLine, *, by: Sequence[MemberLine]) -> None:
    """Keep good published reports on somebody, enough for every gate of the reports."""
    whose = (Facet.HANDLING, about.id)
    with acting(world) as work:
        known = secret.all_evidence(work.session, recorded.group.id)[0]
        reports = [
            replace(
                known,
                id=work.ids.key(),
                public_id=work.ids.public_id(),
                slip_id=work.ids.key(),
                by_member_id=one.id,
                about_member_id=about.id,
                weight=1.0,
                facet=Facet.HANDLING,
            )
            for one in (*by, *by)
        ]
        put_evidence(work.session, recorded.group.id, reports)
        fold_again(work, recorded.group, whose, STANDARD)
        work.commit()


def test_administrator_of_the_network_makes_a_version_and_leaders_choose_it(
    world: World, recorded: Recorded, president: MemberLine, members: Sequence[MemberLine]
) -> None:
    admin = made_admin(world, members[0])
    assert "The scheme of this network" in get(world, admin)
    assert "The scheme of this network" not in get(world, president)
    status, text = post(
        world,
        admin,
        NETWORK,
        **{**USUAL, "name": " ", "effective_on": "", "min_independent": "2", "kappa": "much"},
    )
    assert status == 422
    assert text.count('class="field-error"') == 4
    assert 'value="much"' in text, "what was typed stays"
    day = world.now.date().isoformat()
    typed = {**USUAL, "name": "Coast", "effective_on": day, "kappa": "5", "mutual_factor": "1/2"}
    assert post(world, admin, NETWORK, **typed)[0] == 303
    assert "Coast, version 1" in get(world, admin, NETWORK)
    shown = get(world, president)
    assert 'data-head="Coast">5</td>' in shown
    assert 'data-head="Coast">0.5</td>' in shown
    assert post(world, president, f"{PATH}/choose", scheme="network")[0] == 303
    assert 'Coast</bdi> <span class="badge badge-good">in force here' in get(world, members[1])
    assert "(0.5 + 3.75) / (0.5 + 5) = 0.772727" in get(world, members[1])


def test_numbers_are_written_as_the_group_writes_them_and_lose_no_digit(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    admin, day = made_admin(world, members[0]), world.now.date().isoformat()
    work = world.work()
    work.session.execute(update(GroupRow).values(locale="de-DE"))
    work.session.execute(update(PersonRow).values(language="de"))
    work.commit()
    typed = {**USUAL, "name": "Coast", "effective_on": day, "prior": "0,7654321", "new_voice": "0.2"} | {
        "mutual_factor": "1/3"
    }
    status, text = post(world, admin, NETWORK, **typed)
    assert (status, "Set a number from 0,25 to 1." in text, "From 0,25 to 1." in text) == (422, True, True)
    assert post(world, admin, NETWORK, **{**typed, "new_voice": "0,25"})[0] == 303
    shown = get(world, members[1])
    assert 'data-head="Coast">0,7654321</td>' in shown
    assert 'data-head="Standard">0,5</td>' in shown
    assert "(0,5 + 2,25) / (0,5 + 3) = 0,785714" in shown
    form = get(world, admin, NETWORK)
    assert 'value="0,7654321"' in form
    assert 'value="1/3"' in form


def test_two_versions_of_one_name_say_which_they_are(
    world: World, recorded: Recorded, president: MemberLine, members: Sequence[MemberLine]
) -> None:
    """A group has the version before until Monday, and from the day of a new one both stand on the page."""
    admin = made_admin(world, members[0])
    typed = {**USUAL, "name": "Coast", "effective_on": world.now.date().isoformat()}
    assert post(world, admin, NETWORK, **typed)[0] == 303
    assert post(world, president, f"{PATH}/choose", scheme="network")[0] == 303
    assert 'data-head="Coast"' in get(world, members[1])
    world.pass_time(days=1)
    later = {**typed, "effective_on": world.now.date().isoformat(), "kappa": "5"}
    assert post(world, admin, NETWORK, **later)[0] == 303
    shown = get(world, members[1])
    assert 'data-head="Coast"' not in shown
    for version, day, kappa in ((1, "24 Nov 2026", "3"), (2, "25 Nov 2026", "5")):
        head = f"Coast, version {version}, from {day}"
        assert f"<bdi>{head}</bdi>" in shown
        assert f'data-head="{head}">{kappa}</td>' in shown


def test_double_tap_makes_one_version(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    admin = made_admin(world, members[0])
    client = world.client(admin)
    token = re.search(r'name="form_token"[^>]*value="([^"]+)"', client.get(NETWORK).text)
    assert token is not None
    typed = {**USUAL, "name": "Coast", "effective_on": world.now.date().isoformat(), "form_token": token[1]}
    assert [client.post(NETWORK, data=typed).status_code for _ in range(2)] == [303, 303]
    assert world.rows("credibility_network_scheme") == 1
