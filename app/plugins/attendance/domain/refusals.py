"""The sentence of every refusal of attendance: what is in the way, and what to do next."""

from app.core.sentences import N_
from app.plugins.attendance.domain.care_refusals import CARE_SENTENCES
from app.plugins.attendance.domain.rule_refusals import RULE_SENTENCES

SENTENCES = {
    **RULE_SENTENCES,
    "attendance.code_expired": N_(
        "This code is over: it changes every 15 seconds. Scan the one on the screen now."
    ),
    "attendance.code_wrong": N_(
        "This is not the code on the room's screen. Scan the code on the screen again."
    ),
    "attendance.no_ticket": N_("Scan the code on the room's screen, or type it, to sign in."),
    "attendance.ticket_over": N_(
        "Your scan is more than 30 minutes old. Scan the code on the room's screen again."
    ),
    "attendance.meeting_not_near": N_(
        "Sign-in opens at %(time)s on %(day)s. Scan the code again from then on."
    ),
    "attendance.meeting_over": N_(
        "This meeting is over and its sign-in is closed. If you were there, tell a leader."
    ),
    "attendance.meeting_cancelled": N_("This meeting does not take place, so there is nothing to record."),
    "attendance.meeting_not_begun": N_("The meeting has not begun. Submit its record when everybody is in."),
    "attendance.record_closed": N_(
        "The record of this meeting is submitted. If you were there, tell a leader."
    ),
    "attendance.not_begun_to_arrive": N_(
        "Nobody can have arrived yet. Choose A, M or S, or wait until the doors open."
    ),
    "attendance.not_a_member_then": N_(
        "This person was not a member on the day of the meeting, so the place stays blank."
    ),
    "attendance.substitute_needs_name": N_("Give the name of the person who came instead."),
    "attendance.time_without_arrival": N_(
        "A time of arrival goes with P, L or S only. Choose one of them, or leave the time out."
    ),
    "attendance.time_ahead": N_("This time has not come yet. Give the time of arrival, or leave it out."),
    "attendance.time_outside_meeting": N_(
        "This time is not near the meeting. Give the time of arrival, or leave it out."
    ),
    "attendance.time_says_late": N_(
        "This is after the cut-off at %(cut_off)s: choose L, or leave the time out."
    ),
    "attendance.time_says_on_time": N_(
        "This keeps the cut-off at %(cut_off)s: choose P, or leave the time out."
    ),
    "attendance.reason_needed": N_("Say in a few words why, so that others can follow."),
    "attendance.reason_too_long": N_("Please keep the reason under %(limit)s characters."),
    "attendance.already_submitted": N_(
        "The record is submitted. Reopen it, or correct one mark with a reason."
    ),
    "attendance.still_open": N_("The record is open: change what you need and submit it."),
    "attendance.changed_meanwhile": N_(
        "Somebody else changed this meanwhile. Look at how it stands now, then decide."
    ),
    "attendance.name_taken": N_(
        "%(name)s is on the list already. If that is you and you did not sign in, tell a leader."
    ),
    "attendance.claimed_before": N_(
        "This phone has already signed somebody in by name. Whoever comes next uses another phone, or tells a leader."
    ),
    "attendance.choose_a_name": N_("Choose a name from the list."),
    "attendance.vouch_when_here": N_("Sign in yourself first, then the person beside you."),
    "attendance.vouched_enough": N_(
        "You have signed in %(limit)s people beside you. For more, tell a leader: one tap of theirs does it."
    ),
    "attendance.claims_waiting": N_(
        "Some people were counted by name (%(number)s). Say who of them is here, then submit."
    ),
    "attendance.too_late_to_take_back": N_(
        "This can be taken back within two minutes only. Tell a leader: they can put it right."
    ),
    "attendance.nothing_to_take_back": N_(
        "There is nothing to take back any more. Look at how it stands now."
    ),
    "attendance.steward_link_over": N_(
        "This link works once, and it was used or closed, or the meeting is long over. Ask an officer for a new one."
    ),
    "attendance.entry_unclear": N_("This is neither a time (6:52) nor a letter (P A L M S)."),
    "attendance.head_count_unlikely": N_("Give the number of people in the room, up to %(most)s."),
    "attendance.cut_off_unlikely": N_("Give the minutes after the start, from %(least)s to %(most)s."),
    "attendance.cut_off_in_the_past": N_(
        "A change counts from today or later; what has been judged stays as it is."
    ),
    "attendance.cut_off_by_clock": N_(
        "In this group the cut-off is a time of the clock, so there is nothing to press."
    ),
    "attendance.presentations_not_now": N_(
        "This can be said while the meeting is on. Forgotten, the planned minute counts."
    ),
    "attendance.answer_too_late": N_(
        "The meeting has begun, so this can no longer be changed here. Tell a leader."
    ),
    "attendance.apology_too_late": N_("The meeting is over. Put its record right instead."),
    "attendance.not_expected": N_(
        "The membership does not cover the day of this meeting, so there is nothing to say for it. "
        "If that day is wrong, a leader can put the membership right."
    ),
    "attendance.answer_link_unknown": N_(
        "This link is not whole, or not of this group. Open it again from the mail, or sign in and say it there."
    ),
    "attendance.meeting_over_for_answers": N_(
        "This meeting is over. There will be a new mail before the next one."
    ),
    "attendance.answer_needs_name": N_("Give the name of the person who comes instead."),
    "attendance.answer_name_too_long": N_("Please keep the name under %(limit)s characters."),
    "attendance.pin_shape": N_("A PIN has %(shortest)s to %(longest)s digits and nothing else."),
    "attendance.pin_trivial": N_(
        "Others would try this PIN first: a row, a year or one digit again and again. Choose another."
    ),
    "attendance.pin_differs": N_("The two do not agree. Type the same PIN twice."),
    "attendance.tablet_needs_name": N_("Give the tablet a name, for instance where it stands."),
    "attendance.tablet_code_over": N_(
        "This code is not good: it works once, within half an hour. Ask a leader for a new one on the page of the tablets."
    ),
    "attendance.claim_too_old": N_(
        "This was kept on your phone more than two days ago. If you were there, tell a leader: they can write it down."
    ),
    "attendance.no_meeting_then": N_("No meeting was on at that time. If you were at one, tell a leader."),
    "attendance.tap_unreadable": N_(
        "This could not be read. Sign in once more, or tell a leader that you are here."
    ),
    "attendance.tap_not_proven": N_(
        "The PIN or code did not fit this name. Try once more, or tell a leader that you are here."
    ),
    "attendance.taps_waiting": N_(
        "Some sign-ins of the tablet wait for you (%(number)s). Say who was on time, late or not here, then submit."
    ),
    "attendance.said_twice": N_(
        "%(name)s stands in this list twice, with two answers. Leave one of them out."
    ),
    **CARE_SENTENCES,
}
