"""Dues: who has paid what until when, for the offices that look after it, and for each member their own."""
