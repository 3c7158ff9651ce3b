"""The pages of a period: the grid and PALMS for offices, one's own row for everybody, and nothing of colleagues."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.store import NewMark, fill_blanks, save_record
from tests.support.world import World

GATE = 3
GRID = 4
WEEKS = 6
AFTER = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Weeks:
    """A group with six weeks of attendance, all submitted but the last."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group()
        self.leader: MemberLine = world.member(
            self.group, "Ines Carvalho", offices=[Office.SECRETARY_TREASURER]
        )
        self.ana: MemberLine = world.member(self.group, "=Ana+Sousa <b>")
        self.ben: MemberLine = world.member(self.group, "Ben Okoro")
        days = [date(2026, 11, 24) - timedelta(weeks=weeks) for weeks in range(WEEKS)]
        self.meetings: list[Meeting] = [world.meeting(self.group, day) for day in reversed(days)]
        for number, meeting in enumerate(self.meetings):
            self._fill(meeting, "PPLAMS"[number], is_submitted=meeting is not self.meetings[-1])
        world.clock.move_to(AFTER)

    def _fill(self, meeting: Meeting, letter: str, *, is_submitted: bool) -> None:
        work = self.world.work()
        marks = [
            NewMark(
                group_id=self.group.id,
                meeting_id=meeting.id,
                member_id=member.id,
                status=Status(one),
                origin=Origin.LEADER,
                updated_at_utc=work.now,
            )
            for member, one in ((self.ana, letter), (self.ben, "L"))
        ]
        fill_blanks(work.session, marks)
        if is_submitted:
            save_record(
                work.session,
                group_id=self.group.id,
                meeting_id=meeting.id,
                seen=Record(),
                record=Record().submitted(),
                submitted_at=work.now,
                submitted_by=self.leader.id,
            )
        work.commit()


@pytest.fixture
def weeks(world: World) -> Weeks:
    return Weeks(world)


def _row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<tr>") if name in row)


def test_grid_shows_a_letter_a_meeting_and_the_sums(weeks: Weeks) -> None:
    page = weeks.world.client(weeks.leader).get("/g/harbour/attendance/").text
    row = _row_of(page, "Ben Okoro")
    assert row.count('<td class="L">L</td>') == WEEKS
    assert f'letter=L">{WEEKS}</a>' in row
    assert all(f"/g/harbour/attendance/meetings/{meeting.public_id}" in page for meeting in weeks.meetings)


def test_grid_escapes_names(weeks: Weeks) -> None:
    page = weeks.world.client(weeks.leader).get("/g/harbour/attendance/").text
    assert "=Ana+Sousa &lt;b&gt;" in page


def test_grid_statements_do_not_grow_with_members_or_meetings(weeks: Weeks) -> None:
    client = weeks.world.client(weeks.leader)
    with weeks.world.statements() as before:
        client.get("/g/harbour/attendance/")
    for number in range(8):
        weeks.world.member(weeks.group)
        weeks.world.meeting(weeks.group, date(2026, 9, 1) + timedelta(days=number))
    with weeks.world.statements() as after:
        client.get("/g/harbour/attendance/")
    assert len(before) == len(after) <= GATE + GRID


def test_member_sees_the_own_row_only(weeks: Weeks) -> None:
    for address in ("/g/harbour/attendance/", "/g/harbour/attendance/mine"):
        page = weeks.world.client(weeks.ben).get(address)
        assert page.status_code == 200
        assert "Your attendance" in page.text
        assert "Ana" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "palms",
        "palms/type",
        "palms.csv",
        "palms.xlsx",
        "palms.pdf",
        "grid.csv",
        "grid.pdf",
        "months",
        "months.csv",
        "months.xlsx",
        "months.pdf",
        "members/{ana}",
        "members/{ana}.xlsx",
        "cut-off",
    ],
)
def test_member_is_told_kindly_that_the_page_belongs_to_an_office(weeks: Weeks, path: str) -> None:
    address = f"/g/harbour/attendance/{path.format(ana=weeks.ana.public_id)}"
    assert weeks.world.client(weeks.ben).get(address).status_code == 403
    assert weeks.world.client(weeks.leader).get(address).status_code == 200


def test_months_count_submitted_records_and_lead_to_their_grid(weeks: Weeks) -> None:
    client = weeks.world.client(weeks.leader)
    page = client.get("/g/harbour/attendance/months").text
    october = next(row for row in page.split("<tr>") if "Oct 2026" in row)
    assert [int(number) for number in re.findall(r'<td class="num">(\d+)</td>', october)] == [
        2,
        2,
        2,
        2,
        0,
        0,
        0,
    ]
    assert "from=2026-10-20&amp;to=2026-10-27" in october
    rows = client.get("/g/harbour/attendance/months.csv").text.splitlines()
    assert rows[1].split(",")[1:] == ["2", "2", "0", "2", "0", "0", "2", "50"]


def test_months_cost_one_statement_however_long_the_period(weeks: Weeks) -> None:
    client = weeks.world.client(weeks.leader)
    counts = []
    for first in ("2026-11-01", "2022-01-01"):
        with weeks.world.statements() as statements:
            client.get(f"/g/harbour/attendance/months?from={first}&to=2026-11-24")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= GATE + 2


def test_a_month_without_submitted_records_is_said(weeks: Weeks) -> None:
    page = weeks.world.client(weeks.leader).get("/g/harbour/attendance/months?from=2026-01-01&to=2026-01-31")
    assert "No record was submitted in this period." in page.text


def test_the_strip_is_seen_by_the_member_and_the_office_where_arrivals_are_known(weeks: Weeks) -> None:
    address = f"/g/harbour/attendance/members/{weeks.ana.public_id}"
    leader, ana = weeks.world.client(weeks.leader), weeks.world.client(weeks.ana)
    for page in (ana.get("/g/harbour/attendance/mine"), leader.get(address)):
        assert "strip-picture" not in page.text, "letters without a time draw nothing"
    mark = f"/g/harbour/attendance/meetings/{weeks.meetings[-1].public_id}/members/{weeks.ana.public_id}"
    assert leader.post(mark, data={"status": "L", "seen_version": "1", "arrived": "07:09"}).status_code == 303
    for page in (ana.get("/g/harbour/attendance/mine"), leader.get(address)):
        assert page.text.count('class="strip-dot L') == 1
        assert "1 late, at the latest 9 minutes after the cut-off." in page.text


def test_sum_leads_to_the_rows_it_counts(weeks: Weeks) -> None:
    address = f"/g/harbour/attendance/members/{weeks.ana.public_id}?letter=L"
    page = weeks.world.client(weeks.leader).get(address).text
    assert page.count('class="lines-title"') == 1
    assert "3 November 2026" in page


def test_palms_counts_submitted_meetings_and_names_the_others(weeks: Weeks) -> None:
    page = weeks.world.client(weeks.leader).get("/g/harbour/attendance/palms").text
    assert "5 meetings counted" in page
    assert "1 meeting is not counted yet" in page
    assert "RGI" in page
    row = _row_of(page, "Ben Okoro")
    assert "letter=L" in row
    assert ">5</a>" in row


def test_palms_has_no_referral_columns_where_referrals_are_off(world: World) -> None:
    group = world.group(plugins=["attendance"])
    leader = world.member(group, "Ines Carvalho", offices=[Office.PRESIDENT])
    page = world.client(leader).get("/g/harbour/attendance/palms")
    assert page.status_code == 200
    assert "RGI" not in page.text
    assert "RGI" not in world.client(leader).get("/g/harbour/attendance/palms.csv").text


def test_csv_holds_the_same_numbers_and_no_live_formula(weeks: Weeks) -> None:
    answer = weeks.world.client(weeks.leader).get("/g/harbour/attendance/palms.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert lines[0] == "Name,P,A,L,M,S,Meetings,RGI,RGO,RRI,RRO,TYFCB (EUR)"
    assert "Ben Okoro,0,0,5,0,0,5,0,0,0,0,0.00" in lines
    assert "'=Ana+Sousa <b>,2,1,1,1,0,5,0,0,0,0,0.00" in lines


@pytest.mark.parametrize(
    "path",
    ["", "palms", "palms/type", "palms.csv", "palms.xlsx", "palms.pdf", "grid.csv", "mine", "mine.xlsx"],
)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2026-11-24&to=2026-11-01", "2026"),
        ("from=yesterday&to=2026-11-01", "is not a day"),
        ("from=1900-01-01&to=2026-11-01", "at most"),
        ("from=" + "9" * 5_000, "is not a day"),
    ],
)
def test_period_that_makes_no_sense_is_said_and_keeps_the_page(
    weeks: Weeks, path: str, query: str, said: str
) -> None:
    answer = weeks.world.client(weeks.leader).get(f"/g/harbour/attendance/{path}?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert said in answer.text


def test_other_groups_attendance_is_the_one_404(weeks: Weeks) -> None:
    stranger = weeks.world.member(weeks.world.group("mill"), offices=[Office.PRESIDENT])
    own = f"members/{weeks.ana.public_id}"
    for path in ("", "mine", "palms", "palms/type", "palms.csv", "palms.pdf", "grid.xlsx", own, f"{own}.csv"):
        assert weeks.world.client(stranger).get(f"/g/harbour/attendance/{path}").status_code == 404


def test_home_of_a_leader_shows_the_room_and_the_grid_in_two_statements_more(weeks: Weeks) -> None:
    weeks.world.meeting(weeks.group, date(2026, 12, 1))
    page = weeks.world.client(weeks.leader).get("/g/harbour/").text
    assert "0 of 3" in page
    assert "Submit the record of the meeting" in page
    assert "Keep the record" in page


def test_home_of_a_member_shows_the_own_marks_alone(weeks: Weeks) -> None:
    page = weeks.world.client(weeks.ben).get("/g/harbour/").text
    assert "On time at 0 of your last 6 meetings." in page
    assert "Submit the record" not in page


def test_meetings_before_somebody_joined_are_not_among_their_last(weeks: Weeks) -> None:
    newcomer = weeks.world.member(weeks.group, "Newly Come")
    page = weeks.world.client(newcomer).get("/g/harbour/").text
    assert "On time at" not in page
    assert "No meeting of yours is on record yet." in page


def test_members_page_shows_attendance_to_themselves_and_to_offices(weeks: Weeks) -> None:
    address = f"/g/harbour/members/{weeks.ana.public_id}"
    assert "for this member and the offices alone" in weeks.world.client(weeks.leader).get(address).text
    assert "for this member and the offices alone" in weeks.world.client(weeks.ana).get(address).text
    assert "for this member and the offices alone" not in weeks.world.client(weeks.ben).get(address).text


def test_meetings_page_leads_to_the_record(weeks: Weeks) -> None:
    address = f"/g/harbour/meetings/{weeks.meetings[0].public_id}"
    assert weeks.meetings[0].public_id in weeks.world.client(weeks.leader).get(address).text
    assert "Your record" in weeks.world.client(weeks.ben).get(address).text


@pytest.mark.parametrize(
    ("minutes", "day", "status"),
    [("5", "2026-11-24", 303), ("500", "2026-11-24", 422), ("5", "2026-11-23", 422), ("x", "", 422)],
)
def test_leader_sets_the_cut_off_from_today_on(weeks: Weeks, minutes: str, day: str, status: int) -> None:
    answer = weeks.world.client(weeks.leader).post(
        "/g/harbour/attendance/cut-off",
        data={"cut_off_minutes": minutes, "effective_on": day, "form_token": "c"},
    )
    assert answer.status_code == status
    assert weeks.world.rows("attendance_rule_set") == (2 if status == 303 else 1)
