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
}
