"""Everything of one's own to take away: what is in it, and that nothing of anybody else's is."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.slips import passed_slip, take
from tests.support.world import World

HERE = "/g/harbour/referrals"
FILES = ["slips.csv", "steps.csv", "thank-yous.csv", "reports.csv", "notes.csv"]


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def taken(client: FlaskClient) -> dict[str, list[dict[str, str]]]:
    answer = client.get(f"{HERE}/own/everything.zip")
    assert answer.mimetype == "application/zip"
    with ZipFile(BytesIO(answer.data)) as packed:
        assert packed.namelist() == FILES
        texts = {name: packed.read(name).decode("utf-8-sig") for name in FILES}
    return {name: list(csv.DictReader(StringIO(text, newline=""))) for name, text in texts.items()}


def won_and_told(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> str:
    """Let a slip of Ana's become business for Rui, and each say in confidence how it was; Rui keeps a note of Ana."""
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount="1,000.50", note="Signed, =1+1")
    for member, answer in ((ana, "yes"), (rui, "partly")):
        told = world.client(member).post(
            f"{HERE}/slips/{slip}/report", data={"answer": answer, "form_token": answer, "back": "slip"}
        )
        assert told.status_code == 303
    noted = world.client(rui).post(
        f"{HERE}/between/{ana.public_id}/note", data={"note": "Likes early calls", "version": "0"}
    )
    assert noted.status_code == 303
    return slip


def test_a_member_takes_slips_steps_thanks_reports_and_notes_along(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = won_and_told(world, group, ana, rui)
    of_rui = taken(world.client(rui))
    (row,) = of_rui["slips.csv"]
    assert (row["slip"], row["way"], row["other"], row["prospect"]) == (
        slip,
        "received",
        "Ana Sousa",
        "Café Miramar",
    )
    assert (row["how_well"], row["basis"], row["tier"], row["state"]) == (
        "3",
        "worked-with",
        "outside",
        "won",
    )
    assert row["passed_at"] == "2026-11-24T06:00:00+00:00"
    assert [(one["act"], one["by"]) for one in of_rui["steps.csv"]] == [
        ("pass", "Ana Sousa"),
        ("close", "Rui Almeida"),
    ]
    (thanks,) = of_rui["thank-yous.csv"]
    assert (thanks["way"], thanks["amount"], thanks["currency"]) == ("given", "1000.50", "EUR")
    assert [(one["report"], one["answer"]) for one in of_rui["reports.csv"]] == [("lead", "partly")]
    assert [(one["about"], one["note"]) for one in of_rui["notes.csv"]] == [
        ("Ana Sousa", "Likes early calls")
    ]


def test_what_the_other_side_said_in_confidence_or_noted_is_not_in_it(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    won_and_told(world, group, ana, rui)
    of_ana = taken(world.client(ana))
    assert [(one["report"], one["answer"]) for one in of_ana["reports.csv"]] == [("handling", "yes")]
    assert of_ana["notes.csv"] == []


def test_slips_of_others_are_not_in_it(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> None:
    won_and_told(world, group, ana, rui)
    leader = taken(world.client(world.member(group, offices=[Office.PRESIDENT])))
    assert [len(rows) for rows in leader.values()] == [0, 0, 0, 0, 0]


def test_no_contact_of_a_prospect_leaves_by_it(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui)
    assert "210 000 555" not in str(taken(world.client(ana)))


def test_the_page_of_one_s_own_figures_leads_there(world: World, ana: MemberLine) -> None:
    assert f"{HERE}/own/everything.zip" in world.client(ana).get(f"{HERE}/own").text
    assert world.client().get(f"{HERE}/own/everything.zip").status_code == 303
