"""Vocabulary: what a group calls things. One group says chapter, another club; one passes slips, another tips."""

from app.core.vocabulary.pack import Pack, Word
from app.core.vocabulary.packs import PACKS, STANDARD, pack_called, reworded

__all__ = ["PACKS", "STANDARD", "Pack", "Word", "pack_called", "reworded"]
