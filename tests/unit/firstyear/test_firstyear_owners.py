"""Whose matter it is: no task without an owner, whatever joins, leaves and changes of office come."""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.groups.domain.office import Office
from app.core.ids import MemberId
from app.plugins.firstyear.domain.owners import NEAREST, Matter, may_keep, owner_for, owners_anew

RUI, ANA, BEN, EVA = (MemberId(number) for number in range(1, 5))
COMMITTEE = frozenset({Office.MEMBERSHIP_COMMITTEE})
MENTOR = frozenset({Office.MENTOR})
PRESIDENT = frozenset({Office.PRESIDENT})
HOST = frozenset({Office.VISITOR_HOST})
ABLE = frozenset().union(*NEAREST)


@pytest.mark.parametrize(
    ("holders", "owned", "expected"),
    [
        ({ANA: COMMITTEE, BEN: MENTOR, EVA: PRESIDENT}, {}, ANA),
        ({BEN: MENTOR, EVA: PRESIDENT}, {}, BEN),
        ({EVA: PRESIDENT}, {}, EVA),
        ({ANA: COMMITTEE, BEN: COMMITTEE}, {ANA: 2, BEN: 1}, BEN),
        ({RUI: COMMITTEE, EVA: PRESIDENT}, {}, EVA),
        ({RUI: PRESIDENT}, {}, None),
        ({ANA: HOST}, {}, None),
    ],
)
def test_owner_is_of_the_nearest_office(
    holders: dict[MemberId, frozenset[Office]], owned: dict[MemberId, int], expected: MemberId | None
) -> None:
    assert owner_for(RUI, holders, owned) == expected


def test_who_was_named_by_hand_needs_no_office_but_must_be_there() -> None:
    named = Matter(key=1, subject=RUI, owner=BEN, is_named=True)
    assert may_keep(named, {}, frozenset({RUI, BEN}))
    assert not may_keep(named, {}, frozenset({RUI}))
    assert not may_keep(Matter(key=1, subject=RUI, owner=BEN), {}, frozenset({RUI, BEN}))


def test_what_an_owner_leaves_is_shared_out() -> None:
    matters = [Matter(key=key, subject=RUI, owner=EVA) for key in range(4)]
    anew = owners_anew(matters, {ANA: COMMITTEE, BEN: COMMITTEE}, frozenset({RUI, ANA, BEN}))
    assert Counter(anew.values()) == {ANA: 2, BEN: 2}


@dataclass
class _Group:
    """A group as the rule sees it, through any sequence of changes."""

    present: set[MemberId] = field(default_factory=set)
    offices: dict[MemberId, frozenset[Office]] = field(default_factory=dict)
    matters: dict[MemberId, Matter] = field(default_factory=dict)

    def happens(self, what: str, member: MemberId, office: Office) -> None:
        if what == "join":
            self.present.add(member)
            self.matters[member] = Matter(key=member, subject=member, owner=None)
        elif what == "leave":
            self.present.discard(member)
            self.offices.pop(member, None)
            self.matters.pop(member, None)
        elif what == "take" and member in self.present:
            self.offices[member] = self.offices.get(member, frozenset()) | {office}
        elif what == "give-up":
            self.offices[member] = self.offices.get(member, frozenset()) - {office}
        elif what == "name" and len(self.present) > 1 and member in self.present:
            for subject in list(self.matters):
                if subject != member:
                    self.matters[subject] = Matter(key=subject, subject=subject, owner=member, is_named=True)
                    break
        anew = owners_anew(self.matters.values(), self.offices, frozenset(self.present))
        for key, owner in anew.items():
            subject = self.matters[MemberId(int(str(key)))].subject
            self.matters[subject] = Matter(key=key, subject=subject, owner=owner)


CHANGES = st.tuples(
    st.sampled_from(["join", "leave", "take", "give-up", "name"]),
    st.integers(1, 5).map(MemberId),
    st.sampled_from(list(Office)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGES, max_size=25))
def test_no_matter_is_without_an_owner_while_somebody_can_have_it(
    changes: list[tuple[str, MemberId, Office]],
) -> None:
    group = _Group()
    for change in changes:
        group.happens(*change)
        for matter in group.matters.values():
            able = [
                one
                for one in group.present
                if one != matter.subject and group.offices.get(one, frozenset()) & ABLE
            ]
            if able:
                assert matter.owner is not None
            if matter.owner is not None:
                assert matter.owner in group.present
                assert matter.owner != matter.subject
        again = owners_anew(group.matters.values(), group.offices, frozenset(group.present))
        assert again == {}, "asked again, nothing changes hands"
