"""The words of the demo's one-to-ones and learning units. All of it is invented."""

PLACES = (
    "Café by the market",
    "Their workshop",
    "Walk along the river",
    "Video call",
    "My office",
    "Lunch at the harbour",
)

NOTES = (
    "Looks for a way into property managers. Knows two architects I would like to meet.",
    "Explained what a good first call looks like for her. Not interested in single repairs.",
    "We compared customer lists; three names in common. He asks next week.",
    "Has taken on an apprentice. Would like referrals outside the town.",
    "Talked about prices and why he turns small jobs down.",
)

LEARNED = (
    "Book: asking better questions",
    "Evening on referrals at the library",
    "Podcast on follow-up calls",
    "Course: speaking for a minute",
    "Talk at the education slot",
    "Webinar on thank-you notes",
)

TALK_WORDS = (
    "I would like to understand what a good first call looks like for you.",
    "You know the architects I keep missing. And I owe you a coffee.",
    "We have sat next to each other for a year and never talked.",
    "I am thinking about an apprentice. How did you do it?",
)

PREPARED = (
    "Ask what happened with the job on the quay. Mention the two customers who moved.",
    "Bring the price list. Ask whom not to send.",
    "Listen first. Who was the best customer of the year, and why?",
)

PROMISES = (
    "Call about the offer for the roof",
    "Send the letter that works for late payers",
    "Introduce the new baker to the caterer",
    "Write down what a good referral is for me",
)
