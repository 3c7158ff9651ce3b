"""The sentence of everything that is said about a file that somebody brings: what it is, where, and what to do."""

from collections.abc import Mapping

from app.core.intake.dues_file_sentences import DUES_SENTENCES
from app.core.intake.slips_audit_sentences import SLIPS_SENTENCES
from app.core.intake.visitors_file_sentences import VISITORS_SENTENCES
from app.core.sentences import N_

_SHEETS = {
    "sheets.file_too_large": N_(
        "The file is larger than %(limit_mebibytes)s MB. Bring only the sheet that is needed, without pictures."
    ),
    "sheets.empty_file": N_("The file is empty. Export it again and bring the new file."),
    "sheets.nothing_in_it": N_("No cell of the file is filled. Check that it is the right one."),
    "sheets.old_or_locked_workbook": N_(
        "This workbook is locked with a password or in the format of before 2007. "
        "Open it, and save it without a password as an Excel workbook (.xlsx)."
    ),
    "sheets.other_workbook": N_(
        "This spreadsheet is in a format that is not read here. Save it as an Excel workbook (.xlsx) or as CSV."
    ),
    "sheets.not_a_spreadsheet": N_(
        "This file holds no table. Bring an Excel workbook (.xlsx), the .xls of a report, or a CSV file."
    ),
    "sheets.web_page": N_(
        "This file is a web page. Open it in a spreadsheet, and save it as an Excel workbook (.xlsx)."
    ),
    "sheets.other_xml": N_(
        "This XML file is not a spreadsheet. Bring an Excel workbook (.xlsx), the .xls of a report, or a CSV file."
    ),
    "sheets.broken_xml": N_("The file is damaged at line %(line)s. Export it again and bring the new file."),
    "sheets.broken_workbook": N_(
        "The workbook is damaged. Open it in a spreadsheet, save it again, and bring that."
    ),
    "sheets.document_type": N_(
        "The file declares an XML document type, which no spreadsheet needs and which can do harm. "
        "Open it in a spreadsheet, and save it as an Excel workbook (.xlsx)."
    ),
    "sheets.holds_too_much": N_(
        "The file holds far more than a group’s sheet needs. Copy the rows that are needed into a new one."
    ),
    "sheets.bad_index": N_(
        "At row %(row)s the file says that a row or cell stands at “%(found)s”, which cannot be. Export it again."
    ),
    "sheets.row_unreadable": N_(
        "Row %(row)s cannot be read: a quotation mark is not closed, or a field never ends. Mend that row."
    ),
    "sheets.too_many_sheets": N_(
        "The workbook has more than %(limit)s sheets. Bring only the one that is needed."
    ),
    "sheets.too_many_rows": N_(
        "At row %(row)s the sheet is longer than the %(limit)s rows that are read. Copy the rows needed to a new one."
    ),
    "sheets.too_many_columns": N_(
        "At row %(row)s a cell stands in column %(column)s, beyond the %(limit)s columns that are read. "
        "Remove what stands so far to the right."
    ),
    "sheets.too_many_cells": N_(
        "At row %(row)s the file has more than the %(limit)s filled cells that are read. Bring a shorter period."
    ),
    "sheets.cell_too_long": N_(
        "Row %(row)s, column %(column)s: the text has %(length)s characters; at most %(limit)s are read. Shorten it."
    ),
}

_REFUSALS = {
    "intake.no_roster_header": N_(
        "No row holds the headings of a roster, such as First Name, Last Name and Email. Row %(row)s says: %(found)s."
    ),
    "intake.missing_name_column": N_(
        "There is no column for names. Row %(row)s has: %(found)s. "
        "Head one column Name, or two First Name and Last Name."
    ),
    "intake.missing_email_column": N_(
        "There is no column for mail addresses. Row %(row)s has: %(found)s. Head one column Email; its cells may be empty."
    ),
    "intake.no_people": N_("Nobody is listed below the headings in row %(row)s."),
    "intake.no_weekly_header": N_(
        "No row has names and meeting days as headings. Row %(row)s says: %(found)s. "
        "Head the columns First Name, Last Name, and then one for each meeting day."
    ),
    "intake.no_days": N_(
        "The headings in row %(row)s name no meeting day: %(found)s. Write days such as 2025-09-02 above the columns."
    ),
    "intake.summary_not_weeks": N_(
        "This is a summary: row %(row)s heads counts of a whole period, not weeks. "
        "Export the attendance report that has a column for each week."
    ),
    "intake.no_summary_header": N_(
        "No row heads the counts of a PALMS summary, such as P, A, L, M, S and RGI. Row %(row)s says: %(found)s."
    ),
    "intake.no_marks": N_(
        "No column of the sheet marks who came, such as by x, P or 1. Row %(row)s says: %(found)s."
    ),
}

_QUESTIONS = {
    "intake.period_needed": N_(
        "The %(columns)s columns from “%(first)s” to “%(last)s” tell no year. From when to when does this report reach?"
    ),
    "intake.period_fits_twice": N_(
        "The %(columns)s columns from “%(first)s” to “%(last)s” fit into the period in more than one way, or in none. "
        "Say the first and the last day of these columns."
    ),
    "intake.summary_period_needed": N_(
        "The counts below row %(row)s are of a whole period, and the file does not say which. "
        "From when to when does this summary reach?"
    ),
    "intake.day_order_needed": N_(
        "Row %(row)s, column %(column)s: “%(found)s” can be read in two ways. Does the day come first, or the month?"
    ),
}

_PROBLEMS = {
    "intake.name_missing": N_(
        "Row %(row)s, column %(column)s: the name is missing. Add it, or remove the row."
    ),
    "intake.bad_email": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is not one mail address. Correct or clear it."
    ),
    "intake.email_listed_twice": N_(
        "Row %(row)s, column %(column)s: row %(first_row)s has %(found)s too. Each person needs an address of their own."
    ),
    "intake.date_unreadable": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is not a date. Write it as 2025-09-02, or clear it."
    ),
    "intake.year_far_off": N_(
        "Row %(row)s, column %(column)s: the year of “%(found)s” is far off. Write the date as 2025-09-02, or clear it."
    ),
    "intake.unknown_letter": N_(
        "Row %(row)s, column %(column)s: “%(found)s” for %(name)s is none of P, A, L, M and S. Correct or clear it."
    ),
    "intake.number_unreadable": N_(
        "Row %(row)s, column %(column)s: “%(found)s” for %(name)s is no count or amount. Correct or clear it."
    ),
    "intake.number_unclear": N_(
        "Row %(row)s, column %(column)s: “%(found)s” for %(name)s can be read in two ways. Write it without grouping."
    ),
    "intake.column_without_day": N_(
        "Row %(row)s, column %(column)s: attendance stands below “%(found)s”, which is no day. Write the day above it."
    ),
    "intake.column_without_heading": N_(
        "Row %(row)s, column %(column)s: attendance stands below an empty heading. Write the day above it."
    ),
    "intake.day_outside_period": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is not within %(first)s to %(last)s. "
        "Correct the day, or say another period."
    ),
    "intake.day_listed_twice": N_(
        "Row %(row)s, column %(column)s: %(date)s already has a column. Put both into one, or correct the day."
    ),
    "intake.kept_without_names": N_(
        "Row %(row)s: no column is taken for names. Say which column holds them."
    ),
    "intake.kept_column_unsaid": N_(
        "Row %(row)s, column %(column)s: marks stand below “%(found)s”, which tells no day. "
        "Say which meeting this is, or leave the column out."
    ),
    "intake.mark_unsaid": N_(
        "Row %(row)s, column %(column)s: nobody can tell what “%(found)s” stands for (times used: %(count)s). "
        "Say what it means."
    ),
}

_NOTES = {
    "intake.encoding_guessed": N_(
        "The file does not tell its character set; it was read as %(encoding)s. "
        "Check a name: row %(row)s, column %(column)s reads “%(example)s”."
    ),
    "intake.extra_columns": N_("Row %(row)s: these columns are kept as notes: %(found)s."),
    "intake.text_cut": N_(
        "Row %(row)s, column %(column)s: of a long text only the first %(longest)s characters are kept."
    ),
    "intake.several_groups": N_("The rows name several groups: %(found)s."),
    "intake.row_skipped": N_("Row %(row)s was left out; it is no person: “%(found)s”."),
    "intake.name_listed_twice": N_(
        "Row %(row)s, column %(column)s: %(name)s also stands in row %(first_row)s. Are these two people?"
    ),
    "intake.no_email": N_(
        "Row %(row)s, column %(column)s: %(name)s has no mail address and cannot be invited until there is one."
    ),
    "intake.cell_without_value": N_(
        "Row %(row)s, column %(column)s: “%(found)s” is no value; it was left out."
    ),
    "intake.phone_shortened": N_(
        "Row %(row)s, column %(column)s: a spreadsheet has shortened this number to “%(found)s”; it was left out."
    ),
    "intake.status_not_active": N_("Row %(row)s, column %(column)s: the status of %(name)s is “%(found)s”."),
    "intake.joins_in_future": N_(
        "Row %(row)s, column %(column)s: %(name)s joins on %(date)s, which is still to come."
    ),
    "intake.renews_before_joining": N_(
        "Row %(row)s, column %(column)s: %(name)s renews on %(date)s, before joining. Check both dates."
    ),
    "intake.line_without_records": N_("Row %(row)s, column %(column)s: %(name)s has no letter on any day."),
    "intake.day_without_records": N_(
        "Column %(column)s: nobody has a letter on %(date)s; it may have been a holiday."
    ),
    "intake.day_in_future": N_("Column %(column)s: %(date)s is still to come and already has letters."),
    "intake.people_no_longer_listed": N_(
        "Row %(row)s: the total counts people no longer listed (at most %(people)s a day; days concerned: %(days)s). "
        "They left; nothing is wrong."
    ),
    "intake.total_below_listed": N_(
        "Row %(row)s: the total is below what the listed people add up to (by at most %(people)s a day; "
        "days concerned: %(days)s)."
    ),
    "intake.number_lost": N_(
        "Row %(row)s, column %(column)s: “%(found)s” for %(name)s holds no number any more; it counts as 0. "
        "Export the file again if you need it."
    ),
    "intake.line_without_counts": N_("Row %(row)s: nothing is counted for %(name)s."),
    "intake.counts_not_in_file": N_("Row %(row)s: the file does not count these; they stay at 0: %(found)s."),
    "intake.period_not_over": N_("The period ends on %(date)s, which is still to come."),
    "intake.more_letters_than_meetings": N_(
        "Row %(row)s: P, A, L, M and S of %(name)s add up to %(letters)s, but only %(meetings)s meetings were held. "
        "The counts are kept as the file has them."
    ),
    "intake.one_to_ones_count_for_both": N_(
        "Row %(row)s: a summary counts each one-to-one for both members, a list of slips only once. "
        "The counts are kept as the file has them."
    ),
    "intake.summary_people_no_longer_listed": N_(
        "Row %(row)s: the total counts more than the people listed have: %(found)s. "
        "This belongs to people no longer listed; nothing is wrong."
    ),
    "intake.summary_total_below_listed": N_(
        "Row %(row)s: the total is below what the listed people add up to, by %(found)s. "
        "The counts of each person are kept."
    ),
    "intake.total_not_compared": N_(
        "Row %(row)s, column %(column)s: as “%(found)s” holds no number, nobody can tell what of the total of "
        "%(measure)s belongs to people no longer listed; nothing is put down to them there."
    ),
    "intake.columns_left_out": N_("Row %(row)s: these columns were left out: %(found)s."),
    "intake.row_without_marks": N_("Row %(row)s was left out; it marks no meeting: “%(found)s”."),
    "intake.hidden_rows": N_("These rows are hidden in the sheet and were read all the same: %(rows)s."),
    "intake.buddhist_years": N_(
        "Row %(row)s, column %(column)s: the years are of the Buddhist era; “%(found)s” was read as %(read)s."
    ),
}

SENTENCES: Mapping[str, str] = {
    **_SHEETS,
    **_REFUSALS,
    **_QUESTIONS,
    **_PROBLEMS,
    **_NOTES,
    **SLIPS_SENTENCES,
    **VISITORS_SENTENCES,
    **DUES_SENTENCES,
}
"""Sentences by code; `%(name)s` stands for a fact: of a refusal its `facts`, of a remark its `sentence_facts`."""
