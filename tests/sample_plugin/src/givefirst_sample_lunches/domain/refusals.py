"""The sentence of every refusal of lunches: what is wrong and what to do next."""

from app.core.sentences import N_

SENTENCES = {
    "lunches.answer_missing": N_("Say whether you come."),
    "lunches.remark_too_long": N_("Please shorten this to %(most)s characters; it has %(length)s."),
    "lunches.no_meeting": N_("This meeting does not take place. Answer for another one."),
    "lunches.meeting_over": N_("This meeting is over and the table is booked. Ask whoever booked it."),
}
