"""Cards by which names are learned: of those who are expected and let others practise, with nothing counted."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from app.core.groups.services import end_membership
from app.plugins.attendance.models import AnswerRow
from tests.support.expected_visitors import expected, visitors_are
from tests.support.profiles import Tellers, picture, tellers
from tests.support.sounds import webm
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Tellers:
    return tellers(world, plugins=("attendance", "welcome", "profiles"))


def names_on(text: str) -> list[str]:
    return sorted(re.findall(r'class="face-name"><bdi>([^<]*)</bdi>', text))


def say(group: Tellers, answer: str, *, for_time: datetime | None = None) -> None:
    """Let Ben say something of the meeting."""
    work = group.world.work()
    work.session.execute(
        insert(AnswerRow).values(
            group_id=group.group.id,
            meeting_id=group.meeting.id,
            member_id=group.ben.id,
            answer=answer,
            substitute_name="",
            note="",
            for_starts_at_utc=for_time or group.meeting.starts_at_utc,
            via="page",
            said_at_utc=work.now,
            said_by_member_id=group.ben.id,
        )
    )
    work.commit()


def test_only_those_who_chose_it_are_on_cards_and_never_oneself(group: Tellers) -> None:
    group.tell(group.ana)
    group.tell(group.ben)
    group.tell(group.eva, is_practised=None)
    text = group.get(group.ana, "/").text
    assert names_on(text) == ["Ben Ferreira"]
    assert "One more is expected who chose not to be on cards." in text
    assert names_on(group.get(group.eva, "/").text) == ["Ana Sousa", "Ben Ferreira"]
    assert "You are on nobody’s cards." in group.get(group.eva, "/").text
    assert "You are on nobody’s cards." not in text


def test_a_card_asks_by_photo_or_by_trade_and_answers_on_its_back(group: Tellers) -> None:
    group.tell(group.ana, photo=picture(), sound=webm())
    group.tell(group.ben)
    text = group.get(group.eva, "/").text
    fronts = re.findall(r"<summary>.*?</summary>", text, re.DOTALL)
    assert len(fronts) == 2
    assert not any("Ana" in front or "Ben Ferreira" in front for front in fronts)
    with_photo, without = sorted(fronts, key=lambda front: "Photographer" in front)
    assert f"/photos/{group.ana.public_id}" in with_photo
    assert "Photographer" in without
    assert "say: AH-na" in text
    assert f"/recordings/{group.ana.public_id}" in text


@pytest.mark.parametrize(
    ("answer", "is_there"), [("coming", True), ("late", True), ("apologies", False), ("substitute", False)]
)
def test_who_stays_away_is_on_no_card(group: Tellers, answer: str, is_there: bool) -> None:
    group.tell(group.ben)
    say(group, answer)
    assert names_on(group.get(group.eva, "/").text) == ["Ben Ferreira"] * is_there


def test_what_was_said_for_an_old_time_of_the_meeting_is_no_word(group: Tellers) -> None:
    group.tell(group.ben)
    say(group, "apologies", for_time=datetime(2026, 11, 24, 6, tzinfo=UTC))
    assert names_on(group.get(group.eva, "/").text) == ["Ben Ferreira"]


def test_expected_visitors_are_on_cards_by_name_without_a_face(
    group: Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors_are(monkeypatch, expected("v1", "Clara <b>Moreau", firm="Moreau & Co", trade="Florist"))
    text = group.get(group.eva, "/").text
    assert names_on(text) == ["Clara &lt;b&gt;Moreau"]
    assert "<bdi>Florist</bdi></span>" in text


def test_without_a_meeting_the_members_of_today_are_practised(world: World) -> None:
    group = tellers(world)
    group.tell(group.ben)
    world.pass_time(days=3)
    text = group.get(group.eva, "/").text
    assert "No meeting is planned yet" in text
    assert names_on(text) == ["Ben Ferreira"]


def test_an_empty_page_says_what_to_do_first(group: Tellers) -> None:
    text = group.get(group.eva, "/").text
    assert "There is no card yet." in text
    assert "Write your own words" in text


def test_the_way_to_the_badges_is_shown_to_those_who_print_them(group: Tellers) -> None:
    address = f"/meetings/{group.meeting.public_id}/badges"
    meeting = f"/g/harbour/meetings/{group.meeting.public_id}"
    for one, is_shown in ((group.ana, True), (group.eva, True), (group.ben, False)):
        assert (address in group.get(one, "/").text) is is_shown
        assert (address in group.world.client(one).get(meeting).text) is is_shown


def test_who_has_left_shows_no_face_from_the_day_after(group: Tellers) -> None:
    group.tell(group.ben, photo=picture(), sound=webm())
    work = group.world.work()
    end_membership(
        work, group_id=group.group.id, member_id=group.ben.id, last_day=date(2026, 11, 24), reason="left"
    )
    work.commit()
    address = f"/photos/{group.ben.public_id}"
    assert group.get(group.ana, address).status_code == 200
    assert address in group.page_of(group.ana, group.ben)
    group.world.pass_time(days=2)
    for gone in (address, f"/recordings/{group.ben.public_id}"):
        assert group.get(group.ana, gone).status_code == 404
    assert address not in group.page_of(group.ana, group.ben)
    assert "Old lighthouses" in group.page_of(group.ana, group.ben)
