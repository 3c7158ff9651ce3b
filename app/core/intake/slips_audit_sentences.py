"""The sentence of everything that is said about a slips audit while it is read."""

from collections.abc import Mapping

from app.core.sentences import N_

SLIPS_SENTENCES: Mapping[str, str] = {
    "intake.slips_no_header": N_(
        "No row holds the headings of a slips audit: From, To, Slip Type. Row %(row)s says: %(found)s."
    ),
    "intake.slips_column_missing": N_(
        "Row %(row)s heads a slips audit without: %(lacking)s. It has: %(found)s. Head the missing column."
    ),
    "intake.slips_none": N_("No slip stands below the headings in row %(row)s."),
    "intake.slips_day_needed": N_(
        "No row of a slips audit tells its day, and neither do its title and its name. "
        "Of which day is it, or of which week?"
    ),
    "intake.slips_day_in_file_name": N_(
        "The file says no day; its name, “%(name)s”, says %(date)s. Is that the day, or is it another one?"
    ),
    "intake.slips_period_too_long": N_(
        "From %(first)s to %(last)s is longer than a week. All slips of a file count on one day, "
        "so bring a file for each week, or say its days."
    ),
    "intake.slips_day_in_future": N_(
        "%(date)s is still to come, so no slip can be of that day. Say the right day."
    ),
    "intake.slips_unknown_type": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no type of slip known here. "
        "Write Referral, One-to-One, CEU, TYFCB or Visitor, or remove the row."
    ),
    "intake.slips_unknown_tier": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is neither inside nor outside. Write one of the two."
    ),
    "intake.slips_name_missing": N_(
        "Row %(row)s, column %(column)s: the name below %(heading)s is missing. Add it, or remove the row."
    ),
    "intake.slips_amount_unreadable": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no amount. Write it in figures, or remove the row."
    ),
    "intake.slips_amount_unclear": N_(
        "Row %(row)s, column %(column)s: “%(found)s” can be read in two ways. Write it without marks between thousands."
    ),
    "intake.slips_amount_too_fine": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is finer than the currency. Check the currency, or round it."
    ),
    "intake.slips_amount_unlikely": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is below zero or far too large. Correct it, or remove the row."
    ),
    "intake.slips_credits_unreadable": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no number of learning units. Write a whole number."
    ),
    "intake.slips_zero_left_out": N_("Row %(row)s, column %(column)s: a slip of zero was left out."),
    "intake.slips_alike": N_(
        "Rows that say the same as an earlier one of their kind, from row %(row)s on: %(rows)s. "
        "Each counts: equal slips are as many slips."
    ),
}
"""Sentences by code; `%(name)s` stands for a fact."""
