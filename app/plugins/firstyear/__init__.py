"""The first year of a member, and what follows: induction, a mentor, a plan, talks, leaving."""
