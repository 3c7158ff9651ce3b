"""Whoever asks for a withheld member: scripts, files and other plugins are answered as if there were no record at all."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.credibility import interface
from app.plugins.credibility.domain.scheme import PROFILES, Constants
from app.plugins.credibility.plugin import CredibilityPlugin
from app.plugins.credibility.queries import choices, secret
from app.plugins.credibility.queries.shown import WITHHELD, Withheld, shown_of
from app.plugins.credibility.services.counting import count_week
from app.plugins.credibility.store import put_part
from tests.support.elsewhere import TwoGroups, two_groups
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "profiles", "activities", "credibility")
LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.5)
FILES = 5
SCRIPT = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


def addresses(world: World, about: MemberLine) -> list[str]:
    """Return every address of a group that is read and needs no more than the group, and the member, in it.

    What is printed holds what its table holds, and takes long to set: it is left out.
    """
    values, found = {"group": "harbour", "member": about.public_id}, []
    with world.app.test_request_context():
        for rule in sorted(world.app.url_map.iter_rules(), key=str):
            is_read = "GET" in (rule.methods or ()) and rule.rule.startswith("/g/<")
            if is_read and not rule.rule.endswith(".pdf") and rule.arguments <= set(values):
                built = rule.build({name: values[name] for name in rule.arguments})
                found += [built[1]] if built else []
    return found


def answers(world: World, viewer: MemberLine, paths: Collection[str]) -> Mapping[str, Any]:
    """Return what the viewer's script is answered at these addresses, without what only says when a file was made."""
    client = world.client(viewer)
    return {path: _without_stamps(client.get(path, headers=SCRIPT)) for path in paths}


def _without_stamps(answer: TestResponse) -> tuple[int, str, Mapping[str, bytes]]:
    marks = f"{answer.headers.get('ETag')} {answer.headers.get('Last-Modified')}"
    parts: Mapping[str, bytes] = {"": answer.data}
    if answer.data[:2] == b"PK":
        with ZipFile(BytesIO(answer.data)) as file:
            parts = {one: file.read(one) for one in file.namelist() if one != "docProps/core.xml"}
    return answer.status_code, str(answer.mimetype), {**parts, "marks": marks.encode()}


def test_scripts_and_files_are_answered_alike_before_and_after_a_withheld_member_is_counted(
    world: World, recorded: Recorded
) -> None:
    """The same moment twice; between the two nothing but the weekly counting happens."""
    ana, rui, eva = (world.member(recorded.group, name) for name in ("Ana Sousa", "Rui Alves", "Eva Reis"))
    leader = world.member(recorded.group, "Pia Prado", offices=[Office.PRESIDENT])
    for giver in (rui, eva):
        recorded.handled(giver, ana, "yes")
    world.clock.move_to(world.now + timedelta(days=7))
    every = answers(world, leader, addresses(world, ana))
    files = sorted(path for path, (code, kind, _data) in every.items() if code == 200 and kind != "text/html")
    assert len(files) > FILES, "there are files, and answers for scripts, to compare"
    viewers = (rui, leader)
    before = [answers(world, viewer, files) for viewer in viewers]
    with acting(world) as work:
        assert count_week(work, recorded.group) == 4
        work.commit()
    assert [answers(world, viewer, files) for viewer in viewers] == before


def test_other_plugins_find_nothing_to_ask(world: World, recorded: Recorded) -> None:
    with acting(world) as work:
        assert CredibilityPlugin().reads(work) == {}
    asks = [name for name in vars(interface) if getattr(vars(interface)[name], "_is_protocol", False)]
    assert asks == []


@pytest.mark.parametrize("why", ["not asked", "no", "object", "too few", "faded", "nobody"])
def test_every_blank_is_one_and_the_same(world: World, recorded: Recorded, why: str) -> None:
    ana, rui, eva = (world.member(recorded.group) for _ in range(3))
    if why != "nobody":
        for giver in (rui, eva) if why != "too few" else (rui,):
            recorded.handled(giver, ana, "yes")
        recorded.count()
    with acting(world) as work:
        if why in {"no", "object"}:
            put_part(work.session, recorded.group.id, ana.id, why, work.now)
        elif why != "not asked":
            put_part(work.session, recorded.group.id, ana.id, "yes", work.now)
        work.commit()
    if why == "faded":
        world.pass_time(days=900)
    with acting(world) as work:
        assert shown_of(work, recorded.group, ana.id) is WITHHELD
    assert Withheld.__slots__ == ()


def test_slip_between_two_groups_is_no_evidence_in_either(world: World) -> None:
    two: TwoGroups = two_groups(world)
    ours, theirs = two.passed()
    two.step(two.otto, theirs, "close", 1, result="won")
    world.pass_time(days=1)
    for member, slip in ((two.ana, ours), (two.otto, theirs)):
        assert "Would you refer" not in two.client(member).get(slip).text
        assert two.client(member).post(f"{slip}/report", data={"answer": "no"}).status_code == 404
    world.pass_time(days=21)
    for group in (two.harbour, two.mill):
        with acting(world) as work:
            assert count_week(work, group) == 0
            work.commit()
        with reading(world) as session:
            assert secret.all_evidence(session, group.id) == []
