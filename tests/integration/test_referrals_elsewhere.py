"""A slip between two groups on both engines: a row in each, every step and deletion carried across, nothing overwritten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow
from app.core.groups.services import end_membership
from app.core.ids import MemberId
from app.plugin_runtime.switching import switch_off
from app.plugins.referrals.interface import PalmsReferrals
from app.plugins.referrals.queries.totals import PalmsTotals
from app.plugins.referrals.services.forgetting import forget_due
from app.plugins.referrals.web.about_you import token_of
from tests.support.elsewhere import HARBOUR, MILL, TwoGroups, found_by_others, two_groups
from tests.support.reading import words
from tests.support.slips import reading
from tests.support.world import World

DAY = date(2026, 11, 24)
CLOSED = {"result": "won"}


@pytest.fixture
def two(world: World) -> TwoGroups:
    return two_groups(world)


def totals(two: TwoGroups, group: Group) -> dict[MemberId, PalmsReferrals]:
    with reading(two.world) as session:
        return dict(PalmsTotals(session, two.world.now).palms_totals(group.id, DAY, DAY, group.zone))


def kinds(two: TwoGroups, group: Group) -> list[str]:
    """Return what the group's ledger tells of slips, in order."""
    told = [row["kind"] for row in two.rows("ledger_entry", group)]
    return [kind for kind in told if kind.startswith("referrals.")]


def test_each_group_keeps_its_own_member_and_of_the_other_name_and_group_alone(two: TwoGroups) -> None:
    two.passed()
    (ours,), (theirs,) = two.slips(two.harbour), two.slips(two.mill)
    assert (ours["giver_member_id"], ours["receiver_member_id"]) == (two.ana.id, None)
    assert (theirs["giver_member_id"], theirs["receiver_member_id"]) == (None, two.otto.id)
    assert ours["receiver_outside"] == "Otto Müller (Mill Referrals)"
    assert theirs["giver_outside"] == "Ana Sousa (Harbour Referrals)"
    assert ours["exchange_id"] == theirs["exchange_id"] is not None
    assert ours["public_id"] != theirs["public_id"]
    assert [row["contact"] for row in two.rows("referrals_prospect", two.mill)] == ["+351 210 000 555"]


def test_it_counts_as_given_here_and_as_received_there(two: TwoGroups) -> None:
    two.passed()
    assert totals(two, two.harbour) == {two.ana.id: PalmsReferrals(rgo=1)}
    assert totals(two, two.mill) == {two.otto.id: PalmsReferrals(rro=1)}


LIVES = [
    (["acknowledge"], "acknowledged"),
    (["try"], "acknowledged"),
    (["try", "progress"], "in-progress"),
    (["close"], "won"),
    (["acknowledge", "progress", "close"], "won"),
    (["decline"], "declined"),
    (["close", "reopen"], "in-progress"),
    (["decline", "reopen", "close"], "won"),
]


@pytest.mark.parametrize(("acts", "state"), LIVES)
def test_each_word_of_the_receiver_stands_in_both_groups_and_the_giver_is_told(
    two: TwoGroups, acts: list[str], state: str
) -> None:
    ours, theirs = two.passed()
    for version, act in enumerate(acts, 1):
        fields = CLOSED if act == "close" else {}
        answer = two.step(two.otto, theirs, act, version, note=f"Note {version}", **fields)
        assert answer.status_code == 303
    (here,), (there,) = two.slips(two.harbour), two.slips(two.mill)
    same = ("state", "version", "acknowledged_at_utc", "closed_at_utc", "news_at_utc")
    assert [here[name] for name in same] == [there[name] for name in same]
    assert (here["state"], here["version"]) == (state, len(acts) + 1)
    notices = two.rows("notice", two.harbour)
    assert [(row["member_id"], row["path"]) for row in notices] == [(two.ana.id, ours)] * len(acts)
    assert all("Otto Müller (Mill Referrals)" in row["text"] for row in notices)
    page = words(two.client(two.ana).get(ours))
    assert "Otto Müller (Mill Referrals)" in page.partition("How it stands")[2]
    assert f"Note {len(acts)}" in page
    assert kinds(two, two.harbour) == kinds(two, two.mill)
    for group in (two.harbour, two.mill):
        two.world.assert_ledger_whole(group)


def test_the_prospect_of_both_groups_expires_with_the_result(two: TwoGroups) -> None:
    _ours, theirs = two.passed()
    two.step(two.otto, theirs, "close", 1, **CLOSED)
    days = {
        row["expires_on"]
        for group in (two.harbour, two.mill)
        for row in two.rows("referrals_prospect", group)
    }
    assert days == {DAY + timedelta(days=365)}
    two.step(two.otto, theirs, "reopen", 2)
    assert {row["expires_on"] for row in two.rows("referrals_prospect", two.harbour)} == {None}


def test_the_giver_puts_it_right_and_takes_it_back_in_both_groups(two: TwoGroups) -> None:
    ours, theirs = two.passed()
    words_of_slip = {"version": "1", "form_token": "edit", "prospect_name": "Café Mirador", "agreed": "y"}
    rest = {"prospect_contact": "", "about": "A smaller kitchen", "tier": "outside", "how_well": "3"}
    edited = two.client(two.ana).post(f"{ours}/edit", data={**words_of_slip, **rest, "basis": "worked-with"})
    assert edited.status_code == 303
    page = words(two.client(two.otto).get(theirs))
    assert "Café Mirador" in page
    assert "A smaller kitchen" in page
    assert "+351 210 000 555" in words(two.client(two.otto).post(f"{theirs}/prospect"))
    assert two.step(two.ana, ours, "withdraw", 2).status_code == 303
    assert [row["state"] for row in two.slips(two.mill)] == ["withdrawn"]
    told = [row["text"].partition(" (")[2] for row in two.rows("notice", two.mill)][1:]
    assert told == [
        "Harbour Referrals) put a slip right that they passed you.",
        "Harbour Referrals) took back a slip.",
    ]
    assert totals(two, two.mill) == totals(two, two.harbour) == {}


def test_undone_within_the_minute_nobody_in_the_other_group_ever_hears_of_it(two: TwoGroups) -> None:
    ours = two.send().headers["Location"]
    theirs = f"{MILL}/slips/{two.slips(two.mill)[-1]['public_id']}"
    assert two.client(two.otto).get(theirs).status_code == 404
    two.world.pass_time(seconds=50)
    assert two.step(two.ana, ours, "undo", 1).status_code == 303
    assert {row["state"] for group in (two.harbour, two.mill) for row in two.slips(group)} == {"withdrawn"}
    assert (two.world.rows("notice"), two.world.rows("outgoing_mail")) == (0, 0)
    two.world.pass_time(minutes=5)
    assert two.client(two.otto).get(theirs).status_code == 404
    assert totals(two, two.harbour) == totals(two, two.mill) == {}


def test_who_is_slower_sees_both_versions_and_nothing_is_overwritten(two: TwoGroups) -> None:
    ours, theirs = two.passed()
    two.step(two.otto, theirs, "acknowledge", 1)
    slower = two.step(two.ana, ours, "withdraw", 1, note="I was too quick")
    assert slower.status_code == 422
    assert "The slip changed while you were writing" in words(slower)
    assert "I was too quick" in words(slower)
    assert "Otto Müller (Mill Referrals)" in words(slower)
    assert {row["state"] for row in two.slips(two.harbour) + two.slips(two.mill)} == {"acknowledged"}


def test_a_receiver_who_leaves_hands_it_back_across(two: TwoGroups) -> None:
    ours, _theirs = two.passed()
    work = two.world.work()
    end_membership(work, group_id=two.mill.id, member_id=two.otto.id, last_day=DAY, reason="left")
    work.commit()
    assert {row["state"] for row in two.slips(two.harbour) + two.slips(two.mill)} == {"withdrawn"}
    (notice,) = two.rows("notice", two.harbour)
    assert (notice["member_id"], notice["path"]) == (two.ana.id, ours)
    assert "Your slip is back with you" in notice["text"]
    (mail,) = two.rows("outgoing_mail", two.harbour)
    assert "Otto Müller (Mill Referrals) has left their group" in mail["body"]
    assert "Handed back" in words(two.client(two.ana).get(ours))


def forget(two: TwoGroups, how: str, ours: str, theirs: str) -> None:
    leader = two.world.member(two.mill, "Lea Wolf", offices=[Office.PRESIDENT])
    if how == "giver":
        two.client(two.ana).post(f"{ours}/prospect/forget", data={"form_token": "f"})
    elif how == "receiver":
        two.client(two.otto).post(f"{theirs}/prospect/forget", data={"form_token": "f"})
    elif how == "office":
        contact = {"contact": "+351 210000555", "form_token": "f"}
        assert two.client(leader).post(f"{MILL}/forget", data=contact).status_code == 303
    elif how == "link":
        with two.world.app.app_context():
            token = token_of(two.harbour, ours.rpartition("/")[2])
        two.world.client().post(f"/visit/harbour/referrals/about-you/{token}", data={"form_token": "f"})
    else:
        two.world.pass_time(days=366)
        work = two.world.work()
        forget_due(work, two.mill)
        work.commit()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("giver", {"mill"}),
        ("receiver", {"harbour"}),
        ("office", {"harbour", "mill"}),
        ("link", {"harbour", "mill"}),
        ("time", set()),
    ],
)
def test_a_prospect_who_is_forgotten_is_forgotten_in_both_groups(
    two: TwoGroups, how: str, told: set[str]
) -> None:
    ours, theirs = two.passed()
    two.step(two.otto, theirs, "progress", 1, note="Spoke with Miramar")
    before = {group.slug: len(two.rows("notice", group)) for group in (two.harbour, two.mill)}
    forget(two, how, ours, theirs)
    for group in (two.harbour, two.mill):
        (prospect,), (slip,) = two.rows("referrals_prospect", group), two.slips(group)
        assert (prospect["name"], prospect["contact"], slip["about"]) == ("", "", "")
        assert {row["note"] for row in two.rows("referrals_step", group)} == {""}
        assert (prospect["objected_at_utc"] is not None) is (how == "link")
        assert "referrals.prospect_forgotten" in kinds(two, group)
    after = {group.slug: len(two.rows("notice", group)) for group in (two.harbour, two.mill)}
    assert {slug for slug in after if after[slug] > before[slug]} == told


def hides(two: TwoGroups) -> None:
    work = two.world.work()
    row = work.session.get(MemberRow, (two.mill.id, two.otto.id))
    assert row is not None
    row.shows_contact = False
    work.commit()


def leaves(two: TwoGroups) -> None:
    work = two.world.work()
    end_membership(
        work, group_id=two.mill.id, member_id=two.otto.id, last_day=date(2026, 11, 1), reason="left"
    )
    work.commit()


def switches_off(two: TwoGroups) -> None:
    work = two.world.work()
    switch_off(work, two.world.held.registry, group_id=two.mill.id, name="referrals")
    work.commit()


NOT_FOUND = {
    "their group is not found": lambda two: found_by_others(two.world, two.mill, is_found=False),
    "ours is not found": lambda two: found_by_others(two.world, two.harbour, is_found=False),
    "no referrals there": switches_off,
    "left": leaves,
    "hides the contact": hides,
}


@pytest.mark.parametrize("why", NOT_FOUND)
def test_somebody_in_no_common_group_who_cannot_be_found_is_refused_with_the_reason(
    two: TwoGroups, why: str
) -> None:
    NOT_FOUND[why](two)
    answer = two.send(about="")
    page = words(answer)
    assert answer.status_code == 422
    assert "You have no group in common, and they cannot be found from here" in page
    assert "Say in a few words what they need" in page
    assert "Café Miramar" in page
    assert "Otto" not in page
    assert "Otto" not in words(two.client(two.ana).get(f"{HARBOUR}/elsewhere?q=otto"))
    assert two.world.rows("referrals_slip") == two.world.rows("exchange_side") == 0


def test_a_double_tap_is_one_slip_in_each_group(two: TwoGroups) -> None:
    first, second = two.send(form_token="same"), two.send(form_token="same")
    assert first.headers["Location"] == second.headers["Location"]
    assert len(two.slips(two.harbour)) == len(two.slips(two.mill)) == 1
    assert two.world.rows("exchange_side") == 2


def test_two_who_act_at_once_in_two_groups_wait_for_each_other_and_one_is_told(two: TwoGroups) -> None:
    for _round in range(4):
        ours, theirs = two.passed_anew()
        acts = ((two.ana, ours, "withdraw"), (two.otto, theirs, "acknowledge"))
        for member, slip, _act in acts:
            assert two.client(member).get(slip).status_code == 200
        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(lambda one: two.step(one[0], one[1], one[2], 1).status_code, acts))
        assert sorted(answers) == [303, 422]
        (here, there) = (two.slips(group)[-1] for group in (two.harbour, two.mill))
        assert (here["state"], here["version"]) == (there["state"], there["version"])
        assert (here["state"], here["version"]) == ("withdrawn" if answers[0] == 303 else "acknowledged", 2)
