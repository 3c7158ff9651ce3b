"""Arranging a one-to-one in the browser: ask, answer, move, call off; the two alone see times, words and notes."""

from datetime import date
from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.services import end_membership
from app.plugin_runtime.switching import switch_on
from tests.support.arranging import ASK, HERE, TIMES, Two, two
from tests.support.world import World


@pytest.fixture
def people(world: World) -> Two:
    return two(world, (Office.PRESIDENT,))


def test_one_asks_and_the_other_chooses_a_time(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    assert people.notices(people.ben) == ["Ana Sousa would like a one-to-one with you."]
    page = people.page(people.ben, f"/arranged/{arrangement}")
    assert "Monday, 30 November 2026, 09:00" in page
    assert "Roofs and solar" in page
    assert people.act(people.ben, arrangement, "take", number="1").status_code == 303
    assert people.state(arrangement) == "agreed"
    for one in (people.ana, people.ben):
        page = people.page(one, f"/arranged/{arrangement}")
        assert "Tuesday, 1 December 2026, 17:30" in page
        assert "09:00" not in page
    assert "Your one-to-one with Ben Ito is agreed" in people.notices(people.ana)[-1]


def test_pages_and_acts_are_for_the_two_alone(people: Two, world: World) -> None:
    arrangement = people.ask(people.ana, people.ben)
    max_ = world.member(world.group("mill", plugins=("activities",)), "Max Mill")
    for other in (people.eva, people.lea, max_):
        for part in ("", "/times", "/sheet", "/calendar.ics"):
            assert people.get(other, f"/arranged/{arrangement}{part}").status_code == 404
        for act in ("take", "decline", "call-off", "talked", "note", "times"):
            assert people.act(other, arrangement, act).status_code == 404
    assert people.get(None, f"/arranged/{arrangement}").status_code == 303
    assert people.state(arrangement) == "asked"


def test_nobody_else_reads_times_words_or_notes_anywhere(people: Two) -> None:
    arrangement = people.agreed(words="Secret words", place="Old mill")
    people.note(people.ana, f"/arranged/{arrangement}", "Ana's secret")
    seen_by_others = ["/", "/people", "/notes", "/promises", "/group"]
    home = ["/g/harbour/", f"/g/harbour/members/{people.ana.public_id}", "/g/harbour/notices"]
    for other in (people.eva, people.lea):
        client = people.world.client(other)
        for address in [*(f"{HERE}{page}" for page in seen_by_others), *home]:
            text = unescape(client.get(address).text)
            assert not any(word in text for word in ("Secret words", "Old mill", "Ana's secret", "17:30"))


def test_a_note_is_never_in_the_page_of_the_other(people: Two) -> None:
    arrangement = people.agreed()
    assert people.note(people.ana, f"/arranged/{arrangement}", "Ask about prices").status_code == 303
    assert "Ask about prices" in people.page(people.ana, f"/arranged/{arrangement}")
    assert "Ask about prices" in people.page(people.ana, f"/arranged/{arrangement}/sheet")
    for page in (f"/arranged/{arrangement}", f"/arranged/{arrangement}/sheet", "/notes", "/"):
        assert "Ask about prices" not in people.page(people.ben, page)


def test_whoever_asks_second_finds_the_ask_of_the_first(people: Two) -> None:
    first = people.ask(people.ana, people.ben)
    assert people.ask(people.ben, people.ana, words="Mine") == first
    led = people.get(people.ben, f"/ask?with={people.ana.public_id}")
    assert led.location.endswith(f"/arranged/{first}")
    assert people.world.rows("activities_arrangement") == 1
    assert people.found(first).words == "Roofs and solar"


def test_a_double_tap_is_one_ask_and_one_answer(people: Two) -> None:
    client = people.world.client(people.ana)
    form = ASK | {"partner": people.ben.public_id, "form_token": "one"}
    answers = [client.post(f"{HERE}/ask", data=form) for _tap in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert people.world.rows("activities_arrangement") == 1
    arrangement = answers[0].location.rpartition("/")[2]
    taps = [
        people.world.client(people.ben).post(
            f"{HERE}/arranged/{arrangement}/take", data={"number": "0", "version": "1", "form_token": "two"}
        )
        for _tap in range(2)
    ]
    assert [tap.status_code for tap in taps] == [303, 303]
    assert people.found(arrangement).standing.sequence == 1


def test_every_reason_is_said_at_once_and_what_was_typed_stays(people: Two) -> None:
    wrong = {"day_1": "2026-11-20", "wall_1": "09:00", "day_2": "2026-12-01", "wall_2": "", "minutes": "7"}
    answer = people.post(people.ana, "/ask", partner="", **(ASK | wrong | {"words": "Kept words"}))
    assert answer.status_code == 422
    page = unescape(answer.text)
    for sentence in (
        "Choose the member whom you met.",
        "This time is over already.",
        "Give both the day and the time",
        "Choose how long it should take.",
        "Kept words",
    ):
        assert sentence in page
    assert people.world.rows("activities_arrangement") == 0


def test_a_time_that_the_clocks_skip_is_refused_kindly(people: Two) -> None:
    people.world.pass_time(days=100)
    answer = people.post(
        people.ana,
        "/ask",
        partner=people.ben.public_id,
        **(ASK | {"day_1": "2027-03-28", "wall_1": "01:30", "day_2": "", "wall_2": ""}),
    )
    assert answer.status_code == 422
    assert "the clocks are put forward and skip this time" in unescape(answer.text)


def test_a_former_member_oneself_and_another_group_cannot_be_asked(people: Two, world: World) -> None:
    gone = world.member(people.group, "Gus Old", ended=date(2026, 10, 1))
    max_ = world.member(world.group("mill", plugins=("activities",)), "Max Mill")
    for whom in (gone, people.ana, max_):
        assert people.post(people.ana, "/ask", partner=whom.public_id, **ASK).status_code == 422


def test_the_other_proposes_other_times_and_the_first_chooses(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    times = ASK | {"day_1": "2026-12-03", "day_2": "", "wall_2": "", "place": "My office"}
    assert people.act(people.ben, arrangement, "times", **times).status_code == 303
    assert people.notices(people.ana) == ["Ben Ito proposes other times for your one-to-one."]
    assert "It is the other’s turn" in unescape(people.act(people.ben, arrangement, "take", number="0").text)
    assert people.act(people.ana, arrangement, "take", number="0").status_code == 303
    assert people.found(arrangement).place == "My office"


def test_an_agreed_talk_is_moved_once_the_other_agrees(people: Two) -> None:
    arrangement = people.agreed()
    stood = people.found(arrangement).standing.starts_at
    moved = ASK | {"day_1": "2026-12-07", "day_2": "", "wall_2": ""}
    assert people.act(people.ana, arrangement, "times", **moved).status_code == 303
    assert people.found(arrangement).standing.starts_at == stood
    assert people.act(people.ben, arrangement, "take", number="0").status_code == 303
    standing = people.found(arrangement).standing
    assert (standing.sequence, standing.starts_at.day if standing.starts_at else 0) == (2, 7)


def test_a_move_that_does_not_suit_leaves_what_was_agreed(people: Two) -> None:
    arrangement = people.agreed()
    people.act(people.ana, arrangement, "times", **(ASK | {"day_1": "2026-12-07"}))
    assert people.act(people.ben, arrangement, "decline", words="Away then").status_code == 303
    standing = people.found(arrangement).standing
    assert (standing.state.value, standing.times, standing.sequence) == ("agreed", (), 1)


def test_declined_kindly_and_asked_anew(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    assert people.act(people.ben, arrangement, "decline", words="After Easter, gladly").status_code == 303
    assert "After Easter, gladly" in people.page(people.ana, f"/arranged/{arrangement}")
    assert people.ask(people.ana, people.ben) != arrangement


def test_an_answer_to_times_that_changed_meanwhile_is_refused(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    people.act(people.ana, arrangement, "times", **(ASK | {"day_1": "2026-12-02"}))
    late = people.post(people.ben, f"/arranged/{arrangement}/take", number="0", version="1")
    assert late.status_code == 422
    assert "Something changed while you were looking." in unescape(late.text)
    assert people.state(arrangement) == "asked"


def test_a_time_that_is_over_cannot_be_taken(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    people.world.pass_time(days=6, hours=4)
    assert "This time is over by now." in unescape(
        people.act(people.ben, arrangement, "take", number="0").text
    )
    assert people.act(people.ben, arrangement, "take", number="1").status_code == 303


def test_the_task_waits_for_whom_it_waits(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    said = "Answer Ana Sousa about your one-to-one."
    assert said in unescape(people.world.client(people.ben).get("/g/harbour/").text)
    assert said not in unescape(people.world.client(people.eva).get("/g/harbour/").text)
    people.act(people.ben, arrangement, "take", number="0")
    people.world.pass_time(days=7)
    assert "Did you and Ana Sousa talk?" in unescape(people.world.client(people.ben).get("/g/harbour/").text)


def test_the_calendar_file_is_for_agreed_talks(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    assert people.get(people.ana, f"/arranged/{arrangement}/calendar.ics").status_code == 404
    people.act(people.ben, arrangement, "take", number="0")
    answer = people.get(people.ana, f"/arranged/{arrangement}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert f"UID:talk-{arrangement}@givefirst" in answer.text
    assert "DTSTART:20261130T090000Z" in answer.text


def test_we_talked_makes_one_record_for_both(people: Two) -> None:
    arrangement = people.agreed()
    early = people.talked(people.ana, arrangement, date(2026, 11, 24))
    assert "from the day of the talk on" in unescape(early.text)
    people.world.pass_time(days=7)
    assert people.talked(people.ana, arrangement, date(2026, 11, 30)).status_code == 303
    assert people.state(arrangement) == "held"
    assert people.world.rows("activities_one_to_one") == 1
    talk = people.newest("activities_one_to_one")
    for one in (people.ana, people.ben):
        assert f"/talks/{talk}" in people.page(one, f"/arranged/{arrangement}")


def test_what_was_prepared_stands_beside_the_record_and_survives_its_end(people: Two) -> None:
    arrangement = people.agreed()
    people.note(people.ana, f"/arranged/{arrangement}", "Ana's note")
    people.note(people.ben, f"/arranged/{arrangement}", "Ben's note")
    people.world.pass_time(days=7)
    people.talked(people.ben, arrangement, date(2026, 11, 30))
    talk = people.newest("activities_one_to_one")
    assert "Ana's note" in people.page(people.ana, f"/talks/{talk}")
    assert "Ana's note" not in people.page(people.ben, f"/talks/{talk}")
    back = people.post(people.ben, f"/talks/{talk}/take-back", **{"take-back__version": "1"})
    assert back.status_code == 303
    assert "Ana's note" in people.page(people.ana, "/notes")
    assert "Ben's note" in people.page(people.ben, "/notes")
    assert "The record was taken back." in people.page(people.ana, f"/arranged/{arrangement}")


def test_a_note_is_deleted_on_its_writers_wish_alone(people: Two) -> None:
    arrangement = people.agreed()
    people.note(people.ana, f"/arranged/{arrangement}", "Ana's note")
    note = people.newest("activities_talk_note")
    for other in (people.ben, people.lea):
        assert people.post(other, f"/notes/{note}/delete").status_code == 404
    assert people.post(people.ana, f"/notes/{note}/delete").status_code == 303
    assert people.world.rows("activities_talk_note") == 0


def test_a_note_from_an_older_window_is_not_lost_and_overwrites_nothing(people: Two) -> None:
    arrangement = people.agreed()
    people.note(people.ana, f"/arranged/{arrangement}", "First window")
    late = people.note(people.ana, f"/arranged/{arrangement}", "Second window")
    assert late.status_code == 422
    assert "Second window" in unescape(late.text)
    assert "First window" in people.page(people.ana, "/notes")


def test_whom_one_has_not_met_is_ones_own_view(people: Two) -> None:
    page = people.page(people.ana, "/people")
    assert page.index("Not met yet") < page.index("Ben Ito")
    arrangement = people.agreed()
    people.world.pass_time(days=7)
    people.talked(people.ana, arrangement, date(2026, 11, 30))
    page = people.page(people.ana, "/people")
    assert page.index("Eva Novák") < page.index("Not for the longest time") < page.index("Ben Ito")
    totals = people.page(people.lea, "/group")
    assert "Of the 6 pairs of today’s members, 1 have met" in totals
    assert people.get(people.ana, "/group").status_code == 403


def test_a_wish_is_due_for_the_wisher_alone(people: Two) -> None:
    assert people.post(people.ana, f"/people/{people.ben.public_id}", weeks="2").status_code == 303
    people.world.pass_time(days=15)
    said = "Ask Ben Ito for a one-to-one, as you wished."
    assert said in unescape(people.world.client(people.ana).get("/g/harbour/").text)
    for other in (people.ben, people.lea):
        assert "as you wished" not in unescape(people.world.client(other).get("/g/harbour/").text)
    assert people.post(people.ana, f"/people/{people.ben.public_id}", weeks="").status_code == 303
    assert said not in unescape(people.world.client(people.ana).get("/g/harbour/").text)


def test_a_rhythm_is_due_when_nothing_is_on_its_way(people: Two) -> None:
    assert people.post(people.ana, "/people/rhythm", rhythm__weeks="99").status_code == 422
    assert people.post(people.ana, "/people/rhythm", rhythm__weeks="1").status_code == 303
    people.world.pass_time(days=8)
    home = people.world.client(people.ana)
    assert "Ask somebody for a one-to-one" in unescape(home.get("/g/harbour/").text)
    people.ask(people.ana, people.ben, day_1="2026-12-15", day_2="2026-12-16")
    assert "Ask somebody for a one-to-one" not in unescape(home.get("/g/harbour/").text)


def test_the_sheet_says_what_is_missing_and_asks_open_questions(people: Two) -> None:
    arrangement = people.agreed()
    page = people.page(people.ana, f"/arranged/{arrangement}/sheet")
    assert "Open questions" in page
    assert "This group keeps no profiles" in page or "has not written a profile yet" in page
    assert "You passed Ben 0 slips" in page


def test_a_member_page_leads_to_the_ask_or_to_what_is_arranged(people: Two) -> None:
    client = people.world.client(people.ana)
    page = client.get(f"/g/harbour/members/{people.ben.public_id}").text
    assert f"/ask?with={people.ben.public_id}" in page
    arrangement = people.ask(people.ana, people.ben)
    assert f"/arranged/{arrangement}" in client.get(f"/g/harbour/members/{people.ben.public_id}").text
    assert f"/arranged/{arrangement}" in people.page(people.ben, "/")


def test_somebody_with_a_future_last_day_can_still_be_asked(people: Two) -> None:
    work = people.world.work()
    end_membership(
        work, group_id=people.group.id, member_id=people.ben.id, last_day=date(2026, 12, 31), reason="left"
    )
    work.commit()
    assert people.state(people.ask(people.ana, people.ben)) == "asked"


def test_times_are_sent_as_they_stand_in_the_form(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    page = people.page(people.ben, f"/arranged/{arrangement}/times")
    assert 'value="Harbour café"' in page
    assert len(people.found(arrangement).times) == len([name for name in TIMES if name.startswith("day")])


def test_the_sheet_asks_those_who_keep_profiles(people: Two) -> None:
    with people.world.app.app_context():
        work = people.world.work()
        switch_on(work, people.world.held.registry, group_id=people.group.id, name="profiles")
        work.commit()
    arrangement = people.agreed()
    page = people.page(people.ana, f"/arranged/{arrangement}/sheet")
    assert "Ben has not written a profile yet." in page
    assert "You have not written your profile yet" in page
    assert "keeps no profiles" not in page
