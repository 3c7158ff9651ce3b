"""Which vocabulary packs there are. Everyday words of the field only; no organisation's own terms."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.core.sentences import N_
from app.core.vocabulary.pack import Pack, Word

STANDARD = "standard"
"""The pack of a group that chose none: the words that the sentences are written in."""

_CLUB = Word(one="group", many="groups", said="club", said_many="clubs")
_CHAPTER = Word(one="group", many="groups", said="chapter", said_many="chapters")
_CIRCLE = Word(one="group", many="groups", said="circle", said_many="circles")
_ROUNDTABLE = Word(one="meeting", many="meetings", said="roundtable", said_many="roundtables")
_MODERATOR = Word(one="president", many="presidents", said="moderator", said_many="moderators")
_DEPUTY = Word(
    one="vice-president", many="vice-presidents", said="deputy moderator", said_many="deputy moderators"
)


def _passed_on_as(said: str, said_many: str) -> tuple[Word, ...]:
    """Return the words for what members pass each other, where one word means both slip and referral."""
    return tuple(
        Word(one=one, many=many, said=said, said_many=said_many)
        for one, many in (
            ("referral slip", "referral slips"),
            ("slip", "slips"),
            ("referral", "referrals"),
        )
    )


PACKS: Mapping[str, Pack] = MappingProxyType(
    {
        pack.key: pack
        for pack in (
            Pack(key=STANDARD, title=N_("Group, slip, referral, meeting")),
            Pack(key="chapter", title=N_("Chapter instead of group"), words={"en": (_CHAPTER,)}),
            Pack(
                key="tips",
                title=N_("Club instead of group, tip instead of slip and referral"),
                words={"en": (_CLUB, *_passed_on_as("tip", "tips"))},
            ),
            Pack(
                key="leads",
                title=N_("Lead instead of slip and referral"),
                words={"en": _passed_on_as("lead", "leads")},
                sentences={
                    "Ask them first whether they may be contacted, then tick the box: a referral is expected, "
                    "a lead is not.": "Ask them first whether they may be contacted, then tick the box: "
                    "a good lead is expected.",
                },
            ),
            Pack(
                key="roundtable",
                title=N_(
                    "Circle instead of group, roundtable instead of meeting, moderator instead of president"
                ),
                words={"en": (_CIRCLE, _ROUNDTABLE, _MODERATOR, _DEPUTY)},
            ),
        )
    }
)
"""Every pack by its key, in the order in which they are offered."""


def pack_called(key: str) -> Pack:
    """Return the pack of that key; a key that is no more means the standard words."""
    return PACKS.get(key, PACKS[STANDARD])


@lru_cache(maxsize=16_384)
def reworded(key: str, language: str, sentence: str, written: str) -> str:
    """Return `written`, the translation of `sentence` into `language`, in the words of the pack called `key`."""
    return pack_called(key).reword(language, sentence, written)
