"""How asks, introductions and words are told apart inside the database."""

from typing import NewType

AskId = NewType("AskId", int)
ReplyId = NewType("ReplyId", int)
IntroductionId = NewType("IntroductionId", int)
ThanksId = NewType("ThanksId", int)
TestimonialId = NewType("TestimonialId", int)
