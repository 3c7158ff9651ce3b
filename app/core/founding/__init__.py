"""Founding a group: what is asked, who may, and the proof of an address before anything is made."""
