"""How slips, prospects and thank-yous are told apart inside the database."""

from typing import NewType

SlipId = NewType("SlipId", int)
ProspectId = NewType("ProspectId", int)
ThankYouId = NewType("ThankYouId", int)
