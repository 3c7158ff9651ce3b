"""One thing that `flask doctor` looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `is_wrong` ends the command with 1; `advice` says what to do, or is empty."""

    what: str
    is_wrong: bool = False
    advice: str = ""

    @property
    def mark(self) -> str:
        """The word at the beginning of the line."""
        return "wrong" if self.is_wrong else "note" if self.advice else "ok"
