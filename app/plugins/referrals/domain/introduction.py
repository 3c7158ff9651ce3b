"""How well the prospect was introduced, 1 to 5: what the giver did, never how likely a sale is."""

from app.core.sentences import N_

HOW_WELL = {
    1: N_("I gave them your name"),
    2: N_("I told them what you do"),
    3: N_("I told them why I would choose you"),
    4: N_("I introduced you to each other in writing"),
    5: N_("I brought you together, in person or on a call"),
}
"""The words of each step as its giver says them to the receiver."""
