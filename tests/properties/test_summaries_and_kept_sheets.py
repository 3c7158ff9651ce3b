"""Is any summary read back as it was planned, and does no sheet whatever do more than be asked about or refused?"""

import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.intake.handkept import SaidOfSheet, parse_handkept
from app.core.intake.handkept_columns import has_own_marks, looks_kept_by_hand
from app.core.intake.sentences import SENTENCES
from app.core.intake.summary import parse_summary
from app.core.intake.summary_header import Measure, looks_like_summary
from app.core.intake.tail_rows import tail_kind
from app.core.intake.weekly_line import Letter
from app.core.sheets import DayOrder, Sheet, read_sheets, tidy
from tests.support.sheets import Grid, Value, csv_bytes, spreadsheetml_bytes, xlsx_bytes

TODAY = dt.date(2026, 3, 2)
thorough = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_names = st.text(st.characters(categories=["L"]), min_size=1, max_size=10).filter(
    lambda text: tidy(text) == text and not tail_kind(text)
)
_counts = st.integers(0, 500)
_amounts = st.decimals(0, 10**9, places=2, allow_nan=False)
_people = st.lists(
    st.tuples(_names, _names, st.lists(_counts, min_size=len(Measure), max_size=len(Measure)), _amounts),
    min_size=1,
    max_size=12,
)
_orders = st.permutations(list(Measure))
_containers = st.sampled_from(["csv", "xls", "xlsx"])


def _sheet(grid: Grid, container: str) -> Sheet:
    if container == "csv":
        (sheet,) = read_sheets(csv_bytes(grid))
    elif container == "xls":
        (sheet,) = read_sheets(spreadsheetml_bytes(grid))
    else:
        (sheet,) = read_sheets(xlsx_bytes({"Report": grid}))
    return sheet


@thorough
@given(people=_people, order=_orders, container=_containers, spacers=st.integers(0, 2))
def test_any_summary_is_read_back_as_it_was_planned(
    people: list[tuple[str, str, list[int], Decimal]], order: list[Measure], container: str, spacers: int
) -> None:
    """Whatever the order of its columns, with blank ones between, in each container."""
    blank: list[Value] = [None] * spacers
    rows: list[list[Value]] = [["First Name", "Last Name", *blank, *order]]
    for given_name, family, counts, money in people:
        planned: dict[Measure, Value] = dict(zip(Measure, counts, strict=True))
        planned[Measure.THANK_YOU] = f"{money:f}" if container == "csv" else float(money)
        rows.append([given_name, family, *blank, *(planned[measure] for measure in order)])
    summary = parse_summary(_sheet(rows, container), TODAY, "report")
    assert summary.problems == ()
    assert [(line.name.given, line.name.family) for line in summary.lines] == [
        (given_name, family) for given_name, family, _counts, _money in people
    ]
    for line, (_given, _family, counts, money) in zip(summary.lines, people, strict=True):
        expected = dict(zip(Measure, counts, strict=True))
        del expected[Measure.THANK_YOU]
        assert {measure: line.said.count(measure) for measure in expected} == expected
        assert line.said.thank_you == money


_WORDS = (
    "First Name|Last Name|Name|Total|Visitors|BNI|From|To|姓氏|名字|出席|缺席|遲到|病假|替代人|P|A|L|M|S|RGI|RGO|TYFCB|1-2-1|CEU|"
    "x|✓|1|0|-|?|Sep 02|Nov 2025|18|25|29|31|Feb 29|2026-01-06|03/04/2025|13/01/2026|18.11.2568|45902|53.0|1.8E+10|"
    "8,14,41,353|1,234|∞|#N/A|#######|€ 5|王|Ana|Silva, Ana|\u200f"
)
_words = st.sampled_from(_WORDS.split("|"))
_cells = st.none() | _words | st.text(max_size=8)
_grids = st.lists(st.lists(_cells, min_size=1, max_size=8), min_size=1, max_size=9).filter(
    lambda grid: any(text and text.strip() for row in grid for text in row)
)
_codes = st.sampled_from(
    ["", "name", "given", "family", "day", "note", "ignore", "day:2025-09-02", "day:x", "junk"]
)


@thorough
@given(grid=_grids, digits=st.sampled_from([0, 2, 3]))
def test_any_table_is_a_summary_with_sentences_or_refused(grid: Grid, digits: int) -> None:
    sheet = _read(grid)
    if sheet is None:
        return
    looks_like_summary(sheet)
    try:
        summary = parse_summary(sheet, TODAY, "2025 palms", minor_digits=digits)
    except Refused as refused:
        for refusal in refused.refusals:
            assert SENTENCES[refusal.code] % refusal.facts
    else:
        remarks = (*summary.problems, *summary.notes)
        assert all(SENTENCES[remark.code] % remark.sentence_facts for remark in remarks)


@thorough
@given(
    grid=_grids,
    columns=st.dictionaries(st.integers(1, 9), _codes, max_size=4),
    letters=st.dictionaries(_words, st.sampled_from(["", "?", *Letter]), max_size=4),
    order=st.none() | st.sampled_from(DayOrder),
)
def test_any_table_with_any_answers_is_a_kept_sheet_asked_about_or_refused(
    grid: Grid, columns: dict[int, str], letters: dict[str, str], order: DayOrder | None
) -> None:
    sheet = _read(grid)
    if sheet is None:
        return
    looks_kept_by_hand(sheet), has_own_marks(sheet)
    said = SaidOfSheet(columns=columns, letters=letters, day_order=order)
    try:
        kept = parse_handkept(sheet, TODAY, "2025 sheet", said)
    except Refused as refused:
        for refusal in refused.refusals:
            assert SENTENCES[refusal.code] % refusal.facts
        return
    remarks = [*kept.problems, *([kept.question.question] if kept.question else [])]
    if kept.weekly:
        remarks += [*kept.weekly.problems, *kept.weekly.notes]
        assert len(set(kept.weekly.dates)) == len(kept.weekly.dates)
    assert all(SENTENCES[remark.code] % remark.sentence_facts for remark in remarks)


def _read(grid: Grid) -> Sheet | None:
    """Return the table as a sheet; nothing where no text of it can be read at all."""
    try:
        return read_sheets(csv_bytes(grid, encoding="utf-8"))[0]
    except (Refused, UnicodeEncodeError):
        return None
