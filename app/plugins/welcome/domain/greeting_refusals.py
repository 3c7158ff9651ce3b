"""The sentence of every refusal about greetings and “we spoke”."""

from app.core.sentences import N_

GREETING_SENTENCES = {
    "welcome.no_such_greeter": N_("Choose a member of that day, somebody else than the guest."),
    "welcome.greeter_said_no": N_("They cannot this time and have said so. Ask somebody else."),
    "welcome.greeted_already": N_(
        "Somebody greets this guest already. Look at who it is before you ask another."
    ),
    "welcome.not_asked_any_more": N_("Somebody else greets this guest by now. Thank you all the same."),
    "welcome.greeting_over": N_(
        "This visit was called off, or the meeting is over. There is nothing left to do."
    ),
    "welcome.no_such_introduction": N_("Choose one of the people named, or leave it open."),
    "welcome.not_met_yet": N_("You can say so from the day of the visit on, once the visitor has come."),
    "welcome.spoke_too_late": N_(
        "This can be said up to %(days)s days after the visit. Ask the visitor host instead."
    ),
}
