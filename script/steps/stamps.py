"""Was this step done already, with the same input? A stamp is a file that holds the fingerprint of the input."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


def fingerprint(*parts: str) -> str:
    """Return a digest of the parts in their order; no two different lists of parts share one."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode()
        digest.update(f"{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """The mark that a step leaves behind once it is done."""

    path: Path

    def shows(self, digest: str) -> bool:
        """Return whether the step was done with this input."""
        return self.path.is_file() and self.path.read_text().strip() == digest

    def leave(self, digest: str) -> None:
        """Mark the step as done with this input."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(digest + "\n")

    def remove(self) -> None:
        """Forget the step, so that it is done again."""
        self.path.unlink(missing_ok=True)
