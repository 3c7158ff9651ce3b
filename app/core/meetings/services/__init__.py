"""Meetings are put on the calendar and change: planning, changing one or several, another schedule, telling everyone."""

from app.core.meetings.services.planning import (
    PLANNED_WEEKS,
    add_meeting,
    add_schedule,
    plan_ahead,
    plan_meetings,
)

__all__ = ["PLANNED_WEEKS", "add_meeting", "add_schedule", "plan_ahead", "plan_meetings"]
