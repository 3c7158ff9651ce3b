"""Referrals: slips from the giver to the result and back, and thank-you business."""
