"""Every text about a person says whose it is, so that it is exported to them and erased with them."""

from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Date, ForeignKey, MetaData, Table

from app.core.database import BY_HAND, THE_GROUP, Base, PersonalText
from app.core.person_data.declared import Declared, faults_of, labelled, leads_to, tables_of
from app.plugin_runtime.discovery import find_plugins
from config import PLUGINS

PLUGINS_IN_TREE = find_plugins(PLUGINS)
TABLES = tables_of(Base, Base.metadata.tables)

BY_HAND_OF_CORE = {"ledger_reason", "import_batch", "import_effect"}
"""Tables of core whose texts are found by what they hold; every other one belongs to a plugin that overrides the hook."""


def made_up(name: str, *columns: Column[Any]) -> list[Declared]:
    """Return the declarations of a made-up table that hangs beside the real ones."""
    return list(labelled([Table(name, MetaData(), *columns)]))


def to(target: str, name: str) -> Column[Any]:
    """Return a column that points at a column of a real table."""
    table, _dot, column = target.partition(".")
    return Column(name, BigInteger, ForeignKey(Base.metadata.tables[table].columns[column]))


def test_every_text_says_whose_it_is() -> None:
    """Where this fails, write `of=` into the column it names; docs/person-data.md has the words."""
    assert [fault for one in labelled(TABLES) for fault in faults_of(one)] == []


def test_there_are_texts_of_members_people_and_strangers() -> None:
    ends = {leads_to(one.table, path).name for one in labelled(TABLES) for path in one.erased_with}
    assert {"member", "person"} <= ends
    assert {one.label for one in labelled(TABLES) if not one.erased_with} >= {"visitor", "prospect"}


def test_what_is_found_by_hand_has_a_hook_that_finds_it() -> None:
    hooked = {
        plugin.manifest.table_prefix for plugin in PLUGINS_IN_TREE if "erase_person" in vars(type(plugin))
    }
    by_hand = {one.table.name for one in labelled(TABLES) if BY_HAND in one.of} - BY_HAND_OF_CORE
    assert [name for name in sorted(by_hand) if not name.startswith(tuple(hooked))] == []


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        (PersonalText("note"), "does not say whose it is"),
        (PersonalText("note", told="member_id"), "does not say whose it is"),
        (PersonalText("note", of="nobody_id"), "points at nothing"),
        (PersonalText("note", of="member_id.nobody_id"), "points at nothing"),
        (PersonalText("note", of="member_id", told="nobody_id"), "points at nothing"),
        (PersonalText("note", of="meeting_id"), "leads to meeting"),
        (PersonalText("visitor"), "has no day on which it goes"),
    ],
)
def test_a_text_that_nobody_would_erase_is_seen(declared: PersonalText, fault: str) -> None:
    found = made_up(
        "guestbook", to("member.id", "member_id"), to("meeting.id", "meeting_id"), Column("line", declared)
    )
    faults = [fault for one in found for fault in faults_of(one)]
    assert len(faults) == 1
    assert fault in faults[0]
    assert "guestbook.line" in faults[0]


@pytest.mark.parametrize(
    "declared",
    [
        PersonalText("note", of="member_id"),
        PersonalText("note", told="person_id", about="member_id"),
        PersonalText("note", of="slip_id.giver_member_id"),
        PersonalText("note", of=THE_GROUP),
        PersonalText("visitor"),
        PersonalText("visitor", of="visitor_id"),
    ],
)
def test_a_text_that_is_erased_is_no_fault(declared: PersonalText) -> None:
    found = made_up(
        "guestbook",
        to("member.id", "member_id"),
        to("person.id", "person_id"),
        to("referrals_slip.id", "slip_id"),
        to("welcome_visitor.id", "visitor_id"),
        Column("line", declared),
        Column("expires_on", Date),
    )
    assert [fault for one in found for fault in faults_of(one)] == []
