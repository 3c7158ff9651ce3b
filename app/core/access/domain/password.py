"""What makes a password good enough: long, and not one that everybody thinks of first. No classes of characters."""

from app.core.errors import Refusal

SHORTEST = 15
LONGEST = 256

COMMON = frozenset(
    {
        "passwordpassword",
        "password1234567",
        "password12345678",
        "passwordpassword1",
        "123456789012345",
        "1234567890123456",
        "12345678901234567890",
        "qwertyuiopasdfghjkl",
        "qwertyuiopasdfghjklzxcvbnm",
        "1qaz2wsx3edc4rfv",
        "1qaz2wsx3edc4rfv5tgb",
        "q1w2e3r4t5y6u7i8",
        "letmeinletmeinletmein",
        "iloveyouiloveyou",
        "iloveyouforever",
        "administrator123",
        "administrator1234",
        "welcomewelcome1",
        "changemechangeme",
        "correcthorsebatterystaple",
        "correct horse battery staple",
        "abcdefghijklmno",
        "abcdefghijklmnop",
        "abcdefghijklmnopqrstuvwxyz",
        "abc123abc123abc123",
        "trustno1trustno1",
        "monkeymonkeymonkey",
        "dragondragondragon",
        "sunshinesunshine",
        "superman1234567",
        "businessnetwork",
        "businessnetworking",
        "givefirstgivefirst",
        "networking123456",
    }
)
"""Long passwords that lists of leaked ones hold most often, and those that this product itself suggests."""


def refusals_for(password: str, *, email: str, name: str) -> list[Refusal]:
    """Return every reason why `password` is not good enough for the person with that address and name."""
    refusals = []
    if len(password) < SHORTEST:
        refusals.append(_refusal("too_short", shortest=SHORTEST, found=len(password)))
    if len(password) > LONGEST:
        refusals.append(_refusal("too_long", longest=LONGEST))
    folded = password.casefold()
    if folded in COMMON or _repeats(folded):
        refusals.append(_refusal("too_common"))
    if folded in {email.casefold(), name.casefold(), email.casefold().partition("@")[0] * 2}:
        refusals.append(_refusal("is_yourself"))
    return refusals


def _repeats(password: str) -> bool:
    """Return whether a short piece, said over and over, makes the whole password."""
    return any(
        len(password) % size == 0 and password == password[:size] * (len(password) // size)
        for size in range(1, min(5, len(password)))
    )


def _refusal(what: str, **facts: int) -> Refusal:
    return Refusal(code=f"access.password_{what}", facts=facts, field="password")
