"""What a page of attendance shows, as files: which are offered, and what they are called."""

from dataclasses import dataclass
from typing import Any

from app.http.downloads import FileKind
from app.http.page import GroupPage
from app.http.periods import AskedPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedFile:
    """A file of what the page shows."""

    kind: str
    url: str


def offered_files(
    page: GroupPage, asked: AskedPeriod, endpoint: str, *kinds: FileKind, **address: str
) -> list[OfferedFile]:
    """Return the files of a page; their endpoints are its own with the kind behind it."""
    query: dict[str, Any] = {**asked.in_address, **address}
    return [OfferedFile(kind=kind.name, url=page.url(f"{endpoint}_{kind}", **query)) for kind in kinds]


def file_name(page: GroupPage, what: str, asked: AskedPeriod) -> str:
    """Return the name of a file without its ending: what it holds, the group and the period."""
    return f"{what}-{page.group.slug}-{asked.period.first}-{asked.period.last}"
