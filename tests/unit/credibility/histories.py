"""Short histories for judging the scheme: events as the replay takes them, and settings with every gate open."""

from typing import Any

OPEN: dict[str, Any] = {
    "min_tenure": 0,
    "min_attended": 0,
    "min_given": 0,
    "min_outcomes": 0,
    "min_independent": 0,
    "min_evidence": 0.0001,
}
"""Everything that anybody said of somebody is shown."""


def report(giver: str, receiver: str, t: float, result: str = "good", referral: str = "") -> dict[str, Any]:
    """Return a handling report; without `referral` it is about one of its own."""
    name = referral or f"{giver}-{receiver}-{t}"
    return {
        "type": "outcome",
        "t": t,
        "giver": giver,
        "receiver": receiver,
        "result": result,
        "referral": name,
    }


def gave(giver: str, receiver: str, t: float) -> dict[str, Any]:
    """Return the act of giving a referral."""
    return {
        "type": "referral",
        "t": t,
        "giver": giver,
        "receiver": receiver,
        "referral": f"act {giver}-{receiver}-{t}",
    }


def void(referral: str, t: float) -> dict[str, Any]:
    """Return the taking away of a report."""
    return {"type": "void", "t": t, "referral": referral}


def rated(rater: str, target: str, t: float, seq: int, *, positive: int = 1) -> dict[str, Any]:
    """Return a rating, which is a report and afterwards the rater's act towards the target."""
    return {"type": "rating", "t": t, "rater": rater, "target": target, "positive": positive, "seq": seq}


def settled(member: str, *, weeks: int = 12, status: str = "on_time", given: int = 3) -> list[dict[str, Any]]:
    """Return joining on day 0, as many weekly meetings from that day on, and some referrals given on day 1."""
    attended = [
        {"type": "attendance", "t": 7.0 * week, "member": member, "status": status} for week in range(weeks)
    ]
    acts = [gave(member, f"receiver {number}", 1) for number in range(given)]
    return sorted([{"type": "join", "t": 0.0, "member": member}, *attended, *acts], key=lambda one: one["t"])
