"""The sentence of everything that is said about a dues file while it is read."""

from collections.abc import Mapping

from app.core.sentences import N_

DUES_SENTENCES: Mapping[str, str] = {
    "intake.dues_no_header": N_(
        "No row holds the headings of a dues file: names, Due Date and Amount. Row %(row)s says: %(found)s."
    ),
    "intake.dues_day_missing": N_(
        "Row %(row)s, column %(column)s: the due day is missing. Write it as 2025-09-02, or remove the row."
    ),
    "intake.dues_day_unreadable": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no day. Write it as 2025-09-02, or remove the row."
    ),
    "intake.dues_amount_unreadable": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no amount. Write it in figures, or remove the row."
    ),
    "intake.dues_amount_unclear": N_(
        "Row %(row)s, column %(column)s: “%(found)s” can be read in two ways. Write it without marks between thousands."
    ),
    "intake.dues_amount_too_fine": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is finer than the currency. Check the currency, or round it."
    ),
    "intake.dues_amount_unlikely": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is below zero or far too large. Correct it, or remove the row."
    ),
    "intake.dues_without_amount": N_(
        "Row %(row)s, column %(column)s: no amount stands there, so the row was left out."
    ),
    "intake.dues_paid_unclear": N_(
        "Row %(row)s, column %(column)s: “%(found)s” tells neither a day nor yes or no. Correct or clear it."
    ),
    "intake.dues_total_differs": N_(
        "Row %(row)s, column %(column)s: the total says %(found)s, the rows of its table add up to %(listed)s. "
        "Only the rows count."
    ),
}
"""Sentences by code; `%(name)s` stands for a fact."""
