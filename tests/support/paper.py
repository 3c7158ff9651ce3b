"""A pile of paper slips as a browser sends it; the test states only what differs."""

TYPE_IN = "/g/harbour/referrals/paper/type-in"

WORDS = {
    "prospect_name": "Café Miramar",
    "prospect_contact": "+351 210 000 555",
    "about": "A new kitchen before the summer",
    "tier": "outside",
    "how_well": "3",
    "basis": "worked-with",
    "agreed": "y",
}
"""What stands on a paper slip beside its two sides."""


def on_line(number: int, giver: str, receiver: str, **change: str) -> dict[str, str]:
    """Return the fields of one line; a change to `-` leaves the field out, as a box that is not ticked."""
    fields = {**WORDS, "giver": giver, "receiver": receiver, **change}
    return {f"s{number}-{name}": value for name, value in fields.items() if value != "-"}


def pile_of(
    *lines: dict[str, str], day: str = "2026-11-24", token: str = "one", alike: str = ""
) -> dict[str, str]:
    """Return the fields of a whole pile."""
    sent = {"paper_day": day, "form_token": token, "alike": alike}
    for line in lines:
        sent.update(line)
    return sent
