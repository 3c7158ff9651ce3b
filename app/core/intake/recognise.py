"""Which kind of file is a sheet meant to be? Generously, so that one with a mistake is told the mistake."""

from app.core.intake.dues_file_header import looks_like_dues
from app.core.intake.name_columns import HEADER_WITHIN_ROWS, headings_in
from app.core.intake.roster_header import is_roster_header
from app.core.intake.visitors_file_header import looks_like_visitors
from app.core.intake.weekly_header import is_summary_header, is_weekly_header
from app.core.sheets.sheet import Sheet

_ROSTER_WORDS_NEEDED = 3


def looks_like_roster(sheet: Sheet) -> bool:
    """Is this a roster, perhaps with a column missing, which `parse_roster` then names?"""
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    if any(is_weekly_header(row) or is_summary_header(row) for row in rows):
        return False
    if looks_like_visitors(sheet) or looks_like_dues(sheet):
        return False
    return any(is_roster_header(row) or len(headings_in(row)) >= _ROSTER_WORDS_NEEDED for row in rows)


def looks_like_weekly(sheet: Sheet) -> bool:
    """Is this week-by-week attendance, or the summary that is brought in its place, which `parse_weekly` then tells?"""
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    return any(is_weekly_header(row) or is_summary_header(row) for row in rows)
