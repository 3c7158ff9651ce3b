"""Who holds a permission, and can one be declared that means nothing?"""

import pytest

from app.core.access.domain.permission import Permission, for_leaders, for_members
from app.core.access.permissions import CORE_PERMISSIONS
from app.core.groups.domain.office import LEADERS, OFFICE_TITLES, Office

NONE: frozenset[Office] = frozenset()


def test_what_members_may_every_member_may() -> None:
    view = for_members("group:page:view", "look")
    assert view.held_with(NONE)
    assert view.held_with(frozenset({Office.PRESIDENT}))


@pytest.mark.parametrize("office", Office)
def test_what_leaders_may_the_three_leaders_may_alone(office: Office) -> None:
    edit = for_leaders("group:settings:edit", "edit")
    assert edit.held_with(frozenset({office})) == (office in LEADERS)
    assert not edit.held_with(NONE)


def test_another_office_can_be_named_beside_the_leaders() -> None:
    edit = for_leaders("group:members:edit", "edit", Office.MEMBERSHIP_COMMITTEE)
    assert edit.held_with(frozenset({Office.MEMBERSHIP_COMMITTEE}))
    assert not edit.held_with(frozenset({Office.EDUCATION}))
    assert edit.held_with(frozenset({Office.EDUCATION, Office.SECRETARY_TREASURER}))


@pytest.mark.parametrize("name", ["edit", "group:edit", "group:members:edit:all", ""])
def test_name_that_is_not_scope_resource_and_action_cannot_be_declared(name: str) -> None:
    with pytest.raises(ValueError, match="<scope>:<resource>:<action>"):
        for_members(name, "edit")


def test_permission_that_nobody_could_hold_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="Nobody could hold"):
        Permission(name="group:members:edit", title="edit")


def test_core_declares_each_permission_once() -> None:
    names = [permission.name for permission in CORE_PERMISSIONS]
    assert sorted(names) == sorted(set(names))


def test_every_office_has_a_title() -> None:
    assert set(OFFICE_TITLES) == set(Office)
