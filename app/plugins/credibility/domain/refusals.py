"""The sentence of every refusal of credibility: what is wrong and what to do next."""

from app.core.sentences import N_

SENTENCES = {
    "credibility.appealed_before": N_(
        "You have said that already: it was decided, or is being decided. How it stands you read on Your record, under What "
        "you disagreed with."
    ),
    "credibility.changed_meanwhile": N_(
        "Somebody else made a version in this moment. Look at theirs, then send yours again."
    ),
    "credibility.attendance_off": N_(
        "Switch attendance on first: without knowing who came, no report can be weighed anew."
    ),
    "credibility.referrals_off": N_(
        "Switch referrals on first: without the slips no report can be weighed anew."
    ),
    "credibility.appeal_over": N_("It has ended meanwhile; your word is needed no more."),
    "credibility.long_name": N_("Please shorten the name to %(most)s letters."),
    "credibility.links_made": N_(
        "You have made %(most)s links for this slip; there can be no more. The last one works for 30 days: ask the "
        "customer to look for it."
    ),
    "credibility.long_reason": N_("Write at most %(most)s letters."),
    "credibility.mailed_before": N_("They were sent a mail already, and get no second one."),
    "credibility.no_address": N_(
        "No mail can go to them: the slip has no mail address, or does not say that they agreed to be contacted. "
        "Make a link and pass it on yourself."
    ),
    "credibility.no_decision": N_("Say whether the report is to count."),
    "credibility.no_name": N_("Give it a name by which groups know it."),
    "credibility.no_reason": N_("Write your reason in a sentence or two."),
    "credibility.out_of_bounds": N_("Set a number from %(least)s to %(most)s."),
    "credibility.past_day": N_("Choose today or a day to come: what was counted stays as it was."),
    "credibility.said_before": N_("You have decided on this already."),
    "credibility.too_few": N_(
        "Your group has too few members for it: besides you and the colleague, three have to be there to decide. Try "
        "again once there are more, within 30 days after the report appeared. Whether you take part at all you can change "
        "on Your record at any time."
    ),
    "credibility.too_late": N_(
        "A report can be disagreed with for %(days)s days after it appeared. It fades with time, and the colleague can "
        "correct it. Whether you take part at all you can change on Your record at any time."
    ),
    "credibility.whole_out_of_bounds": N_("Set a whole number from %(least)s to %(most)s."),
    "credibility.too_quick": N_(
        "That was very quick. Please look once more at what stands here, and send it again."
    ),
    "credibility.no_answer": N_("Choose one of the answers."),
    "credibility.no_scheme": N_("Choose one of the schemes."),
}
