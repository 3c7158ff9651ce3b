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
    "access.bad_address": N_(
        "“%(address)s” is not a mail address. Check it for a missing part or a stray character."
    ),
    "access.address_taken": N_(
        "Somebody else already signs in with %(address)s. Use another address for this person."
    ),
    "access.wrong_sign_in": N_(
        "This address and password do not fit together. Check both, or ask for a new password."
    ),
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
    "groups.not_a_member": N_("This person is no member of the group today."),
    "groups.ends_before_start": N_("The membership began on %(started)s and cannot end before that day."),
    "groups.term_backwards": N_("The term begins on %(starts)s and cannot end before that day."),
    "groups.holds_no_such_office": N_("This member does not hold that office."),
    "groups.member_name_missing": N_("Write the member’s name."),
    "groups.last_leader": N_(
        "This would leave the group without anybody who can lead it. Give the office to somebody else first."
    ),
    "meetings.bad_rule": N_("“%(rule)s” is not a recurrence rule. Use one such as FREQ=WEEKLY;BYDAY=TU."),
    "imports.no_file": N_("Choose a file first."),
    "imports.unknown_kind": N_(
        "This file is neither a roster nor a list of attendance week by week. "
        "Its first rows should hold headings such as First Name and Last Name."
    ),
    "imports.no_such_kind": N_("There is no kind of file called “%(kind)s”. Known are: %(known)s."),
    "imports.not_ready": N_(
        "This import still has problems. Nothing was changed. Mend the file and upload it again."
    ),
}
"""Sentences by code; `%(name)s` stands for a fact of the refusal."""
