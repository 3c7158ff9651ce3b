"""Back-up and restore of the whole house, whichever engine keeps it: made, tried out, put in place, never half."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine import make_url

from app.core.keeping import postgresql, sqlite
from app.core.keeping.archive import (
    SUFFIX,
    Manifest,
    Progress,
    UnusableBackupError,
    manifest_of,
    pack,
    room_needed,
    unpack,
)
from app.core.keeping.digest import TableDigest, differences
from app.core.keeping.open_house import HouseIsOpenError, shut_house


class KeepingError(Exception):
    """A back-up or restore that cannot be done; nothing was changed, and the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the data stands: the owner's database URL, the instance folder, and each component's revision there."""

    url: str
    instance: Path
    revisions: Mapping[str, str]

    @property
    def engine(self) -> str:
        """`sqlite` or `postgresql`."""
        return make_url(self.url).get_backend_name()

    @property
    def file(self) -> Path:
        """The file of a SQLite database."""
        return Path(make_url(self.url).database or "").resolve()

    @property
    def backups(self) -> Path:
        """The folder in which back-ups are kept unless told otherwise."""
        return self.instance / "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore put in place, and the back-up of what stood there before, if anything did."""

    manifest: Manifest
    before: Path | None


def back_up(place: Place, target: Path, *, now: datetime, tell: Progress) -> Manifest:
    """Write a back-up to `target`, restore it once to see that every row is equal, and return its manifest.

    People may go on working: it holds the data as of one instant. Where the trial fails, there is no file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _refuse_without_room(place, target.parent)
    unproven = target.with_name(f".unproven-{target.name}")
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".backing-up-") as folder:
            copy = Path(folder) / "copy"
            tables = _copy(place, copy, tell)
            manifest = Manifest(made_at=now, engine=place.engine, revisions=place.revisions, tables=tables)
            pack(unproven, copy, manifest, tell)
            copy.unlink()
            _prove(place, unproven, manifest, Path(folder), tell)
        unproven.rename(target)
    finally:
        unproven.unlink(missing_ok=True)
    return manifest


def restore(
    place: Place,
    source: Path,
    *,
    now: datetime,
    known: Callable[[str, str], bool | None],
    tell: Progress,
) -> Restored:
    """Put a back-up in the place of all data; what stood there before is backed up first.

    `known(component, revision)` says whether the code has that revision, None where it has no such component.
    Refused where a server is running, the file is of a newer version or another engine, or is damaged. After a
    crash at any moment there is the old data or the new.
    """
    manifest = _readable(place, source, known)
    try:
        with shut_house(place.instance):
            return _replaced(place, source, manifest, now=now, tell=tell)
    except (HouseIsOpenError, BlockingIOError, sqlite3.OperationalError) as running:
        raise KeepingError(
            "Givefirst is running on this data. Stop the server and the worker first; nothing was changed."
        ) from running


def usual_path(place: Place, now: datetime, why: str = "") -> Path:
    """Return where a back-up made now goes, for instance before an upgrade; never the path of another one."""
    named = [
        place.backups / f"givefirst-{now:%Y%m%dT%H%M%S}{number}{f'-{why}' if why else ''}{SUFFIX}"
        for number in ("", *(f"-{count}" for count in range(2, 100)))
    ]
    return next(path for path in named if not path.exists())


def kept(place: Place) -> list[Path]:
    """Return the back-ups in the usual folder, oldest first."""
    return sorted(place.backups.glob(f"*{SUFFIX}"), key=lambda path: path.name)


def forget_old(place: Place, why: str, keep: int) -> Sequence[Path]:
    """Remove all but the newest `keep` back-ups that were made by themselves for the reason `why`; return them."""
    own = [path for path in kept(place) if path.name.endswith(f"-{why}{SUFFIX}")]
    gone = own[:-keep]
    for path in gone:
        path.unlink()
    return gone


def _readable(place: Place, source: Path, known: Callable[[str, str], bool | None]) -> Manifest:
    try:
        manifest = manifest_of(source)
    except UnusableBackupError as unusable:
        raise KeepingError(str(unusable)) from unusable
    if manifest.engine != place.engine:
        raise KeepingError(
            f"{source.name} is a back-up of {manifest.engine}, and this house keeps its data in {place.engine}. "
            "Set GIVEFIRST_DATABASE_URL to a database of that kind first."
        )
    newer = [name for name, at in manifest.revisions.items() if at and known(name, at) is False]
    if newer:
        raise KeepingError(
            f"{source.name} was made by a newer version ({', '.join(newer)}). Update Givefirst first, then restore it."
        )
    return manifest


def _replaced(place: Place, source: Path, manifest: Manifest, *, now: datetime, tell: Progress) -> Restored:
    if place.engine == "postgresql" and postgresql.others_connected(place.url):
        raise KeepingError(
            "Somebody else is connected to the database. Stop every server and worker first; nothing was changed."
        )
    before = _kept_before(place, now, tell)
    folder_of_copy = place.file.parent if place.engine == "sqlite" else place.instance
    with TemporaryDirectory(dir=folder_of_copy, prefix=".restoring-") as folder:
        copy = Path(folder) / "copy"
        unpack(source, copy, tell)
        _compare(place, copy, manifest, tell)
        tell("Putting it in place", 0, 1)
        if place.engine == "sqlite":
            sqlite.put_in_place(copy, place.file)
        else:
            postgresql.put_in_place(place.url, copy)
        tell("Putting it in place", 1, 1)
    return Restored(manifest=manifest, before=before)


def _kept_before(place: Place, now: datetime, tell: Progress) -> Path | None:
    """Back up what stands, unless nothing does."""
    if not any(place.revisions.values()):
        return None
    target = usual_path(place, now, "before-restore")
    back_up(place, target, now=now, tell=tell)
    return target


def _copy(place: Place, target: Path, tell: Progress) -> Mapping[str, TableDigest]:
    if place.engine == "sqlite":
        return sqlite.copy(place.file, target, tell)
    return postgresql.copy(place.url, target, tell)


def _prove(place: Place, packed: Path, manifest: Manifest, folder: Path, tell: Progress) -> None:
    again = folder / "again"
    unpack(packed, again, tell)
    _compare(place, again, manifest, tell)


def _compare(place: Place, copy: Path, manifest: Manifest, tell: Progress) -> None:
    try:
        found = (
            sqlite.verified(copy, tell)
            if place.engine == "sqlite"
            else postgresql.verified(place.url, copy, tell)
        )
    except (ValueError, postgresql.ToolMissingError) as damaged:
        raise KeepingError(f"The back-up cannot be restored. {damaged} Nothing was changed.") from damaged
    if wrong := differences(manifest.tables, found):
        raise KeepingError(
            f"The back-up does not hold what it should: {'; '.join(wrong[:5])}. Nothing was changed."
        )


def _refuse_without_room(place: Place, folder: Path) -> None:
    size = place.file.stat().st_size if place.engine == "sqlite" else postgresql.size_of(place.url)
    if why := room_needed(size, folder):
        raise KeepingError(f"{why} Choose another folder with --to.")
