"""What the demo's member and president ask, answer and say of each other: each page of giving with something on it."""

from collections.abc import Mapping, Sequence

from app.core.groups.queries import MemberLine
from tests.support.browsing import DemoHouse
from tests.support.giving import ASK, Givers
from tests.support.reading import column


def asked_and_introduced(
    demo: DemoHouse, me: MemberLine, president: MemberLine
) -> Mapping[str, Sequence[str]]:
    """Return the public ids by the words of addresses: one ask of each of the two, introductions that wait and are made."""
    third = demo.demo_sign_in("newcomer")
    people = Givers(world=demo.world, group=demo.group, ana=president, ben=me, eva=third)
    until = f"{demo.world.now:%Y-%m}-28"
    mine, theirs = (people.ask(one, **(ASK | {"until_on": until})) for one in (me, president))
    reply = people.answer(president, mine, "I have a letter that works.\nI bring it along.")
    made = people.introduce(president, me, third)
    for one in (me, third):
        people.say(one, made)
    waiting = people.introduce(third, me, president, "You both look for the same kind of customer.")
    own = people.introduce(me, president, third, "You both have just moved your workshops.")
    people.post(president, f"/testimonials/for/{me.public_id}", words="Came when promised.")
    people.post(third, f"/introductions/{made}/thanks", words="Thank you for the afternoon.")
    demo.world.app.config["WTF_CSRF_ENABLED"] = True
    assert len(column(demo.world, "giving_testimonial", "id")) > 1
    return {"ask": [mine, theirs], "reply": [reply], "introduction": [made, waiting, own]}
