"""The sentence of everything that is said about a visitors file while it is read."""

from collections.abc import Mapping

from app.core.sentences import N_

VISITORS_SENTENCES: Mapping[str, str] = {
    "intake.visitors_no_header": N_(
        "No row holds the headings of a visitors file: names, Visit Date, Invited By, Type. "
        "Row %(row)s says: %(found)s."
    ),
    "intake.visitors_no_day_column": N_(
        "Row %(row)s has no column for the day of the visit: %(found)s. Head that column Visit Date."
    ),
    "intake.visit_day_missing": N_(
        "Row %(row)s, column %(column)s: the day of the visit is missing. Write it as 2025-09-02, or remove the row."
    ),
    "intake.visit_day_unreadable": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no day. Write it as 2025-09-02, or remove the row."
    ),
    "intake.visit_unknown_type": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no type of visit known here. "
        "Write First Visit, Repeat Visitor, Guest, Substitute or Visitor, or clear it."
    ),
    "intake.visit_address_noted": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no mail address; it was kept as a note."
    ),
}
"""Sentences by code; `%(name)s` stands for a fact."""
