"""The pages of the rules: who sees what, how rules are tried, switched on and changed in a form, and where one stands."""

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import RuleSet
from app.plugins.attendance.domain.rule_set_json import MOST_PARTS, rules_from_json, rules_to_json
from app.plugins.attendance.queries.rule_sets import rule_book_of
from tests.support.rule_weeks import RuleWeeks
from tests.support.world import World

HERE = "/g/harbour/attendance"
ANA = "A L A P P"
OFFICES_ONLY = ("standings", "rules/presets", "rules/presets/six-months", "rules/edit")


@pytest.fixture
def weeks(world: World) -> RuleWeeks:
    made = RuleWeeks(world)
    made.weeks({"Ana Sousa": ANA, "Ben Okoro": "P P P P P"})
    return made


def _page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(f"{HERE}/{address}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def _text(client: FlaskClient, address: str, status: int = 200) -> str:
    return unescape(_page(client, address, status))


def _in_force(weeks: RuleWeeks) -> RuleSet:
    work = weeks.world.work()
    book = rule_book_of(work.session, weeks.group.id)
    work.rollback()
    return book.versions[-1].rules


def _fields(html: str) -> MultiDict[str, str]:
    """Return what a browser would send of the page's longest form."""
    form = max(re.findall(r"<form.*?</form>", html, re.DOTALL), key=len)
    found: MultiDict[str, str] = MultiDict()
    for tag in re.findall(r"<input[^>]*>", form):
        kept = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = re.search(r"\schecked", tag) or kept.get("type") not in {"checkbox", "radio"}
        if "name" in kept and ticked:
            found.add(kept["name"], unescape(kept.get("value", "")))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        first = re.search(r'<option[^>]*value="([^"]*)"', options)
        value = chosen or first
        found.add(name, unescape(value[1]) if value else "")
    return found


def _switch_on(client: FlaskClient, rules: str, *, seen: str = "1", token: str = "t", **more: str) -> int:
    data = {
        "rules": rules,
        "seen_version": seen,
        "effective_on": "2026-11-24",
        "past": "count",
        "form_token": token,
    }
    return client.post(f"{HERE}/rules/switch-on", data={**data, **more}).status_code


def test_member_reads_the_rules_and_where_they_stand(weeks: RuleWeeks) -> None:
    weeks.rule(PRESETS["six-months"])
    ana = weeks.world.client(weeks.ana)
    text = _text(ana, "standing")
    assert "It stands at 2½." in text
    assert "close to it" in text
    assert "One more absence before 20 April 2027 would come to 3½: may be reviewed." in text
    assert "leaves the count on 20 April 2027" in text
    assert "expelled" not in text
    assert "What a meeting weighs: absent 1, late ½" in _text(ana, "rules")
    assert "Choose other rules" not in _text(ana, "rules")


def test_colleagues_see_nothing_of_where_others_stand(weeks: RuleWeeks) -> None:
    weeks.rule(PRESETS["six-months"])
    ben = weeks.world.client(weeks.ben)
    for address in (*OFFICES_ONLY, f"members/{weeks.ana.public_id}/standing"):
        _text(ben, address, 403)
    assert ben.post(f"{HERE}/rules/edit").status_code == 403
    assert _switch_on(ben, rules_to_json(PRESETS["none"])) == 403
    assert "It stands at 0." in _text(ben, "standing")


def test_stranger_is_asked_to_sign_in_and_other_groups_find_nothing(weeks: RuleWeeks, world: World) -> None:
    other = RuleWeeks(world, "mill")
    for address in ("standing", "rules", *OFFICES_ONLY, f"members/{weeks.ana.public_id}/standing"):
        assert world.client().get(f"{HERE}/{address}").status_code in {302, 303, 401}
        assert world.client(other.leader).get(f"{HERE}/{address}").status_code == 404
    mill = world.client(other.leader)
    assert mill.get(f"/g/mill/attendance/members/{weeks.ana.public_id}/standing").status_code == 404
    assert mill.get("/g/mill/attendance/rules/presets/nothing").status_code == 404


def test_offices_see_whom_to_talk_with_first(weeks: RuleWeeks) -> None:
    weeks.rule(PRESETS["six-months"])
    for office in (weeks.leader, weeks.committee):
        client = weeks.world.client(office)
        text = _text(client, "standings")
        assert text.index("Ana Sousa") < text.index("Ben Okoro")
        assert "close to it" in text
        assert "It stands at 2½." in _text(client, f"members/{weeks.ana.public_id}/standing")
    assert weeks.world.client(weeks.committee).get(f"{HERE}/rules/edit").status_code == 403


def test_who_is_settling_in_is_held_to_nothing(weeks: RuleWeeks, world: World) -> None:
    weeks.rule(PRESETS["six-months"])
    with world.statements():
        session = world.work().session
        session.connection().exec_driver_sql("UPDATE membership SET started_on = '2026-10-01'")
        session.commit()
    text = _text(world.client(weeks.ana), "standing")
    assert "Settling in until 31 Dec 2026" in text
    assert "badge-wait" not in text
    assert "badge-strong" not in text
    listed = _text(world.client(weeks.leader), "standings")
    assert listed.count("settling in") >= 4
    assert "badge-wait" not in listed


def test_group_without_rules_counts_nothing(weeks: RuleWeeks) -> None:
    assert "The group counts nothing." in _text(weeks.world.client(weeks.ana), "standing")
    assert "nobody stands anywhere" in _text(weeks.world.client(weeks.leader), "standings")
    assert "On time is until the start." in _text(weeks.world.client(weeks.leader), "rules")


def test_preset_is_tried_before_it_is_switched_on(weeks: RuleWeeks) -> None:
    leader = weeks.world.client(weeks.leader)
    assert PRESETS["two-allowances"].name in _text(leader, "rules/presets")
    text = _text(leader, "rules/presets/six-months")
    assert "Today: 0 may be reviewed by the rules in force, 0 by the chosen ones" in text
    assert "Ana Sousa" in text
    assert "20 Oct 2026 absent" in text
    assert weeks.world.rows("attendance_rule_set") == 1
    page = _page(leader, "rules/presets/six-months")
    fields = _fields(page[page.index("Switch the chosen rules on") :])
    assert leader.post(f"{HERE}/rules/switch-on", data=fields).status_code == 303
    assert leader.post(f"{HERE}/rules/switch-on", data=fields).status_code == 303
    assert _in_force(weeks) == PRESETS["six-months"]
    assert weeks.world.rows("attendance_rule_set") == 2
    assert "In force since 24 Nov 2026" in _text(leader, "rules")


def test_of_two_leaders_the_second_is_shown_both(weeks: RuleWeeks) -> None:
    leader = weeks.world.client(weeks.leader)
    weeks.rule(PRESETS["quarters"])
    assert _switch_on(leader, rules_to_json(PRESETS["six-months"])) == 422
    data = {
        "rules": rules_to_json(PRESETS["six-months"]),
        "seen_version": "1",
        "effective_on": "2026-11-24",
        "past": "count",
    }
    page = leader.post(f"{HERE}/rules/switch-on", data=data).get_data(as_text=True)
    text = unescape(page)
    assert "Somebody else changed this meanwhile." in text
    assert f"Chosen: {PRESETS['six-months'].name}" in text
    assert f"In force: {PRESETS['quarters'].name}" in text
    assert _in_force(weeks) == PRESETS["quarters"]
    assert leader.post(f"{HERE}/rules/switch-on", data=_fields(page)).status_code == 303
    assert _in_force(weeks) == PRESETS["six-months"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"effective_on": "2026-11-23"}, 422),
        ({"effective_on": "soon"}, 422),
        ({"rules": "{"}, 422),
        ({"rules": '{"schema": 9}'}, 422),
        ({"seen_version": "x"}, 422),
        ({"past": "fresh", "effective_on": "2026-12-01"}, 303),
    ],
)
def test_what_cannot_be_switched_on_is_said(weeks: RuleWeeks, changes: dict[str, str], status: int) -> None:
    leader = weeks.world.client(weeks.leader)
    data = {
        "rules": rules_to_json(PRESETS["quarters"]),
        "seen_version": "1",
        "effective_on": "2026-11-24",
        "past": "count",
    }
    assert leader.post(f"{HERE}/rules/switch-on", data=data | changes).status_code == status
    assert weeks.world.rows("attendance_rule_set") == (2 if status == 303 else 1)


@pytest.mark.parametrize("preset", PRESETS)
def test_form_gives_back_every_preset_as_it_was(weeks: RuleWeeks, preset: str) -> None:
    leader = weeks.world.client(weeks.leader)
    fields = _fields(_page(leader, f"rules/edit?from={preset}"))
    answer = leader.post(f"{HERE}/rules/edit", data=fields)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    carried = re.findall(r'name="rules"[^>]*value="([^"]*)"', answer.get_data(as_text=True))
    assert rules_from_json(unescape(carried[0])) == PRESETS[preset]


def test_form_gives_back_a_total_of_as_many_parts_as_there_may_be(weeks: RuleWeeks) -> None:
    said = json.loads(rules_to_json(PRESETS["six-months"]))
    parts = [{"measure": said["measures"][0]["key"], "times": times} for times in range(1, MOST_PARTS + 1)]
    said["measures"].append({"key": "all", "name": "All of it", "kind": "total", "parts": parts})
    text = json.dumps(said)
    page = _posted(weeks.world.client(weeks.leader), MultiDict({"rules": text}))
    carried = re.findall(
        r'name="rules"[^>]*value="([^"]*)"', _posted(weeks.world.client(weeks.leader), _fields(page))
    )
    assert rules_from_json(unescape(carried[0])) == rules_from_json(text)


def test_rule_nobody_listed_is_typed_into_the_form(weeks: RuleWeeks) -> None:
    """Of the last four meetings one absence is free, whatever is beyond counts: built up by the buttons of the form."""
    leader = weeks.world.client(weeks.leader)
    fields = _fields(_page(leader, "rules/edit?from=none"))
    fields = _fields(_posted(leader, fields, act="number", new_kind="count"))
    for name, value in (("name", "Absent"), ("window", "meetings"), ("length", "4")):
        fields.setlist(f"measures-0-{name}", [value])
    fields.add("measures-0-what", "absent")
    fields = _fields(_posted(leader, fields, act="number", new_kind="beyond"))
    fields.setlist("measures-1-part0", ["number-1"])
    fields.setlist("measures-1-allowed", ["1"])
    fields.setlist("measures-1-name", ["Beyond one"])
    fields = _fields(_posted(leader, fields, act="limit"))
    for name, value in (("name", "Two of four"), ("measure", "number-2"), ("reached", "1")):
        fields.setlist(f"limits-0-{name}", [value])
    fields.setlist("name", ["One of four is free"])
    page = _posted(leader, fields)
    text = unescape(page)
    assert "Absent: meetings (absent) at the last 4 meetings." in text
    assert "what “Absent” is beyond 1" in text
    assert "Today: 0 may be reviewed by the rules in force, 0 by the chosen ones" in text
    carried = unescape(re.findall(r'name="rules"[^>]*value="([^"]*)"', page)[0])
    assert json.loads(carried)["measures"][1]["parts"] == [{"measure": "number-1", "times": 1}]
    fields = _fields(_posted(leader, MultiDict({"rules": carried})))
    text = _posted(leader, fields, act="measures-1")
    assert "Number 2" not in text


def _posted(leader: FlaskClient, fields: MultiDict[str, str], **more: str) -> str:
    data = fields.copy()
    for name, value in more.items():
        data.setlist(name, [value])
    answer = leader.post(f"{HERE}/rules/edit", data=data)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_what_is_wrong_in_the_form_is_said_in_its_words(weeks: RuleWeeks) -> None:
    leader = weeks.world.client(weeks.leader)
    fields = _fields(_page(leader, "rules/edit?from=half-years"))
    fields.setlist("measures-0-what", [])
    fields.setlist("measures-1-length", ["many"])
    fields.setlist("limits-0-near", ["7"])
    fields.setlist("weigh_late", ["a lot"])
    fields.setlist("name", [""])
    answer = leader.post(f"{HERE}/rules/edit", data=fields)
    text = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    for said in (
        "Number 1, What counts: something must stand here.",
        "Number 2, How many of them: give a whole number from 1 to 120.",
        "Limit 1, Close to it at: “close to it” must come before “may be reviewed”.",
        "Late: give a number from 0 to 10,000, such as 2 or 1/2.",
        "Name of the rules: something must stand here.",
    ):
        assert said in text
    assert weeks.world.rows("attendance_rule_set") == 1


def test_pages_ask_the_database_a_few_times_whatever_the_number_of_members(weeks: RuleWeeks) -> None:
    weeks.rule(PRESETS["six-months"])
    asked = {}
    for name, member, address in (
        ("list", weeks.leader, "standings"),
        ("own", weeks.ana, "standing"),
        ("trial", weeks.leader, "rules/presets/six-months"),
    ):
        client = weeks.world.client(member)
        client.get(f"{HERE}/{address}")
        with weeks.world.statements() as statements:
            client.get(f"{HERE}/{address}")
        asked[name] = len(statements)
    # Three at the gate, then: rules, meetings, members.
    assert asked == {"list": 6, "own": 6, "trial": 6}


def test_member_history_says_the_share_and_the_row(weeks: RuleWeeks) -> None:
    text = _text(weeks.world.client(weeks.ana), "mine")
    assert "In person at 60 percent of the meetings of this period, leave left out." in text
    assert "On time 2 times in a row." in text


def test_agenda_button_stands_where_the_rules_have_one(weeks: RuleWeeks, world: World) -> None:
    meeting = world.meeting(weeks.group)
    address = f"meetings/{meeting.public_id}"
    leader = world.client(weeks.leader)
    assert "Presentations have begun" not in _text(leader, address)
    weeks.rule(PRESETS["presentations"])
    text = _text(leader, address)
    assert "on time until the presentations begin, planned for 07:30" in text
    assert leader.post(f"{HERE}/{address}/presentations").status_code == 303
    text = _text(leader, address)
    assert "Presentations began at 06:00" in text
    assert "presentations began at 06:00" in _text(leader, f"{address}/numbers")
    assert world.client(weeks.ana).post(f"{HERE}/{address}/presentations").status_code == 403
    assert leader.post(f"{HERE}/{address}/presentations/back").status_code == 303
    assert "planned for 07:30" in _text(leader, address)
