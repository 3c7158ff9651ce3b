"""Referral credibility: shown only when there is history enough, with its reasons, and secret until then."""
