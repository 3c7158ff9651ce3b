"""The usual words of the mails to visitors: subject and text, marked for translation, by the kind of the mail."""

from collections.abc import Mapping

from app.core.sentences import N_

CONFIRMED = "welcome.visit_confirmed"
AGAIN = "welcome.visit_again"
TWICE = "welcome.visit_twice"
MOVED = "welcome.visit_moved"
CANCELLED = "welcome.visit_cancelled"
MEETING_OFF = "welcome.visit_meeting_off"
MEETING_MOVED = "welcome.visit_meeting_moved"
REMINDER = "welcome.visit_reminder"
QUESTION = "welcome.visit_question"
FORM = "welcome.visit_form"

WORDS: Mapping[str, tuple[str, str]] = {
    CONFIRMED: (
        N_("You are expected: %(group)s, %(when)s"),
        N_(
            "%(name)s, thank you. We look forward to seeing you:\n\n%(when)s\n%(where)s%(way)s\n"
            "What happens, minute by minute:\n%(public)s\n\n"
            "Change your answers, come another day or call off, see what is kept of you and delete it:\n%(link)s\n"
        ),
    ),
    MOVED: (
        N_("Your visit is now on another day: %(group)s, %(when)s"),
        N_(
            "%(name)s, you are expected on another day now:\n\n%(when)s\n%(where)s%(way)s\n"
            "Your own page:\n%(link)s\n"
        ),
    ),
    MEETING_MOVED: (
        N_("Your visit: another time or place at %(group)s"),
        N_(
            "%(name)s, the meeting you want to visit has changed. It is now:\n\n%(when)s\n%(where)s%(way)s\n"
            "If this does not suit you, choose another day or call off:\n%(link)s\n"
        ),
    ),
    MEETING_OFF: (
        N_("The meeting does not take place: %(group)s, %(when)s"),
        N_(
            "%(name)s, the meeting you wanted to visit does not take place:\n\n%(when)s\n\n"
            "You are welcome at another one. Choose a day:\n%(link)s\n"
        ),
    ),
    CANCELLED: (
        N_("Your visit is called off: %(group)s"),
        N_(
            "%(name)s, your visit is called off, and whoever expected you knows. Thank you for saying so.\n\n"
            "Should another day suit you better:\n%(public)s\n\n"
            "See what is kept of you and delete it:\n%(link)s\n"
        ),
    ),
    TWICE: (
        N_("About your registration: %(group)s"),
        N_(
            "%(name)s, somebody of this or a very similar name is on our list for that day already. Perhaps it was you.\n\n"
            "Here you say which of the answers count, or that you are somebody else:\n%(link)s\n\n"
            "If you did nothing, do nothing: what was written now is forgotten in a week.\n"
        ),
    ),
    AGAIN: (
        N_("You are on the list already: %(group)s"),
        N_("%(name)s, you are expected already; nothing is left to do. Your own page:\n%(link)s\n"),
    ),
    REMINDER: (
        N_("We look forward to your visit: %(group)s, %(when)s"),
        N_(
            "%(name)s, a reminder of your visit:\n\n%(when)s\n%(where)s%(way)s\n"
            "Should something have come between, one tap tells us:\n%(link)s\n"
        ),
    ),
    QUESTION: (
        N_("One question after your visit: %(group)s"),
        N_(
            "%(name)s, thank you for coming. One question: would you like to come again?\n\n"
            "One tap answers it, without an account:\n%(link)s#question\n"
        ),
    ),
    FORM: (
        N_("If you would like to join %(group)s"),
        N_(
            "%(name)s, thank you for visiting us. If you would like to join, this is the form; it takes a few minutes, and what "
            "we know of you is filled in:\n\n%(form)s\n\nIf you would rather not, you need do nothing. See what is kept of you "
            "and delete it:\n%(link)s\n"
        ),
    ),
}
"""Subject and text; `link` leads to the visitor’s own page."""
