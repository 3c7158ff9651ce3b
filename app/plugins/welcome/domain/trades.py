"""Which trades are neighbours, as far as their words tell: they serve the same customers at the same time of life.

Only words that are plain are known; of all others nothing is said.
"""

import re
import unicodedata
from collections.abc import Sequence

_LEAST_LETTERS = 4
_EVERYDAY = frozenset(
    [
        "adviser",
        "advisor",
        "agent",
        "agency",
        "assistant",
        "business",
        "coach",
        "company",
        "consultant",
        "consulting",
        "designer",
        "director",
        "engineer",
        "expert",
        "firm",
        "freelance",
        "group",
        "helper",
        "independent",
        "manager",
        "office",
        "owner",
        "partner",
        "private",
        "service",
        "services",
        "shop",
        "specialist",
        "studio",
        "teacher",
        "trainer",
        "with",
        "and",
        "for",
        "the",
        "small",
    ]
)
"""Words that many trades share and that make nobody neighbours."""

NEIGHBOURHOODS: Sequence[tuple[str, frozenset[str]]] = (
    (
        "building",
        frozenset(
            [
                "architect",
                "architecture",
                "builder",
                "building",
                "bricklayer",
                "carpenter",
                "carpentry",
                "electrician",
                "electrical",
                "flooring",
                "gardener",
                "garden",
                "glazier",
                "heating",
                "insulation",
                "interior",
                "interiors",
                "joiner",
                "joinery",
                "kitchen",
                "kitchens",
                "landscape",
                "landscaper",
                "locksmith",
                "mason",
                "painter",
                "plasterer",
                "plumber",
                "plumbing",
                "roofer",
                "roofing",
                "solar",
                "surveyor",
                "tiler",
                "windows",
            ]
        ),
    ),
    (
        "homes",
        frozenset(
            [
                "conveyancer",
                "cleaner",
                "cleaning",
                "estate",
                "letting",
                "mortgage",
                "movers",
                "property",
                "realtor",
                "removals",
            ]
        ),
    ),
    (
        "money",
        frozenset(
            [
                "accountant",
                "accounting",
                "accountancy",
                "auditor",
                "bank",
                "banker",
                "banking",
                "bookkeeper",
                "bookkeeping",
                "broker",
                "financial",
                "finance",
                "insurance",
                "investment",
                "investments",
                "lawyer",
                "legal",
                "notary",
                "payroll",
                "pension",
                "pensions",
                "solicitor",
                "tax",
                "taxes",
                "wealth",
                "attorney",
            ]
        ),
    ),
    (
        "health",
        frozenset(
            [
                "chiropractor",
                "dentist",
                "dietician",
                "dietitian",
                "fitness",
                "massage",
                "midwife",
                "naturopath",
                "nurse",
                "nutrition",
                "nutritionist",
                "optician",
                "osteopath",
                "pharmacist",
                "physiotherapist",
                "physiotherapy",
                "podiatrist",
                "psychologist",
                "therapist",
                "therapy",
                "yoga",
                "pilates",
            ]
        ),
    ),
    (
        "feasts",
        frozenset(
            [
                "baker",
                "bakery",
                "band",
                "caterer",
                "catering",
                "confectioner",
                "event",
                "events",
                "florist",
                "flowers",
                "hotel",
                "musician",
                "photographer",
                "photography",
                "restaurant",
                "video",
                "videographer",
                "wedding",
                "weddings",
                "wine",
            ]
        ),
    ),
    (
        "being seen",
        frozenset(
            [
                "advertising",
                "branding",
                "copywriter",
                "copywriting",
                "film",
                "graphic",
                "illustrator",
                "journalist",
                "marketing",
                "media",
                "photographer",
                "photography",
                "print",
                "printer",
                "printing",
                "signage",
                "social",
                "translator",
                "translation",
                "video",
                "videographer",
                "website",
                "websites",
                "web",
            ]
        ),
    ),
    (
        "computers",
        frozenset(
            [
                "cloud",
                "computer",
                "computers",
                "cybersecurity",
                "data",
                "developer",
                "network",
                "networks",
                "programmer",
                "software",
                "telecom",
                "web",
                "website",
                "websites",
            ]
        ),
    ),
    (
        "people at work",
        frozenset(
            [
                "coaching",
                "employment",
                "headhunter",
                "hr",
                "recruiter",
                "recruiting",
                "recruitment",
                "staffing",
                "training",
            ]
        ),
    ),
    (
        "on the road",
        frozenset(
            [
                "bicycle",
                "bicycles",
                "car",
                "cars",
                "courier",
                "driving",
                "garage",
                "logistics",
                "mechanic",
                "motor",
                "taxi",
                "transport",
                "travel",
                "tyres",
            ]
        ),
    ),
)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared: small letters, no accents, none of fewer than three letters."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in folded if not unicodedata.combining(one))
    return frozenset(word for word in re.findall(r"[^\W\d_]+", bare) if len(word) > 2)


def are_neighbours(one: str, other: str) -> bool:
    """Return whether two trades are neighbours and not the same: in one neighbourhood, or with a telling word in common."""
    first, second = words_of(one), words_of(other)
    if not first or not second or first == second:
        return False
    if any(first & known and second & known for _name, known in NEIGHBOURHOODS):
        return True
    return any(len(word) >= _LEAST_LETTERS for word in (first & second) - _EVERYDAY)
