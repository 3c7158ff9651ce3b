"""How a person's name is written: in full, large on a badge, and in an alphabetical list."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of one or two parts; `family_first` where the family name is written before the given name."""

    given: str
    family: str = ""
    family_first: bool = False

    @property
    def full(self) -> str:
        """The whole name in its own order."""
        if self.given and self.family and _is_east_asian(self.given + self.family):
            return self.family + self.given
        parts = (self.family, self.given) if self.family_first else (self.given, self.family)
        return " ".join(part for part in parts if part)

    @property
    def first(self) -> str:
        """What stands large on the badge."""
        return self.given or self.family

    @property
    def sorted_by(self) -> str:
        """The key of alphabetical lists: family name, then given name, without regard to case and accents."""
        letters = unicodedata.normalize("NFKD", f"{self.family} {self.given}".strip().casefold())
        bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return unicodedata.normalize("NFC", bare)


def _is_east_asian(text: str) -> bool:
    """Return whether `text` is written in Chinese, Japanese or Korean characters, which take no space between names."""
    return all(
        letter == "々" or "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text
    )
