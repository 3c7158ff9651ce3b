"""How what is kept of the first year is told apart inside the database."""

from typing import NewType

StayId = NewType("StayId", int)
TalkId = NewType("TalkId", int)
MentorAskId = NewType("MentorAskId", int)
ExitId = NewType("ExitId", int)
