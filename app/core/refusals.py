"""The sentence of every refusal of core: what is wrong and what to do next, without blame."""

from app.core.intake.sentences import SENTENCES as INTAKE_SENTENCES
from app.core.sentences import N_

CORE_SENTENCES = {
    **INTAKE_SENTENCES,
    "form.sent_before": N_(
        "This form was already sent, with other words. Open the page again to see what was saved, and change it there."
    ),
    "time.unknown_zone": N_("There is no time zone called “%(zone)s”. Use a name such as Europe/Lisbon."),
    "time.period_backwards": N_("The period ends before %(first)s, where it begins. Swap the two days."),
    "time.bad_day": N_("“%(text)s” is not a day. Write it as year-month-day, for instance 2026-11-24."),
    "time.period_too_long": N_("Choose a period of %(years)s years at most."),
    "notices.choice_missing": N_("Choose one of the three: at once, once a day, or on the page only."),
    "offices.words_missing": N_("Write a few words for whoever holds the office next."),
    "offices.words_too_long": N_("Please shorten this to %(longest)s characters; it has %(length)s."),
    "offices.changed_meanwhile": N_(
        "Somebody else who holds the office changed this meanwhile. What stands now is shown above; yours is kept below."
    ),
    "offices.starts_too_soon": N_("Choose a first day after today, so that there is time to answer."),
    "offices.ends_before_start": N_("The last day lies before %(starts)s, when the term begins."),
    "offices.term_too_long": N_(
        "A term lasts three years at most. Leave the last day empty for an open term."
    ),
    "offices.nobody_asked": N_("Choose at least one member to ask."),
    "offices.no_such_member": N_("Somebody who was ticked is no member any more. Look at the list again."),
    "offices.leaves_before": N_(
        "You are a member until %(day)s, and the term goes on beyond that day. Ask a leader for a shorter one."
    ),
    "offices.offer_taken": N_(
        "Somebody else said yes before you, so the office is taken. Thank you all the same."
    ),
    "offices.offer_withdrawn": N_("The question was withdrawn meanwhile. There is nothing left to answer."),
    "offices.offer_expired": N_(
        "The term has begun, so this can no longer be answered. A leader can ask anew."
    ),
    "notices.words_missing": N_("This needs a few words. With the usual ones, nothing need be typed."),
    "notices.words_too_long": N_("Please shorten this to %(longest)s characters; it has %(length)s."),
    "notices.unknown_place": N_(
        "Nothing can be filled in for %(unknown)s. These places can be used: %(known)s."
    ),
    "notices.place_missing": N_(
        "Without %(missing)s nobody could act on this mail. Put it where it is to stand."
    ),
    "notices.words_changed_meanwhile": N_(
        "Somebody else changed these words meanwhile. What stands now is shown above; yours are kept below. "
        "Keep them if they are to replace it."
    ),
    "notices.bad_hour": N_("Give the time like this: 21:00."),
    "access.bad_address": N_(
        "“%(address)s” is not a mail address. Check it for a missing part or a stray character."
    ),
    "access.address_taken": N_(
        "Somebody else already signs in with %(address)s. Use another address for this person."
    ),
    "access.wrong_sign_in": N_(
        "This address and password do not fit together. Check both, or ask for a new password."
    ),
    "access.wrong_code": N_(
        "These six digits do not fit. If a mail came, take those of the newest one. Tries left: %(left)s."
    ),
    "access.code_over": N_(
        "This code opens nothing any more. Go back to the sign-in for a new mail, and use the code in that one."
    ),
    "access.not_six_digits": N_("The code has six digits. Type them as they stand in the mail."),
    "access.address_missing": N_("No mail address is known of %(name)s. Write it down first."),
    "access.officers_address": N_(
        "%(name)s holds an office, and their address opens it. The president, the vice-president or the "
        "secretary-treasurer can change it: ask one of them."
    ),
    "access.address_stays": N_(
        "%(name)s signs in with an address, so this one cannot be emptied. Write the new one in its place."
    ),
    "access.former_member": N_(
        "%(name)s was a member until %(day)s. Take them in again first; then the invitation can be sent."
    ),
    "access.nobody_pasted": N_(
        "There is nobody in this yet. Paste names and mail addresses, one person a line, or choose a file."
    ),
    "access.too_many_pasted": N_(
        "These are %(found)s people; %(most)s at once are the limit. Send them in parts, or import the file."
    ),
    "access.nobody_ticked": N_("Nobody is ticked. Tick the lines that an invitation goes out to."),
    "access.lines_open": N_("Put these lines right, or take their tick away: %(lines)s. Nothing was sent."),
    "access.at_line": N_("Line %(line)s, %(name)s:"),
    "access.link_over": N_("This link was used already or has expired. Ask for a new one."),
    "access.pass_over": N_(
        "This link was used already or has expired. Open the screen again from the meeting’s page."
    ),
    "access.password_too_short": N_(
        "A password needs at least %(shortest)s characters; this one has %(found)s. Four or five words make a good one."
    ),
    "access.password_too_long": N_("A password can have at most %(longest)s characters."),
    "access.password_too_common": N_(
        "This is one of the first passwords anybody would try. Choose another one."
    ),
    "access.password_is_yourself": N_("This password is your own name or address. Choose another one."),
    "people.still_a_member": N_(
        "This person is a member of %(group)s today or later. End the membership first, or add --also-member."
    ),
    "people.last_admin": N_(
        "Nobody else administers this network. Make somebody else an administrator first."
    ),
    "people.one_already": N_("These two are one record already."),
    "people.erased_already": N_(
        "One of the two is erased. What is erased cannot be put together with anybody."
    ),
    "people.members_at_once": N_(
        "%(group)s counted both as members at the same time. One human has one membership at a time: put the days right first."
    ),
    "people.between_the_two": N_(
        "%(group)s keeps %(count)s of %(what)s between the two. Nobody talks with or refers to themselves: take these back first, "
        "or they are two people."
    ),
    "people.both_have_one": N_(
        "%(group)s keeps %(count)s of %(what)s for each of the two where one human has one. Take back those of the second record."
    ),
    "groups.bad_slug": N_(
        "“%(slug)s” cannot stand in an address. Use small letters, digits and hyphens, for instance old-harbour."
    ),
    "groups.slug_taken": N_(
        "There is already a group called “%(slug)s”. Choose another name for the address."
    ),
    "groups.name_missing": N_("The group needs a name."),
    "groups.unknown_currency": N_(
        "There is no currency called “%(currency)s”. Use a code such as EUR or USD."
    ),
    "groups.already_member": N_("This person is already a member of the group."),
    "groups.trade_until": N_(
        "The membership in the other trade runs until %(until)s. The new one can be taken up from the day after."
    ),
    "groups.not_a_member": N_("This person is no member of the group today."),
    "groups.ends_before_start": N_("The membership began on %(started)s and cannot end before that day."),
    "groups.term_backwards": N_("The term begins on %(starts)s and cannot end before that day."),
    "groups.holds_no_such_office": N_("This member does not hold that office."),
    "groups.name_of_others": N_(
        "Another group knows this person by the name they have. Only they can change it; the rest can be saved as it is."
    ),
    "groups.member_name_missing": N_("Write the member’s name."),
    "groups.last_leader": N_(
        "This would leave the group without anybody who can lead it. Give the office to somebody else first."
    ),
    "groups.changed_meanwhile": N_(
        "Somebody changed the settings while you were looking at them. Beside each field stands what is kept now; "
        "yours is in the field. Save again if it still holds."
    ),
    "groups.member_changed_meanwhile": N_(
        "Somebody changed this member while you were looking. Above stands what is kept now; what you typed is in the "
        "fields. Save again if it still holds."
    ),
    "groups.unknown_vocabulary": N_("There are no words called “%(vocabulary)s”. Choose from the list."),
    "groups.unknown_locale": N_("Nobody writes days and amounts as “%(locale)s”. Choose from the list."),
    "groups.bad_settling_in": N_("Write a number of days from 0 to %(most)s."),
    "groups.office_held_already": N_(
        "This member holds the office in these days already. Choose other days, or somebody else."
    ),
    "groups.hand_over_to_oneself": N_("An office is handed over to somebody else. Choose who follows."),
    "groups.hand_over_in_the_past": N_("Choose today or a day to come."),
    "groups.hand_over_before_term": N_(
        "The term that is handed over began on %(began)s. Choose a later day for the successor."
    ),
    "groups.bad_overlap": N_("Two can hold the office together for 0 to %(most)s days. Write such a number."),
    "groups.office_changed_meanwhile": N_(
        "Somebody changed who holds this office while you were looking. Below stands how it is now; "
        "send again if your hand-over still holds."
    ),
    "groups.term_began": N_(
        "This term began on %(began)s, so its days stay. It can be ended, or the office handed over."
    ),
    "founding.founder_missing": N_("Write your name."),
    "founding.unknown_kind": N_("Choose a weekly referral group or a monthly roundtable."),
    "founding.minutes_unlikely": N_("A meeting lasts from %(shortest)s to %(longest)s minutes."),
    "founding.no_call_link": N_(
        "“%(link)s” is not the address of a call. Copy it whole, beginning with https://."
    ),
    "meetings.bad_rule": N_("“%(rule)s” is not a recurrence rule. Use one such as FREQ=WEEKLY;BYDAY=TU."),
    "meetings.has_begun": N_(
        "The meeting of %(day)s has begun, so it can no longer be changed. What happened stays as it was."
    ),
    "meetings.cancelled_already": N_(
        "The meeting of %(day)s is already cancelled. Bring it back to change it."
    ),
    "meetings.holiday_already": N_(
        "The day of the meeting, %(day)s, is already a holiday. Bring the meeting back to change it."
    ),
    "meetings.takes_place": N_("The meeting of %(day)s takes place already."),
    "meetings.nothing_changes": N_("It stands like this already, so there is nothing to tell anybody."),
    "meetings.bad_length": N_("Give its length in minutes, from %(least)s to %(most)s."),
    "meetings.too_far": N_("This is more than two years ahead. Choose an earlier day."),
    "meetings.onto_the_past": N_("This time is over already. Choose a day and time to come."),
    "meetings.bad_call_link": N_(
        "This is not the address of a call. Copy it from the call’s invitation; it begins with https://."
    ),
    "meetings.no_days": N_("This rule names no day in the next weeks. Choose another day or rule."),
    "meetings.changed_meanwhile": N_(
        "Somebody else changed this meanwhile. Look at how it stands now, then decide."
    ),
    "money.unreadable": N_("“%(typed)s” is not an amount. Write it in figures, for example %(example)s."),
    "money.not_positive": N_("The amount must be more than zero."),
    "money.too_large": N_(
        "The amount is larger than %(most)s %(currency)s. Check the zeros; nothing has been saved."
    ),
    "money.too_fine": N_(
        "“%(typed)s” has more decimal places than %(currency)s has. Round it, for example to %(reading)s."
    ),
    "money.whole_only": N_(
        "%(currency)s has no smaller unit. Write a whole amount, for example %(reading)s."
    ),
    "money.other_marks": N_(
        "Amounts are written differently in this group. If “%(typed)s” means %(reading)s, write it like that."
    ),
    "money.two_readings": N_(
        "“%(typed)s” can be read in two ways. Write %(large)s or %(small)s, whichever you mean."
    ),
    "money.other_currency": N_(
        "This amount is taken in %(currency)s. Write it in %(currency)s, or choose the other currency where you can."
    ),
    "imports.no_file": N_("Choose a file first."),
    "imports.unknown_kind": N_(
        "This file is of none of the kinds that can be taken in here. "
        "Its first rows should hold headings such as First Name and Last Name."
    ),
    "imports.no_such_kind": N_("There is no kind of file called “%(kind)s”. Known are: %(known)s."),
    "imports.not_ready": N_(
        "This import still has open questions. Nothing was changed. Answer what is asked below, then import it."
    ),
    "imports.to_mend": N_(
        "This file cannot be imported as it is. Nothing was changed. Mend what is named below in the file, and bring it again."
    ),
    "imports.under_way": N_(
        "This file is being imported already. Its page says when it is done; what you answered is kept."
    ),
    "imports.undone_already": N_(
        "This import was undone, and the file is no longer kept. Upload it again to import it again."
    ),
    "imports.not_applied": N_("This file was not imported yet, so there is nothing to undo."),
    "imports.undo_needs_all": N_(
        "This file holds records that your office may not change. Ask somebody who leads the group to undo it."
    ),
    "imports.name_of_several": N_(
        "Several people of the group are called “%(name)s”. Write one of these behind “%(written)s=”: %(marks)s."
    ),
    "imports.name_not_understood": N_(
        '“%(given)s” names nobody. Write it as "Name in the file=Name of the member", or =nobody, or =new.'
    ),
}
"""Sentences by code; `%(name)s` stands for a fact of the refusal."""
