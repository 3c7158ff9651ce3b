"""How well the prospect was introduced, 1 to 5: what the giver did, never how likely a sale is."""

from app.core.sentences import N_

HOW_WELL = {
    1: N_("I gave them the name"),
    2: N_("I told them what my colleague does"),
    3: N_("I told them why I would choose my colleague"),
    4: N_("I introduced the two in writing"),
    5: N_("I brought the two together, in person or on a call"),
}
"""The words of each step as its giver says them; they read the same for giver and receiver."""
