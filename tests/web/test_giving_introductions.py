"""Introductions: both say yes before contacts are shown, a no has no name, the outcome goes back to the introducer."""

from collections.abc import Sequence
from datetime import date

import pytest

from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.plugin_runtime.jobs import plugin_jobs, run_all
from tests.support.giving import WHY, Givers, givers
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Givers:
    return givers(world)


def contact_of(member: MemberLine) -> str:
    return f"mailto:{member.email}"


def notices(group: Givers, member: MemberLine) -> str:
    return group.world.client(member).get("/g/harbour/notices").text


def look_after(group: Givers) -> None:
    jobs = [job for job in plugin_jobs(group.world.held) if job.name == "giving.ask-what-came"]
    assert len(jobs) == 1
    with group.world.app.app_context():
        run_all(jobs)


def mails(group: Givers, kind: str) -> Sequence[str]:
    session = group.world.work().session
    found = session.connection().exec_driver_sql("SELECT kind, address FROM outgoing_mail").all()
    session.rollback()
    return sorted(address for of_kind, address in found if of_kind == kind)


def test_contacts_are_shown_to_each_only_once_both_have_said_yes(group: Givers) -> None:
    introduction = group.introduce(group.ana, group.ben, group.eva)
    page = f"/introductions/{introduction}"
    assert WHY in group.get(group.ben, page).text
    assert contact_of(group.eva) not in group.get(group.ben, page).text
    group.say(group.ben, introduction)
    assert contact_of(group.eva) not in group.get(group.ben, page).text
    assert contact_of(group.ben) not in group.get(group.eva, page).text
    group.say(group.eva, introduction)
    assert contact_of(group.eva) in group.get(group.ben, page).text
    assert contact_of(group.ben) in group.get(group.eva, page).text


def test_the_two_are_asked_by_notice_mail_and_task(group: Givers) -> None:
    group.introduce(group.ana, group.ben, group.eva)
    assert "Ana Sousa would like to introduce you to Eva Novák." in notices(group, group.ben)
    assert mails(group, "giving.introduction") == sorted([group.ben.email, group.eva.email])
    task = "Say whether you would like to be introduced to Eva Novák."
    assert task in group.world.client(group.ben).get("/g/harbour/").text
    group.say(group.ben, group.newest("giving_introduction"))
    assert task not in group.world.client(group.ben).get("/g/harbour/").text


def test_a_no_is_told_without_a_name(group: Givers) -> None:
    introduction = group.introduce(group.ana, group.ben, group.eva)
    group.say(group.ben, introduction)
    group.say(group.eva, introduction, "no")
    told = "The introduction of Ben Ferreira and Eva Novák does not come about at present."
    assert told in notices(group, group.ana)
    assert told in notices(group, group.ben)
    assert told not in notices(group, group.eva)
    page = group.get(group.ana, f"/introductions/{introduction}").text
    assert "not now" in page
    assert contact_of(group.eva) not in group.get(group.ben, f"/introductions/{introduction}").text


def test_what_was_said_is_said_once(group: Givers) -> None:
    introduction = group.introduce(group.ana, group.ben, group.eva)
    group.say(group.ben, introduction)
    assert group.say(group.ben, introduction, "no").status_code == 422
    assert group.say(group.eva, introduction, "maybe").status_code == 422
    assert group.say(group.eva, introduction).status_code == 303
    assert "both said yes" in group.get(group.ana, f"/introductions/{introduction}").text


def test_an_introduction_is_there_for_its_three_alone(group: Givers) -> None:
    other = group.world.member(group.group, "Kim Lee")
    introduction = group.made()
    assert group.get(other, f"/introductions/{introduction}").status_code == 404
    assert group.say(other, introduction).status_code == 404
    assert group.say(group.ana, introduction).status_code == 404
    assert "Ben Ferreira" not in group.get(other, "/introductions").text.partition("Your introductions")[2]


def test_the_introducer_takes_it_back_only_while_it_waits(group: Givers) -> None:
    introduction = group.introduce(group.ana, group.ben, group.eva)
    take_back = f"/introductions/{introduction}/take-back"
    assert group.post(group.ben, take_back).status_code == 404
    assert group.post(group.ana, take_back).status_code == 303
    assert group.say(group.ben, introduction).status_code == 422
    assert group.post(group.ana, f"/introductions/{group.made()}/take-back").status_code == 422


def test_one_pair_is_introduced_again_by_one_member_only_for_another_reason(group: Givers) -> None:
    group.introduce(group.ana, group.ben, group.eva)
    fields = {"one": group.eva.public_id, "other": group.ben.public_id, "why": "Again."}
    again = group.post(group.ana, "/introductions", **fields)
    assert again.status_code == 422
    assert "it still stands" in again.text
    assert "Again." in again.text
    assert group.world.rows("giving_introduction") == 1
    assert group.post(group.ana, "/introductions", **fields, again="y").status_code == 303


def test_oneself_and_somebody_who_left_cannot_be_introduced(group: Givers) -> None:
    left = group.world.member(group.group, "Kim Lee", ended=date(2026, 11, 1))
    fields = {"one": group.ana.public_id, "other": left.public_id, "why": WHY}
    refused = group.post(group.ana, "/introductions", **fields)
    assert refused.status_code == 422
    assert "Choose two others" in refused.text
    assert "Kim Lee has left the group" in refused.text
    assert WHY in refused.text


def test_the_outcome_is_asked_once_after_two_weeks_and_told_to_the_introducer(group: Givers) -> None:
    introduction = group.made()
    group.world.pass_time(days=13)
    look_after(group)
    assert mails(group, "giving.outcome") == []
    group.world.pass_time(days=1)
    look_after(group)
    look_after(group)
    assert mails(group, "giving.outcome") == sorted([group.ben.email, group.eva.email])
    task = "Say what came of your introduction to Eva Novák."
    assert task in group.world.client(group.ben).get("/g/harbour/").text
    outcome = group.post(group.ben, f"/introductions/{introduction}/outcome", outcome="helped")
    assert outcome.status_code == 303
    assert task not in group.world.client(group.ben).get("/g/harbour/").text
    assert "It led to something" in group.get(group.ana, f"/introductions/{introduction}").text
    assert "Ben Ferreira told what came of your introduction." in notices(group, group.ana)
    assert (
        "It led to something"
        not in group.get(group.eva, f"/introductions/{introduction}").text.partition("How it stands")[2]
    )


def test_an_outcome_needs_a_word_and_an_introduction_that_was_made(group: Givers) -> None:
    introduction = group.introduce(group.ana, group.ben, group.eva)
    address = f"/introductions/{introduction}/outcome"
    assert group.post(group.ben, address, outcome="helped").status_code == 422
    assert group.post(group.ana, address, outcome="helped").status_code == 404
    made = group.made
    group.post(group.ana, f"/introductions/{introduction}/take-back")
    assert group.post(group.ben, f"/introductions/{made()}/outcome", outcome="").status_code == 422


def test_an_introduction_that_waits_for_a_month_rests(group: Givers) -> None:
    introduction = group.introduce(group.ana, group.ben, group.eva)
    group.world.pass_time(days=31)
    look_after(group)
    assert group.say(group.ben, introduction).status_code == 422
    assert "rests" in group.get(group.ana, f"/introductions/{introduction}").text


def test_what_a_leaver_left_open_is_closed(group: Givers) -> None:
    ask = group.ask(group.ben)
    introduction = group.introduce(group.ana, group.ben, group.eva)
    work = group.world.work()
    end_membership(
        work, group_id=group.group.id, member_id=group.ben.id, last_day=date(2026, 11, 23), reason="left"
    )
    work.commit()
    assert group.say(group.eva, introduction).status_code == 422
    assert ask not in group.get(group.eva, "/").text
    assert "closed" in group.get(group.eva, f"/asks/{ask}").text


def test_it_counts_as_no_referral(world: World) -> None:
    group = givers(world, plugins=("attendance", "referrals", "giving"))
    group.made()
    assert world.rows("referrals_slip") == 0
