"""Joining: seats by trade, an application online, references, the committee's decision, and the seat taken."""
