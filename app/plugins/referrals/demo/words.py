"""The words of the demo network's slips: prospects and their needs. All of them are invented."""

FIRST_NAMES = (
    "Teresa", "Lars", "Amina", "Piotr", "Hannah", "Diego", "Noor", "Carla", "Oskar", "Mei", "Elias", "Joana", "Samuel",
    "Irina", "Tiago", "Bianca", "Omar", "Klara", "Vasco", "Ruth",
)  # fmt: skip
FAMILY_NAMES = (
    "Moreira", "Jensen", "Haddad", "Zielińska", "Brandt", "Ortega", "Rahman", "Fontes", "Berg", "Lin", "Costa", "Weber",
    "Okafor", "Petrova", "Salgado", "Rossi", "Nasser", "Novák", "Teixeira", "Cohen",
)  # fmt: skip
FIRMS = (
    "Café Miramar", "Hotel Ribeira", "Dock 7 Coworking", "Oliveira & Filhos", "Bay Street Dental", "Padel Norte",
    "Atelier Sul", "Garden School", "Bluefin Charters", "Corner Books",
)  # fmt: skip

NEEDS = (
    "Moves to a bigger place in spring and wants three offers.",
    "Unhappy with whoever does it now; asked me whether I know somebody reliable.",
    "Opens a second shop in the old town and starts from nothing.",
    "Needs advice before signing, best this month.",
    "Wants it done before the summer season.",
    "Their usual firm retired. Small regular work, pays on time.",
    "Told me at lunch that they look for exactly this.",
    "Family home, about forty years old; knows roughly what it should cost.",
    "Has a deadline from the bank and is worried about it.",
    "Saw your work at my place and asked who did it.",
    "Wants a second opinion, price is not what matters most.",
    "Fifteen people in the office; would like somebody who comes by.",
)

OWN_NEEDS = (
    "For our own office: please send an offer.",
    "I would like you to do this for my firm.",
    "We need it ourselves before the year ends.",
)

PROGRESS_NOTES = (
    "We met, an offer goes out this week.",
    "Called and left a message.",
    "Visit arranged for Thursday.",
    "",
)
LOST_NOTES = ("They took a cheaper offer.", "They do it themselves after all.", "")
