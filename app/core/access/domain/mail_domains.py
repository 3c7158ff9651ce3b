"""Which well-known mail domain did somebody mean to type? By the fewest slips of the finger, one or two at most."""

PROVIDERS = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "live.com", "msn.com",
    "aol.com", "mail.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de",
    "sapo.pt", "orange.fr", "free.fr", "laposte.net", "wanadoo.fr", "sfr.fr", "telefonica.net", "libero.it",
    "btinternet.com", "hotmail.co.uk", "yahoo.co.uk", "bluewin.ch", "qq.com", "163.com",
)  # fmt: skip
"""Domains that many people have an address at."""

_IN_MANY_COUNTRIES = frozenset({"gmx", "yahoo", "hotmail", "live", "outlook", "orange"})
"""Providers with a domain of their own in many countries: those are no slips."""

_LONG = 8


def meant_domain(domain: str) -> str:
    """Return the well-known domain that `domain` is one or two slips away from, or nothing; a known one is no slip."""
    typed = domain.casefold().strip(".")
    name, _dot, ending = typed.partition(".")
    if not typed or typed in PROVIDERS or (name in _IN_MANY_COUNTRIES and ending):
        return ""
    most = 2 if len(typed) >= _LONG else 1
    near = [(slips(typed, known), known) for known in PROVIDERS if _is_as_long(typed, known, most)]
    if near and min(near)[0] <= most:
        return min(near)[1]
    by_name = {known.partition(".")[0]: known for known in reversed(PROVIDERS)}
    if not ending:
        words = (word for word in by_name if len(word) > 3 and _is_as_long(name, word, 1))
        return next((by_name[word] for word in words if slips(name, word) <= 1), "")
    return ""


def _is_as_long(typed: str, meant: str, most: int) -> bool:
    """Return whether `most` slips could make one of the other: counting them in a whole page of text takes minutes."""
    return abs(len(typed) - len(meant)) <= most


def slips(typed: str, meant: str) -> int:
    """Return how many letters were left out, added, mistaken or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(meant, start=1):
            costs = (before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            swapped = i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other
            row.append(min(*costs, earlier[j - 2] + 1) if swapped else min(costs))
    return row[-1]
