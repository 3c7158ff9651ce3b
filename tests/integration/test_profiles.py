"""Profiles on a real database: kept over the version that was seen, told as shown, and faces that go with the last day."""

from datetime import date, timedelta

import pytest

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, start_membership, switch_plugin
from app.core.ledger.queries import entries_of
from app.core.meetings.domain.meeting import Meeting
from app.core.work import UnitOfWork
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.activities.interface import ProfilesTold, ProfileTold
from app.plugins.attendance.interface import MembersAway
from app.plugins.attendance.models import AnswerRow
from app.plugins.attendance.models_care import LeaveRow
from app.plugins.profiles.domain.own_words import OwnWords, Part
from app.plugins.profiles.plugin import ProfilesPlugin
from app.plugins.profiles.queries.profiles import StoredProfiles, photo_of, profile_of
from app.plugins.profiles.services.own_profile import KeepProfile, keep_profile_of, remove_own
from tests.support.profiles import picture
from tests.support.slips import acting
from tests.support.sounds import webm
from tests.support.world import World

TODAY = date(2026, 11, 24)
WORDS = OwnWords(
    talk_to_me_about="Old lighthouses",
    good_fit="Small hotels",
    interests=("jazz", "chess"),
    how_to_say="AH-na",
    hidden=frozenset({Part.GOOD_FIT}),
    is_practised=True,
)


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "profiles"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def keep(
    world: World,
    group: Group,
    member: MemberLine,
    words: OwnWords = WORDS,
    *,
    seen: int = 0,
    photo: bytes = b"",
    sound: bytes = b"",
) -> None:
    with acting(world, member) as work:
        keep_profile_of(
            work,
            KeepProfile(
                group=group, member=member.id, words=words, seen_version=seen, photo=photo, sound=sound
            ),
        )


def leave(world: World, group: Group, member: MemberLine, last_day: date) -> None:
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=member.id, last_day=last_day, reason="left")
        work.commit()


def come_back(world: World, group: Group, member: MemberLine, first_day: date) -> None:
    with acting(world) as work:
        start_membership(
            work,
            group_id=group.id,
            person_id=member.person_id,
            started_on=first_day,
            profile=Profile(firm="", trade="", phone="", email=member.email),
        )
        work.commit()


def let_jobs_run(world: World) -> None:
    run_all([job for job in plugin_jobs(world.held) if job.name.startswith("profiles.")])


def faces(world: World) -> tuple[int, int]:
    return world.rows("profiles_photo"), world.rows("profiles_recording")


def test_a_profile_is_kept_whole_and_over_the_version_that_was_seen(
    world: World, group: Group, ana: MemberLine
) -> None:
    keep(world, group, ana)
    keep(world, group, ana, OwnWords(good_fit="Inns"), seen=1)
    for stale in (0, 1, 7):
        with pytest.raises(Refused):
            keep(world, group, ana, WORDS, seen=stale, photo=picture())
    with acting(world) as work:
        line = profile_of(work.session, group.id, ana.id)
    assert (line.words, line.version, line.has_photo) == (OwnWords(good_fit="Inns"), 2, False)


def test_others_are_told_what_is_shown_and_no_more(world: World, group: Group, ana: MemberLine) -> None:
    ben = world.member(group, "Ben Ferreira")
    keep(world, group, ana)
    keep(world, group, ben, OwnWords(good_fit="Bakers", hidden=frozenset(Part)))
    elsewhere = world.group("upriver")
    with acting(world) as work:
        told = StoredProfiles(work.session).of_members(group.id, [ana.id, ben.id])
        other_group = StoredProfiles(work.session).of_members(elsewhere.id, [ana.id])
    assert told == {
        ana.id: ProfileTold(
            talk_to_me_about="Old lighthouses",
            good_fit="",
            not_a_good_fit="",
            interests=("jazz", "chess"),
            how_to_say="AH-na",
        )
    }
    assert other_group == {}


def test_the_plugin_answers_for_profiles_and_attendance_for_who_is_away(world: World, group: Group) -> None:
    with acting(world) as work:
        assert isinstance(ProfilesPlugin().reads(work)[ProfilesTold], StoredProfiles)


def test_faces_stay_to_the_last_day_and_go_after_it_while_the_words_wait(
    world: World, group: Group, ana: MemberLine
) -> None:
    ben = world.member(group, "Ben Ferreira")
    keep(world, group, ana, photo=picture(), sound=webm())
    keep(world, group, ben, photo=picture())
    leave(world, group, ana, TODAY + timedelta(days=1))
    for _day in range(2):
        let_jobs_run(world)
        assert faces(world) == (2, 1)
        world.pass_time(days=1)
    let_jobs_run(world)
    assert faces(world) == (1, 0)
    world.pass_time(days=5)
    come_back(world, group, ana, TODAY + timedelta(days=5))
    with acting(world) as work:
        line = profile_of(work.session, group.id, ana.id)
        is_shown = photo_of(work.session, group.id, ben.public_id, TODAY) is not None
    assert line.words == OwnWords(
        talk_to_me_about=WORDS.talk_to_me_about,
        good_fit=WORDS.good_fit,
        interests=WORDS.interests,
        how_to_say=WORDS.how_to_say,
        hidden=WORDS.hidden,
        is_practised=False,
    )
    assert not line.has_photo
    assert is_shown


def test_faces_go_where_the_plugin_is_off_too(world: World, group: Group, ana: MemberLine) -> None:
    keep(world, group, ana, photo=picture(), sound=webm())
    leave(world, group, ana, TODAY)
    with acting(world) as work:
        switch_plugin(work, group_id=group.id, plugin="profiles", is_on=False)
        work.commit()
    world.pass_time(days=2)
    let_jobs_run(world)
    assert faces(world) == (0, 0)


def test_a_member_who_joins_later_keeps_their_photo(world: World, group: Group, ana: MemberLine) -> None:
    leave(world, group, ana, TODAY - timedelta(days=2))
    come_back(world, group, ana, TODAY + timedelta(days=9))
    keep(world, group, ana, photo=picture())
    let_jobs_run(world)
    assert faces(world) == (1, 0)


def test_a_new_photo_takes_the_place_of_the_old_one(world: World, group: Group, ana: MemberLine) -> None:
    keep(world, group, ana, photo=picture())
    keep(world, group, ana, seen=1, photo=picture("JPEG", (300, 200)), sound=webm())
    assert faces(world) == (1, 1)
    for _tap in range(2):
        with acting(world, ana) as work:
            remove_own(work, group, ana.id, "photo")
    assert faces(world) == (0, 1)


def test_the_ledger_names_what_changed_and_no_word_of_it(world: World, group: Group, ana: MemberLine) -> None:
    keep(world, group, ana, photo=picture())
    with acting(world, ana) as work:
        remove_own(work, group, ana.id, "photo")
    leave(world, group, ana, TODAY - timedelta(days=1))
    with acting(world) as work:
        kinds = ("profiles.profile_kept", "profiles.face_removed")
        found = [entry for entry, _hash in entries_of(work.session, group.id, kinds)]
    assert [one.kind for one in found] == ["profiles.profile_kept", "profiles.face_removed"]
    assert not any("lighthouses" in str(one) for one in found)
    world.assert_ledger_whole(group)


def said_of(work: UnitOfWork, group: Group, meeting: Meeting, member: MemberLine, answer: str) -> AnswerRow:
    return AnswerRow(
        group_id=group.id,
        meeting_id=meeting.id,
        member_id=member.id,
        answer=answer,
        for_starts_at_utc=meeting.starts_at_utc,
        via="page",
        said_at_utc=work.now,
        said_by_member_id=member.id,
    )


def on_leave(work: UnitOfWork, group: Group, meeting: Meeting, member: MemberLine) -> LeaveRow:
    return LeaveRow(
        group_id=group.id,
        id=work.ids.key(),
        public_id=work.ids.public_id(),
        member_id=member.id,
        kind="medical",
        first_day=TODAY,
        last_day=meeting.local_date,
        asked_last_day=meeting.local_date,
        state="approved",
        asked_at_utc=work.now,
        asked_by_member_id=member.id,
    )


def test_who_is_away_is_told_by_their_last_word_and_by_leave(world: World, group: Group) -> None:
    meeting = world.meeting(group)
    names = ("coming", "apologies", "substitute", "late")
    said = {word: world.member(group, f"Given {word.title()}") for word in names}
    away, back = world.member(group, "Away Long"), world.member(group, "Back Again")
    work = world.work()
    work.session.add_all([said_of(work, group, meeting, one, word) for word, one in said.items()])
    work.session.add(said_of(work, group, meeting, back, "coming"))
    work.session.add_all([on_leave(work, group, meeting, one) for one in (away, back)])
    work.commit()
    with acting(world) as work:
        attendance = world.held.registry.by_name["attendance"]
        found = attendance.reads(work)[MembersAway].at_meeting(group.id, meeting.id)
    assert found == {said["apologies"].id, said["substitute"].id, away.id}
