"""One's own record on its page: what others see, what is missing and what would change it, and a sum that can be followed by hand."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest

from app.core.groups.queries import MemberLine
from app.plugins.credibility.domain.reports import EPOCH
from app.plugins.credibility.domain.scheme import PROFILES, Constants
from app.plugins.credibility.queries import choices
from app.plugins.credibility.queries.shown import own_of
from tests.support.records import Recorded
from tests.support.sheet_by_hand import NotAsShown, estimate_by_hand
from tests.support.slips import acting
from tests.support.world import LONG_AGO, World

OWN = "/g/harbour/credibility/"
LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.5)


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
def handled(world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine) -> None:
    """Two colleagues reported well on Ana, and it was counted."""
    for giver in (rui, world.member(recorded.group, "Eva Costa")):
        recorded.handled(giver, ana, "yes")
    recorded.count()


def own(world: World, member: MemberLine) -> str:
    return world.client(member).get(OWN).get_data(as_text=True)


def say(world: World, member: MemberLine, word: str) -> int:
    return world.client(member).post(OWN, data={"says": word}).status_code


def cells(text: str, table: str) -> list[list[str]]:
    """Return the words of each row below the head of the table in that frame."""
    frame = re.search(rf'id="{table}".*?</table>', text, re.DOTALL)
    assert frame is not None
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", frame[0], re.DOTALL)[1:]
    return [
        [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows
    ]


def plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def condition(text: str, name: str) -> tuple[str, ...]:
    """Return a line of the checklist: what it is, how much there is, how much is needed, and whether it is met."""
    row = re.search(rf'data-condition="{name}">(.*?)</tr>', text, re.DOTALL)
    assert row is not None
    return tuple(plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row[1], re.DOTALL))


@pytest.mark.usefixtures("handled")
def test_own_page_holds_each_report_without_a_name_and_a_sum_that_can_be_checked(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine
) -> None:
    for answer in ("no", "yes"):
        recorded.handled(rui, ana, answer)
    recorded.count()
    text = own(world, ana)
    assert text.count("called within a week as far as the slip tells, would refer again") == 3
    assert not re.search("Rui|Eva", text.split("What was reported")[1].split("Who sees what")[0])
    p = estimate_by_hand(
        cells(text, "sheet-reports"), cells(text, "sheet-colleagues"), plain(text), world.now.date()
    )
    with acting(world) as work:
        found = own_of(work, recorded.group, ana.id)
    assert p == pytest.approx(found.estimate.p, abs=0.01)
    assert f"by these it is {found.estimate.p:.2f}." in plain(text)
    summed = sum(voice.pair.good * voice.share for voice in found.voices)
    assert summed == pytest.approx(found.estimate.good, abs=1e-12)


@pytest.mark.usefixtures("handled")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda reports, colleagues: reports[0].__setitem__(9, "0.100"),
        lambda reports, colleagues: reports[0].__setitem__(6, "3"),
        lambda reports, colleagues: colleagues[0].__setitem__(3, "2.000"),
        lambda reports, colleagues: colleagues[-1].__setitem__(1, "1.234"),
    ],
    ids=["bad", "days", "divisor", "together"],
)
def test_sum_that_does_not_add_up_is_found(
    world: World, ana: MemberLine, spoil: Callable[[list[list[str]], list[list[str]]], None]
) -> None:
    text = own(world, ana)
    reports, colleagues = cells(text, "sheet-reports"), cells(text, "sheet-colleagues")
    spoil(reports, colleagues)
    with pytest.raises(NotAsShown):
        estimate_by_hand(reports, colleagues, plain(text), world.now.date())


@pytest.mark.usefixtures("handled")
def test_own_page_tells_no_day_of_a_report(world: World, recorded: Recorded, ana: MemberLine) -> None:
    """Two digits of a weight, and days from the middle of a month: else each report would lead to its slip."""
    text = own(world, ana)
    with acting(world) as work:
        found = own_of(work, recorded.group, ana.id)
    for row in found.rows:
        day = EPOCH + timedelta(days=row.day)
        assert f"{day:%B %Y}" in text
        assert not re.search(f"{day:%Y-%m-%d}|{day.day} {day:%B %Y}", text)
    assert not re.search(r"\b0\.\d{4,}", text)


@pytest.mark.usefixtures("handled")
def test_own_page_says_what_would_change_it_with_its_numbers(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    text = plain(own(world, ana))
    assert "There is history enough. You alone see what it comes to" in text
    assert "Your yes: without it nobody else sees anything." in text
    assert "from 81 in 100 to 83. If they say no: to 72." in text
    assert (
        "What is 365 days old counts half: if nothing new comes, it is a blank again from November 2027 on"
        in text
    )
    assert say(world, ana, "yes") == 303
    text = plain(own(world, ana))
    assert "2 colleagues reported on 2 referrals. 2 of the 2 were called within a week." in text
    assert "Your yes: without it" not in text
    assert say(world, ana, "no") == 303
    text = plain(own(world, ana))
    assert "You do not take part. Nothing is counted about you." in text
    assert "From the next Monday on, what was reported and still stands is counted" in text


def test_newcomer_reads_how_much_of_each_is_missing(
    world: World, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "PROFILES", PROFILES)
    new = world.member(recorded.group, "Nia New", joined=date(2026, 11, 20))
    text = plain(own(world, new))
    for words in (
        "on 19 February 2027 you have been a member for 91 days.",
        "10 more meetings in person.",
        "3 more referrals of yours to colleagues.",
        "5 more reports.",
        "Reports by 3 more colleagues who are independent: to whom you passed nothing in the 90 days before.",
        "Newer evidence: 1.75 is missing.",
        "A report by an independent colleague who has not spoken yet brings 0.5, so about 4 are enough.",
        "A colleague with a record of their own brings their estimate instead. A favour returned brings either times 1/3.",
    ):
        assert words in text
    assert "The next word." not in text


def test_reasons_and_advice_have_the_numbers_of_the_scheme_in_force(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network sets a new voice, a favour and the half-life: what is said beside a weight is what it was weighed by."""
    own_scheme = replace(LOW_GATE, new_voice=0.3125, mutual_factor=0.4, half_life=200.0)
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": own_scheme})
    recorded.handled(ana, rui, "yes")
    for giver in (rui, world.member(recorded.group, "Eva Costa")):
        recorded.handled(giver, ana, "yes")
    recorded.count()
    text = own(world, ana)
    weights = re.findall(r'data-head="Weight">([\d.]+)</td><td class="soft">([^<]+)<', text)
    assert sorted(weights) == [
        ("0.12", "a colleague without a record of their own: 0.3125; a favour returned: × 0.4"),
        ("0.31", "a colleague without a record of their own: 0.3125"),
    ]
    text = plain(text)
    assert (
        "speaks with 0.3125, one with a record with their own estimate. A favour returned counts 0.4 of it."
        in text
    )
    assert not re.search("one half:|a third of it|a year old", text)


def test_sheet_by_the_constants_of_a_network_can_be_followed(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = replace(LOW_GATE, kappa=2.5, prior=0.8125, mutual_factor=0.375, half_life=200.0)
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": odd})
    recorded.handled(ana, rui, "yes")
    for giver in (rui, world.member(recorded.group, "Eva Costa")):
        recorded.handled(giver, ana, "no")
    recorded.count()
    text = own(world, ana)
    assert "× 0.375" in plain(text)
    assert "Everybody starts at 0.8125, with the weight of 2.5 reports:" in plain(text)
    p = estimate_by_hand(
        cells(text, "sheet-reports"), cells(text, "sheet-colleagues"), plain(text), world.now.date()
    )
    with acting(world) as work:
        assert p == pytest.approx(own_of(work, recorded.group, ana.id).estimate.p, abs=0.01)


@pytest.mark.parametrize(
    ("joined", "words"),
    [
        (date(2026, 11, 20), "0 of the six conditions below are"),
        (LONG_AGO, "1 of the six conditions below is"),
    ],
)
def test_one_condition_is_met_and_more_are(
    world: World, recorded: Recorded, monkeypatch: pytest.MonkeyPatch, joined: date, words: str
) -> None:
    monkeypatch.setattr(choices, "PROFILES", PROFILES)
    text = plain(own(world, world.member(recorded.group, "Nia New", joined=joined)))
    assert f"{words} met. Nobody can tell from the blank which of them is not." in text


@pytest.mark.usefixtures("handled")
def test_a_no_says_what_it_deletes_and_what_it_ends(world: World, ana: MemberLine) -> None:
    text = plain(own(world, ana))
    assert (
        "No, not now. What was counted is deleted at once, and what I disagree with ends undecided." in text
    )
    assert "It does what a no does" in text


def test_who_leads_reads_more_than_who_holds_another_office(world: World, ana: MemberLine) -> None:
    text = own(world, ana)
    assert (
        ">Who leads the group</th><td>What every member sees. Once the group sees five records, also" in text
    )
    assert ">Whoever holds another office</th><td>What every member sees, and no more.<" in text
