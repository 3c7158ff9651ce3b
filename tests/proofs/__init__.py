"""Proofs: each claims that something never happens, tries to make it happen, and prints how often it was tried."""
