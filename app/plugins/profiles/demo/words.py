"""Words of invented people: how their names are said, what they gladly talk about."""

SAYINGS = {
    "Ana": "AH-na", "Inês": "ee-NESH", "João": "ZHWOW", "Tiago": "tee-AH-goo", "Beatriz": "bay-a-TREESH",
    "Miguel": "mee-GHEL", "Sofia": "soo-FEE-a", "Rui": "ROO-ee", "Eva": "EH-va", "Søren": "SUR-en",
    "Łukasz": "WOO-kash", "Zoë": "ZOH-ee", "Siobhán": "shi-VAWN", "Nguyễn": "ngwee-en", "José": "zhoo-ZEH",
    "Xavier": "sha-vee-AIR", "Aoife": "EE-fa", "Joaquim": "zhwa-KEEN", "Gonçalo": "gon-SAH-loo",
}  # fmt: skip
TALKS = (
    "How to move a workshop without losing a customer.",
    "The first person you hired, and what you would do again.",
    "Anything with wheels. And how to keep prices when everyone else lowers theirs.",
    "Raising twins and a firm at the same time.",
    "Reading a balance sheet in five minutes.",
    "The harbour before the new bridge; I have photographs.",
)
GOOD_FITS = (
    "Small firms that have outgrown their spare room.",
    "Families who stay in a house for longer than ten years.",
    "Owners who want it done properly once.",
    "Restaurants and cafés that open within the year.",
    "Anyone who would like a plain answer before a quote.",
)
NOT_GOOD_FITS = (
    "Whoever needs it by tomorrow.",
    "Very large tenders: I work alone.",
    "Weekend work, since my children are small.",
    "People who only compare prices.",
)
INTERESTS = (
    "jazz", "hiking", "old maps", "beekeeping", "sailing", "chess", "choir", "gardening", "running", "history",
    "cooking", "photography", "trains", "football", "languages",
)  # fmt: skip
GROUNDS = ((214, 228, 226), (243, 231, 203), (228, 222, 240), (232, 241, 232), (251, 236, 231))
SKINS = ((236, 202, 176), (205, 160, 124), (150, 106, 78), (104, 72, 54), (224, 184, 150))
HAIRS = ((60, 44, 34), (108, 76, 48), (176, 132, 78), (128, 124, 120), (38, 34, 34))
COATS = ((28, 84, 96), (113, 63, 120), (59, 86, 128), (146, 50, 31), (42, 99, 65))
