"""Whose word counts how much: a member whom nobody ever saw surfaced speaks with a new voice, whatever is counted about them."""

import pytest

from app.core.groups.queries import MemberLine
from app.plugins.credibility.domain.scheme import PROFILES, Constants
from app.plugins.credibility.queries import choices, secret
from app.plugins.credibility.store import put_part
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.9)


def test_record_that_faded_unseen_gives_no_weight_to_an_old_report_that_is_counted_late(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague opts in late, and what was said of them long ago is counted: by what anybody could see, then and now."""
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    recorded = Recorded(world=world, group=world.group(plugins=("attendance", "referrals", "credibility")))
    ana, rui, eva, zoe = (world.member(recorded.group) for _ in range(4))

    def says(member: MemberLine, word: str) -> None:
        with acting(world) as work:
            put_part(work.session, recorded.group.id, member.id, word, work.now)
            work.commit()

    says(eva, "no")
    recorded.handled(rui, ana, "yes")
    recorded.handled(zoe, ana, "yes")
    recorded.handled(ana, eva, "yes")
    recorded.count()
    world.pass_time(days=200)
    says(ana, "yes")
    says(eva, "yes")
    recorded.count()
    with reading(world) as session:
        rows = secret.all_evidence(session, recorded.group.id)
    assert [
        (row.voice, row.weight)
        for row in rows
        if row.about_member_id == eva.id and row.by_member_id == ana.id
    ][:1] == [("new", 0.5)]
