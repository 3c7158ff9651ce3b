"""Founding whole: the group, its president, its meetings and plugins, or nothing; and many that found at once."""

from dataclasses import replace
from datetime import date, time

import pytest

from app.core.access.services.accounts import open_account
from app.core.errors import Refusal, Refused
from app.core.founding.domain.asked import Asked
from app.core.founding.domain.who_may import Founding
from app.core.founding.network import choose_founding, who_may_found
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on, office_holders, switched_on
from app.core.people.domain.name import Name
from app.core.people.services import add_person
from app.plugin_runtime.founding import found_whole_group, founding_fields, plugins_at_first
from app.plugins.attendance.plugin import AttendancePlugin
from tests.support.parallel import at_once
from tests.support.town import Town

TODAY = date(2026, 11, 24)
PIER = Asked(
    founder="Ana Sousa",
    name="The Pier",
    kind="referral-group",
    weekday=3,
    week=0,
    wall_time=time(12, 30),
    minutes=60,
    zone="Europe/Lisbon",
    currency="EUR",
    locale="en-GB",
    vocabulary="standard",
    answers={"attendance": {"cut_off_minutes": 10}},
)


def found(town: Town, asked: Asked, email: str) -> Group:
    """Found the group for somebody new with this address."""
    with town.act() as work:
        person_id = add_person(work, Name(given="Ana", family="Sousa"))
        account_id = open_account(work, person_id=person_id, email=email)
        return found_whole_group(
            work, town.held.registry, asked, account_id=account_id, person_id=person_id, email=email
        )


def test_the_founder_is_the_president_and_the_only_member(town: Town) -> None:
    group = found(town, PIER, "ana@pier.example")
    [member] = members_on(town.session, group.id, TODAY)
    presidents = office_holders(town.session, group.id, frozenset({Office.PRESIDENT}), TODAY)
    assert (member.name, member.email, presidents) == ("Ana Sousa", "ana@pier.example", [member.id])
    town.assert_ledger_whole(group)


def test_the_cut_off_holds_from_the_first_day(town: Town) -> None:
    group = found(town, replace(PIER, name="Cut Off"), "ana@cutoff.example")
    query = f"SELECT cut_off_minutes FROM attendance_rule_set WHERE group_id = {group.id} AND effective_on < '2000-01-01'"
    assert town.value(query) == 10


def test_the_plugins_of_a_kind_are_on_and_asked(town: Town) -> None:
    registry = town.held.registry
    names = {
        kind: {one.manifest.name for one in plugins_at_first(registry, kind)}
        for kind in ("referral-group", "roundtable")
    }
    assert {"attendance", "referrals"} <= names["referral-group"]
    assert "attendance" in names["roundtable"] - {"referrals"}
    assert "referrals" not in names["roundtable"]
    asked = founding_fields(registry)["attendance"]
    assert [field.name for field in asked] == ["cut_off_minutes"]
    assert asked == AttendancePlugin().founding_fields()
    group = found(town, replace(PIER, name="Table", kind="roundtable", week=-1), "ana@table.example")
    assert switched_on(town.session, group.id) >= {"attendance"}
    assert "referrals" not in switched_on(town.session, group.id)


def test_a_plugin_that_refuses_leaves_nothing_founded(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise Refused([Refusal(code="attendance.cut_off_unlikely", facts={"least": 0, "most": 1})])

    before = [town.rows(table) for table in ("member_group", "person", "meeting", "account")]
    monkeypatch.setattr(AttendancePlugin, "founded", refuse)
    with pytest.raises(Refused, match=r"^attendance\.cut_off_unlikely$"):
        found(town, replace(PIER, name="Refused"), "ana@refused.example")
    assert [town.rows(table) for table in ("member_group", "person", "meeting", "account")] == before


def test_groups_of_one_name_that_are_founded_at_once_get_addresses_of_their_own(town: Town) -> None:
    asked = replace(PIER, name="Same Name")
    groups = at_once(4, lambda number: found(town, asked, f"founder{number}@same.example"))
    assert sorted(getattr(group, "slug", str(group)) for group in groups) == [
        "same-name",
        "same-name-2",
        "same-name-3",
        "same-name-4",
    ]


def test_the_networks_choice_is_kept_until_it_is_changed(town: Town) -> None:
    with town.act() as work:
        choose_founding(work, Founding.ACCOUNTS)
    assert who_may_found(town.session) is Founding.ACCOUNTS
    with town.act() as work:
        choose_founding(work, Founding.ADMINS)
    assert who_may_found(town.session) is Founding.ADMINS
