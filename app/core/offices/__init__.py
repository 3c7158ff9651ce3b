"""Offices beyond their terms: what holders write down for one another, and members who are asked to take one."""
