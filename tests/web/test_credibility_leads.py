"""Reports on one's own leads: each with month, weight and reason for oneself, one sentence with its interval for colleagues."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from app.core.groups.queries import MemberLine
from app.plugin_runtime.switching import switch_off
from app.plugins.credibility.cli.sheet import sheet_of
from app.plugins.credibility.domain.reports import EPOCH, Facet
from app.plugins.credibility.domain.scheme import PROFILES, Constants
from app.plugins.credibility.queries import choices
from app.plugins.credibility.queries.shown import Surfaced, own_of, shown_of
from app.plugins.credibility.store import put_part
from app.plugins.credibility.web.words import cell_of
from tests.support.records import Recorded
from tests.support.slips import acting
from tests.support.world import World

OWN = "/g/harbour/credibility/"
SCHEMES = f"{OWN}schemes"
LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.5)
TOLD = (
    "Leads given: about 9 in 10 are real, between 72 and 100 in 100, as far as all reports on leads can tell."
)
NO_ATTENDANCE = "Attendance is switched off in this group."
NO_REFERRALS = "Referrals is switched off in this group."


@pytest.fixture
def recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    return Recorded(world=world, group=world.group(plugins=("attendance", "referrals", "credibility")))


@pytest.fixture
def ana(world: World, recorded: Recorded) -> MemberLine:
    return world.member(recorded.group, "Ana Sousa")


@pytest.fixture
def rui(world: World, recorded: Recorded) -> MemberLine:
    return world.member(recorded.group, "Rui Almeida")


@pytest.fixture
def told(world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine) -> None:
    """Two colleagues reported well on Ana and two others on her leads; it was counted, and Ana takes part."""
    for giver in (rui, world.member(recorded.group, "Eva Costa")):
        recorded.handled(giver, ana, "yes")
    for receiver in ("Zoe Reis", "Nia Lopes"):
        recorded.handled(ana, world.member(recorded.group, receiver), "yes")
    recorded.count()
    with acting(world) as work:
        put_part(work.session, recorded.group.id, ana.id, "yes", work.now)
        work.commit()


def text_of(world: World, member: MemberLine, path: str = OWN) -> str:
    answer = world.client(member).get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def lead_table(text: str) -> list[list[str]]:
    """Return the words of each row of the reports on leads."""
    frame = re.search(r'id="lead-reports".*?</table>', text, re.DOTALL)
    assert frame is not None
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", frame[0], re.DOTALL)[1:]
    return [
        [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows
    ]


def turn_off(world: World, recorded: Recorded, *names: str) -> None:
    with acting(world) as work:
        for name in names:
            switch_off(work, world.held.registry, group_id=recorded.group.id, name=name)
        work.commit()


@pytest.mark.usefixtures("told")
def test_member_reads_what_colleagues_read_beside_the_estimate(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    beside = re.compile(
        r"In the last 26 weeks, apart from the estimate: Gives 2 referrals to 2 colleagues (.*?)\."
    )
    theirs = plain(text_of(world, rui, f"/g/harbour/members/{ana.public_id}"))
    own = plain(text_of(world, ana).split("History enough")[0])
    assert TOLD in own
    for words in (own, theirs):
        found = beside.search(words)
        assert found is not None
        assert f"{found[1]}." == TOLD, "a sentence of its own, below the counts of 26 weeks"


@pytest.mark.usefixtures("told")
def test_member_reads_each_report_on_their_leads_with_month_weight_and_reason(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    text = text_of(world, ana)
    with acting(world) as work:
        found = own_of(work, recorded.group, ana.id)
    why = "a colleague without a record of their own: 0.5; times how well you introduced it"
    days = [EPOCH + timedelta(days=row.day) for row in found.leads.rows]
    assert lead_table(text) == [
        [f"{day:%B %Y}", "the lead was real", "0.30", why, "I disagree"] for day in days
    ]
    assert [row.facet for row in (*found.rows, *found.leads.rows)] == [Facet.HANDLING] * 2 + [Facet.LEAD] * 2
    at_the_terminal = sheet_of(found, recorded.group, name="Ana Sousa", at=world.now)
    printed = [f"  {day:%Y-%m}  real      weight 0.300000" for day in days]
    assert at_the_terminal[-4:-1] == ["Reports on leads:", *printed]
    below = plain(text.split("What was reported on your leads")[1].split("Who sees what")[0])
    assert f"{TOLD} Your group reads this beside your record." in below
    assert not re.search("Zoe|Nia", below)
    assert not any(re.search(f"{day:%Y-%m-%d}|{day.day} {day:%B %Y}", below) for day in days)


def test_reports_on_leads_stand_by_month_and_chance_once_they_are_published(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    assert "Nothing yet. Whoever you passed a referral to" in plain(text_of(world, ana))
    receivers = [world.member(recorded.group, f"Receiver{number} Reis") for number in range(6)]
    recorded.handled(ana, receivers[0], "yes")
    recorded.count()
    assert "lead-reports" not in text_of(world, ana), "one alone would name its author"
    for receiver, answer in zip(receivers[1:], ("yes", "partly", "no", "yes", "yes"), strict=True):
        slip = recorded.handled(ana, receiver, "yes", days=0.1)
        recorded.says(receiver, slip, answer)
    recorded.count()
    shown = [line[1] for line in lead_table(text_of(world, ana))]
    assert sorted(shown) == [
        *("the lead was not real", *["the lead was real"] * 4, "the lead was real in part"),
    ]
    with acting(world) as work:
        rows = own_of(work, recorded.group, ana.id).leads.rows
    keys = [((EPOCH + timedelta(days=row.day)).strftime("%Y-%m"), row.public_id) for row in rows]
    assert keys == sorted(keys)


@pytest.mark.usefixtures("told")
def test_leads_that_are_not_open_say_what_is_missing_and_colleagues_read_nothing(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": replace(LOW_GATE, min_evidence=0.8)})
    own = plain(text_of(world, ana))
    assert "Leads given" not in own.split("History enough")[0]
    below = own.split("What was reported on your leads")[1]
    assert TOLD in below
    assert "Your group reads nothing of it yet" in below
    assert re.search(r"Not yet there: Evidence, which fades with time: 0\.5\d of 0\.80\.", below)
    theirs = plain(text_of(world, rui, f"/g/harbour/members/{ana.public_id}"))
    assert "Gives 2 referrals" in theirs
    assert "Leads given" not in theirs
    with acting(world) as work:
        put_part(work.session, recorded.group.id, ana.id, "", work.now)
        work.commit()
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    assert "Your group reads this beside your record, once that is shown." in plain(text_of(world, ana))


@pytest.mark.parametrize(
    ("colleagues", "words"),
    [(1, "about 8 in 10, by 1 colleague"), (8, "about 8 in 10, by 8 colleagues")],
)
def test_cell_of_the_list_holds_its_evidence(
    world: World, recorded: Recorded, told: None, ana: MemberLine, colleagues: int, words: str
) -> None:
    with acting(world) as work, world.app.test_request_context():
        shown = shown_of(work, recorded.group, ana.id)
        assert isinstance(shown, Surfaced)
        assert cell_of(replace(shown, colleagues=colleagues)) == words


@pytest.mark.usefixtures("told")
def test_without_attendance_the_own_page_and_the_schemes_say_that_no_record_can_open(
    world: World, recorded: Recorded, ana: MemberLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "PROFILES", PROFILES)
    for path in (OWN, SCHEMES):
        assert "is switched off in this group" not in text_of(world, ana, path)
    assert "10 more meetings in person." in text_of(world, ana)
    turn_off(world, recorded, "attendance")
    for path in (OWN, SCHEMES):
        text = plain(text_of(world, ana, path))
        assert f"{NO_ATTENDANCE} While it is off nobody knows who came, so no record can open." in text
        assert NO_REFERRALS not in text
    text = plain(text_of(world, ana))
    assert "more meetings in person" not in text
    assert "Meetings attended in person not known 10 not yet" in text
    assert "Meetings attended in person: 0" not in text, "nor is it missing for leads"
    assert "1 more referral" in text or "One more referral of yours" in text, "what can be known is said"


@pytest.mark.usefixtures("told")
def test_without_referrals_nothing_is_said_to_be_missing_that_cannot_come(
    world: World, recorded: Recorded, ana: MemberLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "PROFILES", PROFILES)
    assert "3 more reports." in plain(text_of(world, ana))
    turn_off(world, recorded, "referrals")
    text = plain(text_of(world, ana))
    assert f"{NO_REFERRALS} While it is off nothing is passed or reported, so no record can open." in text
    assert NO_REFERRALS in text_of(world, ana, SCHEMES)
    assert "Referrals given not known 3 not yet" in text
    assert "Reports that are in 2 5 not yet" in text, "what was counted stands"
    for words in ("more reports.", "more referrals of yours", "Newer evidence", "The next word."):
        assert words not in text
    assert "10 more meetings in person." in text
