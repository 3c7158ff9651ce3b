"""Deciding on an application, on its pages: who reads what, what votes allow, the seat kept, taken and free again."""

from datetime import date, timedelta
from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.queries import member_by_key
from app.core.groups.services import end_membership, leave_office, take_office
from app.core.ids import MemberId
from tests.support.joining import FILLED, Chapter, chapter, set_up
from tests.support.slips import acting, reading
from tests.support.world import World

TERESA = FILLED["email"]
TODAY = date(2026, 11, 24)


@pytest.fixture
def group(world: World) -> Chapter:
    return chapter(world)


def test_the_committee_alone_reads_votes_reasons_and_what_was_written(group: Chapter) -> None:
    group.confirmed()
    assert group.vote(group.ana, reason="Was here twice.").status_code == 303
    for_ben = unescape(group.page_of(group.ben).text)
    assert "Was here twice." in for_ben
    assert FILLED["why"] in for_ben
    for_president = unescape(group.page_of(group.president).text)
    assert "The membership committee decides." in for_president
    for hidden in ("Was here twice.", FILLED["why"], FILLED["email"], "Marta", "Ana Sousa"):
        assert hidden not in for_president
    assert group.page_of(group.member).status_code == 403
    assert group.stranger().get(f"{group.inside}/applications").status_code == 303


def test_a_president_neither_votes_nor_decides_where_there_is_a_committee(group: Chapter) -> None:
    group.confirmed()
    assert group.vote(group.president).status_code == 404
    assert group.decide(group.president, "approved").status_code == 404
    again = group.post(group.president, f"/applications/{group.public_id()}/again")
    assert again.status_code == 404


def test_another_groups_committee_sees_nothing(world: World, group: Chapter) -> None:
    group.confirmed()
    mill = world.group("mill", plugins=("joining",))
    other = world.member(mill, offices=[Office.MEMBERSHIP_COMMITTEE])
    answer = world.client(other).get(f"/g/mill/joining/applications/{group.public_id()}")
    assert answer.status_code == 404


def test_leaders_decide_where_there_is_no_committee(group: Chapter) -> None:
    for one in (group.ana, group.ben):
        with acting(group.world) as work:
            leave_office(
                work,
                group_id=group.group.id,
                member_id=one.id,
                office=Office.MEMBERSHIP_COMMITTEE,
                last_day=TODAY - timedelta(days=1),
            )
            work.commit()
    group.confirmed()
    assert group.notices(group.president) != []
    group.vote(group.president)
    assert group.decide(group.president, "approved").status_code == 303


def test_a_committee_of_one_decides_alone(group: Chapter) -> None:
    group.confirmed()
    group.vote(group.ana)
    assert group.decide(group.ana, "approved").status_code == 422
    with acting(group.world) as work:
        end_membership(
            work,
            group_id=group.group.id,
            member_id=group.ben.id,
            last_day=TODAY - timedelta(days=1),
            reason="left",
        )
        work.commit()
    assert group.decide(group.ana, "approved").status_code == 303


def test_a_unanimous_group_needs_everybody(world: World) -> None:
    group = chapter(world)
    set_up(group, rule="unanimous", version="1")
    group.confirmed()
    group.vote(group.ana)
    assert "not enough" in unescape(group.page_of(group.ana).text)
    group.vote(group.ben, ballot="no", reason="Not yet.")
    assert group.decide(group.ana, "approved").status_code == 422
    group.vote(group.ben)
    assert group.decide(group.ana, "approved").status_code == 303


def test_a_no_needs_votes_too_and_is_told_kindly_without_reasons(group: Chapter) -> None:
    secret = group.confirmed()
    assert group.decide(group.ana, "declined").status_code == 422
    assert group.vote(group.ana, ballot="no").status_code == 422, "a no needs a reason"
    group.vote(group.ana, ballot="no", reason="Shouted at the waiter.")
    assert group.decide(group.ana, "declined").status_code == 303
    mail = group.mails(TERESA)[-1]
    assert mail.kind == "joining.declined"
    for said in (mail.body, group.own(secret).text):
        assert "waiter" not in said
        assert "Ana" not in said
    assert group.kinds(TERESA) == ["declined"], "what was written before is pointless now"


def test_only_who_is_near_the_application_may_stand_aside(group: Chapter) -> None:
    group.confirmed(referee1_email=group.ben.email)
    assert group.vote(group.ana, ballot="abstain").status_code == 422
    assert "is one of the referees" in group.page_of(group.ben).text
    assert group.vote(group.ben, ballot="abstain").status_code == 303
    group.vote(group.ana)
    assert group.decide(group.ana, "approved").status_code == 303


def test_leaders_step_in_where_the_whole_committee_stands_aside(group: Chapter) -> None:
    group.confirmed(referee1_email=group.ben.email, referee2_email=group.ana.email)
    for one in (group.ana, group.ben):
        group.vote(one, ballot="abstain")
    assert group.vote(group.president).status_code == 303
    assert group.decide(group.president, "approved").status_code == 303


def test_the_applicant_says_yes_by_link_and_is_a_member_in_the_seat(group: Chapter) -> None:
    group.post(group.ana, "/wanted", trade="Piano Tuner")
    secret = group.approved()
    assert group.kinds(TERESA) == ["approved"]
    assert "Yes, I join" in group.own(secret).text
    group.own(secret, "yes")
    group.own(secret, "yes")
    row = group.row()
    assert row.state == "taken"
    with reading(group.world) as session:
        member = member_by_key(session, group.group.id, MemberId(row.member_id or 0))
    assert (member.name, member.trade, member.joined_on, member.ended_on) == (
        "Teresa Fonseca",
        "Piano tuner",
        TODAY,
        None,
    )
    assert [mail.kind for mail in group.mails(TERESA)] == ["access.invitation"]
    assert group.world.rows("joining_wanted") == 0
    assert "has said yes" in group.notices(group.ana)[-1]
    group.world.assert_ledger_whole(group.group)


def test_an_approval_lapses_and_the_seat_is_free_again(group: Chapter) -> None:
    secret = group.approved()
    group.world.pass_time(days=31)
    assert "Yes, I join" not in group.own(secret).text
    group.own(secret, "yes")
    assert group.row().state == "approved", "too late, though the clock has not run yet"
    group.run_jobs()
    group.run_jobs()
    assert (group.row().state, group.row().held_seat) == ("lapsed", None)
    assert group.kinds(TERESA) == ["lapsed"]
    assert "did not take the seat in time" in group.notices(group.ana)[-1]


def test_two_applicants_for_one_seat_and_one_approval_keeps_it(group: Chapter) -> None:
    group.approved()
    group.confirmed(name="Ruben Dias", email="ruben@applicant.example", trade="Piano  TUNER")
    for voter in (group.ana, group.ben):
        group.vote(voter, "Ruben Dias")
    assert "kept for another applicant" in group.page_of(group.ana, "Ruben Dias").text
    refused = group.decide(group.ana, "approved", "Ruben Dias")
    assert refused.status_code == 422
    assert "kept for another applicant" in refused.text
    assert group.decide(group.ana, "later", "Ruben Dias").status_code == 303
    group.world.pass_time(days=31)
    group.run_jobs()
    again = group.post(group.ana, f"/applications/{group.public_id('Ruben Dias')}/again")
    assert again.status_code == 303
    assert "Nobody has voted yet." in group.page_of(group.ana, "Ruben Dias").text
    for voter in (group.ana, group.ben):
        group.vote(voter, "Ruben Dias")
    starts_on = (TODAY + timedelta(days=31)).isoformat()
    assert group.decide(group.ana, "approved", "Ruben Dias", starts_on=starts_on).status_code == 303


def test_a_seat_is_looked_at_on_the_day_on_which_the_successor_starts(group: Chapter) -> None:
    last = TODAY + timedelta(days=20)
    with acting(group.world) as work:
        end_membership(
            work, group_id=group.group.id, member_id=group.member.id, last_day=last, reason="moves"
        )
        work.commit()
    secret = group.confirmed(trade="baker")
    for voter in (group.ana, group.ben):
        group.vote(voter)
    too_early = group.decide(group.ana, "approved", starts_on=last.isoformat())
    assert too_early.status_code == 422
    assert "Dora Matos holds this seat until" in unescape(too_early.text)
    first = last + timedelta(days=1)
    assert group.decide(group.ana, "approved", starts_on=first.isoformat()).status_code == 303
    group.own(secret, "yes")
    with reading(group.world) as session:
        member = member_by_key(session, group.group.id, MemberId(group.row().member_id or 0))
    assert member.joined_on == first


def test_a_held_seat_cannot_be_given(group: Chapter) -> None:
    group.confirmed(trade="Baker")
    for voter in (group.ana, group.ben):
        group.vote(voter)
    assert "Dora Matos holds this seat." in unescape(group.page_of(group.ana).text)
    assert group.decide(group.ana, "approved").status_code == 422


def test_a_seat_given_away_by_hand_meanwhile_sends_the_applicant_to_the_waiting_list(group: Chapter) -> None:
    secret = group.approved()
    group.world.member(group.group, "Quick Tuner", trade="piano tuner")
    assert "no longer free" in unescape(
        group.stranger().post(f"{group.visit}/a/{secret}/yes", follow_redirects=True).text
    )
    assert (group.row().state, group.row().held_seat) == ("later", None)
    assert "the seat is no longer free" in group.notices(group.ana)[-1]


def test_somebody_who_was_here_before_keeps_their_record(group: Chapter) -> None:
    before = group.world.member(
        group.group, "Teresa Fonseca", email=TERESA, ended=date(2026, 3, 1), trade="Piano tuner"
    )
    secret = group.confirmed()
    assert "was a member before" in unescape(group.page_of(group.ana).text)
    for voter in (group.ana, group.ben):
        group.vote(voter)
    group.decide(group.ana, "approved")
    group.own(secret, "yes")
    assert group.row().member_id == before.id


def test_whoever_joined_and_sits_on_the_committee_reads_nothing_of_their_own_application(
    group: Chapter,
) -> None:
    secret = group.confirmed()
    group.vote(group.ana, reason="Was here twice.")
    group.vote(group.ben)
    group.decide(group.ana, "approved")
    group.own(secret, "yes")
    with acting(group.world) as work:
        teresa = member_by_key(work.session, group.group.id, MemberId(group.row().member_id or 0))
        for office in (Office.MEMBERSHIP_COMMITTEE, Office.VICE_PRESIDENT):
            take_office(work, group_id=group.group.id, member_id=teresa.id, office=office, starts_on=TODAY)
        work.commit()
    assert "Was here twice." in unescape(group.page_of(group.ana).text)
    for_teresa = unescape(group.page_of(teresa).text)
    for hidden in ("Was here twice.", "Marta", "Ana Sousa"):
        assert hidden not in for_teresa


def test_whoever_leaves_and_wants_to_come_back_does_not_decide_on_themselves(group: Chapter) -> None:
    mail = group.ben.email
    with acting(group.world) as work:
        last_day = date(2026, 12, 20)
        end_membership(
            work, group_id=group.group.id, member_id=group.ben.id, last_day=last_day, reason="left"
        )
        work.commit()
    group.confirmed(name="Ben Ferreira", email=mail)
    assert group.vote(group.ben, "Ben Ferreira").status_code == 404
    assert group.vote(group.ana, "Ben Ferreira").status_code == 303


def test_the_committee_says_who_came_back_under_a_new_address(group: Chapter) -> None:
    before = group.world.member(group.group, "Teresa F.", ended=date(2026, 3, 1), trade="Piano tuner")
    secret = group.confirmed()
    assert "was a member before" not in unescape(group.page_of(group.ana).text)
    address = f"/applications/{group.public_id()}/before"
    assert group.post(group.ana, address, former="nobody").status_code == 422
    assert group.post(group.president, address, former=before.public_id).status_code == 404
    assert group.post(group.ana, address, former=before.public_id).status_code == 303
    for voter in (group.ana, group.ben):
        group.vote(voter)
    group.decide(group.ana, "approved")
    group.own(secret, "yes")
    assert group.row().member_id == before.id


def test_a_double_tap_is_one_vote_and_one_decision(group: Chapter) -> None:
    group.confirmed()
    group.vote(group.ben)
    for _tap in range(2):
        assert group.post(
            group.ana,
            f"/applications/{group.public_id()}/vote",
            ballot="yes",
            reason="",
            form_token="same",
        ).status_code == 303  # fmt: skip
    assert group.world.rows("joining_vote") == 2
    stands = str(group.row().version)
    for _tap in range(2):
        answer = group.post(
            group.ana,
            f"/applications/{group.public_id()}/decide",
            outcome="later",
            starts_on="",
            version=stands,
            form_token="once",
        )
        assert answer.status_code == 303
    assert group.kinds(TERESA).count("later") == 1


def test_a_decision_over_what_has_moved_on_is_refused(group: Chapter) -> None:
    secret = group.confirmed()
    for voter in (group.ana, group.ben):
        group.vote(voter)
    stands = group.row().version
    group.own(secret, "withdraw")
    assert group.decide(group.ana, "approved", version=stands).status_code == 422
    assert group.row().state == "withdrawn"


def test_a_referee_is_asked_again_by_those_in_charge_alone(group: Chapter) -> None:
    group.confirmed()
    with reading(group.world) as session:
        reference = str(
            session.connection()
            .exec_driver_sql("SELECT public_id FROM joining_reference WHERE number = 1")
            .scalar_one()
        )
    address = f"/applications/{group.public_id()}/references/{reference}/ask"
    group.post(group.president, address)
    assert group.kinds(FILLED["referee1_email"]) == ["reference"]
    group.post(group.ana, address)
    assert group.kinds(FILLED["referee1_email"]) == ["reference", "reference"]
