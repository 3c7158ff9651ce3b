"""The sentence of every refusal about slips and thank-you business: what is wrong and what to do next."""

from app.core.sentences import N_
from app.plugins.referrals.domain import draft_refusals, elsewhere, paper_refusals, report_refusals

SENTENCES = {
    "referrals.receiver_missing": N_("Choose the member who receives the slip."),
    "referrals.receiver_unknown": N_(
        "The receiver is not a member of this group. Choose somebody from the list of members."
    ),
    "referrals.receiver_left": N_(
        "%(name)s has left the group and can receive no slips here. Choose another member."
    ),
    "referrals.slip_to_oneself": N_("A slip goes to somebody else. Choose the member who receives it."),
    "referrals.prospect_name_missing": N_("Write the name of the person or firm that needs something."),
    "referrals.prospect_contact_missing": N_(
        "Give one way to reach them, a phone number or a mail address, so that the call can be made."
    ),
    "referrals.consent_missing": N_(
        "Ask them first whether they may be contacted, then tick the box: a referral is expected, a lead is not."
    ),
    "referrals.agreed_how_unknown": N_("Choose from the list how they agreed."),
    "referrals.agreed_on_bad": N_(
        "Give the day on which they agreed, for example %(example)s; it lies in the last year. Is it longer ago, ask them again."
    ),
    "referrals.tier_missing": N_(
        "Say whether your own firm is the customer (inside) or somebody else (outside)."
    ),
    "referrals.how_well_missing": N_("Say how well you introduced them, from 1 to 5."),
    "referrals.basis_missing": N_("Say how you know the receiver’s work."),
    "referrals.about_missing": N_("Say in a few words what they need."),
    "referrals.too_long": N_("Please shorten this to %(most)s characters; it has %(length)s."),
    "referrals.urgency_unknown": N_("Choose how soon they expect the call from the list."),
    "referrals.only_giver": N_("Only the giver of the slip can do this."),
    "referrals.only_receiver": N_(
        "Only the receiver of the slip can do this. Ask them to tell what came of it."
    ),
    "referrals.only_house": N_(
        "This happens by itself when a receiver leaves the group; nobody does it by hand."
    ),
    "referrals.step_impossible": N_(
        "This step is no longer open: the slip moved on in the meantime. The page shows how it stands now."
    ),
    "referrals.undo_too_late": N_(
        "The minute is over, and the receiver has been told. You can still take the slip back: they read a line from you."
    ),
    "referrals.reopen_too_late": N_(
        "This slip ended more than %(days)s days ago and stays as it is. Ask the giver to pass you a new one."
    ),
    "referrals.result_missing": N_("Choose what came of it."),
    "referrals.changed_meanwhile": N_(
        "The slip changed while you were writing. It is shown below as it stands now, with your words kept. "
        "Send again if they still hold."
    ),
    "referrals.amount_without_win": N_(
        "An amount belongs to business that was won. Choose “won”, or leave the amount empty."
    ),
    "referrals.amount_missing": N_("Write the amount that was invoiced."),
    "referrals.thanked_missing": N_("Choose the member whom you thank."),
    "referrals.thanked_unknown": N_(
        "The person you thank is not a member of this group. Choose somebody from the list of members."
    ),
    "referrals.thanked_name_missing": N_("Write the name of the person whom you thank."),
    "referrals.currency_unknown": N_("Choose a currency from the list."),
    "referrals.thanks_changed_meanwhile": N_(
        "You changed this thank-you in another window meanwhile. What stands now is above, what you typed is kept. "
        "Send again if it still holds."
    ),
    "referrals.thanks_taken_back": N_("You took this thank-you back. Give a new one, if there is reason to."),
    "referrals.thanks_to_oneself": N_(
        "Thank-you business goes to somebody else. Choose the member whom you thank."
    ),
    "referrals.thanked_on_missing": N_("Give the day of the business, for example %(example)s."),
    "referrals.thanked_in_future": N_("The day lies in the future. Thank for business when it is invoiced."),
    "referrals.slip_not_won": N_("Only a slip that was won can be thanked for. Tell its result first."),
    "referrals.tap_unknown": N_(
        "This link is not complete, or was not made for this group. Open it again from the mail, whole."
    ),
    "referrals.since_bad_day": N_(
        "“%(text)s” is no day of the last year. Write it as year-month-day, for instance 2026-11-24."
    ),
    "referrals.note_changed_meanwhile": N_(
        "You changed this note in another window meanwhile. Both are below: put together what you want to keep, and send again."
    ),
    "referrals.months_bad": N_("Write a whole number of months, from %(fewest)s to %(most)s."),
    "referrals.settings_changed_meanwhile": N_(
        "Somebody else changed this meanwhile. What is kept now stands beside the field; send again if yours is right."
    ),
    "referrals.contact_missing": N_(
        "Write the whole phone number or mail address at which they were reached."
    ),
    "referrals.slip_of_others": N_("The slip belongs to the two others. Choose one that you received."),
    **paper_refusals.SENTENCES,
    **report_refusals.SENTENCES,
    **elsewhere.SENTENCES,
    **draft_refusals.SENTENCES,
}
