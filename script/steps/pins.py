"""Are the requirement files what they promise: every package pinned and hashed, no registry named, both in step?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from steps.project import ROOT, StepFailedError, run, say

COMPILED: Final = ("requirements.txt", "requirements-dev.txt")
COMPILE: Final = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
)

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]+\])?==(?P<version>[^\s;]+)(?P<marker> ?;.*)?$")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_ADDRESS = re.compile(
    r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host|(?:^|\s)-[if]\s| @ ", re.MULTILINE
)


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One package at one version, with as many hashes as it has files."""

    name: str
    version: str
    marker: str
    hashes: int


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What was looked at, and what is wrong with it."""

    looked_at: int
    faults: tuple[str, ...]


def audit(root: Path = ROOT) -> Audit:
    """Return the audit of the compiled files; it fails where it looked at nothing."""
    texts = {name: (root / name).read_text() for name in COMPILED}
    try:
        pins = {name: pins_of(name, text) for name, text in texts.items()}
    except ValueError as fault:
        return Audit(looked_at=0, faults=(str(fault),))
    faults = [
        *(fault for name, text in texts.items() for fault in _faults_of_file(name, text, pins[name])),
        *_disagreements(pins),
        *(fault for name in COMPILED for fault in _missing(root / name.replace(".txt", ".in"), pins[name])),
    ]
    return Audit(looked_at=sum(len(found) for found in pins.values()), faults=tuple(faults))


def pins_of(name: str, text: str) -> tuple[Pin, ...]:
    """Return the pins of a compiled file in their order; a line that is neither a pin nor an option raises ValueError."""
    return tuple(_pin(name, entry) for entry in _entries(text) if not entry.startswith("-"))


def recompile(uv: str) -> None:
    """Compile both files anew from their `.in`, for every system and every Python from 3.11 on."""
    for name in COMPILED:
        source = name.replace(".txt", ".in")
        say(f"Compiling {source} into {name} …")
        run(
            [uv, *COMPILE, "--output-file", name, source],
            failing=f"uv could not compile {source}: see above.",
        )
    found = audit()
    if found.faults:
        raise StepFailedError("\n".join(found.faults))


def _entries(text: str) -> Iterable[str]:
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        entry = line.split(" #", 1)[0].strip()
        if entry and not entry.startswith("#"):
            yield entry


def _pin(name: str, entry: str) -> Pin:
    head = entry.split("--hash", 1)[0].strip()
    match = _PIN.match(head)
    if match is None:
        raise ValueError(f"{name}: {head!r} is no pin of the form name==version.")
    return Pin(
        name=_plain(match["name"]),
        version=match["version"],
        marker=(match["marker"] or "").strip(" ;"),
        hashes=len(_HASH.findall(entry)),
    )


def _faults_of_file(name: str, text: str, pins: Sequence[Pin]) -> Iterable[str]:
    if not pins:
        yield f"{name}: nothing was looked at; it holds no pin."
    for pin in pins:
        if pin.hashes == 0:
            yield f"{name}: {pin.name}=={pin.version} carries no hash."
    for line in text.splitlines():
        if _ADDRESS.search(line):
            yield f"{name}: names a place to install from: {line.strip()!r}."


def _disagreements(pins: Mapping[str, Sequence[Pin]]) -> Iterable[str]:
    runtime = {(pin.name, pin.marker): pin.version for pin in pins[COMPILED[0]]}
    for pin in pins[COMPILED[1]]:
        version = runtime.get((pin.name, pin.marker), pin.version)
        if version != pin.version:
            yield f"{pin.name} is {version} in {COMPILED[0]} and {pin.version} in {COMPILED[1]}."


def _missing(source: Path, pins: Sequence[Pin]) -> Iterable[str]:
    pinned = {pin.name for pin in pins}
    for entry in _entries(source.read_text()):
        name = _plain(re.split(r"[\[<>=!~; ]", entry, maxsplit=1)[0])
        if not entry.startswith("-") and name not in pinned:
            yield f"{source.name} asks for {name}, which is not compiled: type script/setup --compile."


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
