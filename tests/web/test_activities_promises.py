"""Promises to oneself in the browser: one tap, one's own alone, done, let go or moved."""

from html import unescape

import pytest

from app.core.groups.domain.office import Office
from tests.support.arranging import HERE, Two, two
from tests.support.world import World

HOME = "/g/harbour/"


@pytest.fixture
def people(world: World) -> Two:
    return two(world, (Office.PRESIDENT,))


def home(people: Two, number: int = 0) -> str:
    member = (people.ana, people.ben)[number]
    return unescape(people.world.client(member).get(HOME).text)


def test_one_line_at_home_is_a_promise(people: Two) -> None:
    page = home(people)
    assert 'action="/g/harbour/activities/promises/quickly"' in page
    assert people.promise(people.ana, "Call Eva about the roof").status_code == 303
    page = people.page(people.ana, "/promises")
    assert "Call Eva about the roof" in page
    assert "until 27 Nov 2026" in page
    assert "1 is open" in home(people)


def test_it_waits_at_home_on_its_day_and_no_longer_once_done(people: Two) -> None:
    people.promise(people.ana, "Call Eva")
    assert "You promised yourself: Call Eva" not in home(people)
    people.world.pass_time(days=3)
    assert "You promised yourself: Call Eva" in home(people)
    promise = people.newest("activities_commitment")
    assert people.post(people.ana, f"/promises/{promise}/done").status_code == 303
    assert "You promised yourself: Call Eva" not in home(people)


def test_nobody_else_sees_it_nor_how_many_there_are(people: Two) -> None:
    people.promise(people.ana, "Secret promise")
    promise = people.newest("activities_commitment")
    for other in (people.ben, people.lea):
        assert people.get(other, f"/promises/{promise}").status_code == 404
        for act in ("", "/done", "/let-go"):
            assert people.post(other, f"/promises/{promise}{act}", due_on="2026-12-01").status_code == 404
        client = people.world.client(other)
        for address in (
            HOME,
            f"{HERE}/promises",
            f"{HERE}/group",
            f"/g/harbour/members/{people.ana.public_id}",
        ):
            page = unescape(client.get(address).text)
            assert "Secret promise" not in page
            assert "1 is open" not in page
    assert people.get(None, f"/promises/{promise}").status_code == 303


def test_it_may_concern_a_colleague_and_have_a_day_of_ones_choice(people: Two) -> None:
    fields = {"words": "Introduce him", "until": "day", "due_on": "2026-12-03", "about": people.ben.public_id}
    assert people.post(people.ana, "/promises", **fields).status_code == 303
    page = people.page(people.ana, "/promises")
    assert "until 3 Dec 2026" in page
    assert "Ben Ito" in page
    assert people.post(people.ana, "/promises", **(fields | {"about": "nobody"})).status_code == 422


def test_every_reason_is_said_and_what_was_typed_stays(people: Two) -> None:
    answer = people.post(people.ana, "/promises", words="x" * 201, until="day", due_on="2020-01-01")
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "Please shorten this to 200 characters" in page
    assert "Choose a day from today until" in page
    assert "x" * 201 in page
    empty = people.promise(people.ana, "")
    assert empty.status_code == 422
    assert "Say in one line what you will do." in unescape(empty.text)


def test_a_double_tap_is_one_promise(people: Two) -> None:
    client = people.world.client(people.ana)
    form = {"promise-words": "Once", "promise-until": "week", "promise-form_token": "one"}
    taps = [client.post(f"{HERE}/promises/quickly", data=form).status_code for _tap in range(2)]
    assert taps == [303, 303]
    assert people.world.rows("activities_commitment") == 1


def test_it_is_moved_or_let_go_and_settled_once(people: Two) -> None:
    people.promise(people.ana, "Call Eva")
    promise = people.newest("activities_commitment")
    assert people.post(people.ana, f"/promises/{promise}", due_on="").status_code == 422
    assert people.post(people.ana, f"/promises/{promise}", due_on="2026-12-10").status_code == 303
    assert "until 10 Dec 2026" in people.page(people.ana, "/promises")
    assert people.post(people.ana, f"/promises/{promise}/let-go").status_code == 303
    again = people.post(people.ana, f"/promises/{promise}/done")
    assert "This is done or let go already" in unescape(again.text)


def test_a_promise_with_markup_is_shown_as_it_was_typed(people: Two) -> None:
    people.promise(people.ana, "<b>Bold</b> & “right”")
    assert "<b>Bold</b>" not in people.get(people.ana, "/promises").text
    assert "<b>Bold</b> & “right”" in people.page(people.ana, "/promises")
