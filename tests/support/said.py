"""Puts what is said about a file into its sentence, as the edge does for a reader of English."""

from app.core.errors import Refusal
from app.core.intake import Remark
from app.core.intake.sentences import SENTENCES


def said(remark: Remark | Refusal) -> str:
    """Return the sentence of a remark or refusal with its facts; a missing sentence or fact raises KeyError."""
    facts = remark.facts if isinstance(remark, Refusal) else remark.sentence_facts
    return SENTENCES[remark.code] % facts
