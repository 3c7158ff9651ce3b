"""The sentence of every refusal about slips that were written on paper."""

from app.core.sentences import N_

SENTENCES = {
    "referrals.giver_missing": N_("Write who gives the slip."),
    "referrals.nobody_called": N_(
        "Nobody in the group is called “%(typed)s”. Write the name as it stands in the list of members."
    ),
    "referrals.two_called": N_(
        "More than one member is called “%(typed)s”. Write it in full, for example “%(example)s”."
    ),
    "referrals.paper_before_joining": N_(
        "%(name)s joined on %(joined)s, after the day on the paper. Look at the name and at the day once more."
    ),
    "referrals.paper_day_bad": N_(
        "Give the day on the paper, from %(first)s to today. Slips that are older than %(days)s days count from today: "
        "choose today."
    ),
    "referrals.pile_empty": N_("Nothing is typed in yet. Begin with the first slip of the pile."),
}
