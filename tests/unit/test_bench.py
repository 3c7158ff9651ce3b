"""Does the bench calculate rightly: paired ratios, targets, the bytes it sends and reads, the table it prints?"""

import asyncio
import json
from pathlib import Path

import pytest

from tests.bench.exports import Exports
from tests.bench.figures import Ratio, Reached, Target, cpu_ms_a_request, ratio_of
from tests.bench.http_load import Tally, Visitor, content_length, keep_busy
from tests.bench.page_weight import named_in
from tests.bench.report import Measured, counted_from, table, write_json
from tests.bench.rounds import Pair, measure
from tests.bench.targets import (
    BURST_ROW,
    COLD_START,
    CONSOLE_FIRST,
    CREDIBILITY_REBUILD,
    CREDIBILITY_WRITE,
    CSV,
    GRID,
    LIST_OF_PEERS,
    MEMBERS,
    PAGE_WEIGHT_ROW,
    PASSWORDS_ROW,
    PEERS,
    ROWS,
    SIGN_IN,
    SIGN_IN_POSTGRESQL,
    SLIP,
    STATEMENTS,
    STATEMENTS_ROW,
    XLSX,
)

WITHIN_ALL = {"gate": 3, "sign-in": 3, "list": 2, "grid": 3, "console": 5}


def measured(median: float) -> Measured:
    return Measured(
        work=SIGN_IN,
        ratio=Ratio(median=median, lowest=1.2, highest=2.5),
        product_ms=1.4,
        reference_ms=0.8,
        rounds=((1.4, 0.8),),
    )


def test_each_round_is_its_own_pair_so_a_slow_round_of_both_changes_nothing() -> None:
    ratio = ratio_of(product=[2.0, 20.0, 3.0], reference=[1.0, 10.0, 2.0])

    assert ratio == Ratio(median=2.0, lowest=1.5, highest=2.0)


def test_of_an_even_number_of_rounds_the_middle_two_are_averaged() -> None:
    assert ratio_of(product=[1.0, 2.0, 3.0, 9.0], reference=[1.0, 1.0, 1.0, 1.0]).median == 2.5


@pytest.mark.parametrize(("product", "reference"), [([], []), ([1.0, 2.0], [1.0])])
def test_rounds_that_make_no_pairs_are_refused(product: list[float], reference: list[float]) -> None:
    with pytest.raises(ValueError, match="make no pairs"):
        ratio_of(product, reference)


def test_cpu_time_is_divided_by_the_answers() -> None:
    assert cpu_ms_a_request(1.5, 1000) == 1.5


def test_a_round_without_an_answer_is_no_cost_of_nothing() -> None:
    with pytest.raises(ValueError, match="No request was answered"):
        cpu_ms_a_request(0.4, 0)


@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (1.45, Reached.STRETCH),
        (1.46, Reached.FLOOR),
        (2.0, Reached.FLOOR),
        (2.01, Reached.MISSED),
    ],
)
def test_a_target_is_kept_up_to_its_very_number(figure: float, reached: Reached) -> None:
    assert Target(floor=2.0, stretch=1.45).reached(figure) is reached


def test_every_row_can_be_chosen_and_stretches_further_than_its_floor() -> None:
    works = (
        *(SIGN_IN, SIGN_IN_POSTGRESQL, SLIP, GRID, MEMBERS, LIST_OF_PEERS, PEERS, CSV, XLSX, COLD_START),
        *(CREDIBILITY_WRITE, CREDIBILITY_REBUILD),
    )
    counted = [STATEMENTS_ROW, BURST_ROW, PASSWORDS_ROW, PAGE_WEIGHT_ROW]

    assert sorted([*(work.number for work in works), *counted]) == list(ROWS)
    assert all(
        target.stretch <= target.floor for target in (*(work.target for work in works), *STATEMENTS.values())
    )


def test_product_and_reference_take_turns_in_every_round() -> None:
    visits: list[str] = []

    def cost(name: str, milliseconds: float) -> float:
        visits.append(name)
        return milliseconds

    pairs = [
        Pair(work=GRID, product=lambda _: cost("our grid", 3.0), reference=lambda _: cost("their grid", 6.0)),
        Pair(
            work=MEMBERS, product=lambda _: cost("our list", 4.0), reference=lambda _: cost("their list", 2.0)
        ),
    ]

    grid, members = measure(pairs, rounds=2, seconds=1, told=lambda _: None)

    assert visits == ["their grid", "our grid", "their list", "our list"] * 2
    assert (grid.ratio.median, members.ratio.median) == (0.5, 2.0)
    assert (grid.product_ms, grid.reference_ms) == (3.0, 6.0)


def test_a_form_is_sent_with_its_length_and_its_cookie() -> None:
    sent = Visitor(host="127.0.0.1:8000", cookie="givefirst=abc").post("/arrive", {"name": "João & Co"})

    head, _, body = sent.decode().partition("\r\n\r\n")
    assert body == "name=Jo%C3%A3o+%26+Co"
    assert head.split("\r\n")[0] == "POST /arrive HTTP/1.1"
    assert {"Host: 127.0.0.1:8000", "Cookie: givefirst=abc", f"Content-Length: {len(body)}"} <= set(
        head.split("\r\n")
    )


def test_only_the_expected_status_counts_as_an_answer() -> None:
    tally = Tally(expected_status=303)
    for line in ("HTTP/1.1 303 SEE OTHER", "HTTP/1.1 422 UNPROCESSABLE ENTITY", "HTTP/1.1 404 NOT FOUND"):
        tally.note(line)

    assert (tally.answered, tally.wrong) == (1, 2)
    assert tally.first_wrong == "HTTP/1.1 422 UNPROCESSABLE ENTITY"


def test_the_length_of_an_answer_is_read_whatever_the_case_of_its_name() -> None:
    assert content_length("HTTP/1.1 200 OK\r\ncontent-LENGTH: 42\r\n\r\n") == 42


def test_an_answer_that_does_not_say_its_length_is_refused() -> None:
    with pytest.raises(ValueError, match="how long it is"):
        content_length("HTTP/1.1 200 OK\r\nServer: other\r\n\r\n")


def test_every_prepared_request_is_sent_once_and_none_after_the_last() -> None:
    received: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            received.append(head)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        writer.close()

    async def visit() -> Tally:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        requests = (Visitor(host="x", cookie="").get(f"/{number}") for number in range(50))
        try:
            return await asyncio.to_thread(keep_busy, port, requests, seconds=20, expected_status=200)
        finally:
            server.close()

    tally = asyncio.run(visit())

    assert (tally.answered, tally.wrong) == (50, 0)
    assert sorted(received) == sorted(f"GET /{number} HTTP/1.1\r\n".encode() for number in range(50))


def test_the_table_shows_targets_ratio_and_range_in_the_order_of_the_rows() -> None:
    lines = table([measured(1.75)], counted_from(WITHIN_ALL | {"console": 9})).splitlines()

    assert lines[2] == (
        "| 1 | sign-in POST on SQLite, durable | raw, synchronous FULL | ≤ 2× | ≤ 1.45× "
        "| 1.75× | 1.20..2.50 | 1.40 / 0.80 | floor |"
    )
    assert lines[-1].endswith("| SQL statements: console | counter | ≤ 8 | ≤ 5 | 9 | | | MISSED |")


def test_the_file_holds_every_round_and_what_was_reached(tmp_path: Path) -> None:
    write_json(tmp_path / "bench.json", [measured(1.4)], counted_from(WITHIN_ALL))

    told = json.loads((tmp_path / "bench.json").read_text())
    assert told["rows"][0]["work"]["number"] == 1
    assert told["rows"][0]["rounds"] == [[1.4, 0.8]]
    assert told["rows"][0]["reached"] == "stretch"
    assert {one["reached"] for one in told["counted"]} == {"stretch"}


def test_memory_and_weight_are_shown_with_their_unit() -> None:
    (line,) = table([], [CONSOLE_FIRST.counted(48.2)]).splitlines()[2:]

    assert (
        line == "| 20 | console, first visit, gzip | counter | ≤ 120 kB | ≤ 120 kB | 48.2 kB | | | stretch |"
    )


def test_files_of_many_rows_are_measured_in_their_own_processes_and_removed(tmp_path: Path) -> None:
    exports = Exports(tmp_path, rows=20_000)
    rows = (CSV.number, XLSX.number)

    measured = measure(exports.pairs(rows), rounds=1, seconds=1, told=lambda _: None)
    memory = {one.name: one.figure for one in exports.memory(rows)}

    assert [one.work.number for one in measured] == [16, 17]
    assert all(one.product_ms > 0 < one.reference_ms for one in measured)
    assert memory["CSV: memory over that of 10 k rows"] < 15
    assert 5 < memory["XLSX: memory of the process"] < 60
    assert [file.suffix for file in tmp_path.iterdir()] == [".db", ".db"]


def test_everything_a_browser_fetches_for_a_page_is_weighed() -> None:
    page = (
        '<link rel="stylesheet" href="/static/a.css?v=1"><link rel="manifest" href="/static/m.json">'
        '<script type="module" src="/static/b.js"></script><img src="/static/c.svg"><a href="/d">d</a>'
    )

    assert named_in(page) == ["/static/a.css?v=1", "/static/b.js", "/static/c.svg"]
