"""The sentence of every refusal of the welcome."""

from app.core.sentences import N_

SENTENCES = {
    "welcome.name_missing": N_("Write the visitor’s name; everything else can come later."),
    "welcome.too_long": N_("This is longer than %(longest)s characters. Shorten it a little."),
    "welcome.kind_missing": N_("Choose as what they came."),
    "welcome.bad_address": N_("“%(address)s” is not a mail address. Check it, or leave it empty for now."),
    "welcome.day_missing": N_("Choose the day of the visit."),
    "welcome.day_far": N_("%(day)s is more than a year ago or too far ahead. Check the day."),
    "welcome.nobody_invited": N_(
        "Whoever invited them is no longer in the list. Choose again, or leave it open."
    ),
    "welcome.noted_already": N_(
        "%(name)s is noted for that day already. If this is somebody else, write something that tells them apart."
    ),
    "welcome.changed_meanwhile": N_(
        "Somebody else changed this while you were writing. What stands now is shown below; look, and save again."
    ),
    "welcome.words_missing": N_("Write a few words; they are the first thing a newcomer reads from you."),
    "welcome.unknown_place": N_("%(unknown)s cannot be filled in. You can use: %(known)s."),
    "welcome.no_such_contact": N_("Choose a member of today, somebody else than the newcomer."),
}
