"""The sentence of every refusal of joining."""

from app.core.sentences import N_

SENTENCES = {
    "joining.name_missing": N_("Write your name."),
    "joining.trade_missing": N_("Write a trade in a word or two."),
    "joining.too_long": N_("This is longer than %(longest)s characters. Shorten it a little."),
    "joining.bad_address": N_("“%(address)s” is not a mail address. Check it."),
    "joining.why_missing": N_("Write a sentence or two: why this group?"),
    "joining.years_odd": N_("Write the years as a number from 0 to %(most)s, or leave it empty."),
    "joining.referee_name": N_("Write the name of somebody who knows your work."),
    "joining.referee_self": N_("Name somebody else here: this is your own address."),
    "joining.referee_twice": N_("Name two different people: both have the same address."),
    "joining.consent_missing": N_("We may keep this only if you agree. Tick the box to go on."),
    "joining.start_missing": N_("Choose the day on which the membership is to start."),
    "joining.start_far": N_("%(day)s is past, or more than a year ahead. Choose another day."),
    "joining.same_trade": N_("These are the same trade. Write two that lie near each other."),
    "joining.wanted_already": N_("%(trade)s is on the list already."),
    "joining.neighbours_already": N_("These two are on the list already."),
    "joining.seat_held": N_("%(name)s holds this seat, so nobody else can start on %(day)s."),
    "joining.seat_kept_until": N_(
        "%(name)s holds this seat until %(until)s. Choose a later day, and the approval can be given now."
    ),
    "joining.seat_reserved": N_(
        "This seat is kept for another applicant who was approved. Let this one wait for a seat, or decide when that approval "
        "has lapsed."
    ),
    "joining.seat_gone": N_(
        "The seat is no longer free on that day. The committee knows, and will write to you."
    ),
    "joining.ballot_missing": N_("Choose what you say."),
    "joining.not_near": N_(
        "Only somebody who invited the applicant, is a referee or holds a seat near theirs may stand aside. Say yes or no."
    ),
    "joining.reason_missing": N_("Write the reason for a no. Only those who decide read it."),
    "joining.votes_missing": N_(
        "The votes are not enough for this yet: %(yes)s yes, %(no)s no, %(pending)s still to come."
    ),
    "joining.outcome_missing": N_("Choose what was decided."),
    "joining.not_open": N_("This application has moved on meanwhile. What stands now is shown below."),
    "joining.applied_again": N_("This person has applied again meanwhile. Decide on the newer application."),
    "joining.changed_meanwhile": N_(
        "Somebody else changed this while you were writing. What stands now is shown below; look, and save again."
    ),
    "joining.answer_missing": N_("Choose the sentence that fits."),
    "joining.remark_missing": N_("Write the remark, in a sentence or two."),
    "joining.reference_over": N_("This is no longer needed. Thank you all the same."),
    "joining.rule_missing": N_("Choose how many votes an approval needs."),
    "joining.days_odd": N_("Write a number of days from %(fewest)s to %(most)s."),
    "joining.months_odd": N_("Write a number of months from %(fewest)s to %(most)s."),
    "joining.no_such_member": N_("This former member is not in the list. Choose again."),
}
