"""Understands what people bring: which people a roster lists, and who attended in which week."""

from app.core.intake.names import (
    Ambiguous,
    FoundBy,
    KnownName,
    Matched,
    NameBook,
    PersonName,
    Unknown,
)
from app.core.intake.recognise import looks_like_roster, looks_like_weekly
from app.core.intake.remarks import DayOrderAsked, Extra, Note, Period, PeriodAsked, Problem, Remark
from app.core.intake.roster import Roster, parse_roster
from app.core.intake.roster_line import RosterLine
from app.core.intake.tail_rows import TailKind
from app.core.intake.weekly import WeeklyAttendance, parse_weekly
from app.core.intake.weekly_line import DayCount, Letter, Mark, TailLine, WeeklyLine
from app.core.intake.weekly_totals import Counting, DayTally, Residue

__all__ = [
    "Ambiguous",
    "Counting",
    "DayCount",
    "DayOrderAsked",
    "DayTally",
    "Extra",
    "FoundBy",
    "KnownName",
    "Letter",
    "Mark",
    "Matched",
    "NameBook",
    "Note",
    "Period",
    "PeriodAsked",
    "PersonName",
    "Problem",
    "Remark",
    "Residue",
    "Roster",
    "RosterLine",
    "TailKind",
    "TailLine",
    "Unknown",
    "WeeklyAttendance",
    "WeeklyLine",
    "looks_like_roster",
    "looks_like_weekly",
    "parse_roster",
    "parse_weekly",
]
