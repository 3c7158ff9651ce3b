"""Which words may a group give a mail, and can a leader break the mail with them?"""

import pytest

from app.core.notices.wording import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    MailKind,
    filled,
    refusals_for_words,
    with_places,
)

REMINDER = MailKind(
    wording="tests.reminder",
    title="A reminder",
    subject="%(name)s, tomorrow in %(group)s",
    body="Dear %(name)s, at %(when)s:\n%(link)s\n",
    needs=("when",),
)
BODY = "Hello {reader}: {when}, {link}"


def codes(subject: str = "Tomorrow", body: str = BODY) -> list[tuple[str, str]]:
    return [(one.code.partition(".")[2], one.field) for one in refusals_for_words(REMINDER, subject, body)]


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("Tomorrow, {name}", BODY, []),
        ("{headline}", "{when} {link} 100 % sure, {", []),
        ("", BODY, [("words_missing", "subject")]),
        ("Tomorrow", " \n", [("words_missing", "body")]),
        ("x" * (LONGEST_SUBJECT + 1), BODY, [("words_too_long", "subject")]),
        ("Tomorrow", BODY + "x" * LONGEST_BODY, [("words_too_long", "body")]),
        ("{nmae}", BODY, [("unknown_place", "subject")]),
        ("Tomorrow", BODY + "{Name}", [("unknown_place", "body")]),
        ("Tomorrow", BODY + "{}", [("unknown_place", "body")]),
        ("Tomorrow", "{when}", [("place_missing", "body")]),
        ("{when} {link}", "Soon", [("place_missing", "body")]),
        (
            "{x}",
            "{y}",
            [("unknown_place", "subject"), ("unknown_place", "body"), ("place_missing", "body")],
        ),
    ],
)
def test_words_that_cannot_be_kept_are_refused_with_every_reason(
    subject: str, body: str, expected: list[tuple[str, str]]
) -> None:
    assert codes(subject, body) == expected


def test_what_is_missing_is_named_all_at_once() -> None:
    [refusal] = refusals_for_words(REMINDER, "Soon", "Come!")
    assert refusal.facts["missing"] == "{when}, {link}"


def test_places_are_those_of_the_usual_words_and_the_three_that_every_mail_has() -> None:
    assert list(REMINDER.explained) == ["name", "when", "link", "reader", "group", "headline"]
    assert REMINDER.needed == ("when", "link")
    assert refusals_for_words(REMINDER, with_places(REMINDER.subject), with_places(REMINDER.body)) == []


def test_facts_are_taken_as_they_are_and_never_filled_in_again() -> None:
    said = filled(
        "{name} says {words} {gone}%(name)s {", {"name": "{link} %s", "words": "100 %", "link": "!"}
    )
    assert said == "{link} %s says 100 % %(name)s {"


def test_a_percent_sign_of_the_usual_words_is_one_for_the_leader_too() -> None:
    assert with_places("%(name)s: 100%% of %(group)s") == "{name}: 100% of {group}"
