"""The words of the demo's asks, introductions and thank-yous. All of it is invented."""

from app.plugins.giving.domain.ask import AskKind

ASKS = (
    (AskKind.REFERRAL, "Owners who take over a shop or a practice", "They need everything at once, and I plan well ahead."),
    (AskKind.INTRODUCTION, "Somebody who manages flats for others", "I would like to understand how they choose whom to call."),
    (AskKind.ADVICE, "I’m stuck with late payers", "How do you ask without losing the customer?"),
    (AskKind.REFERRAL, "Families who move to the town this summer", "The first month is when I can help most."),
    (AskKind.ADVICE, "I’m stuck with finding an apprentice", "Where did you find yours, and what did you offer?"),
    (AskKind.INTRODUCTION, "A caterer who works for offices", "Two customers of mine ask me every month."),
)  # fmt: skip

LEARN = (
    "What I do, in ten minutes over coffee",
    "I would rather you knew my work before you think of anybody for me.",
)

REPLIES = (
    "I know two of them. Let us talk after the meeting, then I will ask whether they would like a call.",
    "We changed our terms last year; I bring you the letter that worked.",
    "My neighbour does exactly this. I ask her tonight.",
)

REASONS = (
    "You both look after older houses, and each of you has asked me for somebody like the other.",
    "You share the same kind of customer and do not get in each other’s way.",
    "You have both just moved your workshops, and would save each other a month.",
)

THANKS = (
    "You took half an hour to explain it to me, and it worked the first time.",
    "One call from you, and the door was open. Thank you.",
)

TESTIMONIALS = (
    "Came when promised, left the room cleaner than it was, and told me honestly what I did not need.",
    "I have sent my own mother. That says it.",
    "Explains things until I understand them, and writes down what was agreed.",
)
