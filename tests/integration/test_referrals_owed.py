"""How many reports are owed between members: of slips that had something to tell by then, that nobody told of, in the last 26 weeks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.queries.owed import StoredOwed
from app.plugins.referrals.services.reporting import GiveReport, give_report
from tests.support.slips import acting, passed_slip, reading, take
from tests.support.world import World


@dataclass(frozen=True, kw_only=True)
class Case:
    """A slip that was passed so many days before it is asked, and whose reports are owed."""

    owed: int
    passed: int = 5
    act: Act | None = None
    result: SlipState | None = None
    said: Mapping[str, int] = field(default_factory=dict)
    """Who said their word, so many days before it is asked; below nothing is after."""
    columns: Mapping[str, Any] = field(default_factory=dict)
    """What is changed of the slip by hand: such a one comes from a file."""


WON = Case(owed=2, act=Act.CLOSE, result=SlipState.WON)
CASES: dict[str, Case] = {
    "won, and nobody said a word": WON,
    "won, and the giver did": Case(owed=1, act=Act.CLOSE, result=SlipState.WON, said={"giver": 1}),
    "won, and both did": Case(owed=0, act=Act.CLOSE, result=SlipState.WON, said={"giver": 1, "receiver": 1}),
    "won, and the giver's word came later": Case(
        owed=2, act=Act.CLOSE, result=SlipState.WON, said={"giver": -1}
    ),
    "open for thirteen days": Case(owed=0, passed=13),
    "open for fourteen days": Case(owed=2, passed=14),
    "declined": Case(owed=0, act=Act.DECLINE),
    "26 weeks old": Case(owed=2, passed=26 * 7),
    "a day older": Case(owed=0, passed=26 * 7 + 1),
    "from a file": Case(
        owed=0,
        act=Act.CLOSE,
        result=SlipState.WON,
        columns={"is_historic": True, "historic_on": date(2026, 11, 1)},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_owed_is_what_could_be_told_and_was_not(world: World, case: Case) -> None:
    group = world.group(plugins=("referrals",))
    rui, ana, eva = (world.member(group, name) for name in ("Rui Almeida", "Ana Sousa", "Eva Costa"))
    asked_at = world.now + timedelta(days=case.passed)
    slip = passed_slip(world, group, rui, ana)
    if case.act is not None:
        world.pass_time(days=2)
        take(world, group, slip, ana, case.act, result=case.result)
    for who, days in sorted(case.said.items(), key=lambda one: -one[1]):
        world.clock.move_to(asked_at - timedelta(days=days))
        _say(world, group, slip, {"giver": rui, "receiver": ana}[who])
    if case.columns:
        with acting(world) as work:
            work.session.execute(update(SlipRow).where(SlipRow.group_id == group.id).values(**case.columns))
            work.commit()
    with reading(world) as session:
        stored = StoredOwed(session)
        assert stored.owed_between(group.id, [rui.id, ana.id], asked_at) == case.owed
        assert stored.owed_between(group.id, [rui.id, eva.id], asked_at) == 0, "the receiver is not asked for"


def _say(world: World, group: Group, slip: str, member: MemberLine) -> None:
    with acting(world, member) as work:
        give_report(work, GiveReport(group_id=group.id, slip=slip, member=member.id, answer="yes"))
