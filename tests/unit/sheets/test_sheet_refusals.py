"""Is every file that is not read refused with a reason, quickly, and without harm?"""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.errors import Refusal, Refused
from app.core.sheets import LIMITS, Limits, read_sheets
from tests.support.sheets import Grid, csv_bytes, spreadsheetml_bytes, xlsx_bytes

URN = "urn:schemas-microsoft-com:office:spreadsheet"
SMALL = replace(LIMITS, rows=3, row_number=6, columns=4, cells=8, cell_characters=10, sheets=2)


def _refusals(data: bytes, limits: Limits = LIMITS) -> tuple[Refusal, ...]:
    with pytest.raises(Refused) as caught:
        read_sheets(data, limits)
    return caught.value.refusals


def _code(data: bytes, limits: Limits = LIMITS) -> str:
    (refusal,) = _refusals(data, limits)
    return refusal.code


def _repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """Return a workbook with some of its parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in changed if name not in old.namelist())]:
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return buffer.getvalue()


def _zip(names: list[str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheets.empty_file"),
        (b" \r\n\t ", "sheets.empty_file"),
        (b"\xef\xbb\xbf", "sheets.empty_file"),
        (b",,,\n,,\n", "sheets.nothing_in_it"),
        (b"%PDF-1.7\n...", "sheets.not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "sheets.not_a_spreadsheet"),
        (b"a\x00b\x00\x00c", "sheets.not_a_spreadsheet"),
        (b"Name,Email\r\nAna,ana@b.example\x00\r\n", "sheets.not_a_spreadsheet"),
        (b"\x81\x8d\xff,", "sheets.not_a_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "sheets.old_or_locked_workbook"),
        (b"<!DOCTYPE html><html><table></table></html>", "sheets.web_page"),
        (b"<html xmlns='urn:x'><table><tr><td>1</td></tr></table></html>", "sheets.web_page"),
        (b"<?xml version='1.0'?><html></html>", "sheets.web_page"),
        (b"<?xml version='1.0'?><feed/>", "sheets.other_xml"),
        (b"PK\x03\x04 torn", "sheets.broken_workbook"),
        (_zip(["mimetype", "content.xml"]), "sheets.other_workbook"),
        (_zip(["xl/workbook.bin"]), "sheets.other_workbook"),
        (_zip(["Index/Tables.iwa"]), "sheets.other_workbook"),
        (_zip(["holiday.jpg"]), "sheets.not_a_spreadsheet"),
        (_zip(["xl/workbook.xml"]), "sheets.broken_workbook"),
        (b'a,b\n"never closed,c\n', "sheets.row_unreadable"),
        (b"a," + b"x" * 200_000, "sheets.row_unreadable"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_what_it_is(data: bytes, code: str) -> None:
    assert _code(data) == code


def test_an_open_quotation_mark_is_told_with_its_row() -> None:
    (refusal,) = _refusals(b'a,b\nc,d\n"never closed,c\ne,f\n')
    assert (refusal.code, refusal.facts) == ("sheets.row_unreadable", {"row": 3})


def test_damaged_xml_is_told_with_its_line() -> None:
    data = spreadsheetml_bytes([["a"]], line_end="\n").replace(b"</Row>", b"")
    (refusal,) = _refusals(data)
    assert refusal.code == "sheets.broken_xml"
    assert refusal.facts["line"] > 1


@pytest.mark.parametrize("index", ["0", "-1", "1", "two", "99999999", "1.5"])
def test_a_row_or_cell_that_stands_nowhere_is_refused(index: str) -> None:
    rows = f'<Row><Cell><Data>a</Data></Cell><Cell ss:Index="{index}"><Data>b</Data></Cell></Row>'
    assert _code(_spreadsheetml(rows)) == "sheets.bad_index"


@pytest.mark.parametrize("write", [csv_bytes, spreadsheetml_bytes, lambda grid: xlsx_bytes({"Report": grid})])
def test_each_container_is_held_to_the_same_sizes(write: Callable[[Grid], bytes]) -> None:
    assert _code(write([["a"], ["b"], ["c"], ["d"]]), SMALL) == "sheets.too_many_rows"
    assert _code(write([["a"], [], [], [], [], [], ["far down"]]), SMALL) == "sheets.too_many_rows"
    assert _code(write([["a", None, None, None, "far right"]]), SMALL) == "sheets.too_many_columns"
    assert _code(write([["a", "b", "c", "d"], ["e", "f", "g", "h"], ["i"]]), SMALL) == "sheets.too_many_cells"
    assert _code(write([["elevenchars"]]), SMALL) == "sheets.cell_too_long"
    assert read_sheets(write([["a", "b", "c", "ten chars."], [], ["d"], [], [], ["e"]]), SMALL)


def test_every_cell_that_is_too_long_is_told_at_once_with_its_place() -> None:
    refusals = _refusals(csv_bytes([["x" * 11, "ok"], ["ok", "y" * 12]]), SMALL)
    assert [(one.facts["row"], one.facts["column"], one.facts["length"]) for one in refusals] == [
        (1, "A", 11),
        (2, "B", 12),
    ]


def test_too_many_sheets_and_too_many_bytes_are_refused() -> None:
    assert _code(xlsx_bytes({"a": [["1"]], "b": [["1"]], "c": [["1"]]}), SMALL) == "sheets.too_many_sheets"
    (refusal,) = _refusals(b"x" * (LIMITS.file_bytes + 1))
    assert (refusal.code, refusal.facts) == ("sheets.file_too_large", {"limit_mebibytes": 10})


def test_the_limits_hold_for_all_sheets_together() -> None:
    assert _code(xlsx_bytes({"a": [["1"], ["2"]], "b": [["3"], ["4"]]}), SMALL) == "sheets.too_many_rows"


_LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY lol0 "lol">{_LAUGHS}]>'
    f'<Workbook xmlns="{URN}"><Worksheet><Table><Row><Cell><Data>&lol9;</Data></Cell></Row></Table></Worksheet></Workbook>'
).encode()
EXTERNAL_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    f'<Workbook xmlns="{URN}"><Worksheet><Table><Row><Cell><Data>&file;</Data></Cell></Row></Table></Worksheet></Workbook>'
).encode()


@pytest.mark.parametrize("data", [BILLION_LAUGHS, EXTERNAL_ENTITY, BILLION_LAUGHS.decode().encode("utf-16")])
def test_xml_with_entities_is_refused_before_it_is_parsed(data: bytes) -> None:
    assert _code(data) == "sheets.document_type"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/app.xml"]
)
def test_a_workbook_with_entities_in_any_part_is_refused(part: str) -> None:
    assert _code(_repacked(xlsx_bytes({"a": [["x"]]}), {part: BILLION_LAUGHS})) == "sheets.document_type"


@pytest.mark.parametrize(
    "hidden",
    [
        BILLION_LAUGHS.decode().encode("utf-16"),
        BILLION_LAUGHS.decode().encode("utf-16-le"),
        BILLION_LAUGHS.decode().encode("utf-16-be"),
        b'<?xml version="1.0" encoding="utf-7"?>+ADw-+ACE-DOCTYPE x+AD4-',
    ],
)
def test_entities_cannot_hide_in_another_character_set(hidden: bytes) -> None:
    workbook = xlsx_bytes({"a": [["x"]]})
    assert read_sheets(_repacked(workbook, {"xl/theme/unused.xml": b"<unused/>"}))
    assert _code(_repacked(workbook, {"xl/theme/unused.xml": hidden})) == "sheets.broken_workbook"


def test_a_document_type_is_found_across_the_pieces_in_which_a_part_is_read() -> None:
    spaces = b" " * ((1 << 20) - 5)
    split = _repacked(xlsx_bytes({"a": [["x"]]}), {"xl/media/noise.bin": spaces + b"<!DOCTYPE x>"})
    assert _code(split, replace(LIMITS, unpacking_ratio=10**6)) == "sheets.document_type"


def test_long_runs_of_spaces_are_read_in_linear_time() -> None:
    """Would run into the suite's timeout if each space were a new beginning of a search."""
    data = _spreadsheetml("<Row><Cell><Data>a</Data></Cell></Row>")
    without_declaration = data.partition(b"?>")[2].replace(b"<Table>", b"<Table>" + b" " * 2_000_000)
    (sheet,) = read_sheets(without_declaration)
    assert [[cell.text for cell in row] for row in sheet.rows] == [["a"]]


def test_a_zip_bomb_is_refused_with_little_memory() -> None:
    bomb = _repacked(xlsx_bytes({"a": [["x"]]}), {"xl/worksheets/sheet1.xml": b" " * 300_000_000})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert _code(bomb) == "sheets.holds_too_much"
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 50_000_000


def test_a_zip_that_is_denser_or_larger_than_any_table_is_refused() -> None:
    dense = _repacked(xlsx_bytes({"a": [["x"]]}), {"xl/media/blank.bin": b"\0" * 20_000_000})
    assert _code(dense) == "sheets.holds_too_much"
    assert _code(xlsx_bytes({"a": [["x"]]}), replace(LIMITS, unpacked_bytes=5_000)) == "sheets.holds_too_much"


def test_a_zip_with_countless_parts_or_marks_is_refused() -> None:
    few = replace(LIMITS, packed_parts=5)
    assert _code(xlsx_bytes({"a": [["x"]]}), few) == "sheets.holds_too_much"
    styles = _repacked(xlsx_bytes({"a": [["x"]]}), {"xl/styles.xml": b"<s>" + b"<xf/>" * 150_000 + b"</s>"})
    assert _code(styles) == "sheets.holds_too_much"
    assert _code(xlsx_bytes({"a": [["x"]]}), replace(LIMITS, data_marks=3)) == "sheets.holds_too_much"
    assert _code(spreadsheetml_bytes([["x"]]), replace(LIMITS, data_marks=9)) == "sheets.holds_too_much"


def test_a_workbook_with_a_cell_absurdly_far_off_in_every_row_is_refused_quickly() -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 5_000))
    far = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    data = _repacked(xlsx_bytes({"a": [["x"]]}), {"xl/worksheets/sheet1.xml": far.encode()})
    assert _code(data) == "sheets.too_many_rows"


def test_a_workbook_with_a_row_absurdly_far_down_is_refused_quickly() -> None:
    row = '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
    far = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{row}</sheetData></worksheet>'
    data = _repacked(xlsx_bytes({"a": [["x"]]}), {"xl/worksheets/sheet1.xml": far.encode()})
    assert _code(data) == "sheets.too_many_rows"


def test_a_workbook_whose_told_size_is_wrong_is_read_whole() -> None:
    data = xlsx_bytes({"a": [["x", "y"], ["z", "w"]]})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b'<dimension ref="A1:B2"/>' in sheet
    lying = _repacked(data, {"xl/worksheets/sheet1.xml": sheet.replace(b"A1:B2", b"A1:A1")})
    (read,) = read_sheets(lying)
    assert [[cell.text for cell in row] for row in read.rows] == [["x", "y"], ["z", "w"]]


def _spreadsheetml(rows: str) -> bytes:
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{URN}" xmlns:ss="{URN}">'
        f"<Worksheet><Table>{rows}</Table></Worksheet></Workbook>"
    ).encode()
