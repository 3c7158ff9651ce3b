"""The sentence of every refusal about sealed reports and the quality check."""

from app.core.sentences import N_

SENTENCES = {
    "referrals.report_answer_missing": N_("Choose one of the three answers."),
    "referrals.report_too_early": N_(
        "There is nothing to say of this slip yet. You are asked when it has a result, or after two weeks without one."
    ),
    "referrals.report_link_unknown": N_(
        "This link is not whole, or not of this group. Sign in and open the slip to answer."
    ),
    "referrals.report_link_over": N_("This link is too old. Sign in and open the slip to answer."),
    "referrals.report_not_a_member": N_(
        "You are no longer a member of this group, so nothing is asked of you."
    ),
    "referrals.quality_unanswered": N_("Choose yes or no."),
    "referrals.quality_over": N_(
        "This check is closed: it could be answered for four weeks. Nothing is missing."
    ),
}
