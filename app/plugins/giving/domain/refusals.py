"""The sentence of every refusal of giving: what is wrong and what to do next."""

from app.core.sentences import N_

SENTENCES = {
    "giving.kind_missing": N_("Choose what you ask for."),
    "giving.what_missing": N_("Say in one line whom you look for, or what you are stuck with."),
    "giving.until_missing": N_("Give the last day on which an answer still helps."),
    "giving.until_out_of_range": N_("Choose a day from today until %(last)s; an ask can be made again."),
    "giving.too_long": N_("Please shorten this to %(most)s characters; it has %(length)s."),
    "giving.words_missing": N_("Write a few words."),
    "giving.own_ask": N_("This is your own ask. Others answer it; you can close it."),
    "giving.ask_over": N_("This ask is over. If you can still help, write or call."),
    "giving.answered_already": N_("You have answered this ask. If there is more to say, write or call."),
    "giving.ask_closed_already": N_("This ask was closed already."),
    "giving.nobody_named": N_("Choose a member of the group."),
    "giving.oneself_named": N_("Choose two others: an introduction is made by a third."),
    "giving.named_left": N_("%(name)s has left the group. Choose somebody who is a member today."),
    "giving.same_person": N_("Choose two different members."),
    "giving.introduced_already": N_(
        "You have introduced these two already, and it still stands. Tick the box if this is another reason."
    ),
    "giving.why_missing": N_("Say why the two should know each other; both will read it."),
    "giving.no_word": N_("Press one of the buttons."),
    "giving.introduction_settled": N_("This introduction is settled; nothing was changed."),
    "giving.outcome_not_asked": N_("What came of it can be told once both have said yes."),
    "giving.thanked_already": N_(
        "Your thank-you stands already. Take it back first if you want other words."
    ),
    "giving.testimonial_stands": N_(
        "Your testimonial for %(name)s stands already. Take it back first if you want other words."
    ),
}
