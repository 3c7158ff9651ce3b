"""Meetings: the recurring schedule of a group and each dated gathering that comes of it."""
