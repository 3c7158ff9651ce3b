"""Name badges: tagged PDF with the first name large, in letters that are there; a code with what a member shows, no more."""

import json
import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from typst import Compiler

from app.core.exports.pdf_file import typeset
from app.core.groups.domain.office import Office
from app.plugins.profiles.web import badge_sheet
from tests.support.expected_visitors import expected, visitors_are
from tests.support.profiles import Tellers, tellers
from tests.support.reading_files import pages_in, text_of_pdf
from tests.support.world import World

LONG = "Wolfeschlegelsteinhausenbergerdorff"


@pytest.fixture
def group(world: World) -> Tellers:
    return tellers(world, plugins=("attendance", "welcome", "profiles"))


def assert_tagged(content: bytes) -> None:
    assert content.startswith(b"%PDF-")
    assert b"/Marked true" in content
    assert b"/StructTreeRoot" in content
    assert b"<pdfuaid:part>1" in content


def sheet_of(group: Tellers) -> bytes:
    answer = group.get(group.eva, f"/meetings/{group.meeting.public_id}/badges.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert_tagged(answer.data)
    return bytes(answer.data)


def largest(content: bytes, page_text: str) -> float:
    """Return the size in which a text is set, found by its own run of letters."""
    streams = [
        zlib.decompress(found)
        for found in re.findall(rb"FlateDecode[^>]*>>\s*stream\n(.*?)\nendstream", content, re.DOTALL)
    ]
    sizes = [float(one) for body in streams for one in re.findall(rb"/f\d+ ([\d.]+) Tf", body)]
    assert page_text in text_of_pdf(content)
    return max(sizes)


def codes_on(told: Mapping[str, Any], template: Path) -> list[str]:
    """Return what a phone reads on the sheet, drawn as a picture."""
    drawn = Compiler(template.read_bytes(), sys_inputs={"data": json.dumps(told)}).compile(
        format="png", ppi=220
    )
    assert isinstance(drawn, bytes)
    return sorted(one.text for one in zxingcpp.read_barcodes(Image.open(BytesIO(drawn))))


def test_the_sheet_has_a_badge_of_everybody_who_is_expected(
    group: Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors_are(monkeypatch, expected("v1", "Dr. Clara Moreau", firm="Moreau & Co", trade="Florist"))
    group.tell(group.ana)
    text = text_of_pdf(sheet_of(group))
    for said in ("Ana", "AH-na", "Ana Sousa", "Baker", "Sousa Ltd", "Ben", "Photographer", "Eva", "Novák"):
        assert said in text
    for said in ("Clara", "Dr. Clara Moreau", "Florist", "Moreau & Co", "Visitor", "Visitor host"):
        assert said in text
    page = group.get(group.ana, f"/meetings/{group.meeting.public_id}/badges").text
    assert "4 badges" in page
    assert "no font" not in page


@pytest.mark.parametrize("name", ["Ελένη Παπαδοπούλου", "Екатерина Щербакова", "Łucja Østergård", LONG])
def test_latin_greek_and_cyrillic_names_stand_large_and_whole(group: Tellers, name: str) -> None:
    group.world.member(group.group, name)
    lines = text_of_pdf(sheet_of(group)).split("\n")
    assert name.split(maxsplit=1)[0] in lines
    assert name in lines


def test_a_long_name_is_set_smaller_and_a_short_one_large(group: Tellers) -> None:
    short = group.get(group.ana, "/own/badge.pdf").data
    long = group.world.member(group.group, LONG)
    long_one = group.get(group.ana, f"/badges/members/{long.public_id}.pdf").data
    assert largest(short, "Ana") == pytest.approx(38)
    assert 10 < largest(long_one, LONG) < 20


def test_a_name_without_letters_here_is_said_so_and_never_a_box(
    group: Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(badge_sheet, "can_print", lambda text: max(map(ord, text)) < 0x2000)
    told = group.world.member(group.group, "小明 王")
    group.world.member(group.group, "小紅 王")
    group.tell(told, how_to_say="Shao-Ming")
    page = group.get(group.ana, f"/meetings/{group.meeting.public_id}/badges").text
    assert "Some names are in letters that this server has no font for" in page
    assert "On one badge stands how to say the name instead." in page
    assert "One badge has a line to write the name on" in page
    assert "a line to write on" in page
    text = text_of_pdf(sheet_of(group))
    assert "Shao-Ming" in text
    assert "小" not in text


def test_the_code_holds_what_the_member_shows_and_a_visitor_has_none(
    group: Tellers, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors_are(monkeypatch, expected("v1", "Clara Moreau", firm="Moreau & Co"))
    kept: list[tuple[Path, Mapping[str, Any]]] = []
    really = typeset

    def keep(template: Path, told: Mapping[str, Any], **how: Any) -> bytes:
        kept.append((template, told))
        return really(template, told, **how)

    monkeypatch.setattr(badge_sheet, "typeset", keep)
    work = group.world.work()
    work.session.connection().exec_driver_sql(
        f"UPDATE member SET shows_contact = false WHERE id = {int(group.ben.id)}"
    )
    work.commit()
    sheet_of(group)
    template, told = kept[-1]
    cards = codes_on(told, template)
    assert len(cards) == 3
    ana, ben = (next(one for one in cards if f"FN:{name}" in one) for name in ("Ana Sousa", "Ben Ferreira"))
    assert "N:Sousa;Ana" in ana
    assert group.ana.email in ana
    assert "ORG:Ferreira Ltd" in ben
    assert "EMAIL" not in ben
    assert "TEL" not in ben


def test_the_last_sheet_is_filled_up_and_papers_differ_by_country(world: World) -> None:
    group = world.group("coast", zone="America/New_York", plugins=("attendance", "profiles"))
    first = world.member(group, "Ana Sousa")
    for number in range(8):
        world.member(group, f"Given{number} Family")
    leader = world.member(group, "Lea Dent", offices=[Office.PRESIDENT])
    meeting = world.meeting(group)
    answer = world.client(leader).get(f"/g/coast/profiles/meetings/{meeting.public_id}/badges.pdf")
    assert_tagged(answer.data)
    assert pages_in(answer.data) == 2
    assert text_of_pdf(answer.data).split("\n").count("Name") == 16 - 10
    assert b"/MediaBox[0 0 612 792]" in answer.data
    assert world.client(first).get("/g/coast/profiles/own/badge.pdf").status_code == 200


def test_blank_badges_and_one_alone(group: Tellers, monkeypatch: pytest.MonkeyPatch) -> None:
    visitors_are(monkeypatch, expected("v1", "Clara Moreau"))
    blank = group.get(group.ana, "/badges/blank.pdf").data
    assert_tagged(blank)
    assert text_of_pdf(blank).split("\n").count("Name") == 10
    here = f"/meetings/{group.meeting.public_id}/badges"
    alone = group.get(group.eva, f"{here}.pdf?visitor=v1").data
    assert_tagged(alone)
    assert "Clara" in text_of_pdf(alone)
    assert "Ana" not in text_of_pdf(alone)
    assert group.get(group.eva, f"{here}.pdf?visitor=v2").status_code == 404
    assert group.get(group.eva, "/badges/members/nobody.pdf").status_code == 404
    assert group.get(group.eva, "/meetings/none/badges.pdf").status_code == 404


def test_badges_are_printed_by_those_at_the_door_alone(group: Tellers) -> None:
    here = f"/meetings/{group.meeting.public_id}/badges"
    for address in (here, f"{here}.pdf", "/badges/blank.pdf", f"/badges/members/{group.ana.public_id}.pdf"):
        assert group.get(group.ana, address).status_code == 200
        assert group.get(group.ben, address).status_code == 403
        assert group.get(None, address).status_code == 303
    assert group.get(group.ben, "/own/badge.pdf").status_code == 200
