"""The sentence of every refusal about one-to-ones and learning units: what is wrong and what to do next."""

from app.core.sentences import N_

SENTENCES = {
    "activities.partner_missing": N_("Choose the member whom you met."),
    "activities.partner_unknown": N_(
        "The person you met is not a member of this group. Choose somebody from the list of members."
    ),
    "activities.partner_left": N_(
        "%(name)s has left the group. One-to-ones are recorded with members of today; choose another."
    ),
    "activities.talk_with_oneself": N_("A one-to-one is a talk of two. Choose the other member."),
    "activities.member_missing": N_("Choose the member who learned."),
    "activities.day_missing": N_("Give the day, for example %(example)s."),
    "activities.day_in_future": N_("The day lies in the future. Record it when it has taken place."),
    "activities.day_too_long_ago": N_(
        "The day is more than a year ago. Record what was on %(earliest)s or later; older ones come in by a file."
    ),
    "activities.too_long": N_("Please shorten this to %(most)s characters; it has %(length)s."),
    "activities.what_missing": N_("Say in a few words what you learned: the book, the course, the talk."),
    "activities.units_out_of_range": N_("Give the units as a whole number from %(fewest)s to %(most)s."),
    "activities.recorded_already": N_(
        "%(name)s recorded this already, on %(day)s. Say whether it is the same talk or another one."
    ),
    "activities.recorded_already_by_you": N_(
        "You recorded a talk of you two already, on %(day)s. Say whether it is the same talk or another one."
    ),
    "activities.pair_recorded_already": N_(
        "A one-to-one of these two stands on %(day)s already. Tick “another talk” if they met again, or clear the line."
    ),
    "activities.pair_incomplete": N_("Choose both members, or clear the line."),
    "activities.pair_same_person": N_("A one-to-one is a talk of two. Choose two different members."),
    "activities.no_pair": N_("Choose two members on at least one line."),
    "activities.week_over": N_(
        "It was recorded more than a week ago and stands now. If it is wrong, tell an office of the group."
    ),
    "activities.changed_meanwhile": N_(
        "The other of you changed this while you were writing. It is shown below as it stands now, with your words "
        "kept. Save again if they still hold."
    ),
    "activities.time_missing": N_("Propose at least one time: a day and an hour."),
    "activities.time_incomplete": N_("Give both the day and the time, or clear the line."),
    "activities.time_past": N_("This time is over already. Choose one that is still to come."),
    "activities.time_too_far": N_("Choose a day within the next %(weeks)s weeks."),
    "activities.time_skipped": N_(
        "On that day the clocks are put forward and skip this time. Choose an hour earlier or later."
    ),
    "activities.length_unknown": N_("Choose how long it should take."),
    "activities.arranged_settled": N_("This is settled already; nothing was changed. You can ask anew."),
    "activities.arranged_meanwhile": N_(
        "Something changed while you were looking. This is how it stands now; please look and choose again."
    ),
    "activities.arranged_already": N_("The two of you are arranging a one-to-one already."),
    "activities.not_your_turn": N_(
        "It is the other’s turn to answer. You may change the times or call it off."
    ),
    "activities.time_unknown": N_("Choose one of the times that stand here now."),
    "activities.time_gone": N_("This time is over by now. Choose another, or propose new ones."),
    "activities.not_talked_yet": N_("It can be recorded from the day of the talk on."),
    "activities.note_changed_meanwhile": N_(
        "You changed this note in another window. It is shown as it stands; your words are kept in the field. Save "
        "again if they should stand."
    ),
    "activities.weeks_out_of_range": N_(
        "Give the weeks as a whole number from %(fewest)s to %(most)s, or leave it empty."
    ),
    "activities.promise_missing": N_("Say in one line what you will do."),
    "activities.due_missing": N_("Give the day until which you will do it."),
    "activities.due_out_of_range": N_("Choose a day from today until %(last)s."),
    "activities.promise_settled": N_("This is done or let go already; nothing was changed."),
}
