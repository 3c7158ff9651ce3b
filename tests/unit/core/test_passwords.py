"""Which passwords are good enough, and is every reason against one given at once?"""

import pytest

from app.core.access.domain.password import COMMON, LONGEST, SHORTEST, refusals_for
from app.core.access.hashing import hash_password, is_password

GOOD = "four quiet herons fish"


def codes(password: str, *, email: str = "ana.sousa@harbour.example", name: str = "Ana Sousa") -> list[str]:
    return [
        refusal.code.removeprefix("access.password_")
        for refusal in refusals_for(password, email=email, name=name)
    ]


@pytest.mark.parametrize(
    ("password", "found"),
    [
        (GOOD, []),
        ("x1y2z3a4b5c6d7e", []),
        ("x1y2z3a4b5c6d7", ["too_short"]),
        ("", ["too_short"]),
        ("сім тихих чапель", []),
        ("ab " * 5, ["too_common"]),
        ("aaaaaaaaaaaaaaa", ["too_common"]),
        ("1234" * 4, ["too_common"]),
        ("PASSWORDpassword", ["too_common"]),
        ("aaaa", ["too_short", "too_common"]),
        ("ana.sousa@harbour.example", ["is_yourself"]),
        ("ANA.SOUSA@Harbour.Example", ["is_yourself"]),
        ("ana.sousaana.sousa", ["is_yourself"]),
        ("a?" + "b" * (LONGEST - 2), []),
        ("a?" + "b" * (LONGEST - 1), ["too_long"]),
    ],
)
def test_every_reason_against_a_password_is_given(password: str, found: list[str]) -> None:
    assert codes(password) == found


def test_own_name_is_no_password() -> None:
    assert codes("Abdulrahman Al-Khwarizmi", name="Abdulrahman Al-Khwarizmi") == ["is_yourself"]


def test_every_common_password_is_long_enough_to_need_the_list() -> None:
    assert [password for password in COMMON if len(password) < SHORTEST] == []
    assert [password for password in COMMON if password != password.casefold()] == []


def test_refusal_says_how_many_characters_are_asked_for_and_found() -> None:
    (refusal,) = refusals_for("too short", email="", name="")
    assert (refusal.facts, refusal.field) == ({"shortest": 15, "found": 9}, "password")


def test_hash_fits_its_password_alone_and_two_of_one_differ() -> None:
    kept = hash_password(GOOD)
    assert is_password(GOOD, kept)
    assert not is_password(GOOD + " ", kept)
    assert hash_password(GOOD) != kept


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_nothing_fits_where_no_hash_is_kept(kept: str | None) -> None:
    assert not is_password(GOOD, kept)
    assert not is_password("", kept)


def test_words_of_the_dummy_hash_open_nothing() -> None:
    assert not is_password("nobody has this password, and checking it takes as long as any other", None)
