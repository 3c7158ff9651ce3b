"""What may a plugin say of itself, and what is refused before it is asked to do anything?"""

import re

import pytest

from app.core.groups.domain.office import LEADERS, Office
from app.plugin_api import API_VERSION, Permission, for_leaders, for_members
from tests.support.plugins import manifest

NOBODY = frozenset[Office]()


@pytest.mark.parametrize("name", ["tea", "one_to_one", "t2", "a" * 31])
def test_a_name_of_small_letters_digits_and_underscores_is_taken(name: str) -> None:
    assert manifest(name).name == name


@pytest.mark.parametrize("name", ["", "t", "Tea", "2tea", "_tea", "te-a", "te.a", "tea ", "a" * 32, "thé"])
def test_any_other_name_is_refused_with_the_name_in_the_message(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"Plugin name {name!r} must be lower case letters")):
        manifest(name)


def test_tables_begin_with_the_name() -> None:
    assert manifest("one_to_one").table_prefix == "one_to_one_"


def test_a_plugin_is_made_for_the_contract_at_hand_and_off_in_new_groups_unless_it_says_otherwise() -> None:
    assert (manifest("tea").api, manifest("tea").on_in_new_groups) == (API_VERSION, False)


def test_a_manifest_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        manifest("tea").name = "jam"  # type: ignore[misc]  # that it is frozen is what is tested


@pytest.mark.parametrize("name", ["tea", "tea:pot", "tea:pot:own:view"])
def test_a_permission_is_named_by_scope_resource_and_action(name: str) -> None:
    with pytest.raises(ValueError, match=f"Permission name '{name}' is not <scope>:<resource>:<action>"):
        for_members(name, "drink tea")


def test_a_permission_that_nobody_could_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="Nobody could hold the permission 'tea:pot:view'"):
        Permission(name="tea:pot:view", title="see the pot")


def test_a_permission_for_members_is_held_by_each_of_them() -> None:
    assert for_members("tea:pot:view", "see the pot").held_with(NOBODY)


def test_a_permission_for_leaders_is_held_by_the_three_and_the_offices_named_beside_them() -> None:
    permission = for_leaders("tea:pot:fill", "fill the pot", Office.VISITOR_HOST)
    held = {office for office in Office if permission.held_with(frozenset({office}))}
    assert held == LEADERS | {Office.VISITOR_HOST}
    assert not permission.held_with(NOBODY)
