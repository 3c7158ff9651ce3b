"""Which sentences does the tablet's page speak? All of them, written into the page once, in the group's language.

The scripts fill the facts in, so these stand in braces: `{name}`. Of a pair, `…_one` is said of one.
"""

from flask_babel import gettext as _


def tablet_words() -> dict[str, str]:
    """Return every sentence of the tablet's page by its key."""
    return {**_greetings(), **_questions(), **_answers(), **_state()}


def _greetings() -> dict[str, str]:
    return {
        "good_morning": _("Good morning"),
        "good_afternoon": _("Good afternoon"),
        "good_evening": _("Good evening"),
        "good_morning_name": _("Good morning, {name}."),
        "good_afternoon_name": _("Good afternoon, {name}."),
        "good_evening_name": _("Good evening, {name}."),
        "welcome": _("Welcome"),
        "next_meeting": _("The next meeting"),
        "names_from": _("Names are shown here from {time}."),
        "no_meeting": _(
            "No meeting is near. This page shows the names by itself an hour before the next one."
        ),
        "no_network_yet": _("No connection yet"),
        "never_online": _("This tablet fetches today’s names as soon as it can reach the server."),
    }


def _questions() -> dict[str, str]:
    return {
        "tap_letter": _("Tap the letters your first name begins with."),
        "tap_name": _("Tap your name."),
        "who_are_you": _("Tap your name"),
        "show_code": _("Show your code"),
        "come_for_member": _("I come for a member"),
        "am_guest": _("I am a visitor or guest"),
        "back": _("Back"),
        "done": _("Done"),
        "here_mark": _("signed in"),
        "type_pin": _("Type your PIN."),
        "pin_keys": _("Digits of your PIN"),
        "pin_ready": _("Sign in"),
        "remove_digit": _("Remove the last digit"),
        "digits": _("{n} digits"),
        "digits_one": _("{n} digit"),
        "hold_code": _("Hold your code in front of the camera."),
        "camera_picture": _("What the camera sees"),
        "no_camera": _("The camera cannot be used. Go back and tap your name."),
        "your_name": _("Your name"),
        "your_firm": _("Your firm, if you like"),
        "for_whom": _("For whom do you come?"),
        "choose_member": _("Choose a member"),
        "you_are": _("You are here as"),
        "kind_visitor": _("Visitor"),
        "kind_guest": _("Guest"),
        "kind_observer": _("Observer"),
        "i_am_here": _("I am here"),
        "name_missing": _("Type your name."),
        "member_missing": _("Choose the member you come for."),
    }


def _answers() -> dict[str, str]:
    return {
        "here_since": _("You are signed in since {time}."),
        "here_already": _("You are signed in already."),
        "leader_confirms": _("A leader confirms it."),
        "saved_here": _("Saved on this device. It is sent as soon as there is a connection."),
        "sorry": _("This was not taken"),
        "sorry_name": _("{name}, this was not taken"),
        "tell_leader": _("Please tell a leader that you are here."),
        "not_kept": _("This device could not save it"),
        "revoked": _("This tablet is no longer the group’s"),
        "revoked_note": _(
            "Everything it kept has been removed. A leader can register it again on the page of its tablets."
        ),
    }


def _state() -> dict[str, str]:
    return {
        "online": _("online"),
        "offline": _("no connection"),
        "unknown": _("the server does not know this tablet: ask a leader to register it"),
        "will_be_saved": _("sign-ins are saved on this device"),
        "saved_waiting": _("saved on this device, {n} waiting"),
        "saved_waiting_one": _("saved on this device, {n} waiting"),
        "clock_off": _("clock off by {by}"),
        "minutes": _("{m} min"),
        "hours_minutes": _("{h} h {m} min"),
    }
