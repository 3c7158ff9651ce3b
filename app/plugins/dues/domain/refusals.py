"""The sentence of every refusal of the dues."""

from app.core.sentences import N_

SENTENCES = {
    "dues.kind_missing": N_("Choose what the amount is for."),
    "dues.state_missing": N_("Choose how it stands: to be paid, paid, or no longer owed."),
    "dues.nobody_owes": N_("Choose the member. Somebody who left long ago may no longer be in the list."),
    "dues.day_missing": N_("Choose the day until which it is to be paid."),
    "dues.day_far": N_("%(day)s is more than five years away. Check the day."),
    "dues.paid_in_future": N_("The day of the payment is still to come. Choose today or an earlier day."),
    "dues.paid_day_without_payment": N_("A day of payment belongs to “Paid”. Choose that, or clear the day."),
    "dues.note_too_long": N_("This is longer than %(longest)s characters. Shorten it a little."),
    "dues.amount_missing": N_("Write the amount."),
    "dues.not_owed": N_(
        "This is no longer owed. If it was paid all the same, open the line and put it right."
    ),
    "dues.look_again": N_(
        "Somebody else changed this line meanwhile. Go back and look at how it stands now."
    ),
    "dues.changed_meanwhile": N_(
        "Somebody else changed this while you were writing. What stands now is shown below; look, and save again."
    ),
}
