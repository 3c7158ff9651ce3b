"""Every table belongs to one component and one group, and every text about a person is labelled."""

from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, MetaData, String, Table

from app.core.database import Base, PersonalText
from app.plugin_runtime.discovery import find_plugins
from config import PLUGINS

PLUGINS_IN_TREE = find_plugins(PLUGINS)
PREFIXES = {plugin.manifest.table_prefix: plugin.manifest.name for plugin in PLUGINS_IN_TREE}
MODULES = {type(plugin).__module__.rpartition(".")[0]: plugin.manifest.name for plugin in PLUGINS_IN_TREE}

NETWORK_CHAIN = {"ledger_entry", "ledger_head", "credibility_network_scheme"}
"""Tables whose group may be 0: what belongs to no group, as its chain."""

CODES = {
    "*": {"state", "kind", "origin", "public_id", "currency", "zone", "token_hash", "purpose"},
    "account": {"password_hash"},
    "account_link": {"code_hash"},
    "attendance_answer": {"answer", "via"},
    "attendance_care": {"pattern"},
    "attendance_claim": {"device_key", "how"},
    "attendance_door": {"asks"},
    "attendance_mark": {"status", "grade", "device_key", "excuse", "stood_before"},
    "attendance_member_key": {"pin_hash", "code_hash"},
    "attendance_rule_set": {"name", "rules", "cut_off_kind"},
    "attendance_tablet_anchor": {"boot"},
    "attendance_tablet_event": {"hash", "claimed_hash", "previous", "boot", "proof", "reason"},
    "attendance_tablet_run": {"boot"},
    "code_tries": {"address_hash"},
    "credibility_appeared": {"facet"},
    "credibility_confirmation": {"link_hash"},
    "credibility_decider": {"says"},
    "credibility_evidence": {"facet", "voice"},
    "credibility_network_scheme": {"name"},
    "credibility_pair": {"facet"},
    "credibility_part": {"says"},
    "credibility_scheme": {"scheme"},
    "credibility_standing": {"facet"},
    "credibility_void": {"facet"},
    "device": {"label", "pass_hash"},
    "firstyear_talk": {"outcome", "seen_by"},
    "firstyear_to_meet": {"reason"},
    "giving_introduction": {"one_says", "other_says", "one_outcome", "other_outcome"},
    "import_batch": {"file_hash", "outcome"},
    "joining_application": {"mail_key", "visitor_public_id", "link_nonce", "link_hash"},
    "joining_neighbour": {"one", "other", "seats"},
    "joining_reference": {"answer", "link_nonce", "link_hash"},
    "joining_setting": {"rule"},
    "joining_vote": {"ballot"},
    "joining_wanted": {"trade", "seat"},
    "import_effect": {"subject"},
    "invitation": {"link_hash"},
    "ledger_delivery": {"subscriber", "last_error"},
    "ledger_entry": {"actor", "facts", "previous_hash", "hash"},
    "ledger_head": {"hash"},
    "mail_words": {"wording", "subject", "body"},
    "member_group": {"slug", "name", "locale", "vocabulary"},
    "membership": {"end_reason"},
    "meeting": {"place", "call_link", "topic"},
    "network": {"founding"},
    "notice": {"path"},
    "office_asked": {"answer"},
    "office_offer": {"office"},
    "office_term": {"office"},
    "office_word": {"office"},
    "outgoing_mail": {
        *(
            "attached_name",
            "attached_type",
            "last_error",
            "message_id",
            "period",
            "reader_key",
            "subject_key",
            "topic",
        )
    },
    "pending_founding": {"code_hash"},
    "person": {"language"},
    "plugin_switch": {"plugin"},
    "profiles_photo": {"mark"},
    "profiles_recording": {"mark", "media_type"},
    "referrals_report": {"answer"},
    "referrals_slip": {"tier", "basis", "urgency"},
    "referrals_step": {"act", "from_state", "to_state"},
    "schedule": {"rule", "place", "call_link"},
    "step_set_aside": {"step"},
    "told_when": {"waiting_by", "news_by"},
    "submission": {"token", "body_hash", "location"},
    "welcome_door_photo": {"digest"},
    "welcome_greeting_step": {"step"},
    "welcome_visit_answer": {"answer"},
    "welcome_visit_link": {"link_hash"},
    "welcome_visitor": {"mail_key", "link_hash", "language"},
}
"""Text columns that hold no text about a person, each looked at: codes, hashes, addresses of pages, words of the group."""


def component_of(table: Table) -> str:
    """Return the plugin whose table this is by its class, or nothing for core."""
    modules = [mapper.class_.__module__ for mapper in Base.registry.mappers if mapper.local_table is table]
    return next(
        (name for package, name in MODULES.items() if modules and modules[0].startswith(f"{package}.")), ""
    )


def misnamed(table: Table, component: str) -> list[str]:
    """Return what is wrong with the name of a table of `component`."""
    owners = [name for prefix, name in PREFIXES.items() if table.name.startswith(prefix)]
    if component and component not in owners:
        return [f"{table.name} belongs to {component} and does not begin with {component}_"]
    if not component and owners:
        return [f"{table.name} of core begins like a table of {owners[0]}"]
    return []


def misplaced(table: Table, component: str) -> list[str]:
    """Return where a plugin's table leaves its group: its key, and what it points at."""
    faults = []
    if [column.name for column in table.primary_key][:1] != ["group_id"]:
        faults.append(f"{table.name}: the primary key does not lead with group_id")
    for key in _foreign_keys(table):
        target = key.referred_table
        if component_of(target) not in {"", component}:
            faults.append(f"{table.name} → {target.name}: a table of another plugin")
        if "group_id" in target.columns and "group_id" not in key.column_keys:
            faults.append(f"{table.name} → {target.name}: the key leaves group_id out")
        elif (
            "group_id" in target.columns
            and key.elements[key.column_keys.index("group_id")].column.name != "group_id"
        ):
            faults.append(f"{table.name} → {target.name}: group_id points at something else")
    return faults


def unlabelled(table: Table) -> list[str]:
    """Return the text columns of a table that are neither labelled nor known to hold no text about a person."""
    known = CODES["*"] | CODES.get(table.name, set())
    texts = [column.name for column in table.columns if isinstance(column.type, String)]
    return [f"{table.name}.{name}" for name in texts if name not in known]


def without_group_key(table: Table) -> list[str]:
    """Return the table where its group_id points at no group, by itself or as the head of a longer key."""
    if "group_id" not in table.columns or table.name in NETWORK_CHAIN:
        return []
    pointing = [key for key in _foreign_keys(table) if "group_id" in key.column_keys]
    return [] if pointing else [table.name]


def _foreign_keys(table: Table) -> list[ForeignKeyConstraint]:
    return [one for one in table.constraints if isinstance(one, ForeignKeyConstraint)]


def _column(name: str, target: str = "", *, is_key: bool = False) -> Column[Any]:
    """Return a number column for a made-up table, pointing at a column of a real one."""
    if not target:
        return Column(name, BigInteger, primary_key=is_key)
    table, _dot, column = target.partition(".")
    return Column(
        name, BigInteger, ForeignKey(Base.metadata.tables[table].columns[column]), primary_key=is_key
    )


TABLES = list(Base.metadata.sorted_tables)
OF_PLUGINS = [(table, component_of(table)) for table in TABLES if component_of(table)]


def test_there_are_tables_of_core_and_of_every_plugin() -> None:
    assert {component for _table, component in OF_PLUGINS} == set(MODULES.values())
    assert len(TABLES) - len(OF_PLUGINS) > 10


def test_every_table_carries_the_prefix_of_its_component() -> None:
    assert [fault for table in TABLES for fault in misnamed(table, component_of(table))] == []


def test_every_plugins_table_stays_in_its_group() -> None:
    assert [fault for table, component in OF_PLUGINS for fault in misplaced(table, component)] == []


def test_core_points_at_no_plugin() -> None:
    core = [table for table in TABLES if not component_of(table)]
    assert [
        key.referred_table.name
        for table in core
        for key in _foreign_keys(table)
        if component_of(key.referred_table)
    ] == []


def test_core_tables_of_a_group_point_within_it() -> None:
    """The same composite keys as in plugins, for every core table that leads with the group."""
    core = [table for table in TABLES if not component_of(table) and "group_id" in table.primary_key.columns]
    assert [fault for table in core for fault in misplaced(table, "")] == []


def test_every_group_id_is_the_id_of_a_group() -> None:
    assert [name for table in TABLES for name in without_group_key(table)] == []


def test_every_text_about_a_person_is_labelled() -> None:
    assert [column for table in TABLES for column in unlabelled(table)] == []


def test_every_label_is_a_word() -> None:
    labels = {
        column.type.label
        for table in TABLES
        for column in table.columns
        if isinstance(column.type, PersonalText)
    }
    assert labels
    assert all(label.isidentifier() for label in labels)


def test_no_column_is_excused_that_is_not_there() -> None:
    """The list of reviewed columns names real ones only, so that it cannot excuse a later column by accident."""
    stale = [
        f"{name}.{column}"
        for name, columns in CODES.items()
        if name != "*"
        for column in columns
        if name not in Base.metadata.tables or column not in Base.metadata.tables[name].columns
    ]
    assert stale == []


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ([_column("id", is_key=True), _column("group_id", "member_group.id")], "does not lead with group_id"),
        ([_column("group_id", is_key=True), _column("member_id", "member.id")], "leaves group_id out"),
        (
            [_column("group_id", is_key=True), _column("slip_id", "referrals_slip.id")],
            "a table of another plugin",
        ),
        ([_column("group_id", "member.id", is_key=True)], "points at something else"),
    ],
)
def test_a_table_that_leaves_its_group_is_seen(columns: list[Column[Any]], fault: str) -> None:
    faults = misplaced(Table("attendance_visits", MetaData(), *columns), "attendance")
    assert any(fault in one for one in faults)


def test_a_table_that_stays_in_its_group_is_no_fault() -> None:
    columns = [_column("group_id", "member_group.id", is_key=True), _column("person_id", "person.id")]
    assert misplaced(Table("attendance_visits", MetaData(), *columns), "attendance") == []


def test_a_table_under_a_strange_name_is_seen() -> None:
    assert misnamed(Table("visits", MetaData()), "attendance")
    assert misnamed(Table("attendance_visits", MetaData()), "")
    assert not misnamed(Table("attendance_visits", MetaData()), "attendance")


def test_a_text_without_a_label_is_seen() -> None:
    table = Table(
        "attendance_visits", MetaData(), Column("remark", String(10)), Column("name", PersonalText("visitor"))
    )
    assert unlabelled(table) == ["attendance_visits.remark"]


def test_a_group_id_that_points_nowhere_is_seen() -> None:
    assert without_group_key(Table("attendance_visits", MetaData(), _column("group_id"))) == [
        "attendance_visits"
    ]
