"""Disagreeing with a report on its pages: for the member, those who decide, the reporter, another office, a member, a stranger."""

import re
from collections.abc import Sequence

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from tests.support.records import Recorded
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
OWN = "/g/harbour/credibility/"
TASK = "Decide on a report that a member disagrees with."


@pytest.fixture
def recorded(world: World) -> Recorded:
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def leaders(world: World, recorded: Recorded) -> Sequence[MemberLine]:
    offices = (Office.PRESIDENT, Office.VICE_PRESIDENT, Office.SECRETARY_TREASURER)
    return [world.member(recorded.group, offices=[office]) for office in offices]


@pytest.fixture
def ana(world: World, recorded: Recorded, leaders: Sequence[MemberLine]) -> MemberLine:
    """Ana has two published reports, one of them bad, by the president."""
    ana, eva = world.member(recorded.group, "Ana Sousa"), world.member(recorded.group, "Eva Costa")
    recorded.handled(leaders[0], ana, "no")
    recorded.handled(eva, ana, "yes")
    recorded.count()
    return ana


def get(world: World, member: MemberLine, path: str) -> str:
    return world.client(member).get(path).get_data(as_text=True)


def post(world: World, member: MemberLine, path: str, **data: str) -> tuple[int, str, str]:
    client = world.client(member)
    token = re.search(r'name="form_token"[^>]*value="([^"]+)"', client.get(path).get_data(as_text=True))
    answer = client.post(path, data={**data, "form_token": token[1] if token else ""})
    return answer.status_code, answer.get_data(as_text=True), answer.headers.get("Location", "")


def disagreed(world: World, ana: MemberLine) -> str:
    """Disagree with the bad report and return where its page is."""
    rows = get(world, ana, OWN).split("<tr>")
    bad = next(row for row in rows if "would not refer again" in row)
    link = re.search(r'href="([^"]+/disagree)"', bad)
    assert link is not None
    status, _text, location = post(world, ana, link[1], reason="I called him on the same day.")
    assert status == 303
    return location


def test_member_disagrees_without_learning_whose_it_is(
    world: World, ana: MemberLine, leaders: Sequence[MemberLine]
) -> None:
    place = disagreed(world, ana)
    shown = get(world, ana, place)
    assert "This is being decided." in shown
    assert "who looked before may notice that one report fewer counts" in shown
    assert "Nobody else can see" not in shown
    assert leaders[0].name not in shown
    own = get(world, ana, OWN)
    assert "not counted: you disagreed" in own
    assert own.count(">I disagree<") == 1, "the other report can still be disagreed with"


def test_reason_is_needed(world: World, ana: MemberLine) -> None:
    link = re.search(r'href="([^"]+/disagree)"', get(world, ana, OWN))
    assert link is not None
    status, text, _location = post(world, ana, link[1], reason=" ")
    assert status == 422
    assert "Write your reason in a sentence or two." in text


def test_two_leaders_decide_with_the_slip_before_them_and_the_member_reads_why(
    world: World, ana: MemberLine, leaders: Sequence[MemberLine]
) -> None:
    place = disagreed(world, ana)
    assert TASK in get(world, leaders[1], "/g/harbour/")
    shown = get(world, leaders[1], place)
    assert "I called him on the same day." in shown
    assert f"Passed by {leaders[0].name} to Ana Sousa" in shown.replace("&#39;", "'")
    status, text, _location = post(world, leaders[1], place, says="", reason="")
    assert (status, "Say whether the report is to count." in text) == (422, True)
    assert post(world, leaders[1], place, says="uphold", reason="The call stands in the slip.")[0] == 303
    assert "The call stands in the slip." not in get(world, leaders[2], place), "each decides alone"
    assert "The call stands in the slip." not in get(world, ana, place)
    assert post(world, leaders[2], place, says="uphold", reason="I agree.")[0] == 303
    shown = get(world, ana, place)
    assert "Decided: the report counts no more." in shown
    assert "The call stands in the slip." in shown
    assert leaders[1].name not in shown
    assert TASK not in get(world, leaders[1], "/g/harbour/")
    assert "would not refer again" not in get(world, ana, OWN)


def test_report_that_is_to_count_says_that_it_does_so_from_monday_on(
    world: World, recorded: Recorded, ana: MemberLine, leaders: Sequence[MemberLine]
) -> None:
    place = disagreed(world, ana)
    for leader in leaders[1:]:
        assert post(world, leader, place, says="keep", reason="It says what happened.")[0] == 303
    own = get(world, ana, OWN)
    assert "Decided: the report counts." in own
    assert "not counted: you disagreed" not in own
    assert "and it counts again from the next Monday on" in own
    recorded.count()
    assert "counts again from" not in get(world, ana, OWN)


def test_reporter_other_offices_members_and_strangers_see_nothing_of_it(
    world: World, recorded: Recorded, ana: MemberLine, leaders: Sequence[MemberLine]
) -> None:
    host = world.member(recorded.group, offices=[Office.VISITOR_HOST])
    other = world.member(recorded.group)
    viewers = (leaders[0], host, other)
    before = [masked(get(world, one, "/g/harbour/")) for one in viewers]
    place = disagreed(world, ana)
    for viewer, home in zip(viewers, before, strict=True):
        assert world.client(viewer).get(place).status_code == 404
        assert masked(get(world, viewer, "/g/harbour/")) == home
    assert world.client().get(place).status_code == 303
    mill = world.member(world.group("mill", plugins=PLUGINS))
    assert world.client(mill).get(place).status_code == 404


def test_report_of_somebody_else_does_not_exist(
    world: World, ana: MemberLine, leaders: Sequence[MemberLine]
) -> None:
    link = re.search(r'href="([^"]+/disagree)"', get(world, ana, OWN))
    assert link is not None
    for viewer in leaders:
        assert world.client(viewer).get(link[1]).status_code == 404
    place = disagreed(world, ana)
    assert world.client(ana).post(place, data={"says": "uphold", "reason": "Mine."}).status_code == 404


def masked(text: str) -> str:
    return re.sub(r'name="[\w-]*(?:form_token|csrf_token)"[^>]*>', "", text)
