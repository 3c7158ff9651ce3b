"""The people of the demo network: names of many languages, believable trades and firms. All of them are invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """An invented owner of a small firm."""

    given: str
    family: str
    trade: str
    firm: str
    family_first: bool = False


def _people(*rows: tuple[str, str, str, str]) -> tuple[DemoPerson, ...]:
    return tuple(
        DemoPerson(given=given, family=family, trade=trade, firm=firm) for given, family, trade, firm in rows
    )


HARBOUR = _people(
    ("Inês", "Carvalho", "Architect", "Carvalho & Pinto Arquitetos"),
    ("Tomás", "Figueiredo", "Accountant", "Figueiredo Contas"),
    ("Ana", "Sousa", "Interior designer", "Casa Sousa"),
    ("Leonor", "Matos", "Physiotherapist", "Movimento Matos"),
    ("Rui", "Almeida", "Electrician", "Almeida Elétrica"),
    ("Beatriz", "Nunes", "Notary", "Cartório Nunes"),
    ("Olena", "Kovalenko", "Translator", "Kovalenko Languages"),
    ("Youssef", "El Amrani", "Caterer", "Mesa do Atlas"),
    ("Giulia", "Ferraro", "Wine merchant", "Ferraro Vini"),
    ("Marek", "Wiśniewski", "Plumber", "Wiśniewski Canalizações"),
    ("Chloé", "Lefèvre", "Photographer", "Lefèvre Images"),
    ("Duarte", "Vasconcelos", "Estate agent", "Vasconcelos Imóveis"),
    ("Siobhán", "O'Brien-Østergård", "Yacht surveyor", "North Quay Surveys"),
    ("Wei", "Chen", "Software developer", "Lisbon Byteworks"),
    ("Fatima", "Zahra Benali", "Dentist", "Clínica Benali"),
    ("João", "Pereira", "Carpenter", "Pereira Madeiras"),
    ("Katarzyna", "Nowak", "Web designer", "Nowak Studio"),
    ("Henrik", "Lindqvist", "Solar installer", "Sol Norte"),
    ("Marta", "Ribeiro", "Florist", "Flor do Cais"),
    ("Abdulrahman", "Al-Khwarizmi", "Tax adviser", "Al-Khwarizmi Fiscal"),
    ("Sofia", "Papadopoulou", "Travel agent", "Odysseia Viagens"),
    ("Miguel", "Tavares", "Insurance broker", "Tavares Seguros"),
    ("Priya", "Raman", "Marketing consultant", "Raman & Daughters"),
    ("Bruno", "Esteves", "Printer", "Gráfica Esteves"),
    ("Ayşe", "Yıldırım", "Rug restorer", "Yıldırım Tapetes"),
    ("Carlos", "Mendonça", "Locksmith", "Chaves Mendonça"),
    ("Nuno", "Barros", "Removals", "Barros Mudanças"),
    ("Elin", "Svensson", "Yoga teacher", "Elin Yoga"),
    ("Paulo", "Quintela", "Baker", "Padaria Quintela"),
)
"""The first 26 are members today; the others left. The first four are the demo's president, secretary, member, newcomer."""

MILL = _people(
    ("Grace", "Whitfield", "Attorney", "Whitfield Law"),
    ("Marcus", "Johnson", "Contractor", "Johnson Build"),
    ("Elena", "Rodríguez", "Mortgage broker", "Keystone Lending"),
    ("Kwame", "Mensah", "Financial planner", "Mensah Planning"),
    ("Hannah", "Goldberg", "Chiropractor", "Mill Street Chiropractic"),
    ("Dmitri", "Volkov", "Auto repair", "Volkov Motors"),
    ("Aiko", "Tanaka", "Bookkeeper", "Tanaka Ledger"),
    ("Liam", "O'Connor", "Roofer", "O'Connor Roofing"),
    ("Nadia", "Haddad", "Pediatrician", "Haddad Pediatrics"),
    ("Tyrone", "Baptiste", "Barber", "Baptiste & Sons"),
    ("Mei-Ling", "Wong", "Realtor", "Wong Realty"),
    ("Rosa", "Delgado", "Cleaning service", "Delgado Clean"),
    ("Peter", "Van der Berg", "Landscaper", "Berg Gardens"),
    ("Thandiwe", "Ndlovu", "Life coach", "Ndlovu Coaching"),
    ("Samuel", "Levy", "Jeweler", "Levy Fine Metals"),
    ("Ingrid", "Haugen", "Veterinarian", "Mill Creek Vets"),
    ("Ravi", "Chandrasekaran", "IT support", "Chandra Systems"),
)
"""With Priya Raman of the harbour, who is a member of both, 18 members."""

IN_BOTH = "Priya"

GIVEN = [
    "Adaeze",
    "Björn",
    "Camila",
    "Dalia",
    "Emre",
    "Freya",
    "Gustavo",
    "Hiroshi",
    "Isolde",
    "Jamal",
    "Kirsten",
    "Luca",
    "Mira",
    "Nikos",
    "Oluwaseun",
    "Petra",
    "Quentin",
    "Rania",
    "Stefan",
    "Tariq",
    "Ursula",
    "Viktor",
    "Wanjiru",
    "Xavier",
    "Yara",
    "Zoltán",
]
FAMILY = [
    "Adeyemi",
    "Bergström",
    "Castillo",
    "Dufour",
    "Eriksen",
    "Fontaine",
    "García",
    "Horváth",
    "Ibrahim",
    "Jansen",
    "Kaya",
    "Lombardi",
    "Moreau",
    "Novák",
    "Okafor",
    "Petrov",
    "Quiroga",
    "Rossi",
    "Schneider",
    "Takahashi",
    "Ueda",
    "Vargas",
    "Weber",
    "Xu",
    "Yilmaz",
    "Zhang",
]
TRADES = [
    "Accountant",
    "Architect",
    "Baker",
    "Carpenter",
    "Dentist",
    "Electrician",
    "Florist",
    "Gardener",
    "Notary",
    "Insurance broker",
    "Jeweler",
    "Lawyer",
    "Mason",
    "Optician",
    "Painter",
    "Photographer",
    "Physiotherapist",
    "Plumber",
    "Printer",
    "Roofer",
    "Surveyor",
    "Tailor",
    "Translator",
    "Travel agent",
    "Upholsterer",
    "Vet",
    "Web designer",
]
"""For demo networks larger than the two groups: names and trades put together by the seed."""
