"""The demo's harbour has members on every side of what a record needs: shown, and blank for each reason there is."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app
from app.core.clock import FixedClock
from app.core.groups.domain.standing import Group
from app.core.groups.queries import group_by_slug, members_on, switched_on
from app.core.ids import MemberId
from app.core.notices.models import OutgoingMailRow
from app.core.work import HOUSE, UnitOfWork
from app.extensions import db
from app.plugin_runtime.runtime import runtime
from app.plugins.credibility.domain.confirming import CONFIRMED
from app.plugins.credibility.domain.estimate import Condition
from app.plugins.credibility.models_appeals import DeciderRow
from app.plugins.credibility.queries.shown import Own, own_of, shown_of_all
from tests.support.engines import STARTS_AT, copy_on_sqlite

FEWEST_SHOWN = 5


class Harbour:
    """The demo's harbour, read once: who is shown, and what each member sees of themselves."""

    def __init__(self, work: UnitOfWork, group: Group) -> None:
        members = members_on(work.session, group.id, STARTS_AT.date())
        self.email = {line.id: line.email for line in members}
        self.name = {line.id: line.name for line in members}
        self.shown = set(shown_of_all(work, group, [line.id for line in members]))
        self.own: Mapping[MemberId, Own] = {line.id: own_of(work, group, line.id) for line in members}
        asked = select(DeciderRow.member_id).where(DeciderRow.group_id == group.id)
        self.deciders = set(work.session.scalars(asked))
        kinds = select(OutgoingMailRow.kind).where(OutgoingMailRow.kind.startswith("credibility"))
        self.mailed = list(work.session.scalars(kinds))

    def sign_in(self, name: str) -> MemberId:
        return next(member for member, email in self.email.items() if email == f"{name}@harbour.example")

    def lacking(self, member: MemberId) -> set[Condition]:
        return {one.condition for one in self.own[member].gate if not one.is_met}

    def blank_for_lack_of(self, *conditions: Condition) -> list[MemberId]:
        """Return who takes part, has disagreed with nothing, and lacks these and nothing else."""
        return [
            member
            for member, own in self.own.items()
            if own.says == "yes" and self.lacking(member) == {*conditions} and not frozen(own)
        ]


def frozen(own: Own) -> bool:
    return any(row.is_frozen for row in own.rows)


@pytest.fixture(scope="module")
def harbour(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harbour]:
    settings = copy_on_sqlite(sqlite_template, tmp_path_factory.mktemp("records"))
    app = create_app(settings, clock=FixedClock(STARTS_AT), testing=True)
    loaded = app.test_cli_runner().invoke(args=["demo", "load", "--groups", "1"])
    assert loaded.exit_code == 0, loaded.output
    with app.app_context():
        work = runtime().work(runtime().new_session(), HOUSE)
        group = group_by_slug(work.session, "harbour")
        assert group is not None
        assert "credibility" in switched_on(work.session, group.id)
        yield Harbour(work, group)
        work.rollback()
        db.engine.dispose()


def test_some_are_shown_among_them_two_who_can_sign_in(harbour: Harbour) -> None:
    assert len(harbour.shown) >= FEWEST_SHOWN
    assert {harbour.sign_in("president"), harbour.sign_in("member")} <= harbour.shown
    assert all(harbour.own[member].is_open for member in harbour.shown)


def test_newcomer_is_too_new(harbour: Harbour) -> None:
    assert {Condition.TENURE, Condition.ATTENDED} <= harbour.lacking(harbour.sign_in("newcomer"))


@pytest.mark.parametrize("condition", [Condition.ATTENDED, Condition.GIVEN, Condition.EVIDENCE])
def test_somebody_lacks_this_and_nothing_else(harbour: Harbour, condition: Condition) -> None:
    assert harbour.blank_for_lack_of(condition)


def test_secretary_has_too_few_outcomes(harbour: Harbour) -> None:
    secretary = harbour.sign_in("secretary")
    assert harbour.lacking(secretary) == {Condition.OUTCOMES, Condition.INDEPENDENT, Condition.EVIDENCE}
    assert len(harbour.own[secretary].rows) == 2


def test_friends_who_pass_to_each_other_have_reports_enough_and_no_three_who_are_independent(
    harbour: Harbour,
) -> None:
    friends = harbour.blank_for_lack_of(Condition.INDEPENDENT, Condition.EVIDENCE)
    assert len(friends) >= 3
    assert all(len(harbour.own[member].rows) >= 10 for member in friends[:3])


def test_evidence_of_somebody_has_faded_that_had_been_enough(harbour: Harbour) -> None:
    (faded, *_others) = (
        harbour.own[member]
        for member in harbour.blank_for_lack_of(Condition.EVIDENCE)
        if sum(row.weight for row in harbour.own[member].rows) > 1.75
    )
    assert faded.since is not None


@pytest.mark.parametrize("says", ["no", "object", ""])
def test_somebody_does_not_take_part(harbour: Harbour, says: str) -> None:
    settled = [own for own in harbour.own.values() if own.says == says and own.gate[0].is_met]
    assert settled
    assert all(bool(own.rows) is (says == "") for own in settled)
    if not says:
        assert any(own.is_open for own in settled)


def test_somebody_is_blank_while_a_disagreement_is_decided_by_one_who_can_sign_in(harbour: Harbour) -> None:
    (who,) = [member for member, own in harbour.own.items() if frozen(own)]
    assert harbour.own[who].says == "yes"
    assert harbour.lacking(who) == {Condition.OUTCOMES}
    assert harbour.deciders & {harbour.sign_in("president"), harbour.sign_in("secretary")}


def test_customers_confirmed_a_report_on_two_who_can_sign_in(harbour: Harbour) -> None:
    for name in ("president", "member"):
        voices = [row.voice for row in harbour.own[harbour.sign_in(name)].rows]
        assert voices.count(CONFIRMED) == 1


def test_guide_names_members_on_each_side_as_they_are(harbour: Harbour) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "credibility.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| ([^|]+) \| `([^`]+)`[^|]* \| (the record|a blank) \| (.+) \|$", guide, re.MULTILINE
    )
    assert len(rows) == 12
    for name, address, seen, why in rows:
        (member,) = [one for one, email in harbour.email.items() if email == address]
        assert harbour.name[member] == name
        assert (member in harbour.shown) is (seen == "the record"), name
        assert ("all six are met" in why) is harbour.own[member].is_open, name
    lacking_one = {name for name, _address, _seen, why in rows if "lacks nothing else" in why}
    assert {name for member, name in harbour.name.items() if len(harbour.lacking(member)) == 1} >= lacking_one


def test_nobody_is_mailed_of_the_demos_records(harbour: Harbour) -> None:
    assert harbour.mailed == []
