"""A chapter's roster, typed by hand as its export heads it, for every container in which it is brought."""

from tests.support.sheets import Grid, Merged, Value

HEADER = (
    "S no", "Chapter Name", "Profession", "First Name", "Last Name", "Company", "Phone Number", "Cell Number",
    "email", "Status", "Join Date", "Renewal Date", "Sponsor",
)  # fmt: skip

PEOPLE: tuple[tuple[Value, ...], ...] = (
    (1, "Old Harbour", "Electrician", "Ana", "Silva", "Silva Luz Lda", "+351 21 000 0001", "+351 91 000 0001",
     "ana@silva-luz.example", "Active", "04/03/2019", "01/04/2026", "Tom  Baker"),
    (2, "Old Harbour", "Lawyer", "Sinéad", "O'Brien-Østergård", "Østergård & Co", "", "+353 86 000 0002",
     "sinead@ostergard.example", "Active", "25/09/2021", "01/10/2026", ""),
    (3, "Old Harbour", "Bookkeeper", "ليلى", "حداد", "حساب", "+961 1 000 003", "", "layla@hisab.example", "Active",
     "12/12/2023", "12/12/2025", "Ana Silva"),
    (4, "Old Harbour", "Web design", "小明", "王", "明日设计", "", "+86 130 0000 0004", "xm@mingri.example", "Active",
     "01/02/2024", "01/02/2026", "Ana Silva"),
    (5, "Old Harbour", "Painter", "Mary  Jane", "Watson ", "Watson Walls", "", "", "", "Dropped", "07/01/2020",
     "07/01/2025", ""),
)  # fmt: skip


def chapter_grid() -> Grid:
    """Return the export: a merged title, a blank row, the header, the people."""
    return [
        [Merged(text="Chapter Roster Report", across=12)],
        [],
        HEADER,
        *PEOPLE,
    ]
