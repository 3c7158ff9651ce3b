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
    "welcome.own_name_missing": N_("Write your name, so that somebody can greet you by it."),
    "welcome.own_address_missing": N_("Write your mail address: the confirmation goes there."),
    "welcome.own_address_odd": N_("“%(address)s” is not a mail address. Please check it."),
    "welcome.own_trade_missing": N_("Write in a word or two what you do."),
    "welcome.not_agreed": N_(
        "Tick that we may keep this until the day that is named, or we cannot expect you."
    ),
    "welcome.no_such_meeting": N_("Choose the meeting that you would like to visit."),
    "welcome.meeting_gone": N_(
        "The meeting of %(day)s does not take place or is over. The next one is on %(next)s; it is chosen below."
    ),
    "welcome.no_meeting_left": N_(
        "There is no meeting to visit on the calendar at the moment. Please look again soon."
    ),
    "welcome.too_quick": N_(
        "That was very quick. Please look once more at what stands here, and send it again."
    ),
    "welcome.visit_over": N_("This visit can no longer be changed here."),
    "welcome.minute_odd": N_(
        "Begin each line with the minute and a space, such as “10 Everyone says hello”. This line does not: “%(line)s”."
    ),
    "welcome.too_many_points": N_("More than %(most)s points are hard to read. Leave some out."),
    "welcome.months_odd": N_("Choose how long visitors’ answers are kept: 1 to 12 months."),
    "welcome.visits_odd": N_("Write how often somebody may visit: 0 to 20; 0 says nothing of it."),
    "welcome.no_picture": N_("This file is no picture that we can read. A JPEG or PNG from a phone is fine."),
    "welcome.picture_too_large": N_(
        "This picture is too large. Send a smaller one; a phone’s photo is fine."
    ),
    "welcome.picture_too_small": N_(
        "This picture is too small to recognise a door in it. Send a larger one."
    ),
    "welcome.picture_missing": N_("Choose a picture first."),
    "welcome.no_call_waits": N_("This call is noted already, or there is none to make."),
    "welcome.answer_missing": N_("Choose one of the answers."),
}
