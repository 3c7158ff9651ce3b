"""What the demo's member and president arrange, note and promise: each page of arranged talks with something on it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.core.groups.queries import MemberLine
from app.plugins.activities.queries.own_notes import note_of_arrangement
from tests.support.arranging import ASK, Two
from tests.support.browsing import DemoHouse
from tests.support.slips import reading


def arranged_and_promised(
    demo: DemoHouse, me: MemberLine, president: MemberLine
) -> Mapping[str, Sequence[str]]:
    """Return the public ids by the words of addresses: a talk that waits and one that is agreed, notes, promises."""
    third = demo.demo_sign_in("newcomer")
    people = Two(
        world=demo.world,
        group=demo.group,
        ana=me,
        ben=president,
        eva=third,
        lea=demo.demo_sign_in("secretary"),
    )
    today = demo.world.now.date()
    days = {f"day_{number}": f"{today + timedelta(days=number + 1)}" for number in (1, 2)}
    form = ASK | days
    agreed, waiting = people.ask(me, president, **form), people.ask(third, me, **form)
    if people.found(agreed).standing.waits_for == president.id:
        people.act(president, agreed, "take", number="0")
    notes, promises = [], []
    for one in (me, president):
        notes.append(_noted(people, one, agreed))
        people.promise(one, "Call about the roof", until="week")
        promises.append(people.newest("activities_commitment"))
    done = people.promise(me, "Write down what a good referral is for me")
    assert done.status_code == 303, done.text
    people.post(me, f"/promises/{people.newest('activities_commitment')}/done")
    demo.world.app.config["WTF_CSRF_ENABLED"] = True
    return {"arrangement": [agreed, waiting], "note": notes, "commitment": promises}


def _noted(people: Two, member: MemberLine, arrangement: str) -> str:
    """Let the member note something of the arrangement, over what the demo noted; return the note's public id."""
    key, group_id = people.found(arrangement).id, people.group.id
    with reading(people.world) as session:
        version = note_of_arrangement(session, group_id, key, member.id).version
    people.note(
        member, f"/arranged/{arrangement}", "Ask about the roof.\nListen first.", version=str(version)
    )
    with reading(people.world) as session:
        return note_of_arrangement(session, group_id, key, member.id).public_id
