"""The sentences of refusals about excuses, leave, leaving early and care."""

from app.core.sentences import N_

CARE_SENTENCES = {
    "attendance.left_early_not_there": N_(
        "Who was not there cannot have left early. Write down first that they came."
    ),
    "attendance.left_early_when": N_(
        "Give a time of this meeting, after the arrival and before the end, that is not still to come."
    ),
    "attendance.excuse_kind": N_("Choose one of the reasons."),
    "attendance.choose_a_meeting": N_("Choose a meeting from the list."),
    "attendance.care_number": N_("Give a number from %(least)s to %(most)s."),
    "attendance.care_drop_is_none": N_("This is no drop: choose fewer of a hundred than in the good year."),
    "attendance.care_not_open": N_("This conversation is not open. Look at how it stands now."),
    "attendance.care_order": N_(
        "A friendly call comes first, then a note, then a letter. Note the one before."
    ),
    "attendance.care_day": N_("Choose a day from %(first)s to %(last)s."),
    "attendance.care_words_missing": N_("Write a few words here."),
    "attendance.care_unknown_place": N_(
        "%(unknown)s cannot be filled in. Use %(known)s, or take the brackets out."
    ),
    "attendance.excuse_asked_already": N_(
        "You have asked for this meeting already, and nobody has decided yet. Withdraw it to ask anew."
    ),
    "attendance.excuse_asked_twice": N_(
        "This was asked and decided twice. If something is still not right, speak with a leader."
    ),
    "attendance.excuse_again_needs_note": N_(
        "This was decided before. Say in a few words what was not known then, and it is looked at once more."
    ),
    "attendance.leave_kind": N_("Choose medical or family leave."),
    "attendance.leave_days": N_("Choose the first and the last day; the last is not before the first."),
    "attendance.leave_far_too_long": N_("Ask for %(most)s weeks at most, and for more when they are over."),
    "attendance.leave_not_a_member": N_(
        "The membership does not cover these days. If that is wrong, a leader can put the membership right."
    ),
    "attendance.leave_overlaps": N_(
        "%(first)s to %(last)s shares days with the leave from %(other_first)s to %(other_last)s, which stands. "
        "Choose other days, or end or withdraw that one first."
    ),
    "attendance.leave_not_running": N_("This leave is not approved, so there is nothing to end."),
    "attendance.leave_ends_outside": N_(
        "The leave is from %(first)s to %(last)s. Choose an earlier last day; the day before the first means that it never began."
    ),
    "attendance.note_too_long": N_("Please keep this under %(limit)s characters."),
    "attendance.decided_already": N_("This was decided or withdrawn meanwhile. Look at how it stands now."),
    "attendance.not_ones_own": N_("Nobody decides on what is their own. Another officer does."),
    "attendance.word_needed": N_("Say in a few words why not; the member reads it."),
}
