"""The sentence of every refusal of the first year."""

from app.core.sentences import N_

SENTENCES = {
    "firstyear.steps_missing": N_("Write at least one step; each line is one."),
    "firstyear.too_many_steps": N_("These are more than %(most)s steps. Join some, or leave some out."),
    "firstyear.step_too_long": N_(
        "A step has %(longest)s characters at most. Shorten the long ones a little."
    ),
    "firstyear.too_long": N_("This is longer than %(longest)s characters. Shorten it a little."),
    "firstyear.held_when": N_("Give the day of the talk, from %(first)s to %(today)s."),
    "firstyear.outcome_missing": N_("Choose what came of the talk."),
    "firstyear.readers_missing": N_("Choose who may read what you write."),
    "firstyear.day_ahead": N_("Choose a day from %(first)s to %(last)s."),
    "firstyear.reason_missing": N_("Write a few words why; whoever looks after it next reads them."),
    "firstyear.settled_already": N_("This talk is settled already. What stands is shown below."),
    "firstyear.changed_meanwhile": N_(
        "Somebody else changed this while you were writing. What stands now is shown below; look, and send it again."
    ),
    "firstyear.nobody_such": N_("Choose a member of today, somebody else than the newcomer."),
    "firstyear.asked_already": N_(
        "Somebody is asked already, or is the mentor. Look below before you ask again."
    ),
    "firstyear.answered_already": N_("This was answered already, or somebody else was asked meanwhile."),
    "firstyear.asked_leaver": N_(
        "They were asked already. What they answer stands here and is forgotten by itself."
    ),
    "firstyear.answer_over": N_(
        "This link is no longer open. If you would like to tell us something, write to the group."
    ),
}
