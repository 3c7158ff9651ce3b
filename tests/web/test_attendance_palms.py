"""PALMS whole: other plugins' columns, opening balances that add up, its files, and the block to type elsewhere."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import ClassVar

import openpyxl
import pytest
from flask import Flask

from app import create_app
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import Period
from app.core.work import UnitOfWork
from app.extensions import db
from app.plugin_api import Manifest, PalmsColumn, Plugin
from app.plugin_runtime.discovery import find_plugins
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.store import NewMark, fill_blanks, save_record
from config import Config
from tests.support.balances import keep_balance
from tests.support.engines import STARTS_AT
from tests.support.reading_files import text_of_pdf
from tests.support.world import World

PALMS = "/g/harbour/attendance/palms"
YEAR = "from=2026-01-01&to=2026-12-31"
FILES = ("palms.csv", "palms.xlsx", "palms.pdf", "grid.csv", "grid.xlsx", "mine.csv", "mine.xlsx")


class Tally(Plugin):
    """A plugin that gives PALMS the columns a test puts into it."""

    manifest: ClassVar[Manifest] = Manifest(
        name="tally", title="Tally", version="1", summary="Counts", migrations=""
    )

    def __init__(self) -> None:
        self.columns: Sequence[PalmsColumn] = ()

    def palms_columns(self, work: UnitOfWork, group: Group, period: Period) -> Sequence[PalmsColumn]:
        return self.columns


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def app(settings: Config, tally: Tally) -> Iterator[Flask]:
    """Yield the application with one plugin more."""
    plugins = [plugin for plugin in find_plugins(settings.plugins) if plugin.manifest.name == "attendance"]
    made = create_app(settings, [*plugins, tally], clock=FixedClock(STARTS_AT), testing=True)
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    with made.app_context():
        db.engine.dispose()


class Harbour:
    """A group with a leader, two members, and one submitted meeting at which both were present."""

    def __init__(self, world: World, currency: str = "EUR") -> None:
        self.world = world
        self.group = world.group(plugins=("attendance", "tally"), currency=currency)
        self.leader = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.ana = world.member(self.group, "Ana Zarco")
        self.ben = world.member(self.group, "Ben Abreu")
        self.meeting = world.meeting(self.group, date(2026, 11, 17))
        work = world.work()
        fill_blanks(
            work.session,
            [
                NewMark(
                    group_id=self.group.id,
                    meeting_id=self.meeting.id,
                    member_id=member.id,
                    status=Status.PRESENT,
                    origin=Origin.LEADER,
                    updated_at_utc=work.now,
                )
                for member in (self.ana, self.ben)
            ],
        )
        save_record(
            work.session,
            group_id=self.group.id,
            meeting_id=self.meeting.id,
            seen=Record(),
            record=Record().submitted(),
            submitted_at=work.now,
            submitted_by=self.leader.id,
        )
        work.commit()

    def text(self, address: str) -> str:
        answer = self.world.client(self.leader).get(address)
        assert answer.status_code == 200
        return answer.text

    def rows(self, query: str = YEAR) -> list[list[str]]:
        """Return the rows of PALMS as CSV."""
        return list(csv.reader(StringIO(self.text(f"{PALMS}.csv?{query}").lstrip("\ufeff"))))


@pytest.fixture
def harbour(world: World) -> Harbour:
    return Harbour(world)


def column(code: str, order: int, values: dict[MemberLine, int], currency: str = "") -> PalmsColumn:
    by_id = {member.id: value for member, value in values.items()}
    return PalmsColumn(code=code, title=f"{code} in words", values=by_id, order=order, currency=currency)


def cells(page: str, start: str) -> list[str]:
    """Return the numbers of the row that begins with `start`, without their links."""
    row = next(row for row in page.split("<tr") if start in row)
    parts = [part.split("</td>")[0] for part in row.split("<td")[1:]]
    return ["".join(piece.split(">")[-1] for piece in part.partition(">")[2].split("<")) for part in parts]


def test_columns_of_plugins_stand_in_the_fields_usual_order(harbour: Harbour, tally: Tally) -> None:
    tally.columns = [
        column("CEU", 80, {}),
        column("TYFCB", 70, {harbour.ana: 125050}, "EUR"),
        column("1-2-1", 60, {harbour.ben: 3}),
        column("RGI", 10, {harbour.ana: 2}),
    ]
    assert harbour.rows() == [
        ["Name", "P", "A", "L", "M", "S", "Meetings", "RGI", "1-2-1", "TYFCB (EUR)", "CEU"],
        ["Ben Abreu", "1", "0", "0", "0", "0", "1", "0", "3", "0.00", "0"],
        ["Ines Carvalho", "0", "0", "0", "0", "0", "1", "0", "0", "0.00", "0"],
        ["Ana Zarco", "1", "0", "0", "0", "0", "1", "2", "0", "1250.50", "0"],
    ]
    page = harbour.text(f"{PALMS}?{YEAR}")
    assert cells(page, "Total</th>") == ["2", "0", "0", "0", "0", "2", "3", "€1,250.50", "0"]
    assert 'title="RGI in words"' in page


def test_balance_within_the_period_is_counted_and_said_and_everything_adds_up(
    harbour: Harbour, tally: Tally
) -> None:
    tally.columns = [column("RGI", 10, {harbour.ana: 2})]
    keep_balance(
        harbour.world,
        harbour.group,
        [
            (harbour.ana, {"meetings": 20, "p": 15, "a": 3, "l": 2, "rgi": 7, "visitors": 1}),
            (None, {"meetings": 20, "p": 4, "rgi": 1}),
        ],
    )
    page = harbour.text(f"{PALMS}?{YEAR}")
    assert "21 meetings counted" in page
    assert cells(page, "Ana Zarco") == ["16", "3", "2", "0", "0", "9", "1"]
    assert cells(page, "People no longer listed") == ["4", "0", "0", "0", "0", "1", "0"]
    assert cells(page, "Total</th>") == ["21", "3", "2", "0", "0", "10", "1"]
    assert cells(page, "of which from summary.xls, 1 Jan 2026 – 30 Jun 2026") == [
        "19",
        "3",
        "2",
        "0",
        "0",
        "8",
        "1",
    ]
    assert "(20 meetings)" in page
    assert ["People no longer listed", "4", "0", "0", "0", "0", "21", "1", "0"] in harbour.rows()


@pytest.mark.parametrize("query", ["from=2026-02-01&to=2026-12-31", "from=2026-01-01&to=2026-06-29"])
def test_balance_that_the_period_cuts_through_is_not_counted_and_said(harbour: Harbour, query: str) -> None:
    keep_balance(harbour.world, harbour.group, [(harbour.ana, {"meetings": 20, "p": 15})])
    page = harbour.text(f"{PALMS}?{query}")
    assert "Not counted: summary.xls, 1 Jan 2026 – 30 Jun 2026" in page
    assert "of which" not in page
    assert "15" not in cells(page, "Ana Zarco")


def test_balance_outside_the_period_is_not_spoken_of(harbour: Harbour) -> None:
    keep_balance(harbour.world, harbour.group, [(harbour.ana, {"meetings": 20, "p": 15})])
    assert "summary.xls" not in harbour.text(f"{PALMS}?from=2026-07-01&to=2026-12-31")


def test_amounts_of_another_currency_stand_apart_and_are_never_added(harbour: Harbour, tally: Tally) -> None:
    tally.columns = [column("TYFCB", 70, {harbour.ana: 100000}, "EUR")]
    keep_balance(
        harbour.world, harbour.group, [(harbour.ana, {"thank_you_minor": 250000, "currency": "USD"})]
    )
    heading, _ben, _ines, ana = harbour.rows()
    assert dict(zip(heading, ana, strict=True)) | {
        "TYFCB (EUR)": "1000.00",
        "TYFCB (USD)": "2500.00",
    } == dict(zip(heading, ana, strict=True))
    assert "never added" in harbour.text(f"{PALMS}?{YEAR}")


@pytest.mark.parametrize(("currency", "written"), [("JPY", "123450"), ("KWD", "123.450")])
def test_amounts_have_the_decimals_of_the_groups_currency(
    world: World, tally: Tally, currency: str, written: str
) -> None:
    harbour = Harbour(world, currency)
    tally.columns = [column("TYFCB", 70, {harbour.ana: 123450}, currency)]
    assert harbour.rows()[-1][-1] == written
    assert f"\t{written}\t" in harbour.text(f"{PALMS}/type?{YEAR}")


def test_meetings_that_a_balance_knows_too_are_said(harbour: Harbour) -> None:
    days = (date(2026, 11, 1), date(2026, 11, 30))
    keep_balance(harbour.world, harbour.group, [(harbour.ana, {"meetings": 4, "p": 4})], days=days)
    assert "1 meeting may be counted twice" in harbour.text(f"{PALMS}?{YEAR}")


def test_former_member_of_a_balance_is_listed_by_name(harbour: Harbour) -> None:
    gone = harbour.world.member(harbour.group, "Gil Gone", joined=date(2024, 1, 2), ended=date(2025, 1, 7))
    keep_balance(harbour.world, harbour.group, [(gone, {"meetings": 20, "p": 9})])
    assert cells(harbour.text(f"{PALMS}?{YEAR}"), "Gil Gone")[0] == "9"


def test_member_sees_what_was_brought_from_elsewhere_for_them_alone(harbour: Harbour) -> None:
    keep_balance(harbour.world, harbour.group, [(harbour.ana, {"p": 15, "m": 2}), (harbour.ben, {"p": 11})])
    page = harbour.world.client(harbour.ana).get(f"/g/harbour/attendance/mine?{YEAR}").text
    assert "from summary.xls, 1 Jan 2026 – 30 Jun 2026, without single meetings" in page
    assert "15" in page
    assert "11" not in page.partition("PALMS of this period")[2].partition("</p>")[0]


def test_xlsx_and_pdf_hold_the_same_numbers_and_the_totals(harbour: Harbour, tally: Tally) -> None:
    tally.columns = [column("TYFCB", 70, {harbour.ana: 125050}, "EUR")]
    keep_balance(harbour.world, harbour.group, [(harbour.ana, {"meetings": 20, "p": 15})])
    client = harbour.world.client(harbour.leader)
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"{PALMS}.xlsx?{YEAR}").data)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.values]
    assert rows[3] == ["Ana Zarco", 16, 0, 0, 0, 0, 21, 1250.5]
    assert rows[4] == ["Total", 17, 0, 0, 0, 0, 21, 1250.5]
    assert rows[5][:2] == ["of which from summary.xls, 1 Jan 2026 – 30 Jun 2026", 15]
    answer = client.get(f"{PALMS}.pdf?{YEAR}")
    text = text_of_pdf(answer.data).split("\n")
    assert answer.mimetype == "application/pdf"
    assert {"Harbour Referrals", "Ana Zarco", "16", "1,250.50", "Total", "Page 1 of 1"} <= set(text)


@pytest.mark.parametrize("path", FILES)
def test_every_file_has_a_plain_name_and_starts_as_its_kind(harbour: Harbour, path: str) -> None:
    answer = harbour.world.client(harbour.leader).get(f"/g/harbour/attendance/{path}?{YEAR}")
    ending = path.partition(".")[2]
    starts = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}
    assert answer.status_code == 200
    assert answer.data.startswith(starts[ending])
    name = answer.headers["Content-Disposition"].removeprefix('attachment; filename="').rstrip('"')
    assert name.replace("-", "").replace(".", "").isalnum()
    assert name.endswith(f"-2026-01-01-2026-12-31.{ending}")


def test_grid_as_a_file_has_a_letter_a_meeting(harbour: Harbour) -> None:
    rows = list(csv.reader(StringIO(harbour.text(f"/g/harbour/attendance/grid.csv?{YEAR}").lstrip("\ufeff"))))
    assert rows[0] == ["Name", "P", "A", "L", "M", "S", "2026-11-17"]
    assert ["Ana Zarco", "1", "0", "0", "0", "0", "P"] in rows
    assert ["Ines Carvalho", "0", "0", "0", "0", "0", ""] in rows


def test_history_as_a_file_is_the_members_own_or_an_offices(harbour: Harbour) -> None:
    address = f"/g/harbour/attendance/members/{harbour.ana.public_id}.csv?{YEAR}"
    assert "2026-11-17,P,,,,,yes" in harbour.text(address)
    own = harbour.world.client(harbour.ana).get(f"/g/harbour/attendance/mine.csv?{YEAR}").text
    assert "2026-11-17,P,,,,,yes" in own
    assert harbour.world.client(harbour.ben).get(address).status_code == 403
    assert (
        harbour.world.client(harbour.leader).get("/g/harbour/attendance/members/nobody.csv").status_code
        == 404
    )


def test_period_without_anybody_is_an_empty_page_and_files_with_a_head(harbour: Harbour) -> None:
    long_ago = "from=2001-01-01&to=2001-06-30"
    assert "Nobody was a member in this period." in harbour.text(f"{PALMS}?{long_ago}")
    assert "Nobody was a member in this period." in harbour.text(f"{PALMS}/type?{long_ago}")
    assert harbour.rows(long_ago) == [["Name", "P", "A", "L", "M", "S", "Meetings"]]
    assert text_of_pdf(harbour.world.client(harbour.leader).get(f"{PALMS}.pdf?{long_ago}").data)


def test_palms_of_sixty_takes_no_more_statements_than_of_three(harbour: Harbour) -> None:
    client = harbour.world.client(harbour.leader)
    with harbour.world.statements() as few:
        client.get(f"{PALMS}?{YEAR}")
    for _ in range(57):
        harbour.world.member(harbour.group)
    with harbour.world.statements() as many:
        page = client.get(f"{PALMS}?{YEAR}").text
    assert page.count('<th scope="row"><a') == 60
    assert len(many) == len(few)


def block_of(page: str) -> list[str]:
    """Return the lines of the block to copy."""
    return page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].split("\n")


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("family", ["Abreu\tBen", "Carvalho\tInes", "Zarco\tAna"]),
        ("given", ["Ana\tZarco", "Ben\tAbreu", "Ines\tCarvalho"]),
        ("file", ["Ben\tAbreu", "Ana\tZarco", "Ines\tCarvalho"]),
    ],
)
def test_block_to_type_elsewhere_stands_in_the_other_systems_order(
    harbour: Harbour, order: str, names: list[str]
) -> None:
    keep_balance(harbour.world, harbour.group, [(harbour.ben, {"p": 1}), (harbour.ana, {"p": 1})])
    lines = block_of(harbour.text(f"{PALMS}/type?{YEAR}&order={order}"))
    assert ["\t".join(line.split("\t")[:2]) for line in lines[1:]] == names


def test_block_has_the_usual_columns_and_leaves_blank_what_nobody_keeps(
    harbour: Harbour, tally: Tally
) -> None:
    tally.columns = [column("1-2-1", 60, {harbour.ana: 4})]
    lines = block_of(harbour.text(f"{PALMS}/type?{YEAR}"))
    assert lines[0].split("\t")[2:] == [
        *"PALMS", "RGI", "RGO", "RRI", "RRO", "V", "1-2-1", "TYFCB", "CEU",
    ]  # fmt: skip
    assert lines[-1] == "Zarco\tAna\t1\t0\t0\t0\t0\t\t\t\t\t\t4\t\t"
    bare = block_of(harbour.text(f"{PALMS}/type?{YEAR}&bare=1"))
    assert bare[-1] == "1\t0\t0\t0\t0\t\t\t\t\t\t4\t\t"


def test_letters_of_one_meeting_stand_in_the_same_order(harbour: Harbour) -> None:
    address = f"{PALMS}/type?{YEAR}&order=given&meeting={harbour.meeting.public_id}"
    assert block_of(harbour.text(address)) == [
        "First name\tFamily name\t2026-11-17",
        "Ana\tZarco\tP",
        "Ben\tAbreu\tP",
        "Ines\tCarvalho\t",
    ]


def test_meeting_of_another_group_gives_no_letters(harbour: Harbour) -> None:
    other = harbour.world.group("mill", plugins=("attendance",))
    harbour.world.member(other, "Mia Mill")
    meeting = harbour.world.meeting(other, date(2026, 11, 17))
    assert "Mia" not in harbour.text(f"{PALMS}/type?{YEAR}&meeting={meeting.public_id}")


def test_money_from_outside_stands_apart_from_people_no_longer_listed(harbour: Harbour) -> None:
    keep_balance(
        harbour.world,
        harbour.group,
        [
            (harbour.ana, {"meetings": 20, "p": 15, "thank_you_minor": 1000}),
            (None, {"meetings": 20, "p": 4, "thank_you_minor": 500}),
            (None, {"meetings": 20, "thank_you_minor": 640000, "listed_name": "BNI"}),
        ],
    )
    page = harbour.text(f"{PALMS}?{YEAR}")
    assert cells(page, "People no longer listed")[-1] == "€5.00"
    assert cells(page, "From outside the group")[-1] == "€6,400.00"
    assert cells(page, "Total</th>")[-1] == "€6,415.00"
    assert ["From outside the group", "0", "0", "0", "0", "0", "21", "6400.00"] in [
        [*row[:7], row[-1]] for row in harbour.rows()
    ]
