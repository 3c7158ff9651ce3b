"""Two worlds that differ only in a sealed report answer everybody but its author with identical bytes, and send the same mail.

Looked at: every address of the URL map and every link that somebody finds, as the other side, a leader, a member and a
stranger; pages, parts that pages fetch, files and marks of change; mails and notices after the jobs have run. What is
compared is proven by leaks that are put in by hand, each of which is seen.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select

from app.core.notices.models import NoticeRow
from app.plugins.referrals import store_reports
from app.plugins.referrals.domain.reports import Spoken
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.interface import ReportGiven
from app.plugins.referrals.models import SlipRow, StepRow
from app.plugins.referrals.models_reports import ReportRow
from app.plugins.referrals.queries import quality
from app.plugins.referrals.queries import reports as queries
from app.plugins.referrals.services import asking_reports, checking, reporting
from app.plugins.referrals.web import reports
from tests.support.sealed_worlds import House, Origin, addresses_for, differences, house_from, origin_in

SIDES: Final = {"giver": ("no", "yes"), "receiver": ("no", "partly")}
OTHER: Final = {"giver": "receiver", "receiver": "giver"}
LOOKED_AT_CLOSELY: Final = ("/g/harbour/", "/g/harbour/referrals")

SLOW = pytest.mark.timeout(500)
"""Hundreds of pages in each house: minutes where the machine has other work."""


@pytest.fixture(scope="module")
def origin(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Origin:
    return origin_in(tmp_path_factory.mktemp("sealed"), sqlite_template)


@pytest.fixture
def houses(origin: Origin, tmp_path: Path) -> Iterator[tuple[House, House]]:
    """Yield two houses alike; nothing is said in them."""
    with ExitStack() as stack:
        yield (
            stack.enter_context(house_from(origin, tmp_path, "silent")),
            stack.enter_context(house_from(origin, tmp_path, "spoken")),
        )


@pytest.fixture(scope="module")
def shown(origin: Origin, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what each viewer opens: what the two who see most find in a house where nothing is said, found once."""
    with house_from(origin, tmp_path_factory.mktemp("walked"), "walked") as house:
        found = {viewer: addresses_for(house, viewer, 1) for viewer in ("receiver", "president")}
        return {viewer: found.get(viewer, found["receiver"]) for viewer in house.clients}


def seen_by_others(silent: House, spoken: House, author: str, shown: Mapping[str, list[str]]) -> list[str]:
    """Return what anybody but the author sees or is sent differently in the two houses."""
    found = [
        fault
        for viewer, addresses in shown.items()
        if viewer != author
        for fault in differences(silent, spoken, viewer, addresses)
    ]
    member = silent.origin.author(author)
    return found + (["mail or notices"] if silent.is_sent(member) != spoken.is_sent(member) else [])


@SLOW
@pytest.mark.parametrize("author", sorted(SIDES))
def test_nobody_but_the_author_can_tell_a_sealed_report_from_none(
    houses: tuple[House, House],
    shown: dict[str, list[str]],
    author: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    silent, spoken = houses
    assert differences(silent, spoken, author, close_by(shown[author])) == [], "the houses begin alike"
    spoken.report(author, SIDES[author][0])
    assert seen_by_others(silent, spoken, author, shown) == []
    assert differences(silent, spoken, author, close_by(shown[author])), "the author alone sees it"
    looks = sum(map(len, shown.values()))
    with capsys.disabled():
        print(f"\nsealed worlds ({author}): {looks} addresses", end=" ")
    assert looks > 300


@SLOW
@pytest.mark.parametrize("author", sorted(SIDES))
def test_answers_and_corrections_look_alike_while_time_passes_and_even_after_they_open(
    houses: tuple[House, House], shown: dict[str, list[str]], author: str
) -> None:
    """A week of jobs, then the opening: no page shows an opened report either, only `SlipHistory` hands it on."""
    one, other = houses
    near = {viewer: close_by(addresses) for viewer, addresses in shown.items()}
    one.report(author, SIDES[author][0])
    other.report(author, SIDES[author][1])
    other.report(author, SIDES[author][0])
    other.report(author, SIDES[author][1])
    for hours in (3, 24 * 7, 24 * 8):
        for house in houses:
            house.let_time_pass(hours=hours)
        assert seen_by_others(one, other, author, near) == []


@SLOW
@pytest.mark.parametrize("author", sorted(SIDES))
def test_who_is_asked_and_drawn_does_not_hang_on_a_report(
    houses: tuple[House, House], shown: dict[str, list[str]], author: str
) -> None:
    silent, spoken = houses
    near = {viewer: close_by(addresses) for viewer, addresses in shown.items()}
    spoken.report(author, SIDES[author][0])
    for days in (0.125, 7, 7, 7):
        for house in houses:
            house.let_time_pass(days=days)
        assert seen_by_others(silent, spoken, author, near) == []
    assert silent.is_sent(silent.origin.author(author)), "others were sent something meanwhile"


def close_by(addresses: list[str]) -> list[str]:
    """Return the addresses where a leak is likeliest: the group's home page and all of referrals."""
    return [one for one in addresses if one == LOOKED_AT_CLOSELY[0] or one.startswith(LOOKED_AT_CLOSELY[1])]


def reported_on(session: Any, group_id: Any) -> set[int]:
    """Return the slips on which anybody has reported: what no page may ask."""
    return set(session.scalars(select(ReportRow.slip_id).where(ReportRow.group_id == group_id)))


Patch = Callable[[pytest.MonkeyPatch], None]


def event_is_not_sealed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ReportGiven, "sealed", False)


def slip_shows_the_report_of_either_side(patch: pytest.MonkeyPatch) -> None:
    def any_report(session: Any, group_id: Any, slip_id: Any, _member: Any, _report: Any) -> Any:
        row = session.execute(
            select(ReportRow.answer, ReportRow.at_utc).where(
                ReportRow.group_id == group_id, ReportRow.slip_id == slip_id
            )
        ).first()
        return Spoken(answer="yes", first_at=row[1], latest_at=row[1]) if row else None

    patch.setattr(reports, "own_report", any_report)


def _after_adding(patch: pytest.MonkeyPatch, then: Callable[[Any, Any, Any, Any], None]) -> None:
    add_report = store_reports.add_report

    def add_and_then(session: Any, group_id: Any, slip_id: Any, **said: Any) -> None:
        add_report(session, group_id, slip_id, **said)
        then(session, group_id, slip_id, said)

    patch.setattr(reporting, "add_report", add_and_then)


def life_gets_a_step(patch: pytest.MonkeyPatch) -> None:
    def step(session: Any, group_id: Any, slip_id: Any, said: Any) -> None:
        session.add(
            StepRow(
                group_id=group_id,
                slip_id=slip_id,
                number=99,
                act=Act.PROGRESS.value,
                from_state=SlipState.WON.value,
                to_state=SlipState.WON.value,
                at_utc=said["at"],
                by_member_id=None,
                note="",
            )
        )

    _after_adding(patch, step)


def other_side_is_told(patch: pytest.MonkeyPatch) -> None:
    def tell(session: Any, group_id: Any, slip_id: Any, said: Any) -> None:
        slip = session.get_one(SlipRow, (group_id, slip_id))
        is_giver = said["by"] == slip.giver_member_id
        session.add(
            NoticeRow(
                group_id=group_id,
                id=1,
                member_id=slip.receiver_member_id if is_giver else slip.giver_member_id,
                kind="referrals.leak",
                text="A word to you.",
                path="",
                at_utc=said["at"],
            )
        )

    _after_adding(patch, tell)


def list_forgets_what_the_other_side_reported_on(patch: pytest.MonkeyPatch) -> None:
    to_tell = queries.slips_to_tell

    def unreported(session: Any, group_id: Any, *args: Any, **kwargs: Any) -> Any:
        reported = reported_on(session, group_id)
        return [one for one in to_tell(session, group_id, *args, **kwargs) if one.id not in reported]

    patch.setattr(reports, "slips_to_tell", unreported)


def mail_is_spared_where_the_other_side_spoke(patch: pytest.MonkeyPatch) -> None:
    missing = queries.unreported_between

    def only_where_both_are_silent(*args: Any, **kwargs: Any) -> Any:
        found = missing(*args, **kwargs)
        return [one for one in found if sum(other.slip == one.slip for other in found) == 2]

    patch.setattr(asking_reports, "unreported_between", only_where_both_are_silent)


def check_draws_what_was_reported_on(patch: pytest.MonkeyPatch) -> None:
    to_draw = quality.slips_to_draw_from

    def newest_if_reported_on(session: Any, group_id: Any, *args: Any) -> Any:
        found = to_draw(session, group_id, *args)
        return [one for one in found[-1:] if one.id in reported_on(session, group_id)]

    patch.setattr(checking, "slips_to_draw_from", newest_if_reported_on)


LEAKS: Final[Mapping[str, tuple[Patch, float]]] = {
    "the event moves the pulse": (event_is_not_sealed, 0),
    "the slip's page shows either side's word": (slip_shows_the_report_of_either_side, 0),
    "the slip's life gets a step": (life_gets_a_step, 0),
    "the other side gets a notice": (other_side_is_told, 0),
    "a list leaves out what the other side reported on": (list_forgets_what_the_other_side_reported_on, 0),
    "a mail is spared where the other side spoke": (mail_is_spared_where_the_other_side_spoke, 0.125),
    "the quality check draws what was reported on": (check_draws_what_was_reported_on, 14),
}
"""What is broken by hand, and how many days later it shows."""


@SLOW
@pytest.mark.parametrize("leak", sorted(LEAKS))
def test_every_leak_that_is_put_in_is_seen(
    houses: tuple[House, House],
    shown: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    leak: str,
) -> None:
    silent, spoken = houses
    author = "giver"
    put_in, days = LEAKS[leak]
    other = OTHER[author]
    near = {other: [f"/g/harbour/referrals/slips/{silent.origin.slip}", *close_by(shown[other])]}
    put_in(monkeypatch)
    spoken.report(author, "no")
    for house in houses:
        house.let_time_pass(days=days)
    assert seen_by_others(silent, spoken, author, near) != []
