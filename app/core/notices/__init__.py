"""Notices: what a person is told on their page and by mail, written in the same transaction as the fact."""
