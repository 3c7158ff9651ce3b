"""The offices of a group. Permissions hang on offices, and offices on terms; nobody is leader for good."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.sentences import N_


class Office(StrEnum):
    """A role with a term. The value is what the database keeps."""

    PRESIDENT = "president"
    VICE_PRESIDENT = "vice-president"
    SECRETARY_TREASURER = "secretary-treasurer"
    MEMBERSHIP_COMMITTEE = "membership-committee"
    VISITOR_HOST = "visitor-host"
    MENTOR = "mentor"
    EDUCATION = "education"


OFFICE_TITLES = {
    Office.PRESIDENT: N_("President"),
    Office.VICE_PRESIDENT: N_("Vice-president"),
    Office.SECRETARY_TREASURER: N_("Secretary-treasurer"),
    Office.MEMBERSHIP_COMMITTEE: N_("Membership committee"),
    Office.VISITOR_HOST: N_("Visitor host"),
    Office.MENTOR: N_("Mentor"),
    Office.EDUCATION: N_("Education"),
}

LEADERS = frozenset({Office.PRESIDENT, Office.VICE_PRESIDENT, Office.SECRETARY_TREASURER})
"""The three who run the weekly meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Calendar days in the group's zone from `first` to `last`, both included; open where `last` is None."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether `day` lies in the term."""
        return self.first <= day and (self.last is None or day <= self.last)
