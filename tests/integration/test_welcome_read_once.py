"""What the welcome reads once for a page: is it what each part would have read for itself?"""

from datetime import date, timedelta

from app.core.groups.services import end_membership
from app.core.work import HOUSE
from app.plugins.welcome.queries.newcomers import newcomers_read, newcomers_since
from tests.support.town import Town

TODAY = date(2026, 11, 24)
JOINED = (0, 10, 40, 90, 200)
"""How many days ago newcomers joined; the one of 40 days ago leaves in five days."""


def test_newcomers_are_read_again_only_where_the_first_answer_does_not_reach(town: Town) -> None:
    group = town.group("newcomers-once", plugins=("attendance", "welcome"))
    came = {days: town.member(group, joined=TODAY - timedelta(days=days)) for days in JOINED}
    with town.act() as work:
        leaves = TODAY + timedelta(days=5)
        end_membership(work, group_id=group.id, member_id=came[40].id, last_day=leaves, reason="left")
    work = town.held.work(town.session, HOUSE, only_reads=True)
    counts, lengths = [], []
    for back, ahead in ((90, 0), (28, 0), (28, 7), (60, 7), (200, 0), (90, -1)):
        since, day = TODAY - timedelta(days=back), TODAY + timedelta(days=ahead)
        with town.statements() as statements:
            found = newcomers_read(work, group.id, since, day)
        counts.append(len(statements))
        lengths.append(len(found))
        assert list(found) == newcomers_since(work.session, group.id, since, day)
    assert counts == [1, 0, 0, 0, 1, 1]
    assert lengths == [4, 2, 2, 2, 5, 4]
