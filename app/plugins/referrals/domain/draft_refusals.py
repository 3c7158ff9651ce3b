"""What is said where a draft cannot be kept."""

from app.core.sentences import N_

SENTENCES = {
    "referrals.draft_too_long": N_(
        "A draft holds %(most)s characters, and this has %(length)s. It is not kept: shorten it before you leave the page."
    ),
    "referrals.drafts_full": N_(
        "You have %(most)s drafts, the most that are kept. Pass one or throw one away, then this one is kept too."
    ),
    "referrals.draft_is_passed": N_(
        "This slip has been passed in another window. What you typed here since then is not kept: copy it, and open a new slip."
    ),
}
