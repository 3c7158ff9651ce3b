"""The file of a back-up: a zip with the database as its engine copies it, and a manifest that says what is in it."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from app.core.keeping.digest import TableDigest

FORMAT = 1
"""Counted up when a file of the new shape could be misread by the old code."""

SUFFIX = ".givefirst-backup"
_MANIFEST, _DATABASE = "manifest.json", "database"
_PIECE = 1024 * 1024

Progress = Callable[[str, int, int], None]
"""Told which step is on, how much of it is done, and of how much."""


class UnusableBackupError(Exception):
    """This file is no back-up that this version can read; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a back-up holds: from when, of which engine, at which revision of each component, and every table's digest."""

    made_at: datetime
    engine: str
    revisions: Mapping[str, str]
    tables: Mapping[str, TableDigest]

    @property
    def rows(self) -> int:
        """How many rows there are in all tables together."""
        return sum(table.rows for table in self.tables.values())


def pack(target: Path, database: Path, manifest: Manifest, tell: Progress) -> None:
    """Write the back-up to `target`, readable by its owner alone; after a crash there is the whole file or none."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
                archive.writestr(_MANIFEST, _text_of(manifest))
                _add(archive, database, tell)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
        _keep_name(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def unpack(source: Path, target: Path, tell: Progress) -> None:
    """Write the database of the back-up to `target` and see it on the disk."""
    with _opened(source) as archive, archive.open(_DATABASE) as packed, target.open("wb") as file:
        total, done = archive.getinfo(_DATABASE).file_size, 0
        while piece := packed.read(_PIECE):
            file.write(piece)
            done += len(piece)
            tell("Unpacking", done, total)
        file.flush()
        os.fsync(file.fileno())


def manifest_of(source: Path) -> Manifest:
    """Return what the back-up says of itself; raises `UnusableBackupError` where it is none, or a newer one."""
    with _opened(source) as archive:
        try:
            said = json.loads(archive.read(_MANIFEST))
            if said["format"] > FORMAT:
                raise UnusableBackupError(
                    f"{source.name} was made by a newer version of Givefirst. Update first, then restore it."
                )
            return Manifest(
                made_at=datetime.fromisoformat(said["made_at"]),
                engine=said["engine"],
                revisions=said["revisions"],
                tables={name: TableDigest(**digest) for name, digest in said["tables"].items()},
            )
        except (KeyError, TypeError, ValueError) as unclear:
            raise UnusableBackupError(
                f"{source.name} is no back-up of Givefirst, or is damaged."
            ) from unclear


def _opened(source: Path) -> ZipFile:
    try:
        return ZipFile(source)
    except (OSError, BadZipFile) as unreadable:
        raise UnusableBackupError(
            f"{source} cannot be read as a back-up of Givefirst; choose a file that ends in {SUFFIX}."
        ) from unreadable


def _add(archive: ZipFile, database: Path, tell: Progress) -> None:
    total, done = database.stat().st_size, 0
    with database.open("rb") as file, archive.open(_DATABASE, "w", force_zip64=True) as packed:
        while piece := file.read(_PIECE):
            packed.write(piece)
            done += len(piece)
            tell("Packing", done, total)


def _text_of(manifest: Manifest) -> str:
    said = {
        "format": FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "engine": manifest.engine,
        "revisions": dict(manifest.revisions),
        "tables": {name: {"rows": one.rows, "sum": one.sum} for name, one in manifest.tables.items()},
    }
    return json.dumps(said, indent=1, sort_keys=True)


def _keep_name(folder: Path) -> None:
    """See the new name of a file in `folder` on the disk: a rename alone may be lost in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def room_needed(size: int, folder: Path) -> str:
    """Return why a copy of `size` bytes has no room in `folder`, or nothing."""
    free = shutil.disk_usage(folder).free
    if free > size * 2 + 50 * _PIECE:
        return ""
    return f"{folder} has {free // _PIECE} MB free; this needs about {size * 2 // _PIECE} MB."
