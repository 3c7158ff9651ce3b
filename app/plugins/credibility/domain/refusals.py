"""The sentence of every refusal of credibility: what is wrong and what to do next."""

from app.core.sentences import N_

SENTENCES = {
    "credibility.no_answer": N_("Choose one of the answers."),
    "credibility.no_scheme": N_("Choose one of the schemes."),
}
